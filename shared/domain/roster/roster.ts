import { z } from "zod";
import type { Bilingual } from "#shared/lib/text.ts";
import { addDays, dayOf, instantOf, minuteMs } from "#shared/lib/time.ts";

export const dutyRoles = ["leader_on_duty", "shift_leader", "main_operator", "deputy_operator", "standby"] as const;
export type DutyRole = (typeof dutyRoles)[number];

export const roleNames: Readonly<Record<DutyRole, Bilingual>> = {
  leader_on_duty: { zh: "带班领导", en: "Leader on duty" },
  shift_leader: { zh: "值班长", en: "Shift leader" },
  main_operator: { zh: "主班", en: "Main" },
  deputy_operator: { zh: "副班", en: "Deputy" },
  standby: { zh: "备勤", en: "Standby" },
};

const places = z.number().int().min(0).max(20);

/** What a roster is made of in a time: which shifts a day has and who each needs. */
const editionSchema = z.object({
  label: z.string(),
  pattern: z.string(),
  shifts: z
    .array(
      z.object({
        code: z.string(),
        name: z.object({ zh: z.string(), en: z.string() }),
        /** Minutes after midnight of the duty day. */
        startMin: z.number().int().min(0).max(1439),
        lengthMin: z.number().int().min(1).max(2880),
        /** Left out: told by the hours. */
        night: z.boolean().optional(),
        /** Numbers of this shift where they differ from the rest. */
        required: z.partialRecord(z.enum(dutyRoles), places).optional(),
      }),
    )
    .min(1)
    .max(8),
  required: z.record(z.enum(dutyRoles), places),
});

/**
 * The district's settings of a roster. Data of `resources/defaults`, or of the desk from a month on: `later` holds what
 * was decided since, each for the days from `fromOn` on, so that past months stay as they were (RO-38).
 */
export const rosterRulesSchema = editionSchema.extend({
  offsetMin: z.number().int(),
  later: z.array(editionSchema.extend({ fromOn: z.string() })).optional(),
});
export type RosterRules = z.infer<typeof rosterRulesSchema>;

/** RO-38: the settings that hold on a duty day; a change never reaches back. */
export function rulesOn<R extends Pick<RosterRules, "later">>(rules: R, on: string): R {
  const edition = rules.later?.findLast(({ fromOn }) => fromOn <= on);
  return edition ? { ...rules, ...edition } : rules;
}

/** One shift on one duty day, in instants: `[startAt, endAt)`. */
export interface ShiftSpan {
  readonly on: string;
  readonly shift: string;
  readonly name: Bilingual;
  readonly startAt: number;
  readonly endAt: number;
}

/** A place in the roster: duty day, shift, role and its running number from 0. */
export interface Slot {
  readonly on: string;
  readonly shift: string;
  readonly role: DutyRole;
  readonly index: number;
}

export const slotPattern =
  /^\d{4}-\d{2}-\d{2}\/[\w-]+\/(leader_on_duty|shift_leader|main_operator|deputy_operator|standby)\/\d{1,2}$/;
export const slotKey = (slot: Slot): string => `${slot.on}/${slot.shift}/${slot.role}/${slot.index}`;

/** Who stands in which slot of a month. A slot that is not named is empty. */
export const rosterMonthSchema = z.strictObject({
  month: z.string().regex(/^\d{4}-\d{2}$/),
  slots: z.record(z.string().regex(slotPattern), z.string().min(1).max(64)),
});
export type RosterMonth = z.infer<typeof rosterMonthSchema>;

/** Officer of a slot, or `undefined` when it is empty; reads the months it needs. */
export type SlotReader = (slot: Slot) => string | undefined;

/** Reads slots out of months. */
export function slotReader(months: readonly RosterMonth[]): SlotReader {
  const byMonth = new Map(months.map((month) => [month.month, month.slots]));
  return (slot) => byMonth.get(slot.on.slice(0, 7))?.[slotKey(slot)];
}

type ShiftRules = Pick<RosterRules, "shifts" | "offsetMin" | "later">;
type NumberRules = Pick<RosterRules, "required" | "later">;

/** RO-1: the shifts of a duty day, in order of start. A shift may end on the next day. */
export function shiftsOn(rules: ShiftRules, on: string): ShiftSpan[] {
  return rulesOn(rules, on)
    .shifts.map((shift) => {
      const startAt = instantOf(on, shift.startMin, rules.offsetMin);
      return { on, shift: shift.code, name: shift.name, startAt, endAt: startAt + shift.lengthMin * minuteMs };
    })
    .sort((a, b) => a.startAt - b.startAt);
}

/** One shift of a duty day; `undefined`: the day has none of this code. */
export const spanOf = (rules: ShiftRules, { on, shift }: Pick<Slot, "on" | "shift">): ShiftSpan | undefined =>
  shiftsOn(rules, on).find((span) => span.shift === shift);

/** RO-2: all shifts that touch `[fromAt, toAt)`, across midnight and month ends. */
export function shiftsBetween(rules: ShiftRules, fromAt: number, toAt: number): ShiftSpan[] {
  const spans: ShiftSpan[] = [];
  const last = dayOf(toAt, rules.offsetMin);
  for (let on = addDays(dayOf(fromAt, rules.offsetMin), -2); on <= last; on = addDays(on, 1))
    spans.push(...shiftsOn(rules, on));
  return spans.filter((span) => span.startAt < toAt && span.endAt > fromAt);
}

export interface OnDuty {
  readonly role: DutyRole;
  readonly index: number;
  readonly officerId: string;
}

/** Places of a role in one shift: what is required, one for the others, two for standby. */
export const requiredPlaces = (rules: Pick<RosterRules, "required">, role: DutyRole): number =>
  Math.max(rules.required[role] ?? 0, role === "standby" ? 2 : 1);

/** People of one shift, by role in the order of `dutyRoles`. */
export function peopleOf(rules: NumberRules, read: SlotReader, span: ShiftSpan): OnDuty[] {
  return dutyRoles.flatMap((role) => {
    return Array.from({ length: requiredPlaces(rulesOn(rules, span.on), role) }, (_, index) => ({
      role,
      index,
      officerId: read({ ...span, role, index }),
    })).filter((person): person is OnDuty => person.officerId !== undefined);
  });
}

/** RO-3: who is on duty at an instant: the shift that holds it and its people. `undefined`: no shift covers it. */
export function onDutyAt(
  rules: ShiftRules & NumberRules,
  read: SlotReader,
  at: number,
): { span: ShiftSpan; people: OnDuty[] } | undefined {
  const span = shiftsBetween(rules, at, at + 1).at(-1);
  return span && { span, people: peopleOf(rules, read, span) };
}

export interface CoverageGap {
  readonly fromAt: number;
  readonly toAt: number;
  readonly on: string;
  readonly shift: string;
  readonly role: DutyRole;
  readonly missing: number;
}

/** RO-4: every stretch of `[fromAt, toAt)` in which a required role is not filled, to the minute. */
export function coverageGaps(
  rules: ShiftRules & NumberRules,
  read: SlotReader,
  fromAt: number,
  toAt: number,
): CoverageGap[] {
  const spans = shiftsBetween(rules, fromAt, toAt);
  const gaps: CoverageGap[] = [];
  let covered = fromAt;
  for (const span of spans) {
    if (span.startAt > covered) gaps.push(...noShift(rules, covered, span.startAt));
    covered = Math.max(covered, span.endAt);
    for (const role of dutyRoles) {
      const needed = rulesOn(rules, span.on).required[role] ?? 0;
      const here = Array.from({ length: needed }, (_, index) => read({ ...span, role, index })).filter(Boolean).length;
      if (here < needed) {
        gaps.push({
          fromAt: Math.max(fromAt, span.startAt),
          toAt: Math.min(toAt, span.endAt),
          on: span.on,
          shift: span.shift,
          role,
          missing: needed - here,
        });
      }
    }
  }
  if (covered < toAt) gaps.push(...noShift(rules, covered, toAt));
  return gaps;
}

/** RO-5: minutes that no shift covers are gaps of every required role. */
function noShift(rules: ShiftRules & NumberRules, fromAt: number, toAt: number): CoverageGap[] {
  const on = dayOf(fromAt, rules.offsetMin);
  const { required } = rulesOn(rules, on);
  return dutyRoles
    .filter((role) => (required[role] ?? 0) > 0)
    .map((role) => ({ fromAt, toAt, on, shift: "", role, missing: required[role] ?? 0 }));
}
