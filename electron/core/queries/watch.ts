import type { OpenCheck, PresenceNow, ShiftView, WatchView } from "#shared/contract.ts";
import { isHandedOver } from "#shared/domain/handover/handover.ts";
import { type Asked, ladderAt } from "#shared/domain/presence/ladder.ts";
import { type PresenceRules, quietSpan, type RungName } from "#shared/domain/presence/rules.ts";
import type { Arrival, Watch } from "#shared/domain/presence/watch.ts";
import { type DutyRole, onDutyAt, type ShiftSpan, shiftsBetween } from "#shared/domain/roster/roster.ts";
import { ok } from "#shared/lib/result.ts";
import { dayMs, dayOf, hourMs, minuteMs } from "#shared/lib/time.ts";
import type { Answer, Desk } from "../desk.ts";
import { readEntity, readKept } from "../store/entities.ts";
import { handoverId, shiftToHandOver } from "./handover.ts";
import { officersById, peopleIn, shiftsAround } from "./people.ts";
import { dutyChecksBetween, watchIdOf } from "./presence.ts";

/** PS-12: the district's rules of presence, or the defaults of the product. */
export const presenceRules = (desk: Pick<Desk, "db" | "tables">): PresenceRules =>
  readKept(desk.db, "rules", "presence") ?? desk.tables.presence;

/** How long an open question of a shift before is still asked. */
const openBackMs = 12 * hourMs;
/** How far back a duty check is looked for that no desk has shown yet. */
const dutyBackMs = 3 * dayMs;

/** The watch of an instant; a minute that no shift covers has one of its own, so that nothing asked in it is lost. */
export function watchIdAt(desk: Pick<Desk, "tables">, at: number): string {
  const span = onDutyAt(desk.tables.roster, () => undefined, at)?.span;
  return span ? watchIdOf(span) : `${dayOf(at, desk.tables.roster.offsetMin)}/none`;
}

const isHere = (arrival: Arrival): boolean => arrival.leftAt === null;

/** The latest coming of an officer to a watch, gone or not. */
const arrivalOf = (watch: Watch | undefined, officerId: string): Arrival | null =>
  watch?.arrivals.findLast((arrival) => arrival.officerId === officerId) ?? null;

/** Watches that may hold an open question, the oldest first. */
export function recentWatches(desk: Pick<Desk, "db" | "tables">, at: number): Watch[] {
  const spans = shiftsBetween(desk.tables.roster, at - openBackMs, at + 1).filter(({ startAt }) => startAt <= at);
  const ids = new Set([...spans.map(watchIdOf), watchIdAt(desk, at)]);
  return [...ids].flatMap((id) => readKept(desk.db, "watch", id) ?? []);
}

export function watchView(desk: Desk, rules: PresenceRules, shift: ShiftView): WatchView {
  const watch = readKept(desk.db, "watch", watchIdOf(shift));
  const rostered = new Set(shift.people.map(({ officerId }) => officerId));
  return {
    watchId: watchIdOf(shift),
    name: shift.name,
    startAt: shift.startAt,
    endAt: shift.endAt,
    people: shift.people.map(({ officerId, name, phone, role }) => ({
      officerId,
      name,
      phone,
      role,
      mustCome: rules.arrival.roles.includes(role),
      arrival: arrivalOf(watch, officerId),
    })),
    others: (watch?.arrivals ?? []).filter(({ officerId }) => !rostered.has(officerId)),
  };
}

/** Who should be in the room and has not signed in. */
export const missingFrom = (view: WatchView): WatchView["people"] =>
  view.people.filter(({ mustCome, arrival }) => mustCome && arrival === null);

const roleOfRung: Readonly<Record<Exclude<RungName, "desk" | "district">, DutyRole>> = {
  shift_leader: "shift_leader",
  standby: "standby",
  leader_on_duty: "leader_on_duty",
};

/** Whom a rung asks in the shift of now: the desk is whoever must be in the room. */
export function peopleOfRung(desk: Desk, rules: PresenceRules, to: RungName, at: number) {
  const people = shiftsAround(desk.db, desk.tables.roster, at).current?.people ?? [];
  if (to === "district") return [];
  return people.filter(({ role }) => (to === "desk" ? rules.arrival.roles.includes(role) : role === roleOfRung[to]));
}

/** Every question that waits for somebody, the oldest first. */
export function openChecks(desk: Desk, at: number): OpenCheck[] {
  const view = (
    asked: Asked,
    of: Pick<OpenCheck, "kind" | "watchId" | "operator" | "words"> & { readonly askedAt: number },
  ): OpenCheck[] => {
    const step = ladderAt(asked, at);
    const rung = asked.raisedAt.length - 1;
    const here = asked.ladder[rung];
    if (step.do === "nothing" || !here) return [];
    const phones = new Map([...officersById(desk.db).values()].map(({ name, phone }) => [name, phone]));
    return [
      {
        ...of,
        checkId: asked.id,
        reachedAt: asked.raisedAt[0] ?? at,
        to: here.to,
        people: here.names.map((name) => ({ name, phone: phones.get(name) ?? "" })),
        sinceAt: asked.raisedAt[rung] ?? at,
        untilAt: step.do === "wait" ? step.untilAt : at,
        missed: rung + (asked.missedAt === null ? 0 : 1),
      },
    ];
  };
  const vigilance = recentWatches(desk, at).flatMap((watch) =>
    watch.checks.flatMap((asked) =>
      view(asked, {
        kind: "vigilance",
        watchId: watch.id,
        askedAt: asked.raisedAt[0] ?? at,
        operator: "",
        words: "",
      }),
    ),
  );
  const duty = dutyChecksBetween(desk.db, at - dutyBackMs, at + dayMs).flatMap(({ reached, ...check }) =>
    reached
      ? view(reached.asked, {
          kind: "duty_check",
          watchId: reached.watchId,
          askedAt: check.askedAt,
          operator: check.operator,
          words: check.words,
        })
      : [],
  );
  return [...vigilance, ...duty].sort((a, b) => a.reachedAt - b.reachedAt);
}

/** PS-3: a shift that has ended and is not handed over, with who stays responsible: whoever came and has not left, else the roster. */
export function handingOver(desk: Desk, at: number): PresenceNow["handing"] {
  const span: ShiftSpan | undefined = shiftToHandOver(desk, at);
  if (!span || span.endAt > at || isHandedOver(readEntity(desk.db, "handover", handoverId(span))?.phase)) return null;
  const rules = presenceRules(desk);
  const here = (readKept(desk.db, "watch", watchIdOf(span))?.arrivals ?? []).filter(isHere);
  const people = peopleIn(desk, span, span.endAt - 1).filter(({ role }) => rules.arrival.roles.includes(role));
  const rostered = people.filter(({ officerId }) => here.some((one) => one.officerId === officerId));
  const responsible = [rostered, here, people].find((some) => some.length > 0) ?? [];
  return {
    handoverId: handoverId(span),
    name: span.name,
    dueAt: span.endAt,
    responsible: [...new Set(responsible.map(({ name }) => name))],
  };
}

export function presenceNow(desk: Desk): Answer<"presence.now"> {
  const at = desk.ports.now();
  const rules = presenceRules(desk);
  const { current, next } = shiftsAround(desk.db, desk.tables.roster, at);
  const checks = readKept(desk.db, "watch", watchIdAt(desk, at))?.checks ?? [];
  return ok({
    at,
    rules,
    current: current && watchView(desk, rules, current),
    next: next && watchView(desk, rules, next),
    nextOpensAt: next && next.startAt - rules.arrival.openMinutes * minuteMs,
    handing: handingOver(desk, at),
    quiet: quietSpan(rules, at, desk.tables.roster.offsetMin) ?? null,
    checked: {
      asked: checks.length,
      answered: checks.filter(({ answer }) => answer !== null).length,
      missed: checks.filter(({ raisedAt }) => raisedAt.length > 1).length,
    },
    open: openChecks(desk, at),
  });
}
