import { dutyDayText, timeText } from "#renderer/text/format.ts";
import { say, useText } from "#renderer/text/text.ts";
import type { GapView } from "#shared/contract.ts";
import { type RosterRules, roleNames } from "#shared/domain/roster/roster.ts";
import { type GapGroup, gapGroups, missingIn } from "./gap-groups.ts";

interface Props {
  readonly gaps: readonly GapView[];
  readonly rules: RosterRules;
  readonly now: number;
  readonly onGo: (group: GapGroup) => void;
}

/** Uncovered stretches as an alarm: how many, where, one step to fill each. Silent and grey when there is none. */
export function GapAlarm({ gaps, rules, now, onGo }: Props) {
  const t = useText();
  const groups = gapGroups(gaps, now);
  const coming = gaps.filter((gap) => gap.toAt > now);
  const missing = missingIn(coming);
  const over = missingIn(gaps) - missing;
  const nameOf = (code: string) => {
    const shift = rules.shifts.find((one) => one.code === code);
    return shift ? say(shift.name) : t("roster.gap.no_shift");
  };
  return (
    <section className={missing > 0 ? "roster-gaps is-alarm" : "roster-gaps"} aria-labelledby="roster-gaps-title">
      <div className="roster-gaps-title" role="status">
        {missing > 0 && <span className="roster-gaps-count">{missing}</span>}
        <h2 id="roster-gaps-title">{t(missing > 0 ? "roster.gaps.title" : "roster.gaps.none")}</h2>
        {over > 0 && <span className="roster-gaps-over">{t("roster.gaps.over", { count: over })}</span>}
      </div>
      {groups.length > 0 && (
        <ul className="roster-gap-list">
          {groups.map((group) => {
            const running = group.fromAt <= now && group.toAt > now;
            const past = group.toAt <= now;
            return (
              <li key={`${group.on}/${group.shift}/${group.fromAt}`}>
                <button
                  type="button"
                  className={`roster-gap-one ${running ? "is-running" : ""} ${past ? "is-over" : ""}`}
                  onClick={() => onGo(group)}
                >
                  <span className="roster-gap-when">
                    {dutyDayText(group.on)} {nameOf(group.shift)}
                  </span>
                  <span className="roster-gap-roles">
                    {group.roles
                      .map((one) =>
                        one.missing > 1
                          ? t("roster.gap.role_many", { role: say(roleNames[one.role]), count: one.missing })
                          : say(roleNames[one.role]),
                      )
                      .join(t("roster.list_mark"))}
                  </span>
                  <span className="roster-gap-hours">
                    {running
                      ? t("roster.gap.running")
                      : past
                        ? t("roster.gap.past")
                        : `${timeText(group.fromAt)}–${timeText(group.toAt)}`}
                  </span>
                </button>
              </li>
            );
          })}
        </ul>
      )}
    </section>
  );
}
