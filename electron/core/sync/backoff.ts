/** How long the link has been down and what that means for the next try. */
export interface Outage {
  /** Tries that failed since the link went down. */
  readonly attempt: number;
  readonly downMs: number;
  readonly opsWait: boolean;
  /** The hour's budget of requests is used up. */
  readonly sparing: boolean;
  /** Least wait that the other side asked for. */
  readonly retryAfterMs: number;
}

const firstMs = 250;
const leastMs = 100;
/** For the first minute of an outage the desk looks at least once a second: most are a cable or a restart. */
const quickMs = 60_000;

/** Longest wait between two tries. */
export function capOf({ downMs, opsWait, sparing }: Pick<Outage, "downMs" | "opsWait" | "sparing">): number {
  if (sparing) return 30_000;
  if (downMs < quickMs) return 1_000;
  return opsWait ? 5_000 : 30_000;
}

/** Full jitter under a doubling bound, so that many desks do not come back in step. `random`: 0…1. `lookedMs`: how long the last try took. */
export function backoffMs(outage: Outage, random: number, lookedMs = 0): number {
  const bound = Math.min(capOf(outage), firstMs * 2 ** Math.min(outage.attempt, 10));
  return outage.retryAfterMs + Math.round(Math.max(leastMs * (1 + random), random * bound - lookedMs));
}
