import { usePage } from "#renderer/app/store.ts";
import { useDesk } from "#renderer/bridge/use-desk.ts";
import { Pane, useMinute } from "#renderer/parts/index.ts";
import { countText, whenText } from "#renderer/text/format.ts";
import { linkWords } from "#renderer/text/link-text.ts";
import { useText } from "#renderer/text/text.ts";

/** Whether the district has what we recorded, and how the link was in the last 24 hours. */
export function LinkPane() {
  const t = useText();
  const at = useMinute();
  const goTo = usePage((page) => page.goTo);
  const status = useDesk("link.status", {}).data;
  if (!status) return null;
  const { word, tone } = linkWords(t, status.link, at);
  return (
    <Pane
      title={t("desk.link")}
      tools={
        <button type="button" className={`button-link link-tone-${tone}`} onClick={() => goTo("link")}>
          {word}
        </button>
      }
    >
      <p>
        {t("link.confirmed_of", { confirmed: countText(status.confirmed), recorded: countText(status.recorded) })}
        {status.oldestWaitingAt !== null &&
          ` ${status.link.state === "unenrolled" ? t("link.only_here") : t("link.oldest", { at: whenText(status.oldestWaitingAt, at) })}`}
      </p>
      {status.refused > 0 && <p className="is-news">{t("link.refused_count", { count: status.refused })}</p>}
    </Pane>
  );
}
