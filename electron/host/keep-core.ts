import { type Child, waitForEnd } from "./child.ts";
import type { CoreValues } from "./messages.ts";

/** Waits between starts of a core that keeps ending. */
const restartWaitsMs = [100, 500, 1_000, 3_000, 5_000];
/** A core that lived this long was sound: the next fault begins the waits anew. */
const soundAfterMs = 60_000;
const closeLimitMs = 6_000;

export interface KeepOptions {
  readonly start: () => Child;
  readonly values: CoreValues;
  readonly startSampleDistrict: () => Promise<string>;
  readonly log: (line: string) => void;
  /** A fresh core takes messages: connect who wants to reach it. */
  readonly onStart: (child: Child) => void;
  /** It has ended, and will be started again. */
  readonly onEnd: () => void;
  /** It has ended again and again. True: try once more. */
  readonly askToGoOn: () => Promise<boolean>;
}

/** Keeps one core process alive, whichever shell it serves. */
export interface CoreKeeper {
  /** Settles with the first start: rejects when the core ended before it was ready once. */
  readonly firstReady: Promise<void>;
  child(): Child | undefined;
  /** Lets the core finish its last transaction and end. */
  close(): Promise<void>;
}

export function keepCore(options: KeepOptions): CoreKeeper {
  let child: Child | undefined;
  let failures = 0;
  let closing = false;
  let ready = () => {};
  let failed = (_reason: Error) => {};
  const firstReady = new Promise<void>((resolve, reject) => {
    ready = resolve;
    failed = reject;
  });
  // Whoever does not wait for it must not be told of it as an unhandled rejection.
  firstReady.catch(() => {});

  function start(): void {
    const startedMs = performance.now();
    const fresh = options.start();
    child = fresh;
    fresh.onOutput((text) => options.log(`core says: ${text.trimEnd()}`));
    fresh.onMessage((message) => {
      if (message.kind === "ready") ready();
      else if (message.kind === "log") options.log(message.line);
      else if (message.kind === "need") void answerNeed(fresh, message.id);
    });
    fresh.onExit((code) => {
      if (child !== fresh) return;
      child = undefined;
      if (closing) return;
      options.log(`core ended with code ${code}`);
      failed(new Error(`The core ended with code ${code} before it was ready.`));
      if (performance.now() - startedMs > soundAfterMs) failures = 0;
      options.onEnd();
      void startAgain();
    });
    fresh.send({ kind: "init", values: options.values });
    options.onStart(fresh);
  }

  async function startAgain(): Promise<void> {
    const wait = restartWaitsMs[failures];
    failures += 1;
    if (wait === undefined) {
      if (!(await options.askToGoOn())) return;
      failures = 0;
    }
    await new Promise((resolve) => setTimeout(resolve, wait ?? restartWaitsMs.at(-1)));
    if (!closing) start();
  }

  async function answerNeed(asking: Child, id: number): Promise<void> {
    const answer = await options.startSampleDistrict().then(
      (value) => ({ value }),
      (error: unknown) => ({ error: String(error) }),
    );
    asking.send({ kind: "answer", id, ...answer });
  }

  start();
  return {
    firstReady,
    child: () => child,
    close() {
      closing = true;
      if (!child) return Promise.resolve();
      const ended = waitForEnd(child, closeLimitMs);
      child.send({ kind: "end" });
      return ended;
    },
  };
}
