/** How long the link has been down and what that means for the next try. */
export interface Outage {
  /** Tries that failed since the link went down. */
  readonly attempt: number;
  readonly downMs: number;
  readonly opsWait: boolean;
  /** Least wait that the other side asked for. */
  readonly retryAfterMs: number;
}

const firstMs = 250;
const leastMs = 100;
/** For the first minute of an outage the desk looks at least once a second: most are a cable or a restart. */
const quickMs = 60_000;

/** Longest wait between two tries. */
export const capOf = (outage: Pick<Outage, "downMs" | "opsWait">): number =>
  outage.downMs < quickMs ? 1_000 : outage.opsWait ? 5_000 : 30_000;

/** Full jitter under a doubling bound, so that many desks do not come back in step. `random`: 0…1. */
export function backoffMs(outage: Outage, random: number): number {
  const bound = Math.min(capOf(outage), firstMs * 2 ** Math.min(outage.attempt, 10));
  return outage.retryAfterMs + Math.max(leastMs, Math.round(random * bound));
}
