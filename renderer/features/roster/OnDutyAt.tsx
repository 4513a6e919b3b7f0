import { type KeyboardEvent, useEffect, useState } from "react";
import { useDesk } from "#renderer/bridge/use-desk.ts";
import { ErrorNote, ThroughMark } from "#renderer/parts/index.ts";
import { dateText, dutyDayText, phoneText, timeText } from "#renderer/text/format.ts";
import { say, useText } from "#renderer/text/text.ts";
import { type RosterRules, roleNames } from "#shared/domain/roster/roster.ts";
import { minuteMs } from "#shared/lib/time.ts";
import { instantOfText } from "./day-strip.ts";

interface Props {
  readonly on: string;
  readonly rules: RosterRules;
  readonly now: number;
  readonly asked: number | undefined;
  readonly onAsk: (at: number | undefined) => void;
}

/** Who is on duty at a time: now, or any time of the chosen day. */
export function OnDutyAt({ on, rules, now, asked, onAsk }: Props) {
  const t = useText();
  const at = asked ?? now;
  const answer = useDesk("roster.onDuty", { at });
  const [typed, setTyped] = useState(timeText(at));
  useEffect(() => setTyped(timeText(at)), [at]);

  const read = (text: string) => {
    setTyped(text);
    const instant = instantOfText(on, text, rules.offsetMin);
    if (instant !== undefined) onAsk(instant);
  };
  function onKeyDown(event: KeyboardEvent): void {
    const step = event.key === "ArrowUp" ? 15 : event.key === "ArrowDown" ? -15 : 0;
    if (step === 0) return;
    event.preventDefault();
    onAsk((instantOfText(on, typed, rules.offsetMin) ?? at) + step * minuteMs);
  }

  const shift = answer.data?.shift;
  return (
    <section className="roster-on-duty" aria-labelledby="roster-on-duty-title">
      <header className="roster-side-head">
        <h2 id="roster-on-duty-title">{t("roster.on_duty")}</h2>
        {asked !== undefined && (
          <button type="button" className="button button-plain" onClick={() => onAsk(undefined)}>
            {t("roster.on_duty.now")}
          </button>
        )}
      </header>
      <div className="roster-ask">
        <label htmlFor="roster-time">{asked === undefined ? t("roster.on_duty.at_now") : dutyDayText(on)}</label>
        <input
          id="roster-time"
          className="input roster-time"
          value={typed}
          inputMode="numeric"
          maxLength={5}
          onChange={(event) => read(event.target.value)}
          onKeyDown={onKeyDown}
          aria-describedby="roster-time-keys"
        />
        <span id="roster-time-keys" className="roster-hint">
          {t("roster.on_duty.keys")}
        </span>
      </div>
      {answer.error && <ErrorNote error={answer.error} again={answer.again} />}
      {answer.data && !shift && <p className="roster-nobody">{t("roster.on_duty.no_shift", { at: dateText(at) })}</p>}
      {shift && (
        <>
          <p className="roster-on-duty-shift">
            {t("roster.on_duty.shift", {
              day: dutyDayText(shift.on),
              shift: say(shift.name),
              from: timeText(shift.startAt),
              to: timeText(shift.endAt),
            })}
          </p>
          {shift.people.length === 0 && <p className="roster-nobody">{t("roster.on_duty.nobody")}</p>}
          <table className="roster-people">
            <tbody>
              {shift.people.map((one) => (
                <tr key={`${one.role}/${one.index}`}>
                  <th scope="row" className="roster-people-role">
                    {say(roleNames[one.role])}
                  </th>
                  <td className="roster-people-name" title={one.name}>
                    {one.name}
                    <ThroughMark person={one} />
                  </td>
                  <td className="roster-phone">{phoneText(one.phone)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </>
      )}
    </section>
  );
}
