/** Does `work` once after a wait. Returns what calls it off. A port, so that tests live through hours in a moment. */
export type After = (delayMs: number, work: () => void) => () => void;

export const afterReal: After = (delayMs, work) => {
  const timer = setTimeout(work, delayMs);
  return () => clearTimeout(timer);
};
