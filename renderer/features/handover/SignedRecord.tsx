import type { ReactNode } from "react";
import { useText } from "#renderer/text/text.ts";

/** A record that is only read: it can be reached and scrolled by keyboard. */
export function SignedRecord({ head, children }: { head: ReactNode; children: ReactNode }) {
  const t = useText();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable to be scrolled
    <section className="handover-record is-read" tabIndex={0} aria-label={t("handover.past.title")}>
      {head}
      {children}
    </section>
  );
}
