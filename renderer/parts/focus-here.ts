import { useEffect, useRef } from "react";

/** As a `ref`: the hand begins here when this appears. */
export const focusHere = (element: HTMLElement | null): void => element?.focus();

/**
 * Where what had the hand is gone or can no longer be pressed, as after a file was chosen or a question was answered, the hand
 * goes on at `next`; where it is somewhere, it stays. Looked at after each `step`.
 */
export function useHandOn(step: unknown, next: () => HTMLElement | null | undefined): void {
  const latest = useRef(next);
  useEffect(() => {
    latest.current = next;
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: each step, whatever it is
  useEffect(() => {
    const frame = requestAnimationFrame(() => {
      if (document.activeElement === null || document.activeElement === document.body) latest.current()?.focus();
    });
    return () => cancelAnimationFrame(frame);
  }, [step]);
}
