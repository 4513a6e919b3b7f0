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

/** The district's settings of a roster: which shifts a day has and who each needs. Data of `resources/defaults` or the district. */
export const rosterRulesSchema = z.object({
  label: z.string(),
  pattern: z.string(),
  offsetMin: z.number().int(),
  shifts: z
    .array(
      z.object({
        code: z.string(),
        name: z.object({ zh: z.string(), en: z.string() }),
        /** Minutes after midnight of the duty day. */
        startMin: z.number().int().min(0).max(1439),
        lengthMin: z.number().int().min(1).max(2880),
      }),
    )
    .min(1),
  required: z.record(z.enum(dutyRoles), z.number().int().min(0).max(20)),
});
export type RosterRules = z.infer<typeof rosterRulesSchema>;

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

/** A published month: who stands in which slot. A slot that is not named is empty. */
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

/** RO-1: the shifts of a duty day, in order of start. A shift may end on the next day. */
export function shiftsOn(rules: RosterRules, on: string): ShiftSpan[] {
  return rules.shifts
    .map((shift) => {
      const startAt = instantOf(on, shift.startMin, rules.offsetMin);
      return { on, shift: shift.code, name: shift.name, startAt, endAt: startAt + shift.lengthMin * minuteMs };
    })
    .sort((a, b) => a.startAt - b.startAt);
}

/** RO-2: all shifts that touch `[fromAt, toAt)`, across midnight and month ends. */
export function shiftsBetween(rules: RosterRules, fromAt: number, toAt: number): ShiftSpan[] {
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
export const requiredPlaces = (rules: RosterRules, role: DutyRole): number =>
  Math.max(rules.required[role] ?? 0, role === "standby" ? 2 : 1);

/** People of one shift, by role in the order of `dutyRoles`. */
export function peopleOf(rules: RosterRules, read: SlotReader, span: ShiftSpan): OnDuty[] {
  return dutyRoles.flatMap((role) => {
    return Array.from({ length: requiredPlaces(rules, role) }, (_, index) => ({
      role,
      index,
      officerId: read({ ...span, role, index }),
    })).filter((person): person is OnDuty => person.officerId !== undefined);
  });
}

/** RO-3: who is on duty at an instant: the shift that holds it and its people. `undefined`: no shift covers it. */
export function onDutyAt(
  rules: RosterRules,
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
export function coverageGaps(rules: RosterRules, read: SlotReader, fromAt: number, toAt: number): CoverageGap[] {
  const spans = shiftsBetween(rules, fromAt, toAt);
  const gaps: CoverageGap[] = [];
  let covered = fromAt;
  for (const span of spans) {
    if (span.startAt > covered) gaps.push(...noShift(rules, covered, span.startAt));
    covered = Math.max(covered, span.endAt);
    for (const role of dutyRoles) {
      const needed = rules.required[role] ?? 0;
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
function noShift(rules: RosterRules, fromAt: number, toAt: number): CoverageGap[] {
  return dutyRoles
    .filter((role) => (rules.required[role] ?? 0) > 0)
    .map((role) => ({
      fromAt,
      toAt,
      on: dayOf(fromAt, rules.offsetMin),
      shift: "",
      role,
      missing: rules.required[role] ?? 0,
    }));
}
