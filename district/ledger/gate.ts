/** Longest that a push waits for the pushes before it: time for one of them to be lost and sent again. */
const longestMs = 10_000;
/** Pushes of one desk that may wait at once; what comes beyond is told to come later. */
const mostWaiting = 6;

/** Lets the pushes of a desk through in the order of their numbers, however the network mixes them (PR-8). */
export interface Gate {
  /** Resolves when it is the turn of `seq`, when waiting is of no use any more, or when the asker is gone. */
  wait(device: string, seq: number, gone: AbortSignal): Promise<void>;
  /** The turn of a desk has moved on. */
  passed(device: string, nextSeq: number): void;
  /** Lets everyone through, now and from now on. */
  close(): void;
}

export function openGate(after: (delayMs: number, work: () => void) => () => void = afterReal): Gate {
  const waiting = new Map<string, Set<{ readonly seq: number; readonly open: () => void }>>();
  let closed = false;
  return {
    wait(device, seq, gone) {
      const queue = waiting.get(device) ?? new Set();
      if (closed || gone.aborted || queue.size >= mostWaiting) return Promise.resolve();
      waiting.set(device, queue);
      return new Promise((resolve) => {
        const entry = { seq, open };
        function open() {
          callOff();
          gone.removeEventListener("abort", open);
          queue.delete(entry);
          if (queue.size === 0) waiting.delete(device);
          resolve();
        }
        const callOff = after(longestMs, open);
        gone.addEventListener("abort", open);
        queue.add(entry);
      });
    },
    passed(device, nextSeq) {
      for (const entry of [...(waiting.get(device) ?? [])]) if (entry.seq <= nextSeq) entry.open();
    },
    close() {
      closed = true;
      for (const queue of [...waiting.values()]) for (const entry of [...queue]) entry.open();
    },
  };
}

function afterReal(delayMs: number, work: () => void): () => void {
  const timer = setTimeout(work, delayMs);
  return () => clearTimeout(timer);
}
