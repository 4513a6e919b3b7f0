import { useContext, useEffect, useRef } from "react";
import { useMinute } from "#renderer/parts/index.ts";
import { LookContext } from "#renderer/parts/look-context.ts";
import { timeText } from "#renderer/text/format.ts";
import { showSeconds } from "./second-hand.ts";

/** Drawn for the eye each second, told to a reader each minute: a text that changes is a page that is laid out and painted. */
export function SecondHand() {
  const figures = useRef<HTMLSpanElement>(null);
  const drawn = useRef<ReturnType<typeof showSeconds>>(undefined);
  const { shown } = useContext(LookContext);
  useEffect(() => {
    // With the frame: asked for its size at once, the page would be laid out for the sake of a clock, and once more with the first answer.
    const frame = requestAnimationFrame(() => {
      if (figures.current) drawn.current = showSeconds(figures.current);
    });
    return () => {
      cancelAnimationFrame(frame);
      drawn.current?.end();
    };
  }, []);
  // The theme stands on the page only after this effect.
  // biome-ignore lint/correctness/useExhaustiveDependencies: another theme is another colour.
  useEffect(() => {
    const frame = requestAnimationFrame(() => drawn.current?.redraw());
    return () => cancelAnimationFrame(frame);
  }, [shown]);
  return (
    <span className="strip-second">
      <time className="sr-only">{timeText(useMinute())}</time>
      <span className="figures strip-time" ref={figures} aria-hidden="true" />
    </span>
  );
}
