import { z } from "zod";
import type { HolidayDays } from "#shared/domain/roster/holidays.ts";
import type { Bilingual } from "#shared/lib/text.ts";
import { addDays } from "#shared/lib/time.ts";
import { mostStretches, timePattern, type WorkCalendar, workCalendarSchema } from "#shared/lib/work-time.ts";
import { hoursKinds, longestMin } from "./hours-kind.ts";
import { type Limit, limitSchema } from "./limit.ts";

/** What has a clock of its own in the life of an event, in the order in which the clocks run. */
export const clockSteps = ["accept", "acknowledge", "arrive", "report", "handle", "whole"] as const;
export type ClockStep = (typeof clockSteps)[number];

export const clockStepNames: Readonly<Record<ClockStep, Bilingual>> = {
  accept: { zh: "受理", en: "Accept" },
  acknowledge: { zh: "签收", en: "Acknowledge" },
  arrive: { zh: "到场", en: "Arrive" },
  report: { zh: "反馈", en: "Report" },
  handle: { zh: "处置", en: "Handle" },
  whole: { zh: "办结", en: "Close" },
};

const step = limitSchema.nullable();

/** CL-2: one row of the table of limits. `null`: this step has none. */
export const limitRowSchema = z.strictObject({
  /** Code of the category table; empty: every category without a row of its own. */
  category: z.string().max(40),
  level: z.enum(["critical", "urgent", "normal"]),
  accept: step,
  acknowledge: step,
  arrive: step,
  report: step,
  handle: step,
  whole: step,
  /** Where it comes from: a case, a rule, or 默认. */
  basis: z.string().max(200).default(""),
});
export type LimitRow = z.infer<typeof limitRowSchema>;

const time = z.string().regex(timePattern);

/** Whom an overdue event is told, from the lowest rung to the highest. */
export const climbRungs = ["desk", "shift_leader", "leader_on_duty", "district"] as const;
export const climbRungNames: Readonly<Record<(typeof climbRungs)[number], Bilingual>> = {
  desk: { zh: "值班台", en: "the desk" },
  shift_leader: { zh: "值班长", en: "the shift leader" },
  leader_on_duty: { zh: "带班领导", en: "the leader on duty" },
  district: { zh: "区中心", en: "the district centre" },
};

/** One rung of the ladder that an overdue event climbs. */
export const climbSchema = z.strictObject({
  to: z.enum(climbRungs),
  /** Nobody has said by then to have seen it: the next rung is told. */
  answerMinutes: z.number().min(0.02).max(longestMin),
  /** Somebody has, and what was due is still not done by then: the next rung is told. */
  standMinutes: z.number().min(0.02).max(longestMin),
});
const ladder = z
  .array(climbSchema)
  .min(1)
  .max(4)
  .refine((rungs) => rungs[0]?.to === "desk" && new Set(rungs.map(({ to }) => to)).size === rungs.length);

/** CL-2: the district's table of limits: data, 默认 while nobody replaced it. */
export const clocksTableSchema = z.strictObject({
  label: z.string().max(40),
  note: z.string().max(1000).default(""),
  /** Working time of a workday, in order and apart. */
  hours: z
    .array(z.strictObject({ from: time, to: time }))
    .min(1)
    .max(mostStretches)
    .refine((all) => all.every(({ from, to }, index) => from < to && (all[index - 1]?.to ?? "") <= from)),
  /** 0 is Sunday; holidays and make-up workdays come from the table of holidays. */
  weekdays: z.array(z.number().int().min(0).max(6)).min(1).max(7),
  ladder: z.strictObject({ critical: ladder, urgent: ladder, normal: ladder }),
  rows: z
    .array(limitRowSchema)
    .max(2_000)
    .refine((rows) => new Set(rows.map(({ category, level }) => `${category}/${level}`)).size === rows.length),
});
export type ClocksTable = z.infer<typeof clocksTableSchema>;

const minuteOf = (text: string): number => Number(text.slice(0, 2)) * 60 + Number(text.slice(3, 5));

/** Days of the notices that a limit can reach: what is further away is not carried along. */
const calendarDays = 420;

/** The calendar as it is on a day: of the notices only the days that differ from their weekday. */
export function calendarOf(
  { hours, weekdays, label }: Pick<ClocksTable, "hours" | "weekdays" | "label">,
  days: HolidayDays,
  offsetMin: number,
  today: string,
): WorkCalendar {
  const till = addDays(today, calendarDays);
  const near = Object.entries(days).filter(([on]) => on >= today && on <= till);
  const isUsual = (on: string) => weekdays.includes(new Date(`${on}T00:00:00Z`).getUTCDay());
  const of = (kind: "holiday" | "makeup_workday") =>
    near.flatMap(([on, one]) => (one.kind === kind && isUsual(on) === (kind === "holiday") ? [on] : [])).sort();
  const known = [...new Set(Object.keys(days).map((on) => on.slice(0, 4)))].sort().at(-1);
  return {
    edition: known ? `${label} ${known}` : label,
    offsets: [{ fromAt: 0, offsetMin }],
    hours: hours.map(({ from, to }) => [minuteOf(from), minuteOf(to)]),
    weekdays,
    off: of("holiday"),
    on: of("makeup_workday"),
  };
}

/** The limits of an event's steps as they travel in its op, with the calendar by which working time counts. */
export const limitsSchema = z.strictObject({
  accept: step,
  acknowledge: step,
  arrive: step,
  report: step,
  handle: step,
  /** How `limitMin`, the limit of the whole, counts. */
  wholeIn: z.enum(hoursKinds),
  /** `null`: nothing counts in working time. */
  calendar: workCalendarSchema.nullable(),
});
export type Limits = z.infer<typeof limitsSchema>;

/** What the table says for a category and level, else for every category, else nothing. */
export function limitsOf(
  rows: readonly LimitRow[],
  category: string,
  level: LimitRow["level"],
  calendar: WorkCalendar,
): { readonly limitMin: number | null; readonly limits: Limits } | null {
  const row =
    rows.find((one) => one.category === category && one.level === level) ??
    rows.find((one) => one.category === "" && one.level === level);
  if (!row) return null;
  const { accept, acknowledge, arrive, report, handle, whole } = row;
  const isBusiness = [accept, acknowledge, arrive, report, handle, whole].some((one) => one?.in === "business");
  return {
    limitMin: whole?.min ?? null,
    limits: {
      accept,
      acknowledge,
      arrive,
      report,
      handle,
      wholeIn: whole?.in ?? "round_the_clock",
      calendar: isBusiness ? calendar : null,
    },
  };
}

/** The limit of the whole by level, for each category: what a form proposes. */
export function wholeLimits(rows: readonly LimitRow[]): Map<string, Partial<Record<LimitRow["level"], number>>> {
  const limits = new Map<string, Partial<Record<LimitRow["level"], number>>>();
  for (const { category, level, whole } of rows)
    if (whole) limits.set(category, { ...limits.get(category), [level]: whole.min });
  return limits;
}

const shorter = (one: Limit | null, other: Limit | null): Limit | null =>
  one && other ? (other.min < one.min ? other : one) : (one ?? other);

/** EV-15: where two officers set limits at the same time, the shorter of each step wins. */
export function shorterLimits(one: Limits | null, other: Limits | null): Limits | null {
  if (!one || !other) return one ?? other;
  return {
    accept: shorter(one.accept, other.accept),
    acknowledge: shorter(one.acknowledge, other.acknowledge),
    arrive: shorter(one.arrive, other.arrive),
    report: shorter(one.report, other.report),
    handle: shorter(one.handle, other.handle),
    wholeIn: one.wholeIn === other.wholeIn ? one.wholeIn : "round_the_clock",
    calendar: one.calendar ?? other.calendar,
  };
}
