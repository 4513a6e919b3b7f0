import { randomBytes } from "node:crypto";
import { createCore } from "#core/core.ts";
import type { Core } from "#core/ports.ts";
import { readBoot } from "./boot.ts";
import { hostLink } from "./host-link.ts";
import type { CoreValues } from "./messages.ts";
import { quietStart } from "./quiet-start.ts";
import { servePort } from "./serve-port.ts";
import { takeTurns } from "./turns.ts";

/** Longest wait for the core to finish its last transaction when the desk ends. */
const closeLimitMs = 4_000;

const link = hostLink();
const starting = quietStart();
const turns = takeTurns();
const asked = new Map<number, { resolve: (value: string) => void; reject: (error: Error) => void }>();
let lastAsked = 0;
let start: (values: CoreValues) => void = () => {};
const core = new Promise<Core>((resolve, reject) => {
  start = (values) => createCore(portsOf(values)).then(resolve, reject);
});

function portsOf(values: CoreValues) {
  return {
    ...values,
    now: () => Date.now(),
    monotonic: () => performance.now(),
    boot: readBoot(),
    randomBytes: (length: number) => new Uint8Array(randomBytes(length)),
    log: (line: string) => link.send({ kind: "log", line }),
    started: starting.over,
    calm: turns.calm,
    startSampleDistrict: async () => {
      await starting.over;
      return new Promise<string>((resolve, reject) => {
        const id = ++lastAsked;
        asked.set(id, { resolve, reject });
        link.send({ kind: "need", id, need: "sample-district" });
      });
    },
  };
}

async function end(): Promise<never> {
  setTimeout(() => process.exit(1), closeLimitMs).unref();
  starting.end();
  await core.then((running) => running.close()).catch(() => {});
  process.exit(0);
}

link.onConnect((port) => servePort(core, port, turns, starting.asked));
link.onLost(() => void end());
link.onMessage((message) => {
  if (message.kind === "init") start(message.values);
  else if (message.kind === "end") void end();
  else if (message.kind === "answer") {
    const waiting = asked.get(message.id);
    asked.delete(message.id);
    if (message.value !== undefined) waiting?.resolve(message.value);
    else waiting?.reject(new Error(message.error ?? "refused"));
  }
});
core.then(
  () => link.send({ kind: "ready" }),
  (error: unknown) => die("createCore", error),
);

// A state nobody understands any more must not go on writing: end, and let main start a fresh core on the last commit.
function die(where: string, error: unknown): void {
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  link.send({ kind: "log", line: `core ${where}: ${stack.replaceAll("\n", " | ")}` });
  setTimeout(() => process.exit(1), 100);
}
process.on("uncaughtException", (error) => die("uncaught", error));
process.on("unhandledRejection", (error) => die("unhandled", error));
