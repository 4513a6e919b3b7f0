import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Child, type StartChild, waitForEnd } from "./child.ts";

const readyLimitMs = 30_000;
const restartWaitMs = 1_000;
const closeLimitMs = 5_000;

/** A district centre with made-up data, on this machine only, so that the desk can be tried with a living link. */
export interface SampleDistrict {
  /** Its address, once it answers. Starts it when asked first; later calls get the same address. */
  url(): Promise<string>;
  close(): Promise<void>;
}

export function sampleDistrict(options: {
  readonly start: StartChild;
  /** Path of `district.mjs`, or of `district/main.ts`. */
  readonly file: string;
  readonly dataDir: string;
  readonly log: (line: string) => void;
}): SampleDistrict {
  const portFile = join(options.dataDir, "port");
  let child: Child | undefined;
  let ready: Promise<string> | undefined;
  let closing = false;

  /** The desk remembers the address it enrolled at, so the district comes back at the port it had. */
  function lastPort(): string {
    try {
      const port = Number(readFileSync(portFile, "utf8"));
      return Number.isInteger(port) && port > 1023 && port < 65536 ? String(port) : "0";
    } catch {
      return "0";
    }
  }

  function launch(port: string): Promise<string> {
    mkdirSync(options.dataDir, { recursive: true, mode: 0o700 });
    return new Promise((resolve, reject) => {
      const started = options.start("zhishou-sample-district", options.file, [
        "--data",
        options.dataDir,
        "--port",
        port,
        "--embedded",
      ]);
      child = started;
      let isReady = false;
      let output = "";
      const limit = setTimeout(() => started.kill(), readyLimitMs);
      started.onOutput((text) => {
        if (isReady) return;
        output += text;
        const url = urlIn(output);
        if (!url) return;
        isReady = true;
        clearTimeout(limit);
        writeFileSync(portFile, new URL(url).port);
        resolve(url);
      });
      started.onExit((code) => {
        clearTimeout(limit);
        if (child === started) child = undefined;
        if (closing) return;
        options.log(`sample district ended with code ${code}${isReady ? "" : `: ${output.slice(-500).trimEnd()}`}`);
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
      if (!child) return Promise.resolve();
      const ended = waitForEnd(child, closeLimitMs);
      child.stop();
      return ended;
    },
  };
}

/** The address in the JSON line a district prints when it listens. */
function urlIn(output: string): string | undefined {
  for (const line of output.split("\n").slice(0, -1)) {
    try {
      const { url } = JSON.parse(line) as { url?: unknown };
      if (typeof url === "string") return url;
    } catch {
      // Another line of its log.
    }
  }
  return undefined;
}
