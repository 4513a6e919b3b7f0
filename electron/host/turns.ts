/** Whose turn it is in the core, which does one thing at a time. */
export interface Turns {
  /** Begins `work` in its turn; what it then waits for keeps nobody else waiting. */
  take(kind: "command" | "query", work: () => void): void;
}

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
      waiting[kind].push(work);
      if (isPlanned) return;
      isPlanned = true;
      setImmediate(next);
    },
  };
}
