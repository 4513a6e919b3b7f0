import { useEffect } from "react";
import { callDesk } from "#renderer/bridge/desk.ts";

const everyMs = 15_000;
const signs = ["keydown", "pointerdown", "pointermove", "wheel"] as const;

/** Tells the core that a hand is at the desk, so that it does not lock; the core alone decides when it does. */
export function useSignsOfLife(): void {
  useEffect(() => {
    let toldAt = Number.NEGATIVE_INFINITY;
    const tell = () => {
      if (performance.now() - toldAt < everyMs) return;
      toldAt = performance.now();
      void callDesk("session.touch", {});
    };
    for (const sign of signs) window.addEventListener(sign, tell, { passive: true, capture: true });
    return () => {
      for (const sign of signs) window.removeEventListener(sign, tell, { capture: true });
    };
  }, []);
}
