/** Whose turn it is in the core, which does one thing at a time. */
export interface Turns {
  /** Begins `work` in its turn; what it then waits for keeps nobody else waiting. */
  take(kind: "command" | "query", work: () => void): void;
  /** Resolves when nobody takes one step after the other, after `mostMs` in any case: for what can wait for a hand. */
  calm(mostMs: number): Promise<void>;
}

/** A hand rests when it has taken no step for so long. */
const restsAfterMs = 200;
const calmLookMs = 50;

/** So many commands go ahead of a question that waits; then it has its turn all the same. */
const commandsInARow = 8;

/**
 * A command goes ahead of the questions that wait: a person looks at what it does, and it waits for one question at most, not
 * for all that a notice made the screens ask. Among themselves commands and questions keep their order.
 */
export function takeTurns(): Turns {
  const waiting = { command: [] as (() => void)[], query: [] as (() => void)[] };
  let inARow = 0;
  let isPlanned = false;
  let steppedAt = Number.NEGATIVE_INFINITY;

  function next(): void {
    const { command, query } = waiting;
    const isCommand = command.length > 0 && (query.length === 0 || inARow < commandsInARow);
    inARow = isCommand ? inARow + 1 : 0;
    const work = (isCommand ? command : query).shift();
    isPlanned = command.length + query.length > 0;
    // Between two turns what has come meanwhile is heard.
    if (isPlanned) setImmediate(next);
    work?.();
  }

  return {
    take(kind, work) {
      if (kind === "command") steppedAt = performance.now();
      waiting[kind].push(work);
      if (isPlanned) return;
      isPlanned = true;
      setImmediate(next);
    },
    async calm(mostMs) {
      const until = performance.now() + mostMs;
      while (performance.now() - steppedAt < restsAfterMs && performance.now() < until)
        await new Promise((resolve) => setTimeout(resolve, calmLookMs).unref());
    },
  };
}
