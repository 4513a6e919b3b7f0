import { usePage } from "#renderer/app/store.ts";
import { useDesk } from "#renderer/bridge/use-desk.ts";
import { Button, Pane, ThroughMark } from "#renderer/parts/index.ts";
import { labelText, phoneText, timeText } from "#renderer/text/format.ts";
import { say, useText } from "#renderer/text/text.ts";
import type { DeskNow, PresenceNow, ShiftView, WatchView } from "#shared/contract.ts";
import { dutyRoles, roleNames } from "#shared/domain/roster/roster.ts";

/** Who is on duty and who comes next, with the numbers to call. */
export function PeoplePane({ now }: { now: DeskNow }) {
  const t = useText();
  const presence = useDesk("presence.now", {}, { everyMs: 15_000 }).data;
  const openArrive = usePage((page) => page.openArrive);
  return (
    <Pane
      title={t("desk.people")}
      tools={<Button onPress={() => openArrive(true)}>{t("presence.arrive.title")}</Button>}
    >
      <div className="shift-people">
        <Asked />
        <ShiftPeople shift={now.current} watch={presence?.current} title={t("desk.shift.now")} />
        <ShiftPeople shift={now.next} watch={presence?.next} title={t("desk.shift.next")} />
        {presence && <Vigilance presence={presence} />}
      </div>
    </Pane>
  );
}

/** Swaps and leaves that wait for whoever sits here; nothing while there are none. */
function Asked() {
  const t = useText();
  const goTo = usePage((page) => page.goTo);
  const count = useDesk("roster.waiting", {}).data?.mine ?? 0;
  if (count === 0) return null;
  return (
    <Button tone="next" className="shift-asked" onPress={() => goTo("roster", { open: "layers" })}>
      {t("desk.asked", { count })}
    </Button>
  );
}

/** When somebody is asked whether they are there, and how it went in this shift. */
function Vigilance({ presence }: { presence: PresenceNow }) {
  const t = useText();
  const { rules, checked, quiet } = presence;
  const hours = rules.vigilance.quiet
    .map(({ from, to }) => (from === to ? t("desk.vigilance.all_day") : `${from}–${to}`))
    .join(t("strip.and"));
  return (
    <p className="soft shift-vigilance">
      {t(quiet ? "desk.vigilance.now" : "desk.vigilance", { hours, label: labelText(rules.label) })}
      {checked.asked > 0 && t("desk.vigilance.checked", { ...checked })}
    </p>
  );
}

function ShiftPeople({
  shift,
  watch,
  title,
}: {
  shift: ShiftView | null;
  watch: WatchView | null | undefined;
  title: string;
}) {
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
            <span className="one-line">
              {person.name}
              <ThroughMark person={person} />
            </span>
            <Came person={watch?.people.find((one) => one.officerId === person.officerId)} />
            <span className="figures soft">{phoneText(person.phone)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Whether somebody has signed in, and when; who need not be in the room is not missed. */
function Came({ person }: { person: WatchView["people"][number] | undefined }) {
  const t = useText();
  const arrival = person?.arrival;
  if (!person || (!arrival && !person.mustCome)) return <span />;
  if (!arrival) return <span className="soft">{t("desk.came.not_yet")}</span>;
  return (
    <span className="figures">
      {arrival.leftAt === null
        ? t("desk.came.at", { at: timeText(arrival.at) })
        : t("desk.came.left", { at: timeText(arrival.leftAt) })}
    </span>
  );
}
