import { z } from "zod";
import { minuteMs } from "#shared/lib/time.ts";
import { countedBetween, dueAfter } from "#shared/lib/work-time.ts";
import { type DutyEvent, isGone, isOpen } from "./event.ts";
import { hoursKinds } from "./hours-kind.ts";
import type { Limit } from "./limit.ts";
import { type ClockStep, clockSteps } from "./limits.ts";
import { type Marks, noMarks } from "./marks.ts";
import { extendedMin, standsOf } from "./pause.ts";
import { isTaskOpen, leadTask, type Task } from "./task.ts";

const instant = z.number().int();

/** One clock of an event, resolved to instants: whoever shows it needs no calendar. */
export const stepClockSchema = z.object({
  step: z.enum(clockSteps),
  startAt: instant,
  /** From here on less than a quarter of the limit is left. */
  soonAt: instant,
  dueAt: instant,
  /** The limit with its extensions, minutes, and how they count. */
  limitMin: z.number().int().positive(),
  in: z.enum(hoursKinds),
  /** When the step was done or the event ended; `null`: it runs. */
  endedAt: instant.nullable(),
  /** The last granted pause that touched it: from when until when it stands at the longest. */
  stands: z.object({ fromAt: instant, toAt: instant }).nullable(),
});
export type StepClock = z.infer<typeof stepClockSchema>;

export type ClockState = "none" | "running" | "soon" | "late" | "paused" | "stopped";

/** A clock at one moment. `leftMs` is negative when late; `part` is what is left of the way to the limit, 0…1. */
export interface EventClock {
  readonly state: ClockState;
  readonly leftMs: number;
  readonly part: number;
}

/**
 * CL-1: grey while more than a quarter of the limit is left, `soon` below, `late` when it is used up, `paused` while an
 * approved pause makes it stand; `stopped` at the end.
 */
export function clockAt(clock: StepClock | null, at: number): EventClock {
  if (!clock) return { state: "none", leftMs: 0, part: 1 };
  const { startAt, soonAt, dueAt, endedAt, stands } = clock;
  const leftMs = dueAt - (endedAt ?? at);
  const part = Math.min(1, Math.max(0, leftMs / Math.max(1, dueAt - startAt)));
  if (endedAt !== null) return { state: "stopped", leftMs, part };
  if (leftMs < 0) return { state: "late", leftMs, part };
  if (stands && stands.fromAt <= at && at < stands.toAt) return { state: "paused", leftMs, part };
  return { state: at >= soonAt ? "soon" : "running", leftMs, part };
}

type Timed = Pick<
  DutyEvent,
  "state" | "reportedAt" | "closedAt" | "updatedAt" | "limitMin" | "limits" | "marks" | "holds"
>;

/** When each step was done; `null`: not, or not yet. A void event may still change: a file is taken back from it. */
function doneAt(
  event: Pick<Timed, "state" | "updatedAt" | "marks">,
  voidedAt = event.updatedAt,
): Readonly<Record<ClockStep, number | null>> {
  const { acceptedAt, acknowledgedAt, arrivedAt, toldAt, handledAt } = event.marks;
  // Older versions noted what was voided before anybody had accepted it as accepted in that instant.
  const isVoidedUnaccepted = event.state === "void" && acceptedAt === voidedAt;
  return {
    accept: isVoidedUnaccepted ? null : acceptedAt,
    acknowledge: acknowledgedAt ?? handledAt,
    arrive: arrivedAt ?? handledAt,
    report: toldAt ?? handledAt,
    handle: handledAt,
    whole: null,
  };
}

/** CL-4: from when to when each clock runs. */
function runs(event: Timed): Readonly<Record<ClockStep, readonly [fromAt: number | null, endedAt: number | null]>> {
  const { assignedAt, acknowledgedAt } = event.marks;
  const { reportedAt } = event;
  const done = doneAt(event);
  return {
    accept: [reportedAt, done.accept ?? (event.state === "reported" ? null : event.updatedAt)],
    acknowledge: [assignedAt, done.acknowledge],
    arrive: [acknowledgedAt, done.arrive],
    report: [acknowledgedAt, done.report],
    handle: [acknowledgedAt, done.handle],
    whole: [reportedAt, done.whole],
  };
}

/**
 * CL-4: the event was voided or merged while this clock ran: its step was neither kept in time nor missed. `voidedAt`: as the
 * timeline has it, where that is known.
 */
export const isGivenUp = (
  event: Pick<Timed, "state" | "updatedAt" | "marks">,
  step: ClockStep,
  voidedAt?: number,
): boolean => isGone(event.state) && doneAt(event, voidedAt)[step] === null;

/** The same of the clock of one party's task: it was taken back or declined, or open when its event was merged. */
export const isTaskGivenUp = (event: Pick<Timed, "state">, { state }: Pick<Task, "state">): boolean =>
  state === "withdrawn" || state === "declined" || (isGone(event.state) && isTaskOpen(state));

function limitOf(event: Timed, step: ClockStep): Limit | null {
  const more = extendedMin(event);
  if (step === "whole")
    return event.limitMin === null
      ? null
      : { min: event.limitMin + more, in: event.limits?.wholeIn ?? "round_the_clock" };
  const limit = event.limits?.[step] ?? null;
  return limit && step === "handle" ? { ...limit, min: limit.min + more } : limit;
}

function clockOf(event: Timed, step: ClockStep, run = runs(event)[step]): StepClock | null {
  const limit = limitOf(event, step);
  const [startAt, endedAt] = run;
  if (!limit || startAt === null) return null;
  const stands = standsOf(event);
  const calendar = limit.in === "business" ? (event.limits?.calendar ?? null) : null;
  const lengthMs = limit.min * minuteMs;
  const dueAt = dueAfter(startAt, lengthMs, { calendar, stands });
  const touched = stands.findLast(({ fromAt, toAt }) => fromAt < dueAt && toAt > startAt);
  return {
    step,
    startAt,
    soonAt: dueAfter(startAt, Math.ceil(lengthMs * 0.75), { calendar, stands }),
    dueAt,
    limitMin: limit.min,
    in: limit.in,
    endedAt: endedAt ?? (isOpen(event.state) ? null : (event.closedAt ?? event.updatedAt)),
    stands: touched ?? null,
  };
}

/** Every clock of an event that has begun, in the order of the steps. */
export function clocksOf(event: Timed): StepClock[] {
  const run = runs(event);
  return clockSteps.flatMap((step) => clockOf(event, step, run[step]) ?? []);
}

const pressing = new WeakMap<Timed, StepClock | null>();

/**
 * CL-4: the clock that a row shows: of those that run, the one that ends first; after the end that of the whole. Found once
 * for an event as it stands: rows, lines and answers ask for it.
 */
export function pressingClock(event: Timed): StepClock | null {
  const known = pressing.get(event);
  if (known !== undefined) return known;
  const found = findPressing(event);
  pressing.set(event, found);
  return found;
}

function findPressing(event: Timed): StepClock | null {
  const clocks = clocksOf(event);
  const running = clocks.filter(({ endedAt }) => endedAt === null).sort((a, b) => a.dueAt - b.dueAt);
  return running[0] ?? (isOpen(event.state) ? null : (clocks.find(({ step }) => step === "whole") ?? null));
}

/** CL-4: the clock of one party's task: its own steps and the whole of its event, whichever ends first. */
export function taskClock(event: Timed, task: Task): StepClock | null {
  const { givenAt, acknowledgedAt, arrivedAt, reportedAt, endedAt } = task;
  const own: Readonly<Partial<Record<ClockStep, readonly [fromAt: number | null, endedAt: number | null]>>> = {
    acknowledge: [givenAt, acknowledgedAt ?? endedAt],
    arrive: [acknowledgedAt, arrivedAt ?? endedAt],
    report: [acknowledgedAt, reportedAt ?? endedAt],
    handle: [acknowledgedAt, endedAt],
    whole: [event.reportedAt, endedAt],
  };
  const clocks = clockSteps.flatMap((step) => (own[step] && clockOf(event, step, own[step])) ?? []);
  const running = clocks.filter((clock) => clock.endedAt === null).sort((a, b) => a.dueAt - b.dueAt);
  return running[0] ?? clocks.find(({ step }) => step === "whole") ?? null;
}

/** Counted time that a clock has left at an instant, ms: what a pause keeps. */
export function countedLeft(event: Timed, clock: StepClock, at: number): number {
  const calendar = clock.in === "business" ? (event.limits?.calendar ?? null) : null;
  return clock.limitMin * minuteMs - countedBetween(clock.startAt, at, { calendar, stands: standsOf(event) });
}

/**
 * CL-4: notes which steps began or ended with a change, and when the whole is due by now. To be called with every change of
 * an event, whatever kind of op made it.
 */
export function settleClocks(before: DutyEvent | undefined, after: DutyEvent, at: number): DutyEvent {
  const marks = withTask(after, marksAfter(before, after, at));
  const settled = { ...after, marks };
  return { ...settled, dueAt: clockOf(settled, "whole")?.dueAt ?? null };
}

/** Arriving and the first words are the lead's: they stand in its task. */
function withTask({ tasks, state }: DutyEvent, marks: Marks): Marks {
  const lead = marks.acknowledgedAt === null ? undefined : leadTask(tasks);
  if (!lead || state === "assigned") return marks;
  return { ...marks, arrivedAt: marks.arrivedAt ?? lead.arrivedAt, toldAt: marks.toldAt ?? lead.reportedAt };
}

function marksAfter(before: DutyEvent | undefined, { state, marks }: DutyEvent, at: number): Marks {
  const from = before?.state;
  // A merge and its undo move no step: what was begun goes on as it was (BO-5).
  if (state === from || !from || state === "merged" || from === "merged") return marks;
  const accepted = { ...marks, acceptedAt: marks.acceptedAt ?? at };
  switch (state) {
    case "accepted":
      return { ...noMarks, acceptedAt: at };
    case "assigned":
      return { ...noMarks, acceptedAt: accepted.acceptedAt, assignedAt: at };
    case "assessed":
      return { ...noMarks, acceptedAt: accepted.acceptedAt };
    case "handling":
      return from === "fed_back"
        ? { ...marks, handledAt: null }
        : { ...accepted, acknowledgedAt: marks.acknowledgedAt ?? at, handledAt: null };
    case "fed_back":
      return { ...accepted, toldAt: marks.toldAt ?? at, handledAt: at };
    case "void":
      return marks;
    default:
      return accepted;
  }
}
