import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";

const readyLimitMs = 30_000;
const closeLimitMs = 5_000;
const restartWaitMs = 1_000;

/** A district centre with made-up data on this machine, beside the desk, so that the link can be tried. */
export interface SampleDistrict {
  /** Its address, once it answers. Starts it when asked first. */
  url(): Promise<string>;
  close(): Promise<void>;
}

export function sampleDistrict(options: {
  /** Path of `district/main.ts`. */
  readonly file: string;
  readonly dataDir: string;
  readonly log: (line: string) => void;
}): SampleDistrict {
  const portFile = join(options.dataDir, "port");
  let child: ChildProcess | undefined;
  let ready: Promise<string> | undefined;
  let closing = false;

  /** The desk remembers the address it enrolled at, so the district comes back at the port it had. */
  function lastPort(): string {
    try {
      const port = Number(readFileSync(portFile, "utf8"));
      return Number.isInteger(port) && port > 1023 && port < 65_536 ? String(port) : "0";
    } catch {
      return "0";
    }
  }

  function launch(port: string): Promise<string> {
    mkdirSync(options.dataDir, { recursive: true, mode: 0o700 });
    const args = [options.file, "--data", options.dataDir, "--port", port, "--with-parent"];
    const fresh = spawn(process.execPath, args, { stdio: ["pipe", "pipe", "inherit"] });
    child = fresh;
    return new Promise((resolve, reject) => {
      let isReady = false;
      const limit = setTimeout(() => fresh.kill("SIGKILL"), readyLimitMs);
      fresh.once("error", reject);
      createInterface({ input: fresh.stdout }).on("line", (line) => {
        const url = isReady ? undefined : urlIn(line);
        if (!url) return;
        isReady = true;
        clearTimeout(limit);
        writeFileSync(portFile, new URL(url).port);
        resolve(url);
      });
      fresh.once("exit", (code) => {
        clearTimeout(limit);
        if (child === fresh) child = undefined;
        if (closing) return;
        options.log(`sample district ended with code ${code}`);
        if (!isReady) reject(new Error("The sample district did not start."));
        else setTimeout(() => void again(), restartWaitMs);
      });
    });
  }

  async function again(): Promise<void> {
    if (closing) return;
    ready = launch(lastPort());
    await ready.catch((error: unknown) => options.log(String(error)));
  }

  return {
    url() {
      // Another program may have taken the port meanwhile: any free one is better than none.
      ready ??= launch(lastPort())
        .catch(() => launch("0"))
        .catch((error: unknown) => {
          ready = undefined;
          throw error;
        });
      return ready;
    },
    close() {
      closing = true;
      const ending = child;
      if (!ending) return Promise.resolve();
      return new Promise((resolve) => {
        const limit = setTimeout(() => ending.kill("SIGKILL"), closeLimitMs);
        ending.once("exit", () => {
          clearTimeout(limit);
          resolve();
        });
        ending.kill("SIGTERM");
      });
    },
  };
}

/** The address in the JSON line that a district prints when it listens. */
function urlIn(line: string): string | undefined {
  try {
    const { url } = JSON.parse(line) as { url?: unknown };
    return typeof url === "string" ? url : undefined;
  } catch {
    return undefined;
  }
}
