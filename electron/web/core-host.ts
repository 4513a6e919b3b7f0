import type { Notice, Outcome } from "#core/ports.ts";
import { deskError } from "#shared/errors.ts";
import { fail } from "#shared/lib/result.ts";
import { type Child, forkNode } from "../host/child.ts";
import { type KeepOptions, keepCore } from "../host/keep-core.ts";
import { everyTopic, type ToPage } from "../host/messages.ts";

/** All browsers share one port to the core: this server. */
const port = 1;

export interface CoreHostOptions extends Pick<KeepOptions, "values" | "startSampleDistrict" | "log"> {
  /** Path of `core-process.ts`, or of `core.mjs`. */
  readonly file: string;
}

/** Keeps one core process alive and carries calls to it and notices from it. */
export interface CoreHost {
  /** Answers as the core has sent it. A call that the core did not live to answer is `core.lost`: nobody knows whether it was done. */
  call(name: string, input: unknown): Promise<Outcome | string>;
  subscribe(listener: (notice: Notice) => void): () => void;
  pid(): number | undefined;
  close(): Promise<void>;
}

/** Starts the core; rejects when it ends before it was ready once. */
export async function hostCore({ file, ...options }: CoreHostOptions): Promise<CoreHost> {
  const listeners = new Set<(notice: Notice) => void>();
  const pending = new Map<number, (outcome: Outcome | string) => void>();
  const lost = fail(deskError("core.lost"));
  let lastId = 0;
  let starts = 0;
  let closing = false;

  const tell = (notice: Notice) => {
    for (const listener of listeners) listener(notice);
  };
  function hear(message: ToPage): void {
    if ("notice" in message) {
      tell(message.notice);
      return;
    }
    pending.get(message.id)?.(message.outcome);
    pending.delete(message.id);
  }

  const keeper = keepCore({
    ...options,
    start: () => forkNode(process.execPath, file),
    onStart: (child: Child) => {
      child.onMessage((message) => {
        if (message.kind === "data") hear(message.data as ToPage);
        // Anything may have changed while it was away.
        else if (message.kind === "ready" && starts++ > 0) tell({ topics: everyTopic });
      });
      child.send({ kind: "connect", port });
    },
    onEnd: loseAll,
    askToGoOn: async () => true,
  });
  function loseAll(): void {
    for (const answer of pending.values()) answer(lost);
    pending.clear();
  }

  await keeper.firstReady;
  return {
    call: (name, input) => {
      const child = keeper.child();
      if (!child || closing) return Promise.resolve(lost);
      return new Promise((resolve) => {
        const id = ++lastId;
        pending.set(id, resolve);
        try {
          child.send({ kind: "data", port, data: { id, name, input } });
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
    pid: () => keeper.child()?.pid(),
    async close() {
      closing = true;
      await keeper.close();
      loseAll();
    },
  };
}
