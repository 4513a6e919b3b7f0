import { useTime } from "#renderer/parts/index.ts";
import { countText } from "#renderer/text/format.ts";
import { linkWords } from "#renderer/text/link-text.ts";
import { useText } from "#renderer/text/text.ts";
import type { LinkStatus } from "#shared/contract.ts";

/** What waits, what a person must settle, and the state of the link: the same words wherever it is told. */
export function LinkMarks({ status }: { status: LinkStatus }) {
  const t = useText();
  const { word, tone } = useTime((at) => {
    const { word, tone } = linkWords(t, status.link, at);
    return { word, tone };
  });
  return (
    <>
      {status.waiting > 0 && (
        <span className="figures strip-waiting">
          {t(status.link.state === "unenrolled" ? "strip.only_here" : "strip.waiting", {
            count: countText(status.waiting),
          })}
        </span>
      )}
      {status.refused > 0 && (
        <span className="badge badge-act">{t("strip.refused", { count: countText(status.refused) })}</span>
      )}
      <span className={`badge badge-${tone} badge-link-${status.link.state}`}>
        <i className="badge-dot" aria-hidden="true" />
        {word}
      </span>
    </>
  );
}
