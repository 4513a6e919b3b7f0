import { randomBytes } from "node:crypto";

/** The PC's own clock and chance, and nobody who reads the log. */
export const realPorts = {
  now: Date.now,
  monotonic: () => performance.now(),
  randomBytes: (length: number) => new Uint8Array(randomBytes(length)),
  log: () => {},
};
