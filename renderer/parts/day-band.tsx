import { timeText, zoneMinutes } from "#renderer/text/format.ts";
import { minuteMs } from "#shared/lib/time.ts";

export interface BandSpan {
  readonly key: string;
  readonly fromAt: number;
  readonly toAt: number;
  readonly look: string;
  /** Word in the span; empty for spans that only mark. */
  readonly word: string;
}

/** A stretch of time as a band with spans, hours below and the line of now. */
export function DayBand({
  fromAt,
  toAt,
  at,
  spans,
  everyMs,
  label,
}: {
  fromAt: number;
  toAt: number;
  at: number;
  spans: readonly BandSpan[];
  everyMs: number;
  label: string;
}) {
  const part = (instant: number) =>
    `${((Math.min(toAt, Math.max(fromAt, instant)) - fromAt) / (toAt - fromAt)) * 100}%`;
  const zoneMs = zoneMinutes() * minuteMs;
  const ticks: number[] = [];
  for (let tick = Math.ceil((fromAt + zoneMs) / everyMs) * everyMs - zoneMs; tick <= toAt; tick += everyMs)
    ticks.push(tick);
  return (
    <div className="band" role="img" aria-label={label}>
      <div className="band-spans">
        {spans.map((span) => (
          <span
            key={span.key}
            className={`band-span is-${span.look}`}
            style={{ left: part(span.fromAt), width: `calc(${part(span.toAt)} - ${part(span.fromAt)})` }}
          >
            {span.word}
          </span>
        ))}
        {at >= fromAt && at <= toAt && <i className="band-now" style={{ left: part(at) }} />}
      </div>
      <div className="band-hours">
        {ticks.map((tick) => (
          <span
            key={tick}
            className={tick >= toAt ? "is-end" : tick === fromAt ? "is-start" : undefined}
            style={{ left: part(tick) }}
          >
            {timeText(tick)}
          </span>
        ))}
      </div>
    </div>
  );
}
