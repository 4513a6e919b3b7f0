import { climbNow } from "#shared/domain/duty-event/climb.ts";
import { clockAt, pressingClock } from "#shared/domain/duty-event/clock.ts";
import type { DutyEvent } from "#shared/domain/duty-event/event.ts";
import { type Asked, ladderAt, ladderFor, type Rung } from "#shared/domain/presence/ladder.ts";
import type { RungName } from "#shared/domain/presence/rules.ts";
import { ok } from "#shared/lib/result.ts";
import { minuteMs } from "#shared/lib/time.ts";
import type { BodyOf } from "#shared/op/kinds.ts";
import { actTogether, type Desk } from "../desk.ts";
import { alarmKeyOf } from "../queries/alarm-keys.ts";
import { peopleOfRung, presenceRules, recentWatches } from "../queries/watch.ts";
import { type Db, newsSoFar } from "../store/database.ts";
import { readEntity } from "../store/entities.ts";
import { type OpenEvent, openEvents } from "../store/open-events.ts";

/** Events of one beat: a flood is worked off beat by beat, and each transaction stays short. */
const most = 100;

interface Look {
  /** The limit that it is about: another one is looked at at once. */
  readonly dueAt: number;
  readonly againAt: number;
}
/** When each late event is looked at again; only a saving of work: what is forgotten is looked at at once. */
const nextLooks = new WeakMap<Db, Map<number, Look>>();

/** Until when nothing can climb if nothing is written: a desk at rest looks at nothing before it may be due. */
const rests = new WeakMap<Db, { readonly news: number; readonly untilAt: number }>();

/** What may climb now, and when the next one may; what is late and not due to climb is not read. */
function dueToClimb(db: Db, looks: ReadonlyMap<number, Look>, at: number): { ready: OpenEvent[]; untilAt: number } {
  const ready: OpenEvent[] = [];
  let untilAt = Number.POSITIVE_INFINITY;
  for (const event of openEvents(db).values()) {
    const look = looks.get(event.row);
    const isKnown = look?.dueAt === event.dueAt;
    // Late is what is past its limit; a rung is asked at the very instant.
    const nextAt = isKnown ? look.againAt : event.dueAt + 1;
    if (nextAt > at) untilAt = Math.min(untilAt, nextAt);
    else if (ready.length < most) ready.push(event);
  }
  return { ready, untilAt };
}

/**
 * CL-11: what has run out is told rung by rung. Whoever says to have seen it stops the climb for the time of its rung; what is
 * still not done after that climbs on.
 */
export function climbLate(desk: Desk, at: number): void {
  const { db } = desk;
  const resting = rests.get(db);
  if (resting && at < resting.untilAt && resting.news === newsSoFar(db)) return;
  const looks = nextLooks.get(db) ?? new Map<number, Look>();
  nextLooks.set(db, looks);
  const { ready, untilAt } = dueToClimb(db, looks, at);
  if (ready.length === 0) return void rests.set(db, { news: newsSoFar(db), untilAt });
  if (looks.size > 2 * openEvents(db).size + most) looks.clear();
  const seen = seenAt(desk, at);
  const bodies: BodyOf<"event.climb">[] = [];
  for (const { row, id, dueAt } of ready) {
    const event = readEntity(db, "event", id);
    const { body, againAt } = event ? stepOf(desk, event, seen, at) : { body: null, againAt: null };
    if (body) bodies.push(body);
    looks.set(row, { dueAt, againAt: againAt ?? Number.POSITIVE_INFINITY });
  }
  if (bodies.length === 0) return;
  actTogether(
    desk,
    (one) => {
      for (const body of bodies) one("event.climb", body);
      return ok(undefined);
    },
    "desk",
  );
}

interface Step {
  readonly body: BodyOf<"event.climb"> | null;
  /** When there may be something to do again; `null`: nothing more for this clock. */
  readonly againAt: number | null;
}

function stepOf(desk: Desk, event: DutyEvent, seen: ReadonlyMap<string, number>, at: number): Step {
  const clock = pressingClock(event);
  // An event of the time before limits travelled in ops is shown as late and climbs nowhere.
  if (!clock || event.limits === null || clockAt(clock, at).state !== "late") return { body: null, againAt: null };
  const about = { eventId: event.id, of: clock.step, dueAt: clock.dueAt };
  const climb = climbNow(event);
  if (!climb) return { body: { ...about, rung: 0, ladder: ladderOf(desk, event, at) }, againAt: at };
  const asked = asSeen(event, climb.asked, clock.dueAt, seen);
  const step = ladderAt(asked, at);
  if (step.do === "raise") return { body: { ...about, rung: step.rung, ladder: [] }, againAt: at };
  return { body: null, againAt: step.do === "wait" ? step.untilAt : null };
}

/** The ladder with the time of its present rung as it counts after somebody has said to have seen it. */
function asSeen(event: DutyEvent, asked: Asked, dueAt: number, seen: ReadonlyMap<string, number>): Asked {
  const rung = asked.raisedAt.length - 1;
  const here = asked.ladder[rung];
  const seenAt = seen.get(alarmKeyOf(event, dueAt, rung));
  if (!here || seenAt === undefined) return asked;
  const answerMs = Math.max(here.answerMs, seenAt - (asked.raisedAt[rung] ?? seenAt) + (here.standMs ?? 0));
  return { ...asked, ladder: asked.ladder.map((one, index) => (index === rung ? { ...one, answerMs } : one)) };
}

/** When a person of the last shifts first said to have seen an alarm. */
function seenAt(desk: Desk, at: number): Map<string, number> {
  const seen = new Map<string, number>();
  for (const watch of recentWatches(desk, at))
    for (const { at: ackAt, keys } of watch.acknowledged)
      for (const key of keys) if (!seen.has(key)) seen.set(key, ackAt);
  return seen;
}

function ladderOf(desk: Desk, event: DutyEvent, at: number): Rung[] {
  const rules = presenceRules(desk);
  const rungs = desk.tables.clocks.ladder[event.level];
  const names = (to: RungName) =>
    to === "district" ? [desk.street.district.slice(0, 40)] : peopleOfRung(desk, rules, to, at).map(({ name }) => name);
  return ladderFor(rungs, names).map((rung) => {
    const stand = rungs.find(({ to }) => to === rung.to)?.standMinutes;
    return stand === undefined ? rung : { ...rung, standMs: Math.round(stand * minuteMs) };
  });
}
