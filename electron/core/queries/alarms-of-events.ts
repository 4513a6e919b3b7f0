import { climbNow } from "#shared/domain/duty-event/climb.ts";
import { type Level, levels } from "#shared/domain/duty-event/event.ts";
import { hourMs } from "#shared/lib/time.ts";
import type { Desk } from "../desk.ts";
import { asHeard } from "../session/seal.ts";
import { type Db, newsSoFar, sql } from "../store/database.ts";
import { readEntity } from "../store/entities.ts";
import { type OpenEvent, openEvents } from "../store/open-events.ts";
import { alarmKeyOf } from "./alarm-keys.ts";
import { type FoundAlarm, mostAlarmKeys } from "./found-alarm.ts";
import { watchIdAt } from "./watch.ts";

/** Names that a group tells; the rest is a number. */
const named = 3;

const alarmLevelOf = { critical: "red", urgent: "orange", normal: "yellow" } as const;

const rungsAbove = ["shift_leader", "leader_on_duty", "district"] as const;

/** Still on the desk's own rung, and nobody has taken it up. */
const isFresh = ({ rung, state }: OpenEvent): boolean => rung === 0 && state === "reported";

interface ToldOfEvents {
  readonly of: string;
  readonly fromAt: number;
  readonly untilAt: number;
  readonly found: FoundAlarm[];
}
const toldOfEvents = new WeakMap<Db, ToldOfEvents>();

/** What is told of events stays as it is until something is written, somebody else looks, the desk is locked, or the next limit has run out. */
export function eventAlarms(desk: Desk, at: number, seen: ReadonlyMap<string, unknown>): FoundAlarm[] {
  const { officer, lockedAt } = desk.session;
  const of = [newsSoFar(desk.db), watchIdAt(desk, at), officer?.id, officer?.grade, lockedAt].join("/");
  const known = toldOfEvents.get(desk.db);
  if (known?.of === of && at >= known.fromAt && at < known.untilAt) return known.found;
  const sounding: OpenEvent[] = [];
  let untilAt = Number.POSITIVE_INFINITY;
  for (const event of openEvents(desk.db).values()) {
    if (event.state === "reported" || event.dueAt < at) sounding.push(event);
    if (event.dueAt >= at) untilAt = Math.min(untilAt, event.dueAt + 1);
  }
  const found = tellEvents(desk, sounding, seen);
  toldOfEvents.set(desk.db, { of, fromAt: at, untilAt, found });
  return found;
}

/** PS-11, CL-12: one line for each kind and level, however many there are; what nobody has seen yet is named first. */
function tellEvents(desk: Desk, sounding: readonly OpenEvent[], seen: ReadonlyMap<string, unknown>): FoundAlarm[] {
  const keyOf = (event: OpenEvent) => alarmKeyOf(event, event.dueAt, event.rung);
  const group = (kind: "event" | "late" | "climbed", level: Level, here: readonly OpenEvent[]): FoundAlarm[] => {
    const inOrder = here.toSorted((a, b) => a.reportedAt - b.reportedAt || a.row - b.row);
    const inTurn = unseenFirst(inOrder, (event) => seen.has(keyOf(event)));
    const [first] = inTurn;
    if (!first) return [];
    const { rung } = first;
    const isCritical = level === "critical";
    // A late event is a matter for a person, not a siren: only the gravest is red, and what has climbed to a leader.
    const isRed = isCritical || rung > 1;
    return [
      {
        kind,
        level: kind === "event" ? alarmLevelOf[level] : isRed ? "red" : "orange",
        keys: inTurn.map(keyOf),
        count: here.length,
        sinceAt:
          kind === "event" ? first.reportedAt : here.reduce((least, { dueAt }) => Math.min(least, dueAt), first.dueAt),
        names: inTurn.slice(0, named).flatMap(({ id }) => {
          const event = readEntity(desk.db, "event", id);
          return event ? [asHeard(desk, event).title] : [];
        }),
        to: rung > 0 ? (toldTo(desk, first) ?? null) : null,
        eventLevel: level,
        eventId: first.id,
        stops: kind === "event" && isCritical ? "accept" : "acknowledge",
      },
    ];
  };
  return levels.flatMap((level, index) => {
    const ofLevel = sounding.filter((event) => event.level === index);
    const onDesk = ofLevel.filter(({ rung }) => rung === 0);
    return [
      ...rungsAbove.flatMap((_, above) => {
        const here = ofLevel.filter(({ rung }) => rung === above + 1);
        return byArrival(desk, here).flatMap((some) => group("climbed", level, some));
      }),
      ...group("event", level, onDesk.filter(isFresh)),
      ...group(
        "late",
        level,
        onDesk.filter((event) => !isFresh(event)),
      ),
    ];
  });
}

/** As many as are named, those that nobody has seen before the others; of a flood only the first are looked at. */
function unseenFirst(inOrder: readonly OpenEvent[], isSeen: (event: OpenEvent) => boolean): OpenEvent[] {
  const unseen: OpenEvent[] = [];
  const others: OpenEvent[] = [];
  for (const event of inOrder) {
    if (unseen.length === mostAlarmKeys) break;
    if (!isSeen(event)) unseen.push(event);
    else if (others.length < mostAlarmKeys) others.push(event);
  }
  return [...unseen, ...others].slice(0, mostAlarmKeys);
}

function rungOf(desk: Desk, { id, rung }: OpenEvent) {
  const event = readEntity(desk.db, "event", id);
  return event && climbNow(event)?.asked.ladder[rung]?.to;
}

function toldTo(desk: Desk, event: OpenEvent) {
  const to = rungOf(desk, event);
  return to === "district" && !hasReached(desk.db, event.id) ? null : to;
}

/** CL-11: what the centre has and what still waits for the line are two lines: one word would be untrue of either. */
function byArrival(desk: Desk, here: readonly OpenEvent[]): (readonly OpenEvent[])[] {
  const [first] = here;
  if (!first || rungOf(desk, first) !== "district") return [here];
  const reached = new Set(here.filter(({ id }) => hasReached(desk.db, id)));
  return [here.filter((event) => !reached.has(event)), [...reached]];
}

/** CL-11: the centre is told when it has the op of the last rung; until then it waits for the line like every other. */
const hasReached = (db: Db, eventId: string): boolean =>
  sql(
    db,
    `SELECT state FROM op WHERE entity = 'event' AND entity_id = ? AND kind = 'event.climb' ORDER BY seq DESC LIMIT 1`,
  )
    .pluck()
    .get(eventId) !== "waiting";

/** What the district said is news for so long. */
const wordMs = 12 * hourMs;

/** DS-5: events that the district recalled, or does not take back; what nobody has seen is named first. */
export function districtWords(desk: Desk, at: number, seen: ReadonlyMap<string, unknown>): FoundAlarm[] {
  const lines = sql(
    desk.db,
    `SELECT id, at, event_id AS eventId, zh FROM duty_log
     WHERE by = 'district' AND at > ? AND action IN ('recall', 'insist') ORDER BY at DESC`,
  ).all(at - wordMs) as { id: string; at: number; eventId: string; zh: string }[];
  const keyOf = ({ id }: { readonly id: string }) => `district_word/${id}`;
  const unseen = lines.filter((line) => !seen.has(keyOf(line)));
  const told = unseen.length > 0 ? unseen : lines;
  const [first] = told;
  const event = first && readEntity(desk.db, "event", first.eventId);
  if (!event) return [];
  return [
    {
      kind: "district_word",
      level: "orange",
      keys: told.slice(0, mostAlarmKeys).map(keyOf),
      sinceAt: first.at,
      names: [asHeard(desk, event).title],
      said: event.dispatch?.recalled ? "recall" : "insist",
      eventId: told.length === 1 ? first.eventId : null,
    },
  ];
}
