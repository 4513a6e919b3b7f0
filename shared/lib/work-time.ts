import { z } from "zod";
import { addDays, dayMs, dayOf, instantOf } from "./time.ts";

const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
/** A time of the day as text, to 24:00. */
export const timePattern = /^([01]\d|2[0-3]):[0-5]\d$|^24:00$/;
/** Most stretches of work in a day. */
export const mostStretches = 4;
const minuteOfDay = z.number().int().min(0).max(1440);

/**
 * When a duty room's offices work: hours of the day, weekdays, and the days of the yearly notice that differ from them.
 * It travels inside an op, so that both ends count alike without a table.
 */
export const workCalendarSchema = z.strictObject({
  /** Which tables it was drawn from, to be shown. */
  edition: z.string().max(60),
  /** The zone: minutes ahead of UTC from each instant on, the earliest first; the first counts before its instant too. */
  offsets: z
    .array(z.strictObject({ fromAt: z.number().int(), offsetMin: z.number().int().min(-840).max(840) }))
    .min(1)
    .max(8)
    .refine((all) => all.every((one, index) => index === 0 || (all[index - 1]?.fromAt ?? 0) < one.fromAt)),
  /** Working times of a day, `[from, to)` in minutes after midnight, in order and apart. */
  hours: z
    .array(z.tuple([minuteOfDay, minuteOfDay]))
    .min(1)
    .max(mostStretches)
    .refine((all) => all.every(([from, to], index) => from < to && (all[index - 1]?.[1] ?? 0) <= from)),
  /** 0 is Sunday. */
  weekdays: z.array(z.number().int().min(0).max(6)).min(1).max(7),
  /** Days off that would be worked, and days worked that would be off. */
  off: z.array(day).max(200),
  on: z.array(day).max(100),
});
export type WorkCalendar = z.infer<typeof workCalendarSchema>;

/** A stretch of time, `[fromAt, toAt)`. */
export interface Span {
  readonly fromAt: number;
  readonly toAt: number;
}

export function isWorkday({ weekdays, off, on }: WorkCalendar, dayOn: string): boolean {
  if (on.includes(dayOn)) return true;
  return weekdays.includes(new Date(`${dayOn}T00:00:00Z`).getUTCDay()) && !off.includes(dayOn);
}

/** The working time from an instant on, in order, without end: whoever walks it stops by themselves. */
export function* workSpans(calendar: WorkCalendar, fromAt: number): Generator<Span> {
  const { offsets, hours } = calendar;
  for (const [index, { offsetMin, fromAt: since }] of offsets.entries()) {
    const beginsAt = index === 0 ? Number.NEGATIVE_INFINITY : since;
    const endsAt = offsets[index + 1]?.fromAt ?? Number.POSITIVE_INFINITY;
    if (endsAt <= fromAt) continue;
    const walkAt = Math.max(beginsAt, fromAt);
    for (let on = dayOf(walkAt, offsetMin); instantOf(on, 0, offsetMin) < endsAt; on = addDays(on, 1)) {
      if (!isWorkday(calendar, on)) continue;
      for (const [fromMin, toMin] of hours) {
        const span = {
          fromAt: Math.max(walkAt, instantOf(on, fromMin, offsetMin)),
          toAt: Math.min(endsAt, instantOf(on, toMin, offsetMin)),
        };
        if (span.fromAt < span.toAt) yield span;
      }
    }
  }
}

/** Parts of a span that lie in none of `stands`, which are in order and apart. */
function* outside(span: Span, stands: readonly Span[]): Generator<Span> {
  let { fromAt } = span;
  for (const stand of stands) {
    if (stand.toAt <= fromAt) continue;
    if (stand.fromAt >= span.toAt) break;
    if (stand.fromAt > fromAt) yield { fromAt, toAt: stand.fromAt };
    fromAt = stand.toAt;
  }
  if (fromAt < span.toAt) yield { fromAt, toAt: span.toAt };
}

/** How a length of time is counted: round the clock, or in the working time of a calendar; never while it stands still. */
export interface Counting {
  readonly calendar: WorkCalendar | null;
  /** Stretches that do not count, in any order. */
  readonly stands: readonly Span[];
}

/** A limit is never longer than this, whatever a table says: ten years. */
const farthestMs = 3_660 * dayMs;

function* counted({ calendar, stands }: Counting, fromAt: number): Generator<Span> {
  const apart = joined(stands);
  const all = { fromAt, toAt: fromAt + farthestMs };
  for (const span of calendar ? workSpans(calendar, fromAt) : [all]) {
    if (span.fromAt >= all.toAt) return;
    yield* outside(span, apart);
  }
}

/** In order, and those that touch as one. */
function joined(spans: readonly Span[]): Span[] {
  const out: { fromAt: number; toAt: number }[] = [];
  for (const span of spans.toSorted((a, b) => a.fromAt - b.fromAt)) {
    const last = out.at(-1);
    if (last && span.fromAt <= last.toAt) last.toAt = Math.max(last.toAt, span.toAt);
    else out.push({ ...span });
  }
  return out;
}

/** CL-3: the instant at which `lengthMs` of counted time are used up since `fromAt`. A length that ends with a working day ends with it, not on the next morning. */
export function dueAfter(fromAt: number, lengthMs: number, counting: Counting): number {
  // Round the clock and never paused, as most limits are: asked several times in each step and for each line.
  if (!counting.calendar && counting.stands.length === 0) return fromAt + Math.min(lengthMs, farthestMs);
  let left = lengthMs;
  for (const span of counted(counting, fromAt)) {
    const length = span.toAt - span.fromAt;
    if (left <= length) return span.fromAt + left;
    left -= length;
  }
  return fromAt + farthestMs;
}

/** Counted time in `[fromAt, toAt)`, ms. */
export function countedBetween(fromAt: number, toAt: number, counting: Counting): number {
  let used = 0;
  for (const span of counted(counting, fromAt)) {
    if (span.fromAt >= toAt) break;
    used += Math.min(span.toAt, toAt) - span.fromAt;
  }
  return used;
}
