import { useDesk } from "#renderer/bridge/use-desk.ts";
import { dateText, durationText } from "#renderer/text/format.ts";
import { isBusy } from "#renderer/text/link-text.ts";
import { type Say, useText } from "#renderer/text/text.ts";
import type { OutputOf } from "#shared/contract.ts";
import { hourMs, minuteMs } from "#shared/lib/time.ts";
import { useMinute } from "./ticker.ts";
import { type AxisSpan, TimeAxis } from "./time-axis.tsx";

type Spans = OutputOf<"link.history">["spans"];

type Look = "up" | "busy" | "down";

const lookOf = ({ up, reasonId }: Spans[number]): Look => (up ? "up" : isBusy(reasonId) ? "busy" : "down");

/** Spans of the link for an axis: full = up, bars = the district was busy, hatched = down, empty = not known. */
export const linkSpans = (t: Say, spans: Spans): AxisSpan[] =>
  spans.map((span) => {
    const { fromAt, toAt } = span;
    const look = lookOf(span);
    const words = t(`link.band.${look}`, { length: durationText(toAt - fromAt) });
    return { key: String(fromAt), fromAt, toAt, look, about: `${dateText(fromAt)} ${words}` };
  });

/** The same in words. */
export function linkSumText(t: Say, spans: Spans, hours: 24 | 168 = 24): string {
  const time = t(hours === 24 ? "link.band.day" : "link.band.week");
  if (spans.length === 0) return t("link.band.empty", { time });
  const part = (look: Look, never: readonly string[] = []) => {
    const ms = spans.filter((span) => lookOf(span) === look).reduce((all, span) => all + span.toAt - span.fromAt, 0);
    return ms === 0 ? never : [t(`link.band.${look}`, { length: durationText(ms) })];
  };
  const parts = [...part("up"), ...part("busy"), ...part("down", [t("link.band.never_down")])];
  return t("link.band.sum", { time, parts: parts.join(t("parts.comma")) });
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
        rows={[{ key: "link", spans: linkSpans(t, spans) }]}
      />
    </div>
  );
}
