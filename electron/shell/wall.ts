import { existsSync, rmSync, writeFileSync } from "node:fs";
import { app, type BrowserWindow, screen } from "electron";
import { openWallWindow, otherScreen } from "./windows.ts";

/** WL-5: a desk that has just come up has its first screens; the wall comes after them. */
const afterStartMs = 3_000;

export interface WallOptions {
  readonly folder: string;
  /** A file that is there while the wall stands. */
  readonly mark: string;
  readonly desk: BrowserWindow;
  readonly log: (line: string) => void;
}

/** The one wall display of a desk. */
export interface WallKeeper {
  windows(): readonly BrowserWindow[];
  /** Opens it, or brings it forward. */
  open(): void;
  /** The desk is gone: so is the wall, and it comes back with the desk. */
  end(): void;
}

/** WL-5: there is one wall at most; it ends with its desk and comes back with it, unless a person has closed it. */
export function keepWall({ folder, mark, desk, log }: WallOptions): WallKeeper {
  let wall: BrowserWindow | undefined;
  let ending = false;

  function remember(stands: boolean): void {
    try {
      if (stands) writeFileSync(mark, "", { mode: 0o600 });
      else rmSync(mark, { force: true });
    } catch (error) {
      log(`the wall display will not be remembered: ${String(error)}`);
    }
  }

  function bring(quietly: boolean): void {
    if (ending || desk.isDestroyed()) return;
    if (wall) {
      if (wall.isMinimized()) wall.restore();
      // On a screen of its own it leaves the keys to the desk.
      if (otherScreen(desk)) wall.showInactive();
      else wall.show();
      wall.moveTop();
      return;
    }
    const opened = openWallWindow(folder, desk, { quietly });
    wall = opened;
    opened.on("closed", () => {
      wall = undefined;
      if (!ending) remember(false);
    });
    remember(true);
  }

  app.on("before-quit", () => {
    ending = true;
  });
  // The screen of the wall was pulled: over the desk it must not lie in full.
  screen.on("display-removed", () => {
    if (wall?.isFullScreen() && !otherScreen(desk)) wall.setFullScreen(false);
  });
  desk.webContents.once("did-finish-load", () => {
    if (existsSync(mark)) setTimeout(() => bring(true), afterStartMs);
  });

  return {
    windows: () => (wall ? [wall] : []),
    open: () => bring(false),
    end() {
      ending = true;
      wall?.destroy();
    },
  };
}
