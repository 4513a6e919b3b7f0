import { useDesk } from "#renderer/bridge/use-desk.ts";
import { durationText } from "#renderer/text/format.ts";
import { useText } from "#renderer/text/text.ts";
import { hourMs } from "#shared/lib/time.ts";
import { DayBand } from "./day-band.tsx";
import { useMinute } from "./ticker.ts";

const hours = 24;

/** When the link was up in the last 24 h: full = up, hatched = down, empty = not known. */
export function LinkBand() {
  const t = useText();
  const at = useMinute();
  const { data } = useDesk("link.history", { hours }, { everyMs: 60_000 });
  const toAt = at + 60_000;
  const fromAt = toAt - hours * hourMs;
  const spans = data?.spans ?? [];
  const downMs = spans.filter(({ up }) => !up).reduce((sum, span) => sum + span.toAt - span.fromAt, 0);
  const upMs = spans.filter(({ up }) => up).reduce((sum, span) => sum + span.toAt - span.fromAt, 0);
  const words =
    spans.length === 0
      ? t("link.band.empty")
      : t("link.band.sum", {
          up: durationText(upMs),
          down: downMs === 0 ? t("link.band.never") : durationText(downMs),
        });
  return (
    <div className="link-band">
      <DayBand
        fromAt={fromAt}
        toAt={toAt}
        at={toAt}
        everyMs={6 * hourMs}
        label={`${t("link.band")} ${words}`}
        spans={spans.map((span) => ({
          key: String(span.fromAt),
          fromAt: span.fromAt,
          toAt: span.toAt,
          look: span.up ? "up" : "down",
          word: "",
        }))}
      />
      <p className="soft">{words}</p>
    </div>
  );
}
