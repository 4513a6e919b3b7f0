import type { MouseEvent } from "react";
import { dutyDayText, timeText } from "#renderer/text/format.ts";
import { say, useText } from "#renderer/text/text.ts";
import type { PieceView, ShiftView } from "#shared/contract.ts";
import type { RosterRules } from "#shared/domain/roster/roster.ts";
import { instantOf } from "#shared/lib/time.ts";
import { dayStrip, namesIn, partOfDay } from "./day-strip.ts";

interface Props {
  readonly on: string;
  readonly rules: RosterRules;
  readonly shifts: readonly ShiftView[];
  /** What lies over the plan of these shifts. */
  readonly pieces: readonly PieceView[];
  readonly nameOf: (officerId: string) => string;
  /** Shifts that lack somebody, as `day/shift`. */
  readonly lacking: ReadonlyMap<string, number>;
  readonly now: number;
  /** The instant that was asked for; `undefined`: now. */
  readonly asked: number | undefined;
  readonly onAsk: (at: number) => void;
}

const hours = [0, 3, 6, 9, 12, 15, 18, 21, 24];
const quarterMin = 15;

/** One calendar day from midnight to midnight: which shift stands when, where now is, what is lacking. */
export function DayStrip({ on, rules, shifts, pieces, nameOf, lacking, now, asked, onAsk }: Props) {
  const t = useText();
  const parts = dayStrip(on, rules.offsetMin, shifts);
  const nowPart = partOfDay(on, rules.offsetMin, now);
  const askedPart = asked === undefined ? undefined : partOfDay(on, rules.offsetMin, asked);
  function ask(event: MouseEvent<HTMLDivElement>): void {
    const box = event.currentTarget.getBoundingClientRect();
    const part = Math.min(1, Math.max(0, (event.clientX - box.left) / box.width));
    const minute = Math.min(1439, Math.round((part * 1440) / quarterMin) * quarterMin);
    onAsk(instantOf(on, minute, rules.offsetMin));
  }
  return (
    <section className="roster-strip" aria-label={t("roster.strip", { day: dutyDayText(on) })}>
      <h2 className="roster-strip-day">{dutyDayText(on)}</h2>
      {/* biome-ignore lint/a11y/noStaticElementInteractions lint/a11y/useKeyWithClickEvents: the time field beside it takes keys */}
      <div className="roster-strip-band" onClick={ask}>
        {parts.map((part) => {
          const missing = lacking.get(`${part.shift.on}/${part.shift.shift}`) ?? 0;
          return (
            <div
              key={`${part.shift.on}/${part.shift.shift}`}
              className={missing > 0 ? "roster-strip-part is-lacking" : "roster-strip-part"}
              style={{ left: `${part.left * 100}%`, width: `${part.width * 100}%` }}
              title={`${say(part.shift.name)} ${timeText(part.shift.startAt)}–${timeText(part.shift.endAt)}`}
            >
              <span className="roster-strip-shift">
                {part.carried ? t("roster.strip.carried", { shift: say(part.shift.name) }) : say(part.shift.name)}
                {missing > 0 && <b className="roster-strip-missing">{t("roster.missing", { count: missing })}</b>}
              </span>
              <span className="roster-strip-names">{namesIn(part, pieces, nameOf).join(" ")}</span>
            </div>
          );
        })}
        {askedPart !== undefined && (
          <div className="roster-strip-asked" style={{ left: `${askedPart * 100}%` }} aria-hidden="true" />
        )}
        {nowPart !== undefined && (
          <div className="roster-strip-now" style={{ left: `${nowPart * 100}%` }}>
            <span className="sr-only">{t("roster.strip.now", { time: timeText(now) })}</span>
          </div>
        )}
      </div>
      <div className="roster-strip-hours" aria-hidden="true">
        {hours.map((hour) => (
          <span key={hour} style={{ left: `${(hour / 24) * 100}%` }}>
            {hour}
          </span>
        ))}
      </div>
    </section>
  );
}
