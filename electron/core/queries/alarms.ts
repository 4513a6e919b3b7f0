import type { Alarm } from "#shared/contract.ts";
import { climbNow } from "#shared/domain/duty-event/climb.ts";
import { type Level, levels } from "#shared/domain/duty-event/event.ts";
import { alarmOrder } from "#shared/domain/presence/alarm.ts";
import type { Watch } from "#shared/domain/presence/watch.ts";
import { layeredGaps } from "#shared/domain/roster/layers.ts";
import type { DutyRole } from "#shared/domain/roster/roster.ts";
import { ok } from "#shared/lib/result.ts";
import { dayMs, hourMs, minuteMs } from "#shared/lib/time.ts";
import type { Answer, Desk } from "../desk.ts";
import { asHeard } from "../session/seal.ts";
import { type Db, newsSoFar, sql } from "../store/database.ts";
import { readEntity, readKept } from "../store/entities.ts";
import { rosterBetween } from "../store/layers.ts";
import { readMeta } from "../store/meta.ts";
import { type OpenEvent, openEvents } from "../store/open-events.ts";
import { inPortions } from "../turn.ts";
import { alarmKeyOf } from "./alarm-keys.ts";
import { shiftsAround } from "./people.ts";
import { handingOver, missingFrom, openChecks, presenceRules, watchIdAt, watchView } from "./watch.ts";

const gapsAheadMs = 7 * dayMs;
const gapsBackMs = dayMs;
/** Names that a group tells; the rest is a number. */
const named = 3;
/** What one acknowledgement can name, and what a flood shows. */
const most = 200;

type Found = Pick<Alarm, "kind" | "level" | "keys" | "sinceAt"> & Partial<Alarm>;

/** PS-11: everything that sounds or has sounded, one row for each kind and level. */
export function alarmsAt(desk: Desk, at: number): Alarm[] {
  const portions = alarmPortions(desk, at);
  for (let portion = portions.next(); ; portion = portions.next()) if (portion.done) return portion.value;
}

type Seen = ReadonlyMap<string, { readonly name: string; readonly at: number }>;

export function* alarmPortions(desk: Desk, at: number): Generator<void, Alarm[]> {
  const seen = acknowledgedAt(desk, at);
  const found: Found[] = [];
  for (const find of [checkAlarms, eventAlarms, districtWords, gapAlarms, peopleAlarms]) {
    found.push(...find(desk, at, seen));
    yield;
  }
  return asAlarms(desk, at, seen, found);
}

function asAlarms(desk: Desk, at: number, seen: Seen, found: readonly Found[]): Alarm[] {
  const rules = presenceRules(desk);
  return found
    .map(({ kind, level, keys, sinceAt, ...more }): Alarm => {
      const acks = keys.map((key) => seen.get(key));
      const last = acks.reduce((a, b) => (a && b ? (a.at > b.at ? a : b) : undefined), acks[0]);
      const holds = last && (level !== "red" || at < last.at + rules.alarm.redAgainMinutes * minuteMs);
      const stops = more.stops ?? "acknowledge";
      return {
        kind,
        level,
        keys,
        sinceAt,
        names: [],
        roles: [],
        count: keys.length,
        to: null,
        eventLevel: null,
        said: null,
        eventId: null,
        checkId: null,
        ...more,
        stops,
        acknowledged: holds && stops === "acknowledge" ? last : null,
      };
    })
    .sort(alarmOrder);
}

const seenIn = new WeakMap<Readonly<Watch>, Seen>();
const nothingSeen: Seen = new Map();

/** What a person of this shift has seen; of a watch as it stands once, as a flood leaves thousands of names in it. */
function acknowledgedAt(desk: Desk, at: number): Seen {
  const watch = readKept(desk.db, "watch", watchIdAt(desk, at));
  if (!watch) return nothingSeen;
  const known = seenIn.get(watch);
  if (known) return known;
  const seen = new Map(
    watch.acknowledged.flatMap((ack) => ack.keys.map((key) => [key, { name: ack.name, at: ack.at }] as const)),
  );
  seenIn.set(watch, seen);
  return seen;
}

function checkAlarms(desk: Desk, at: number): Found[] {
  const open = openChecks(desk, at);
  return (["duty_check", "vigilance"] as const).flatMap((kind) => {
    const ofKind = open.filter((check) => check.kind === kind);
    const [first] = ofKind;
    if (!first) return [];
    const isRed = kind === "duty_check" || ofKind.some(({ missed }) => missed > 0);
    return [
      {
        kind,
        level: isRed ? "red" : "orange",
        keys: ofKind.map(({ checkId }) => `${kind}/${checkId}`).slice(0, most),
        sinceAt: first.sinceAt,
        names: first.people.map(({ name }) => name),
        checkId: first.checkId,
        stops: "answer",
      } satisfies Found,
    ];
  });
}

const alarmLevelOf = { critical: "red", urgent: "orange", normal: "yellow" } as const;

const rungsAbove = ["shift_leader", "leader_on_duty", "district"] as const;

/** Still on the desk's own rung, and nobody has taken it up. */
const isFresh = ({ rung, state }: OpenEvent): boolean => rung === 0 && state === "reported";

interface ToldOfEvents {
  readonly of: string;
  readonly fromAt: number;
  readonly untilAt: number;
  readonly found: Found[];
}
const toldOfEvents = new WeakMap<Db, ToldOfEvents>();

/** What is told of events stays as it is until something is written, somebody else looks, the desk is locked, or the next limit has run out. */
function eventAlarms(desk: Desk, at: number, seen: ReadonlyMap<string, unknown>): Found[] {
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
function tellEvents(desk: Desk, sounding: readonly OpenEvent[], seen: ReadonlyMap<string, unknown>): Found[] {
  const keyOf = (event: OpenEvent) => alarmKeyOf(event, event.dueAt, event.rung);
  const group = (kind: "event" | "late" | "climbed", level: Level, here: readonly OpenEvent[]): Found[] => {
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
    if (unseen.length === most) break;
    if (!isSeen(event)) unseen.push(event);
    else if (others.length < most) others.push(event);
  }
  return [...unseen, ...others].slice(0, most);
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
function districtWords(desk: Desk, at: number, seen: ReadonlyMap<string, unknown>): Found[] {
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
      keys: told.slice(0, most).map(keyOf),
      sinceAt: first.at,
      names: [asHeard(desk, event).title],
      said: event.dispatch?.recalled ? "recall" : "insist",
      eventId: told.length === 1 ? first.eventId : null,
    },
  ];
}

type Find = (desk: Desk, at: number) => Found[];

/** Shifts begin and end with a minute, and so do the waits for them: within it, while nothing is written, what was found stays. */
function onceAMinute(find: Find): Find {
  const known = new WeakMap<Db, { readonly of: string; readonly found: Found[] }>();
  return (desk, at) => {
    const of = `${newsSoFar(desk.db)}/${Math.floor(at / minuteMs)}`;
    const before = known.get(desk.db);
    if (before?.of === of) return before.found;
    const found = find(desk, at);
    known.set(desk.db, { of, found });
    return found;
  };
}
const gapAlarms = onceAMinute(findGaps);
const peopleAlarms = onceAMinute(findPeople);

function findGaps(desk: Desk, at: number): Found[] {
  const rules = desk.tables.roster;
  const since = Math.max(at - gapsBackMs, Number(readMeta(desk.db, "since") ?? 0));
  const roster = rosterBetween(desk.db, rules, since, at + gapsAheadMs);
  const group = (kind: "gap_now" | "gap_ahead" | "gap_past", fromAt: number, toAt: number): Found[] => {
    if (fromAt >= toAt) return [];
    const gaps = layeredGaps(roster, fromAt, toAt);
    const [first] = gaps;
    if (!first) return [];
    const roles: DutyRole[] = [...new Set(gaps.map(({ role }) => role))];
    return [
      {
        kind,
        level: kind === "gap_now" ? "red" : "yellow",
        keys: gaps.map(({ on, shift, role }) => `${kind}/${on}/${shift}/${role}`).slice(0, most),
        sinceAt: first.fromAt,
        roles,
      },
    ];
  };
  const { current } = shiftsAround(desk.db, rules, at);
  return [
    ...group("gap_now", at, at + 1),
    ...group("gap_ahead", current?.endAt ?? at + 1, at + gapsAheadMs),
    ...group("gap_past", since, Math.min(at, current?.startAt ?? at)),
  ];
}

/** PS-3: who of the coming shift is missing, who of the present one, and a handover that nobody has signed. */
function findPeople(desk: Desk, at: number): Found[] {
  const rules = presenceRules(desk);
  const { current, next } = shiftsAround(desk.db, desk.tables.roster, at);
  const missing = (kind: "absent" | "relief", shift: typeof current, sinceAt: number): Found[] => {
    if (!shift || at < sinceAt) return [];
    const view = watchView(desk, rules, shift);
    const people = missingFrom(view);
    if (people.length === 0) return [];
    return [
      {
        kind,
        level: "orange",
        keys: people.map(({ officerId }) => `${kind}/${view.watchId}/${officerId}`),
        sinceAt,
        names: people.map(({ name }) => name),
        roles: people.map(({ role }) => role),
      },
    ];
  };
  const handing = handingOver(desk, at);
  const isRed = handing !== null && at >= handing.dueAt + rules.alarm.handoverRedMinutes * minuteMs;
  return [
    ...missing("absent", current, current?.startAt ?? at),
    ...missing("relief", next, (next?.startAt ?? at) - rules.arrival.remindMinutes * minuteMs),
    ...(handing
      ? [
          {
            kind: "handover" as const,
            level: isRed ? ("red" as const) : ("orange" as const),
            keys: [`handover/${handing.handoverId}/${isRed ? "red" : "orange"}`],
            sinceAt: handing.dueAt,
            names: handing.responsible,
          },
        ]
      : []),
  ];
}

export async function listAlarms(desk: Desk): Promise<Answer<"alarm.list">> {
  const at = desk.ports.now();
  const alarms = await inPortions(desk, alarmPortions(desk, at));
  return alarms.ok ? ok({ at, alarms: alarms.value }) : alarms;
}
