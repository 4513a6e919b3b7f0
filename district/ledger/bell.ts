/** Wakes desks that wait for news of their street. */
export interface Bell {
  /** `but`: a waiter that has heard of it already. */
  ring(street: string, but?: string): void;
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
    ring(street, but) {
      for (const [waiter, one] of [...waiting]) if (one.street === street && waiter !== but) one.wake();
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
