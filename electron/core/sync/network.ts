import { networkInterfaces } from "node:os";

const everyMs = 2_000;
/** A look that comes this late: the machine slept. */
const sleptMs = 10_000;

/** Tells when this machine's addresses have changed, or when it woke from sleep. Returns what ends the watch. */
export function watchNetwork(monotonic: () => number, changed: () => void, look: () => string = addresses): () => void {
  let before = look();
  let lookedAt = monotonic();
  const timer = setInterval(() => {
    const now = look();
    const at = monotonic();
    const slept = at - lookedAt > sleptMs;
    lookedAt = at;
    if (now === before && !slept) return;
    before = now;
    changed();
  }, everyMs);
  timer.unref();
  return () => clearInterval(timer);
}

const addresses = (): string =>
  Object.values(networkInterfaces())
    .flatMap((entries) =>
      (entries ?? []).filter((entry) => !entry.internal).map(({ address, cidr }) => `${cidr ?? address}`),
    )
    .sort()
    .join(" ");
