import "./paper.css";
import type { ReactNode } from "react";
import { createPortal } from "react-dom";
import { useText } from "#renderer/text/text.ts";

/** What goes to paper: not on screen, and on paper and in the PDF nothing else is. */
export const Paper = ({ className = "", children }: { readonly className?: string; readonly children: ReactNode }) =>
  createPortal(
    <article className={`paper ${className}`} aria-hidden="true">
      {children}
    </article>,
    document.body,
  );

/** Where nothing goes to paper, and while the screen is locked, the paper says so instead of being blank. */
export function NoPaper() {
  const t = useText();
  return createPortal(
    <article className="paper-none" aria-hidden="true">
      {t("parts.print.none")}
    </article>,
    document.body,
  );
}
