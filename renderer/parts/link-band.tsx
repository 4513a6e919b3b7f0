import { useDesk } from "#renderer/bridge/use-desk.ts";
import { dateText, durationText } from "#renderer/text/format.ts";
import { type Say, useText } from "#renderer/text/text.ts";
import type { OutputOf } from "#shared/contract.ts";
import { hourMs, minuteMs } from "#shared/lib/time.ts";
import { useMinute } from "./ticker.ts";
import { type AxisSpan, TimeAxis } from "./time-axis.tsx";

type Spans = OutputOf<"link.history">["spans"];

/** Spans of the link for an axis: full = up, hatched = down, empty = not known. */
export const linkSpans = (spans: Spans): AxisSpan[] =>
  spans.map(({ fromAt, toAt, up }) => ({
    key: String(fromAt),
    fromAt,
    toAt,
    look: up ? "up" : "down",
    about: `${dateText(fromAt)} ${durationText(toAt - fromAt)}`,
  }));

/** The same in words. */
export function linkSumText(t: Say, spans: Spans, hours: 24 | 168 = 24): string {
  const time = t(hours === 24 ? "link.band.day" : "link.band.week");
  const sum = (up: boolean) =>
    spans.filter((span) => span.up === up).reduce((all, span) => all + span.toAt - span.fromAt, 0);
  if (spans.length === 0) return t("link.band.empty", { time });
  const down = sum(false);
  return down === 0
    ? t("link.band.always", { time, up: durationText(sum(true)) })
    : t("link.band.sum", { time, up: durationText(sum(true)), down: durationText(down) });
}

/** When the link was up in the last hours: a day, or the seven days before. */
export function LinkBand({ hours = 24 }: { hours?: 24 | 168 }) {
  const t = useText();
  const toAt = useMinute() + minuteMs;
  const spans = useDesk("link.history", { hours }, { everyMs: minuteMs }).data?.spans ?? [];
  const words = linkSumText(t, spans, hours);
  return (
    <div className="link-band">
      <p className="soft">{words}</p>
      <TimeAxis
        fromAt={toAt - hours * hourMs}
        toAt={toAt}
        everyMs={hours === 24 ? 3 * hourMs : 24 * hourMs}
        label={words}
        rows={[{ key: "link", spans: linkSpans(spans) }]}
      />
    </div>
  );
}
