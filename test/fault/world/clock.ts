/** One clock for desks, district and wire: nothing waits for real, and what happens is the same each time. */
export interface VirtualClock {
  /** Virtual milliseconds since the start of the world. */
  now(): number;
  /** Does `work` at its time; returns what calls it off. */
  after(delayMs: number, work: () => void): () => void;
  /** Lives through everything up to a moment; ends early once `done` says so. */
  runUntil(at: number, done?: () => boolean): Promise<void>;
}

interface Due {
  readonly at: number;
  readonly order: number;
  readonly work: () => void;
}

/** What the promises of one moment still have to do is done before the next moment. */
const settle = () => new Promise<void>((resolve) => setImmediate(resolve));

/** More turns than a desk has pages kept. */
const turnsOfRest = 20;

export function openClock(): VirtualClock {
  let now = 0;
  let order = 0;
  const due = new Set<Due>();

  function nextAt(): number {
    let least = Number.POSITIVE_INFINITY;
    for (const one of due) if (one.at < least) least = one.at;
    return least;
  }

  /** Nothing due may mean that a desk is still applying what came, page by page, and will ask then: no time passes over that. */
  async function nextBy(at: number): Promise<number> {
    for (let turn = 0; turn < turnsOfRest && nextAt() > at; turn++) await settle();
    return nextAt();
  }

  return {
    now: () => now,
    after(delayMs, work) {
      const one = { at: now + Math.max(0, Math.round(delayMs)), order: order++, work };
      due.add(one);
      return () => due.delete(one);
    },
    async runUntil(at, done = () => false) {
      await settle();
      for (let next = await nextBy(at); next <= at && !done(); next = await nextBy(at)) {
        now = next;
        // All of one moment together, as answers that arrive in one read of the socket are.
        const together = [...due].filter((one) => one.at === next).sort((a, b) => a.order - b.order);
        for (const one of together) if (due.delete(one)) one.work();
        await settle();
      }
      if (!done()) now = Math.max(now, at);
    },
  };
}
