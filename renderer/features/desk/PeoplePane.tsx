import { Pane } from "#renderer/parts/index.ts";
import { phoneText, timeText } from "#renderer/text/format.ts";
import { say, useText } from "#renderer/text/text.ts";
import type { DeskNow, ShiftView } from "#shared/contract.ts";
import { dutyRoles, roleNames } from "#shared/domain/roster/roster.ts";

/** Who is on duty and who comes next, with the numbers to call. */
export function PeoplePane({ now }: { now: DeskNow }) {
  const t = useText();
  return (
    <Pane title={t("desk.people")}>
      <div className="shift-people">
        <ShiftPeople shift={now.current} title={t("desk.shift.now")} />
        <ShiftPeople shift={now.next} title={t("desk.shift.next")} />
      </div>
    </Pane>
  );
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
