import { type ChildProcess, spawn } from "node:child_process";

const startLimitMs = 10_000;

/** A screen that nobody looks at (Xvfb), big enough for a wall display. */
export interface Display {
  /** The value for DISPLAY. */
  readonly name: string;
  close(): void;
}

/** Starts an Xvfb of our own: without access file, so that the ordinary user Electron runs as can reach it; no TCP. */
export function startDisplay(): Promise<Display> {
  const xvfb: ChildProcess = spawn(
    "Xvfb",
    ["-displayfd", "3", "-screen", "0", "1920x1080x24", "-nolisten", "tcp", "-ac", "-noreset"],
    { stdio: ["ignore", "ignore", "ignore", "pipe"] },
  );
  return new Promise((resolve, reject) => {
    const limit = setTimeout(() => {
      xvfb.kill();
      reject(new Error("Xvfb did not start."));
    }, startLimitMs);
    xvfb.once("error", reject);
    xvfb.stdio[3]?.once("data", (chunk) => {
      clearTimeout(limit);
      xvfb.unref();
      resolve({ name: `:${String(chunk).trim()}`, close: () => xvfb.kill() });
    });
  });
}
