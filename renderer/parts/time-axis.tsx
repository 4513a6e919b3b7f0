import type { CSSProperties } from "react";
import { monthDayText, timeText, zoneMinutes } from "#renderer/text/format.ts";
import { minuteMs } from "#shared/lib/time.ts";

export interface AxisSpan {
  readonly key: string;
  readonly fromAt: number;
  readonly toAt: number;
  readonly look: string;
  /** Word in the span; empty for spans that only mark. */
  readonly word?: string;
  readonly about?: string;
}

export interface AxisMark {
  readonly key: string;
  readonly at: number;
  readonly look: string;
  readonly about?: string;
}

export interface AxisRow {
  readonly key: string;
  readonly name?: string;
  readonly spans?: readonly AxisSpan[];
  readonly marks?: readonly AxisMark[];
}

/** Rows of spans and marks over one stretch of time, hours below, and the line of now. A picture: its words are in `label`. */
export function TimeAxis({
  fromAt,
  toAt,
  at,
  rows,
  everyMs,
  label,
}: {
  fromAt: number;
  toAt: number;
  at?: number;
  rows: readonly AxisRow[];
  everyMs: number;
  label: string;
}) {
  const part = (instant: number) => ((Math.min(toAt, Math.max(fromAt, instant)) - fromAt) / (toAt - fromAt)) * 100;
  const place = (span: AxisSpan): CSSProperties => ({
    left: `${part(span.fromAt)}%`,
    width: `${part(span.toAt) - part(span.fromAt)}%`,
  });
  const isInside = (instant: number) => instant >= fromAt && instant <= toAt;
  return (
    <div className={rows.some((row) => row.name) ? "axis has-names" : "axis"} role="img" aria-label={label}>
      {rows.map((row) => (
        <div key={row.key} className={`axis-row axis-${row.key}`}>
          {row.name && <span className="axis-name">{row.name}</span>}
          <div className="axis-line">
            {row.spans
              ?.filter((span) => span.toAt > fromAt && span.fromAt < toAt)
              .map((span) => (
                <span key={span.key} className={`axis-span is-${span.look}`} style={place(span)} title={span.about}>
                  {span.word}
                </span>
              ))}
            {row.marks
              ?.filter((mark) => isInside(mark.at))
              .map((mark) => (
                <i
                  key={mark.key}
                  className={`axis-mark is-${mark.look}`}
                  style={{ left: `${part(mark.at)}%` }}
                  title={mark.about}
                />
              ))}
          </div>
        </div>
      ))}
      <div className="axis-ground">
        {ticksOf(fromAt, toAt, everyMs).map((tick) => (
          <i key={tick} className="axis-tick" style={{ left: `${part(tick)}%` }} />
        ))}
        {at !== undefined && isInside(at) && <i className="axis-now" style={{ left: `${part(at)}%` }} />}
      </div>
      <div className="axis-hours">
        {ticksOf(fromAt, toAt, everyMs)
          .filter((tick) => part(tick) > 2 && part(tick) < 98)
          .map((tick) => (
            <span key={tick} style={{ "--at": `${part(tick)}%` } as CSSProperties}>
              {timeText(tick) === "00:00" ? <b>{monthDayText(tick)}</b> : timeText(tick)}
            </span>
          ))}
      </div>
    </div>
  );
}

/** Ticks on the round hours of the duty room's zone. */
function ticksOf(fromAt: number, toAt: number, everyMs: number): number[] {
  const zoneMs = zoneMinutes() * minuteMs;
  const ticks: number[] = [];
  for (let tick = Math.ceil((fromAt + zoneMs) / everyMs) * everyMs - zoneMs; tick <= toAt; tick += everyMs)
    ticks.push(tick);
  return ticks;
}
