import { randomBytes } from "node:crypto";
import { createCore } from "#core/core.ts";
import type { Core, CorePorts } from "#core/ports.ts";
import type { CoreValues, FromCore, ToCore } from "./messages.ts";

/** The core in a process of its own, forked by `core-host.ts`: a slow query never holds up the server. */

/** Longest wait for the last transaction when the desk ends. */
const closeLimitMs = 4_000;
const districtWaiters: { resolve: (url: string) => void; reject: (reason: Error) => void }[] = [];
let core: Promise<Core> | undefined;

const send = (message: FromCore) => {
  if (process.connected) process.send?.(message, undefined, undefined, () => {});
};

function portsOf(values: CoreValues): CorePorts {
  return {
    ...values,
    now: () => Date.now(),
    monotonic: () => performance.now(),
    randomBytes: (length) => new Uint8Array(randomBytes(length)),
    log: (line) => send({ kind: "log", line }),
    startSampleDistrict: () =>
      new Promise((resolve, reject) => {
        districtWaiters.push({ resolve, reject });
        send({ kind: "need-district" });
      }),
  };
}

async function start(values: CoreValues): Promise<void> {
  core = createCore(portsOf(values));
  (await core).subscribe((notice) => send({ kind: "notice", notice }));
  send({ kind: "ready" });
}

async function end(): Promise<never> {
  setTimeout(() => process.exit(1), closeLimitMs).unref();
  await core?.then((running) => running.close()).catch(() => {});
  process.exit(0);
}

process.on("message", (message: ToCore) => {
  if (message.kind === "init") void start(message.values);
  else if (message.kind === "call") {
    const { id, name, input } = message;
    void core?.then(async (running) => send({ kind: "outcome", id, outcome: await running.call(name, input) }));
  } else if (message.kind === "district") {
    for (const waiter of districtWaiters.splice(0)) {
      if (message.url === null) waiter.reject(new Error("The sample district did not start."));
      else waiter.resolve(message.url);
    }
  } else void end();
});
process.on("disconnect", () => void end());

// A state nobody understands any more must not go on writing: end, and a fresh core starts from the last commit.
function die(error: unknown): void {
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  send({ kind: "log", line: `core: ${stack.replaceAll("\n", " | ")}` });
  setTimeout(() => process.exit(1), 50);
}
process.on("uncaughtException", die);
process.on("unhandledRejection", die);
