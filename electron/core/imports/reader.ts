import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { type DeskError, deskError } from "#shared/errors.ts";
import type { Look, Task } from "./look.ts";

export type FromReader =
  | {
      readonly kind: "codes";
      readonly codes: readonly { row: number; code: string }[];
      readonly read: number;
      readonly percent: number | null;
    }
  | { readonly kind: "look"; readonly look: Look }
  | { readonly kind: "failed"; readonly error: DeskError };
export type ToReader = "more";

/** Memory of the reading thread, MiB: a file that wants more is refused, and the desk goes on. */
const heapMiB = 1_024;
/** A reader that says nothing for so long is in a loop. */
const silenceMs = 60_000;

/** The thread's file: beside this one while Node runs TypeScript, beside the bundle of the core when packed. */
const threadFile = import.meta.filename.endsWith(".ts")
  ? join(import.meta.dirname, "reader-thread.ts")
  : join(import.meta.dirname, "reader.mjs");

/** Reads a file in a thread of its own. `cancel` ends it at once. */
export interface Reader {
  readonly messages: AsyncGenerator<FromReader>;
  cancel(): Promise<void>;
}

export function startReader(task: Task, file = threadFile): Reader {
  const worker = new Worker(file, {
    workerData: { task },
    resourceLimits: { maxOldGenerationSizeMb: heapMiB, maxYoungGenerationSizeMb: 64 },
    stdout: true,
    stderr: true,
  });
  const waiting: FromReader[] = [];
  let wake = () => {};
  let over = false;
  const put = (message: FromReader) => {
    waiting.push(message);
    wake();
  };
  worker.on("message", put);
  worker.on("error", (error: NodeJS.ErrnoException) =>
    put({
      kind: "failed",
      error:
        error.code === "ERR_WORKER_OUT_OF_MEMORY"
          ? deskError("import.too_large")
          : deskError("import.broken", { detail: error.message.slice(0, 80) }),
    }),
  );
  worker.once("exit", () => {
    over = true;
    wake();
  });
  async function* messages(): AsyncGenerator<FromReader> {
    try {
      for (;;) {
        while (waiting.length === 0) {
          if (over) {
            yield { kind: "failed", error: deskError("import.broken", { detail: "end" }) };
            return;
          }
          let alarm: NodeJS.Timeout | undefined;
          const silent = await new Promise<boolean>((resolve) => {
            wake = () => resolve(false);
            alarm = setTimeout(() => resolve(true), silenceMs);
          });
          clearTimeout(alarm);
          if (silent && waiting.length === 0) {
            yield { kind: "failed", error: deskError("import.broken", { detail: "silence" }) };
            return;
          }
        }
        const message = waiting.shift() as FromReader;
        yield message;
        if (message.kind === "look" || message.kind === "failed") return;
        worker.postMessage("more" satisfies ToReader);
      }
    } finally {
      await worker.terminate();
    }
  }
  return {
    messages: messages(),
    cancel: async () => {
      over = true;
      await worker.terminate();
      wake();
    },
  };
}
