/**
 * Stretch of the link that one request may fill, in seconds: short enough to be lost without harm, long enough to fill the way.
 * It grows while nothing is lost.
 */
const firstStretchS = 0.45;
const [leastStretchS, mostStretchS] = [0.3, 0.9];
const leastBytes = 8 * 2 ** 10;
const mostBytes = 256 * 2 ** 10;
const firstBytes = 40 * 2 ** 10;
/** Longest and shortest patience with a request beyond what it was told to wait. */
const leastPatienceMs = 1_200;
const mostPatienceMs = 5_000;
/** Shortest wait for a request that was overtaken: connections of one way are not served to the millisecond in turn. */
const leastOvertakenMs = 800;
/** Answers that are looked at together. */
const together = 4;
/** Share of a new sample in what is believed. */
const share = 0.3;
/** From this size on, a transfer says something of the bandwidth; below, of the round trip. */
const bulkBytes = 4 * 2 ** 10;

export type Way = "up" | "down";

/** What the link was measured to be: round trip and bandwidth, and what follows for sizes and patience. */
export interface Pace {
  /** Compressed bytes that one request should carry. */
  bytes(way: Way): number;
  /** Compressed bytes per second; `null`: not measured yet. */
  rate(way: Way): number | null;
  /** How long a request may stay without any progress when `queued` bytes have to come through before or with it. */
  patienceMs(way: Way, queued: number): number;
  /** How long a request may still be silent when one that went out after it got through. */
  overtakenMs(): number;
  /** A connection was made, TLS included, which takes two round trips. */
  connected(tookMs: number): void;
  /** A request came through: its bytes, when it went out, and when it was known that they are there. */
  answered(way: Way, bytes: number, sentAt: number, at: number): void;
  /** A request was lost: the next ones are smaller. */
  lost(): void;
}

export function openPace(): Pace {
  let rttMs: number | null = null;
  const rates: Record<Way, number | null> = { up: null, down: null };
  const sizes: Record<Way, number> = { up: firstBytes, down: firstBytes };
  let stretchS = firstStretchS;
  const lately: Record<Way, readonly { readonly bytes: number; readonly sentAt: number }[]> = { up: [], down: [] };

  /** The shortest lately: what waits in a queue is not the way. */
  function shortest(sampleMs: number): void {
    rttMs = rttMs === null ? sampleMs : Math.min(rttMs * 1.05, sampleMs);
  }

  return {
    connected: (tookMs) => shortest(tookMs / 2),
    bytes: (way) => sizes[way],
    rate: (way) => rates[way],
    patienceMs(way, queued) {
      const rate = rates[way];
      // Until the way was measured, nothing is known of a queue.
      if (rttMs === null || (rate === null && queued > bulkBytes)) return mostPatienceMs;
      const queueMs = (queued / (rate ?? Number.POSITIVE_INFINITY)) * 1_000;
      return Math.round(Math.min(mostPatienceMs, Math.max(leastPatienceMs, 4 * (rttMs + queueMs))));
    },
    overtakenMs: () => (rttMs === null ? mostPatienceMs : Math.round(Math.max(leastOvertakenMs, 2 * rttMs))),
    answered(way, bytes, sentAt, at) {
      const took = Math.max(1, at - sentAt);
      if (bytes < bulkBytes) return shortest(took);
      rttMs ??= took / 2;
      // Answers come in bunches when the district lets several through at once: only a few of them together tell the rate.
      const last = [...lately[way], { bytes, sentAt }].slice(-together);
      lately[way] = last;
      const busyMs = at - Math.min(...last.map((one) => one.sentAt)) - Math.min(rttMs, took / 2);
      const sample = (last.reduce((sum, one) => sum + one.bytes, 0) / Math.max(1, busyMs)) * 1_000;
      const before = rates[way];
      const rate = before === null ? sample : before + (sample - before) * share;
      rates[way] = rate;
      stretchS = Math.min(mostStretchS, stretchS * 1.1);
      // No more than twice as large at once: a burst into a buffer is not the bandwidth of the way.
      sizes[way] = Math.round(Math.min(mostBytes, sizes[way] * 2, Math.max(leastBytes, rate * stretchS)));
    },
    lost() {
      stretchS = Math.max(leastStretchS, stretchS * 0.6);
      for (const way of ["up", "down"] as const) sizes[way] = Math.max(leastBytes, Math.round(sizes[way] * 0.75));
    },
  };
}
