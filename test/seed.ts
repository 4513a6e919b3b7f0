/** Every drawn number of the suites hangs on this. Fixed, so that a failure comes back; `ZHISHOU_SEED=n` walks elsewhere. */
export const seed = Number(process.env.ZHISHOU_SEED ?? 20261121);

/** mulberry32: a small generator of numbers in [0, 1) that is the same on every machine. */
export function drawer(from: number): () => number {
  let state = from >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
