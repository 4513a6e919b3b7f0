import { cpSync, mkdtempSync } from "node:fs";
import { join } from "node:path";
import { type Browser, test as base, chromium, type Page } from "@playwright/test";
import { type BrowserDesk, chromiumOptions, openBrowserDesk } from "./browser-desk.ts";
import { type DeskStart, type ElectronDesk, launchDesk, testVehicle } from "./electron-app.ts";
import { playedDesk } from "./played.ts";
import { scratch } from "./scratch.ts";

export { expect } from "@playwright/test";

/** Set with `deskTest.use({ start: { demo: true } })`; `shell` comes from the project. */
export interface DeskUse {
  shell: "chromium" | "electron";
  start: DeskStart;
}

/** The desk under test, whichever shell it runs in. */
export interface DeskUnderTest {
  readonly shell: DeskUse["shell"];
  readonly profile: string;
  /** The page of the desk; another one after `restart`. */
  readonly page: Page;
  /** A call of the contract as the page makes it; answers the value, throws on a refusal. */
  call(name: string, input?: unknown): Promise<unknown>;
  /** Ends the desk in order and starts it again on the same profile; `meanwhile` happens to it in between. */
  restart(change?: DeskStart, meanwhile?: (profile: string) => void): Promise<Page>;
  /** Kills without warning the process that holds the database. The shell brings it back. */
  killCore(): void;
  readonly electron: ElectronDesk | undefined;
  readonly browser: BrowserDesk | undefined;
}

/** A test with a desk of its own: a fresh profile, a started shell, a page; all ended afterwards. */
export const deskTest = base.extend<
  DeskUse & { desk: DeskUnderTest; page: Page },
  { sharedChromium: () => Promise<Browser> }
>({
  // Each desk has a context of its own in it, as new as a browser's; to start one takes as long as many a test.
  sharedChromium: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads what a fixture needs from this pattern
    async ({}, use) => {
      let started: Browser | undefined;
      await use(async () => {
        if (!started?.isConnected()) started = await chromium.launch(chromiumOptions());
        return started;
      });
      await started?.close();
    },
    { scope: "worker" },
  ],
  shell: ["electron", { option: true }],
  start: [{}, { option: true }],
  desk: async ({ shell, start, sharedChromium }, use, info) => {
    base.skip(shell === "electron" && !testVehicle(), "no Electron can be had on this machine");
    let electron: ElectronDesk | undefined;
    let browser: BrowserDesk | undefined;
    const open = async (how: DeskStart) => {
      if (shell === "electron") electron = await launchDesk(how);
      else browser = await openBrowserDesk(how, how.chromium ? undefined : await sharedChromium());
    };
    const running = () => {
      const desk = electron ?? browser;
      if (!desk) throw new Error("The desk is not running.");
      return desk;
    };
    const close = async () => {
      const closing = electron ?? browser;
      electron = undefined;
      browser = undefined;
      await closing?.close();
    };
    const played = await playedDesk(start);
    await open(played ? { ...start, profile: copyOf(played, shell) } : start);
    await use({
      shell,
      get profile() {
        return running().profile;
      },
      get page() {
        return running().page;
      },
      get electron() {
        return electron;
      },
      get browser() {
        return browser;
      },
      call: (name, input = {}) => callFrom(running(), name, input),
      restart: async (change = {}, meanwhile = () => {}) => {
        const { profile } = running();
        await close();
        meanwhile(profile);
        await open({ ...start, ...change, profile });
        return running().page;
      },
      killCore: () => {
        const pid = electron ? electron.corePid() : browser?.corePid();
        if (!pid) throw new Error("The core was not found.");
        process.kill(pid, "SIGKILL");
      },
    });
    if (info.status !== info.expectedStatus && (electron ?? browser)) {
      await running()
        .page.screenshot({ path: info.outputPath("desk.png") })
        .catch(() => {});
    }
    await close();
  },
  page: async ({ desk }, use) => use(desk.page),
});

/** What lies in `folder`, as a new profile that the desk can write. */
function copyOf(folder: string, shell: DeskUse["shell"]): string {
  if (shell === "electron") return testVehicle()?.newFolder("profile", folder) ?? "";
  const profile = mkdtempSync(join(scratch(), "profile-"));
  cpSync(folder, profile, { recursive: true });
  return profile;
}

interface Answer {
  readonly ok: boolean;
  readonly value?: unknown;
  readonly error?: unknown;
}

/** Calls from inside the page, by the way the page itself has: the port in Electron, loopback in a browser. */
async function callFrom(desk: ElectronDesk | BrowserDesk, name: string, input: unknown): Promise<unknown> {
  const token = "token" in desk ? desk.token : "";
  const outcome: Answer = await desk.page.evaluate(
    async ([called, given, bearer]) => {
      const { desk } = window as unknown as { desk?: { call(name: string, input: unknown): Promise<Answer | string> } };
      if (desk) {
        const sent = await desk.call(called as string, given);
        return typeof sent === "string" ? (JSON.parse(sent) as Answer) : sent;
      }
      const response = await fetch(`/rpc/${called}`, {
        method: "POST",
        headers: { Authorization: `Bearer ${bearer}`, "Content-Type": "application/json" },
        body: JSON.stringify(given),
      });
      return response.json();
    },
    [name, input, token] as const,
  );
  if (!outcome.ok) throw new Error(`${name} refused: ${JSON.stringify(outcome.error)}`);
  return outcome.value;
}
