import { usePage } from "#renderer/app/store.ts";
import { useDesk } from "#renderer/bridge/use-desk.ts";
import { DayBand, Pane, useMinute } from "#renderer/parts/index.ts";
import { dayText, phoneText, timeText } from "#renderer/text/format.ts";
import { say, useText } from "#renderer/text/text.ts";
import type { DeskNow, ShiftView } from "#shared/contract.ts";
import { dutyRoles, roleNames } from "#shared/domain/roster/roster.ts";
import { dayMs, dayOf, hourMs, instantOf, monthOf } from "#shared/lib/time.ts";

/** Today's shifts with the line of now, gaps as alarm, and who is on duty with their phones. */
export function ShiftPane({ now }: { now: DeskNow }) {
  const t = useText();
  const at = useMinute();
  const goTo = usePage((page) => page.goTo);
  const offsetMin = useDesk("system.tables", {}).data?.roster.offsetMin ?? 480;
  const today = dayOf(at, offsetMin);
  const fromAt = instantOf(today, 0, offsetMin);
  const toAt = fromAt + dayMs;
  const month = useDesk("roster.month", { month: monthOf(today) }).data;
  const before = useDesk("roster.month", { month: monthOf(dayOf(fromAt - 1, offsetMin)) }).data;
  const shifts = unique([...(before?.shifts ?? []), ...(month?.shifts ?? []), ...[now.current, now.next]]).filter(
    (shift) => shift.startAt < toAt && shift.endAt > fromAt,
  );
  const gaps = (month?.gaps ?? now.gapsNow).filter((gap) => gap.fromAt < toAt && gap.toAt > fromAt);
  return (
    <Pane
      title={t("desk.shifts", { day: dayText(at) })}
      tools={
        now.counts.gaps > 0 && (
          <button type="button" className="button-link is-news" onClick={() => goTo("roster")}>
            {t("desk.gaps", { count: now.counts.gaps })}
          </button>
        )
      }
    >
      <DayBand
        fromAt={fromAt}
        toAt={toAt}
        at={at}
        label={t("desk.shifts.about")}
        spans={[
          ...shifts.map((shift) => ({
            key: `${shift.on}/${shift.shift}`,
            fromAt: shift.startAt,
            toAt: shift.endAt,
            look: at >= shift.startAt && at < shift.endAt ? "here" : "calm",
            word: say(shift.name),
          })),
          ...gaps.map((gap) => ({
            key: `gap/${gap.on}/${gap.shift}/${gap.role}/${gap.fromAt}`,
            fromAt: gap.fromAt,
            toAt: gap.toAt,
            look: "gap",
            word: "",
          })),
        ]}
        everyMs={6 * hourMs}
      />
      <div className="shift-people">
        <ShiftPeople shift={now.current} title={t("desk.shift.now")} />
        <ShiftPeople shift={now.next} title={t("desk.shift.next")} />
      </div>
    </Pane>
  );
}

function unique(shifts: readonly (ShiftView | null)[]): ShiftView[] {
  const known = new Map<string, ShiftView>();
  for (const shift of shifts) if (shift) known.set(`${shift.on}/${shift.shift}`, shift);
  return [...known.values()].sort((a, b) => a.startAt - b.startAt);
}

function ShiftPeople({ shift, title }: { shift: ShiftView | null; title: string }) {
  const t = useText();
  if (!shift) return <p className="soft">{`${title} ${t("desk.shift.none")}`}</p>;
  const people = dutyRoles.flatMap((role) => shift.people.filter((person) => person.role === role));
  return (
    <section className="shift-one">
      <h3>
        {title} {say(shift.name)}{" "}
        <span className="figures soft">
          {timeText(shift.startAt)}–{timeText(shift.endAt)}
        </span>
      </h3>
      {people.length === 0 && <p className="is-news">{t("desk.shift.empty")}</p>}
      <ul>
        {people.map((person) => (
          <li key={`${person.role}/${person.index}`}>
            <span className="soft">{say(roleNames[person.role])}</span>
            <span className="one-line">{person.name}</span>
            <span className="figures soft">{phoneText(person.phone)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
