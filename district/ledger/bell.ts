/** Wakes desks that wait for news of their street. */
export interface Bell {
  ring(street: string): void;
  /** Resolves at the next ring of the street, after `ms`, or when the same waiter comes again: a desk waits once. */
  wait(street: string, waiter: string, ms: number, gone: AbortSignal): Promise<void>;
  /** Lets everyone go, now and from now on. */
  close(): void;
}

/** `after` does work once after a wait, and returns what calls it off. */
export function openBell(after: (delayMs: number, work: () => void) => () => void = afterReal): Bell {
  const waiting = new Map<string, { readonly street: string; readonly wake: () => void }>();
  let closed = false;
  return {
    ring(street) {
      for (const waiter of [...waiting.values()]) if (waiter.street === street) waiter.wake();
    },
    wait(street, waiter, ms, gone) {
      if (closed || gone.aborted) return Promise.resolve();
      waiting.get(waiter)?.wake();
      return new Promise((resolve) => {
        const entry = { street, wake };
        function wake() {
          callOff();
          gone.removeEventListener("abort", wake);
          if (waiting.get(waiter) === entry) waiting.delete(waiter);
          resolve();
        }
        const callOff = after(ms, wake);
        gone.addEventListener("abort", wake);
        waiting.set(waiter, entry);
      });
    },
    close() {
      closed = true;
      for (const waiter of [...waiting.values()]) waiter.wake();
    },
  };
}

function afterReal(delayMs: number, work: () => void): () => void {
  const timer = setTimeout(work, delayMs);
  return () => clearTimeout(timer);
}
