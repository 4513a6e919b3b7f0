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
import { type Db, sql, writtenSoFar } from "../store/database.ts";
import { readEntity } from "../store/entities.ts";

/** Events of one beat: a flood is worked off beat by beat, and each transaction stays short. */
const most = 100;

/** When each late event is looked at again; only a saving of work: what is forgotten is looked at at once. */
const nextLook = new WeakMap<Db, Map<string, number>>();

/** Until when nothing can climb if nothing is written: a desk at rest does not read what is late at each beat. */
const rests = new WeakMap<Db, { readonly written: number; readonly untilAt: number }>();

function rest(db: Db, at: number, looks: readonly number[]): void {
  const due = sql(db, "SELECT min(due_at) FROM duty_event WHERE open = 1 AND due_at >= ?").pluck().get(at);
  let untilAt = due === null ? Number.POSITIVE_INFINITY : Number(due);
  for (const again of looks) untilAt = Math.min(untilAt, again);
  rests.set(db, { written: writtenSoFar(db), untilAt });
}

/**
 * CL-11: what has run out is told rung by rung. Whoever says to have seen it stops the climb for the time of its rung; what is
 * still not done after that climbs on.
 */
export function climbLate(desk: Desk, at: number): void {
  const resting = rests.get(desk.db);
  if (resting && at <= resting.untilAt && resting.written === writtenSoFar(desk.db)) return;
  const looks = nextLook.get(desk.db) ?? new Map<string, number>();
  nextLook.set(desk.db, looks);
  const late = sql(desk.db, "SELECT id, due_at AS dueAt FROM duty_event WHERE open = 1 AND due_at < ?").all(at) as {
    id: string;
    dueAt: number;
  }[];
  const keyOf = (row: { id: string; dueAt: number }) => `${row.id}/${row.dueAt}`;
  const ready = late.filter((row) => (looks.get(keyOf(row)) ?? 0) <= at).slice(0, most);
  if (ready.length === 0) {
    rest(
      desk.db,
      at,
      late.map((row) => looks.get(keyOf(row)) ?? at),
    );
    return;
  }
  if (looks.size > 2 * late.length + most) looks.clear();
  const seen = seenAt(desk, at);
  const bodies: BodyOf<"event.climb">[] = [];
  for (const row of ready) {
    const event = readEntity(desk.db, "event", row.id);
    const { body, againAt } = event ? stepOf(desk, event, seen, at) : { body: null, againAt: null };
    if (body) bodies.push(body);
    looks.set(keyOf(row), againAt ?? Number.POSITIVE_INFINITY);
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
