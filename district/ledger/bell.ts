/** Wakes desks that wait for news of their street. */
export interface Bell {
  ring(street: string): void;
  /** Resolves at the next ring of the street, after `ms`, or when the same waiter comes again: a desk waits once. */
  wait(street: string, waiter: string, ms: number, gone: AbortSignal): Promise<void>;
  /** Lets everyone go, now and from now on. */
  close(): void;
}

export function openBell(): Bell {
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
          clearTimeout(timer);
          gone.removeEventListener("abort", wake);
          if (waiting.get(waiter) === entry) waiting.delete(waiter);
          resolve();
        }
        const timer = setTimeout(wake, ms);
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
