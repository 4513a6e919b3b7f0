/** A screen has come up, and whoever wanted another one at once has it. */
const settledMs = 1_500;

/** Does what nobody waits for after a screen has settled and when the page has nothing else to do. Returns what calls it off. */
export function whenIdle(work: () => void): () => void {
  let asked: number | undefined;
  const timer = setTimeout(() => {
    asked = requestIdleCallback(work);
  }, settledMs);
  return () => {
    clearTimeout(timer);
    if (asked !== undefined) cancelIdleCallback(asked);
  };
}
