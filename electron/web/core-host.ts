import { type ChildProcess, fork } from "node:child_process";
import { join } from "node:path";
import type { Notice, Outcome } from "#core/ports.ts";
import { deskError } from "#shared/errors.ts";
import { fail } from "#shared/lib/result.ts";
import type { CoreValues, FromCore, ToCore } from "./messages.ts";

const file = join(import.meta.dirname, "core-process.ts");
/** Waits between starts of a core that keeps ending; the last one is repeated. */
const restartWaitsMs = [50, 500, 1_000, 3_000, 5_000];
/** A core that lived this long was sound: the next fault begins the waits anew. */
const soundAfterMs = 60_000;
const closeLimitMs = 6_000;

export interface CoreHostOptions {
  readonly values: CoreValues;
  readonly startSampleDistrict: () => Promise<string>;
  readonly log: (line: string) => void;
}

/** Keeps one core process alive and carries calls to it and notices from it. */
export interface CoreHost {
  /** A call that the core did not live to answer is `core.lost`: nobody knows whether it was done. */
  call(name: string, input: unknown): Promise<Outcome>;
  subscribe(listener: (notice: Notice) => void): () => void;
  pid(): number | undefined;
  /** Lets the core finish its last transaction and end. */
  close(): Promise<void>;
}

/** Starts the core; rejects when it ends before it was ready once. */
export async function hostCore(options: CoreHostOptions): Promise<CoreHost> {
  const listeners = new Set<(notice: Notice) => void>();
  const pending = new Map<number, (outcome: Outcome) => void>();
  const lost = fail(deskError("core.lost"));
  let child: ChildProcess | undefined;
  let lastId = 0;
  let failures = 0;
  let closing = false;

  const tell = (notice: Notice) => {
    for (const listener of listeners) listener(notice);
  };

  function start(onReady: () => void, onFirstEnd?: (code: number | null) => void): void {
    const started = performance.now();
    // Whatever the core prints goes to stderr: stdout carries one line, and that is the server's.
    const fresh = fork(file, { serialization: "advanced", stdio: ["ignore", 2, 2, "ipc"] });
    let wasReady = false;
    child = fresh;
    fresh.on("message", (message: FromCore) => {
      if (message.kind === "outcome") {
        pending.get(message.id)?.(message.outcome);
        pending.delete(message.id);
      } else if (message.kind === "notice") tell(message.notice);
      else if (message.kind === "log") options.log(message.line);
      else if (message.kind === "need-district") void bringDistrict(fresh);
      else {
        wasReady = true;
        onReady();
      }
    });
    fresh.once("error", (error) => options.log(`core: ${error.message}`));
    fresh.once("exit", (code) => {
      if (child === fresh) child = undefined;
      for (const answer of pending.values()) answer(lost);
      pending.clear();
      if (closing) return;
      options.log(`core ended with code ${code}`);
      if (!wasReady && onFirstEnd) return onFirstEnd(code);
      if (performance.now() - started > soundAfterMs) failures = 0;
      const wait = restartWaitsMs[Math.min(failures++, restartWaitsMs.length - 1)];
      setTimeout(() => {
        if (!closing) start(() => tell({ topics: ["*"] }));
      }, wait);
    });
    sendTo(fresh, { kind: "init", values: options.values });
  }

  async function bringDistrict(asking: ChildProcess): Promise<void> {
    const url = await options.startSampleDistrict().catch((error: unknown) => {
      options.log(String(error));
      return null;
    });
    sendTo(asking, { kind: "district", url });
  }

  await new Promise<void>((resolve, reject) =>
    start(resolve, (code) => reject(new Error(`The core ended with code ${code} before it was ready.`))),
  );
  return {
    call: (name, input) => {
      const running = child;
      if (!running?.connected || closing) return Promise.resolve(lost);
      return new Promise((resolve) => {
        const id = ++lastId;
        pending.set(id, resolve);
        try {
          sendTo(running, { kind: "call", id, name, input });
        } catch {
          // Nested deeper than a message can be: no honest input is.
          pending.delete(id);
          resolve(fail(deskError("input.invalid")));
        }
      });
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    pid: () => child?.pid,
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
        sendTo(ending, { kind: "end" });
      });
    },
  };
}

/** A child that is just ending takes no message; its exit says what is to be said. */
function sendTo(child: ChildProcess, message: ToCore): void {
  if (child.connected) child.send(message, () => {});
}
