/** Requests that one source may make at once, and how fast it earns new ones. A desk needs about two a second when busy. */
const usual = { burst: 100, perSecond: 20 };
/** Pieces of files: their own bucket, so that they never take from that of the ops. */
export const freightRate = { burst: 200, perSecond: 40 };

/** What a desk calls urgent (PR-31): a few ops of one event in each request, one request after the other. */
export const urgentRate = { burst: 20, perSecond: 4 };

/** A bucket of requests for each source. Answers how long to wait, 0 if the request may go. */
export function limitRate(now: () => number, { burst, perSecond } = usual) {
  const buckets = new Map<string, { left: number; at: number }>();
  return (source: string): number => {
    if (buckets.size > 10_000) buckets.clear();
    const at = now();
    const bucket = buckets.get(source) ?? { left: burst, at };
    const left = Math.min(burst, bucket.left + (Math.max(0, at - bucket.at) / 1_000) * perSecond);
    buckets.set(source, { left: left >= 1 ? left - 1 : left, at });
    return left >= 1 ? 0 : Math.ceil(((1 - left) / perSecond) * 1_000);
  };
}
