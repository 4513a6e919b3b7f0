import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdtempSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { type Browser, chromium, type Page } from "@playwright/test";
import type { DeskStart } from "./electron-app.ts";
import { processes } from "./processes.ts";
import { scratch } from "./scratch.ts";
import { root } from "./vehicle.ts";

/** A desk in Chromium over the browser shell. */
export interface BrowserDesk {
  readonly page: Page;
  readonly profile: string;
  /** Address without the token. */
  readonly url: string;
  readonly token: string;
  serverPid(): number | undefined;
  /** Process id of the core, a child of the server. */
  corePid(): number | undefined;
  close(): Promise<void>;
}

const readyLimitMs = 40_000;
const closeLimitMs = 8_000;

/** Starts the browser shell as `npm run web` would, and opens it in `shared`, or in a Chromium of its own: Debian's, or Playwright's if installed. */
export async function openBrowserDesk(start: DeskStart = {}, shared?: Browser): Promise<BrowserDesk> {
  const profile = start.profile ?? mkdtempSync(join(scratch(), "profile-"));
  const server = spawn(
    process.execPath,
    [
      "tools/web.ts",
      // The set-up has built all of it.
      ...["--profile", profile, "--port", "0", "--built"],
      ...(start.demo ? ["--demo"] : []),
      ...(start.street ? ["--street", start.street] : []),
      ...(start.district ? ["--district", start.district] : []),
      ...(start.args ?? []),
    ],
    { cwd: root, env: { ...process.env, ...start.env }, stdio: ["ignore", "pipe", "pipe"] },
  );
  let closePage = async () => {};
  try {
    const { url, token, open } = await readyLine(server);
    const browser = shared ?? (await chromium.launch(chromiumOptions(start.chromium)));
    if (!shared) closePage = () => browser.close();
    const context = await browser.newContext({ viewport: { width: 1366, height: 768 }, locale: "zh-CN" });
    // Whatever a test has opened beside its desk goes with it, as with a browser of its own.
    if (shared) closePage = async () => void (await Promise.all(shared.contexts().map((one) => one.close())));
    const page = await context.newPage();
    await page.goto(open);
    return {
      page,
      profile,
      url,
      token,
      serverPid: () => server.pid,
      corePid: () =>
        processes().find(({ parent, command }) => parent === server.pid && command.includes("/core.mjs"))?.pid,
      close: async () => {
        await closePage();
        await stop(server);
      },
    };
  } catch (error) {
    await closePage();
    await stop(server);
    throw error;
  }
}

/** How Chromium is started here: no GPU, no errands of its own on the network. */
export function chromiumOptions(more: readonly string[] = []) {
  const debian = "/usr/bin/chromium";
  return {
    ...(existsSync(debian) ? { executablePath: debian } : {}),
    chromiumSandbox: process.getuid?.() !== 0,
    args: [
      "--disable-gpu",
      "--disable-background-networking",
      "--disable-component-update",
      "--no-first-run",
      "--autoplay-policy=no-user-gesture-required",
      ...more,
    ],
  };
}

function readyLine(server: ChildProcess): Promise<{ url: string; token: string; open: string }> {
  return new Promise((resolve, reject) => {
    let complaint = "";
    const limit = setTimeout(() => reject(new Error(`The browser shell did not come up: ${complaint}`)), readyLimitMs);
    server.stderr?.on("data", (chunk) => {
      complaint = `${complaint}${chunk}`.slice(-2_000);
    });
    server.once("error", reject);
    server.once("exit", (code) => reject(new Error(`The browser shell ended with code ${code}: ${complaint}`)));
    if (!server.stdout) return;
    createInterface({ input: server.stdout }).on("line", (line) => {
      try {
        const ready = JSON.parse(line) as { url?: string; token?: string; open?: string };
        if (!ready.url || !ready.token || !ready.open) return;
        clearTimeout(limit);
        resolve({ url: ready.url, token: ready.token, open: ready.open });
      } catch {
        // Not the line we wait for.
      }
    });
  });
}

async function stop(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const ended = new Promise((resolve) => server.once("exit", resolve));
  server.kill("SIGTERM");
  const limit = setTimeout(() => server.kill("SIGKILL"), closeLimitMs);
  await ended;
  clearTimeout(limit);
}
