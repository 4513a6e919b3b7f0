import { type ReactNode, useRef } from "react";
import { useHandOn } from "#renderer/parts/focus-here.ts";
import { useText } from "#renderer/text/text.ts";

/** A record that is only read: it can be reached and scrolled by keyboard, at once where a signature has just put it in place of its form. */
export function SignedRecord({ head, children }: { head: ReactNode; children: ReactNode }) {
  const t = useText();
  const region = useRef<HTMLElement>(null);
  useHandOn(null, () => region.current);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable to be scrolled
    <section ref={region} className="handover-record is-read" tabIndex={0} aria-label={t("handover.past.title")}>
      {head}
      {children}
    </section>
  );
}
