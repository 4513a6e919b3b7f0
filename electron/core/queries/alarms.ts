import type { Alarm } from "#shared/contract.ts";
import { alarmOrder } from "#shared/domain/presence/alarm.ts";
import type { Watch } from "#shared/domain/presence/watch.ts";
import { type LayeredRoster, layeredGaps } from "#shared/domain/roster/layers.ts";
import type { DutyRole } from "#shared/domain/roster/roster.ts";
import { ok } from "#shared/lib/result.ts";
import { dayMs, minuteMs } from "#shared/lib/time.ts";
import type { Answer, Desk } from "../desk.ts";
import { type Db, newsSoFar } from "../store/database.ts";
import { readEntity, readKept } from "../store/entities.ts";
import { rosterBetween } from "../store/layers.ts";
import { readMeta } from "../store/meta.ts";
import { inPortions } from "../turn.ts";
import { districtWords, eventAlarms } from "./alarms-of-events.ts";
import { type FoundAlarm, mostAlarmKeys } from "./found-alarm.ts";
import { shiftsAround } from "./people.ts";
import { handingOver, missingFrom, openChecks, presenceRules, watchIdAt, watchView } from "./watch.ts";

const gapsAheadMs = 7 * dayMs;
const gapsBackMs = dayMs;

/** PS-11: everything that sounds or has sounded, one row for each kind and level. */
export function alarmsAt(desk: Desk, at: number): Alarm[] {
  const portions = alarmPortions(desk, at);
  for (let portion = portions.next(); ; portion = portions.next()) if (portion.done) return portion.value;
}

type Seen = ReadonlyMap<string, { readonly name: string; readonly at: number }>;

export function* alarmPortions(desk: Desk, at: number): Generator<void, Alarm[]> {
  const seen = acknowledgedAt(desk, at);
  const found: FoundAlarm[] = [];
  for (const find of [checkAlarms, eventAlarms, districtWords, gapAlarms, peopleAlarms]) {
    found.push(...find(desk, at, seen));
    yield;
  }
  return asAlarms(desk, at, seen, found);
}

function asAlarms(desk: Desk, at: number, seen: Seen, found: readonly FoundAlarm[]): Alarm[] {
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

function checkAlarms(desk: Desk, at: number): FoundAlarm[] {
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
        keys: ofKind.map(({ checkId }) => `${kind}/${checkId}`).slice(0, mostAlarmKeys),
        sinceAt: first.sinceAt,
        names: first.people.map(({ name }) => name),
        checkId: first.checkId,
        stops: "answer",
      } satisfies FoundAlarm,
    ];
  });
}

type Find = (desk: Desk, at: number) => FoundAlarm[];

/** Shifts begin and end with a minute, and so do the waits for them: within it, while nothing is written, what was found stays. */
function onceAMinute(find: Find): Find {
  const known = new WeakMap<Db, { readonly of: string; readonly found: FoundAlarm[] }>();
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

/** RO-43: both believe that the other comes. */
function voidSwaps(desk: Desk, at: number, { stale }: LayeredRoster): FoundAlarm[] {
  const swaps = stale.filter(({ fromAt, toAt }) => toAt > at && fromAt < at + gapsAheadMs);
  const [first] = swaps;
  if (!first) return [];
  const people = new Set(swaps.flatMap(({ officerId, otherId }) => [officerId, otherId]));
  return [
    {
      kind: "swap_void",
      level: "yellow",
      keys: swaps.map(({ id }) => `swap_void/${id}`).slice(0, mostAlarmKeys),
      sinceAt: first.approved?.at ?? at,
      names: [...people].map((id) => readEntity(desk.db, "officer", id)?.name ?? id),
    },
  ];
}

function findGaps(desk: Desk, at: number): FoundAlarm[] {
  const rules = desk.tables.roster;
  const since = Math.max(at - gapsBackMs, Number(readMeta(desk.db, "since") ?? 0));
  const roster = rosterBetween(desk.db, rules, since, at + gapsAheadMs);
  const group = (kind: "gap_now" | "gap_ahead" | "gap_past", fromAt: number, toAt: number): FoundAlarm[] => {
    if (fromAt >= toAt) return [];
    const gaps = layeredGaps(roster, fromAt, toAt);
    const [first] = gaps;
    if (!first) return [];
    const roles: DutyRole[] = [...new Set(gaps.map(({ role }) => role))];
    return [
      {
        kind,
        level: kind === "gap_now" ? "red" : "yellow",
        keys: gaps.map(({ on, shift, role }) => `${kind}/${on}/${shift}/${role}`).slice(0, mostAlarmKeys),
        sinceAt: first.fromAt,
        roles,
      },
    ];
  };
  const { current } = shiftsAround(desk.db, rules, at);
  return [
    ...voidSwaps(desk, at, roster),
    ...group("gap_now", at, at + 1),
    ...group("gap_ahead", current?.endAt ?? at + 1, at + gapsAheadMs),
    ...group("gap_past", since, Math.min(at, current?.startAt ?? at)),
  ];
}

/** PS-3: who of the coming shift is missing, who of the present one, and a handover that nobody has signed. */
function findPeople(desk: Desk, at: number): FoundAlarm[] {
  const rules = presenceRules(desk);
  const { current, next } = shiftsAround(desk.db, desk.tables.roster, at);
  const missing = (kind: "absent" | "relief", shift: typeof current, sinceAt: number): FoundAlarm[] => {
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
