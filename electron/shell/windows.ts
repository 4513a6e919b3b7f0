import { join } from "node:path";
import {
  BrowserWindow,
  type BrowserWindowConstructorOptions,
  Menu,
  type MenuItemConstructorOptions,
  screen,
} from "electron";
import { startUrl, wallUrl } from "./origin.ts";

const smallest = { width: 1366, height: 768 };
/** The darkest surface of the night theme: a desk in a dim room must not flash white. */
const background = "#14181d";

/** Opens a desk window; shown once it has something to show. */
export function openWindow(folder: string): BrowserWindow {
  const { workAreaSize } = screen.getPrimaryDisplay();
  const width = Math.min(smallest.width, workAreaSize.width);
  const height = Math.min(smallest.height, workAreaSize.height);
  const window = pageWindow(folder, { width, height, minWidth: width, minHeight: height, title: "值守" });
  window.once("ready-to-show", () => window.show());
  window.webContents.on("before-input-event", (event, input) => {
    if (input.type === "keyDown" && viewKey(window, input)) event.preventDefault();
  });
  window.webContents.on("context-menu", (_event, { isEditable, selectionText }) =>
    editMenu(window, isEditable, selectionText),
  );
  void window.loadURL(startUrl);
  return window;
}

/**
 * Opens the wall display: over the whole of a screen on which the desk is not, where there is one, else as a window of its own.
 * `quietly`: nobody has asked for it just now, so it takes no keys from the desk; on a screen of its own it never does.
 */
export function openWallWindow(folder: string, desk: BrowserWindow, { quietly }: { quietly: boolean }): BrowserWindow {
  const other = otherScreen(desk);
  const window = pageWindow(folder, { ...(other?.bounds ?? smallest), title: "值守大屏" });
  const page = window.webContents;
  // The desk sounds; a second voice in the same room would be another alarm.
  page.setAudioMuted(true);
  window.once("ready-to-show", () => {
    if (other || quietly) window.showInactive();
    else window.show();
    if (other) window.setFullScreen(true);
  });
  page.on("before-input-event", (event, input) => {
    if (input.type !== "keyDown") return;
    if (input.key === "Escape" && !window.isFullScreen()) window.close();
    else if (input.key === "Escape" || input.key === "F11") window.setFullScreen(!window.isFullScreen());
    else if (viewKey(window, input)) event.preventDefault();
  });
  void window.loadURL(wallUrl);
  return window;
}

/** A screen on which this window is not. */
export function otherScreen(window: BrowserWindow): Electron.Display | undefined {
  const { id } = screen.getDisplayMatching(window.getBounds());
  return screen.getAllDisplays().find((one) => one.id !== id);
}

/** A window for one of our pages: isolated, without Node, without a menu, shown anew when its page has died. */
function pageWindow(folder: string, look: BrowserWindowConstructorOptions): BrowserWindow {
  const window = new BrowserWindow({
    ...look,
    backgroundColor: background,
    show: false,
    autoHideMenuBar: true,
    webPreferences: {
      preload: join(folder, "preload.cjs"),
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
      spellcheck: false,
      navigateOnDragDrop: false,
      safeDialogs: true,
      // An alarm must sound without a click first, and clocks must run while another window is in front.
      autoplayPolicy: "no-user-gesture-required",
      backgroundThrottling: false,
      // Keep what the first start has compiled, and all of it: Chromium would wait for a second one within three days, and then keep
      // only what had run before the first screen was drawn.
      v8CacheOptions: "bypassHeatCheckAndEagerCompile",
    },
  });
  window.removeMenu();
  window.webContents.on("render-process-gone", (_event, { reason }) => {
    if (reason !== "clean-exit" && !window.isDestroyed()) setTimeout(() => window.webContents.reload(), 500);
  });
  return window;
}

/** Full screen and size of print: what the menu that is not there would have offered. What is taken here never reaches the page: F11 is the desk's own. */
function viewKey(window: BrowserWindow, input: Electron.Input): boolean {
  const page = window.webContents;
  if (input.alt && input.key === "Enter") window.setFullScreen(!window.isFullScreen());
  else if (!input.control || input.alt || input.shift) return false;
  else if (input.key === "0") page.setZoomLevel(0);
  else if (input.key === "=" || input.key === "+") page.setZoomLevel(Math.min(page.getZoomLevel() + 0.5, 3));
  else if (input.key === "-") page.setZoomLevel(Math.max(page.getZoomLevel() - 0.5, -2));
  else return false;
  return true;
}

function editMenu(window: BrowserWindow, isEditable: boolean, selection: string): void {
  const copy: MenuItemConstructorOptions = { role: "copy", label: "复制", enabled: selection !== "" };
  if (isEditable) {
    Menu.buildFromTemplate([
      { role: "cut", label: "剪切", enabled: selection !== "" },
      copy,
      { role: "paste", label: "粘贴" },
      { type: "separator" },
      { role: "selectAll", label: "全选" },
    ]).popup({ window });
  } else if (selection !== "") Menu.buildFromTemplate([copy]).popup({ window });
}
