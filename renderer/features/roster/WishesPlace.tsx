import { useMemo, useState } from "react";
import { useAct, useDesk } from "#renderer/bridge/use-desk.ts";
import { ErrorNote } from "#renderer/parts/index.ts";
import { dutyDayText, monthText } from "#renderer/text/format.ts";
import { useText } from "#renderer/text/text.ts";
import type { Tables } from "#shared/contract.ts";
import type { MonthWishes } from "#shared/domain/roster/wishes.ts";
import type { DeskError } from "#shared/errors.ts";
import { daysOfMonth } from "#shared/lib/time.ts";
import type { Words } from "./layer-words.ts";
import { dayKindOf, weekdayOf } from "./month-grid.ts";
import { mayPlan } from "./pick.ts";
import { SubPlace } from "./SubPlace.tsx";

type Wish = MonthWishes["wishes"][number];

interface Props {
  readonly month: string;
  readonly tables: Tables;
  readonly words: Words;
  readonly onLeave: () => void;
}

/** What people would like: a day is pressed to say "rather not", again for "gladly", again for nothing. */
export function WishesPlace({ month, tables, words, onLeave }: Props) {
  const t = useText();
  const me = useDesk("session.current", {}).data?.officer;
  const people = useDesk("officer.list", {});
  const answer = useDesk("roster.wishes", { month });
  const { act, busy } = useAct("roster.wish");
  const [chosen, setChosen] = useState<string>();
  const [error, setError] = useState<DeskError>();
  const officerId = chosen ?? me?.id ?? "";
  const all = answer.data?.wishes ?? [];
  const wishes = useMemo(() => all.find((one) => one.officerId === officerId)?.wishes ?? [], [all, officerId]);
  const wishOn = (on: string): Wish | undefined => wishes.find((one) => one.on === on && one.shift === null);

  async function turn(on: string): Promise<void> {
    const was = wishOn(on)?.want;
    const others = wishes.filter((one) => one.on !== on || one.shift !== null);
    const next = was === undefined ? "off" : was === "off" ? "on" : undefined;
    const outcome = await act({
      officerId,
      month,
      wishes: next ? [...others, { on, shift: null, want: next }] : others,
    });
    setError(outcome.ok ? undefined : outcome.error);
  }

  const first = weekdayOf(`${month}-01`);
  return (
    <SubPlace title={`${t("roster.wishes")} ${monthText(month)}`} onLeave={onLeave}>
      {error && <ErrorNote error={error} />}
      <div className="roster-wishes">
        <div>
          <label className="roster-form-row">
            <span>{t("roster.wishes.whose")}</span>
            <select
              className="input"
              value={officerId}
              disabled={!mayPlan(me?.grade)}
              onChange={(event) => setChosen(event.target.value)}
            >
              {(people.data?.officers ?? [])
                .filter(({ active }) => active)
                .map((officer) => (
                  <option key={officer.id} value={officer.id}>
                    {officer.name}
                  </option>
                ))}
            </select>
          </label>
          <fieldset className="roster-wish-days" aria-label={t("roster.wishes.days")}>
            {[1, 2, 3, 4, 5, 6, 0].map((weekday) => (
              <span key={weekday} className="roster-wish-head">
                {t(`roster.weekday.${weekday}`)}
              </span>
            ))}
            {daysOfMonth(month).map((on, index) => {
              const want = wishOn(on)?.want;
              const { kind, holiday } = dayKindOf(on, tables.holidays);
              return (
                <button
                  key={on}
                  type="button"
                  disabled={busy}
                  className={`roster-wish-day is-${want ?? "none"} is-${kind}`}
                  style={index === 0 ? { gridColumnStart: ((first + 6) % 7) + 1 } : undefined}
                  aria-label={`${dutyDayText(on)} ${holiday} ${t(`roster.wish.${want ?? "none"}`)}`}
                  onClick={() => void turn(on)}
                >
                  <span>{Number(on.slice(8))}</span>
                  <small>{want ? t(`roster.wish.${want}`) : holiday}</small>
                </button>
              );
            })}
          </fieldset>
          <p className="roster-hint">{t("roster.wishes.how")}</p>
        </div>
        <section aria-label={t("roster.wishes.all")}>
          <h2>{t("roster.wishes.all")}</h2>
          {all.length === 0 && <p className="roster-hint">{t("roster.wishes.none")}</p>}
          <ul className="roster-wish-list">
            {all.map((one) => (
              <li key={one.officerId}>
                <strong>{words.nameOf(one.officerId)}</strong>
                {(["off", "on"] as const).map((want) => {
                  const days = one.wishes.filter((wish) => wish.want === want).map(({ on }) => Number(on.slice(8)));
                  return days.length > 0 ? (
                    <span key={want}>
                      {t(`roster.wish.${want}`)}{" "}
                      {t("roster.wish.days", { days: days.sort((a, b) => a - b).join(t("roster.list_mark")) })}
                    </span>
                  ) : null;
                })}
              </li>
            ))}
          </ul>
        </section>
      </div>
    </SubPlace>
  );
}
