import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterEach, describe, expect, test } from "vitest";
import { newFolder, root, stop } from "../contract/desks.ts";
import { forget } from "../unit/core/desk.ts";

/** `npm start` where no window can be had: one line why, then the same desk for a browser. */
const running: { child: ChildProcess; profile: string }[] = [];
afterEach(async () => {
  for (const { child, profile } of running.splice(0)) {
    await stop(child);
    forget(profile);
  }
});

/** Starts the desk and reads what it says until the address stands there. */
async function startUntilAddress(env: Record<string, string>): Promise<string[]> {
  const profile = newFolder("start");
  const plain = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !["DISPLAY", "WAYLAND_DISPLAY", "ZHISHOU_ELECTRON"].includes(name)),
  );
  const child = spawn(process.execPath, [join(root, "tools/start.ts"), "--demo", "--port", "0", "--profile", profile], {
    cwd: root,
    env: { ...plain, ...env },
    stdio: ["ignore", "pipe", "ignore"],
  });
  running.push({ child, profile });
  const lines: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    lines.push(line);
    if (line.includes("http://127.0.0.1:")) break;
  }
  return lines;
}

const addressIn = (lines: readonly string[]): string =>
  /http:\/\/127\.0\.0\.1:\d+\/#token=\S+/.exec(lines.at(-1) ?? "")?.[0] ?? "";

describe.runIf(process.platform === "linux")("npm start", () => {
  test("without a display: one sentence in Chinese with the way out, then an address that opens", async () => {
    const lines = await startUntilAddress({});
    expect(lines[0]).toMatch(/^本机没有图形显示，改用浏览器打开/);
    const page = await fetch(addressIn(lines));
    expect(page.status).toBe(200);
    expect(await page.text()).toContain("值守");
  });

  test("without an Electron binary: one sentence, then the same desk in a browser", async () => {
    const nowhere = {
      DISPLAY: ":0",
      ELECTRON_OVERRIDE_DIST_PATH: join(newFolder("none"), "none"),
      ELECTRON_MIRROR: "http://127.0.0.1:9/",
    };
    const lines = await startUntilAddress(nowhere);
    expect(lines.some((line) => line.startsWith("无法取得 Electron，改用浏览器打开"))).toBe(true);
    expect((await fetch(addressIn(lines))).status).toBe(200);
  });
});
