import type { Bilingual } from "#shared/lib/text.ts";
import { addDays, dayMs } from "#shared/lib/time.ts";
import { type DutyRole, dutyRoles, type RosterRules } from "./roster.ts";

export const patternCodes = ["3x8", "2x12", "1x24", "day_night_cadre", "free"] as const;
export type PatternCode = (typeof patternCodes)[number];

export const patternNames: Readonly<Record<PatternCode, Bilingual>> = {
  "3x8": { zh: "三班倒(3×8 小时)", en: "Three shifts of 8 h" },
  "2x12": { zh: "两班倒(2×12 小时)", en: "Two shifts of 12 h" },
  "1x24": { zh: "全天班(1×24 小时)", en: "One shift of 24 h" },
  day_night_cadre: { zh: "专职白班、干部轮夜", en: "Day by full-time staff, nights with rotating cadres" },
  free: { zh: "自定班制", en: "Free pattern" },
};

export type Required = Readonly<Partial<Record<DutyRole, number>>>;

export interface PatternShift {
  readonly code: string;
  readonly name: Bilingual;
  /** Minutes after midnight of the duty day. */
  readonly startMin: number;
  readonly lengthMin: number;
  readonly night: boolean;
  /** Numbers of this shift where they differ from those of the pattern. */
  readonly required?: Partial<Record<DutyRole, number>> | undefined;
}

/** Cadres come in groups, each for `everyDays` days in turn; group 0 begins on `anchorOn`. */
export interface CadreRotation {
  readonly groups: number;
  readonly everyDays: number;
  readonly anchorOn: string;
}

/** Roster rules whose shifts know that they are nights and may need other numbers; fits wherever `RosterRules` does. */
export interface PatternRules extends Omit<RosterRules, "shifts"> {
  readonly shifts: PatternShift[];
  readonly rotation?: CadreRotation;
}

export interface PatternOptions {
  readonly label?: string;
  readonly offsetMin: number;
  /** Shift change in the morning, minutes after midnight. [D] 08:30 */
  readonly changeMin?: number;
  readonly required: Required;
  readonly rotation?: CadreRotation;
  /** Needed by `free`, otherwise unused. */
  readonly shifts?: readonly PatternShift[];
}

/** 08:30, the usual morning change. [D] */
export const usualChangeMin = 510;
const minutesOfDay = 1440;
const words: Readonly<Record<string, Bilingual>> = {
  day: { zh: "白班", en: "Day" },
  early: { zh: "早班", en: "Early" },
  middle: { zh: "中班", en: "Middle" },
  night: { zh: "夜班", en: "Night" },
  full: { zh: "全天班", en: "Full day" },
};

/** Code and length of the shifts of a day, from the morning change on; `!` marks a night. */
const cuts: Readonly<Record<Exclude<PatternCode, "free">, readonly (readonly [string, number, "!"?])[]>> = {
  "3x8": [
    ["early", 480],
    ["middle", 480],
    ["night", 480, "!"],
  ],
  "2x12": [
    ["day", 720],
    ["night", 720, "!"],
  ],
  "1x24": [["full", 1440, "!"]],
  // [D] Office hours by the full-time staff; the long night from 17:30 is where cadres come in.
  day_night_cadre: [
    ["day", 540],
    ["night", 900, "!"],
  ],
};

/** RO-8: the rules of a pattern: its shifts follow each other without a minute between them. */
export function patternRules(code: PatternCode, options: PatternOptions): PatternRules {
  const { offsetMin, required, rotation, changeMin = usualChangeMin, label = "" } = options;
  return {
    label,
    pattern: code,
    offsetMin,
    shifts: code === "free" ? [...(options.shifts ?? [])] : cutDay(cuts[code], changeMin),
    required: Object.fromEntries(dutyRoles.map((role) => [role, required[role] ?? 0])) as RosterRules["required"],
    ...(rotation ? { rotation } : {}),
  };
}

function cutDay(parts: readonly (readonly [string, number, "!"?])[], changeMin: number): PatternShift[] {
  let from = changeMin;
  return parts.map(([code, lengthMin, night]) => {
    // A shift that would begin after midnight belongs to the duty day on whose calendar day it begins, as on paper.
    const startMin = from % minutesOfDay;
    from += lengthMin;
    return { code, name: words[code] ?? { zh: code, en: code }, startMin, lengthMin, night: night === "!" };
  });
}

/** Settings of one time with every shift knowing whether it is a night. */
export const patternOf = ({ later: _, ...rules }: RosterRules): PatternRules => ({
  ...rules,
  shifts: rules.shifts.map((shift) => ({ ...shift, night: isNight(shift) })),
});

/** How many of a role a shift needs. */
export function requiredOf(rules: Pick<RosterRules, "shifts" | "required">, shift: string, role: DutyRole): number {
  const own = rules.shifts.find(({ code }) => code === shift)?.required;
  return own?.[role] ?? rules.required[role] ?? 0;
}

/** Whether a shift counts as a night: as the pattern says, else when most of it lies between 22:00 and 06:00. */
export function isNight(
  shift: Pick<PatternShift, "startMin" | "lengthMin"> & { readonly night?: boolean | undefined },
): boolean {
  if (shift.night !== undefined) return shift.night;
  const end = shift.startMin + shift.lengthMin;
  let dark = 0;
  for (const from of [-120, 1320, 2760]) {
    dark += Math.max(0, Math.min(end, from + 480) - Math.max(shift.startMin, from));
  }
  return dark * 2 >= shift.lengthMin || dark >= 360;
}

export interface PatternFault {
  readonly fault: "uncovered" | "overlap" | "twice_named";
  /** Minutes after midnight, `[fromMin, toMin)`; for `twice_named` those of the shift. */
  readonly fromMin: number;
  readonly toMin: number;
  readonly shift: string;
}

/** RO-9: what is wrong with a free pattern: minutes of the day without a shift, minutes with two, a code used twice. */
export function patternFaults(shifts: RosterRules["shifts"]): PatternFault[] {
  const faults: PatternFault[] = [];
  const codes = new Set<string>();
  for (const { code, startMin, lengthMin } of shifts) {
    if (codes.has(code))
      faults.push({ fault: "twice_named", fromMin: startMin, toMin: startMin + lengthMin, shift: code });
    codes.add(code);
  }
  const cuts = new Set([0, minutesOfDay]);
  for (const { startMin, lengthMin } of shifts) {
    cuts.add(startMin % minutesOfDay);
    cuts.add((startMin + lengthMin) % minutesOfDay);
  }
  const edges = [...cuts].sort((a, b) => a - b);
  for (let i = 0; i + 1 < edges.length; i++) {
    const [fromMin = 0, toMin = 0] = [edges[i], edges[i + 1]];
    // The same pattern comes back every day: yesterday's and the day before's shifts may still run.
    const here = [0, 1, 2].flatMap((back) =>
      shifts.filter(({ startMin, lengthMin }) => {
        const at = fromMin + back * minutesOfDay;
        return startMin <= at && at < startMin + lengthMin;
      }),
    );
    if (here.length === 0) join(faults, { fault: "uncovered", fromMin, toMin, shift: "" });
    if (here.length > 1)
      join(faults, { fault: "overlap", fromMin, toMin, shift: here.map(({ code }) => code).join(" ") });
  }
  return faults;
}

function join(faults: PatternFault[], next: PatternFault): void {
  const last = faults.at(-1);
  if (last && last.fault === next.fault && last.shift === next.shift && last.toMin === next.fromMin)
    faults[faults.length - 1] = { ...last, toMin: next.toMin };
  else faults.push(next);
}

/** RO-10: the cadre group whose turn a duty day is; before the anchor the rotation runs backwards. */
export function groupOn(rotation: CadreRotation, on: string): number {
  const days = Math.round((Date.parse(`${on}T00:00:00Z`) - Date.parse(`${rotation.anchorOn}T00:00:00Z`)) / dayMs);
  const turn = Math.floor(days / rotation.everyDays) % rotation.groups;
  return (turn + rotation.groups) % rotation.groups;
}

export type DayKind = "workday" | "weekend" | "holiday";

/** The yearly notice: holidays and the weekends that are worked instead. */
export type HolidayTable = Readonly<Record<string, { readonly kind: "holiday" | "makeup_workday" }>>;

/** RO-11: a day is a holiday or a make-up workday if the yearly notice says so, else by its weekday. */
export function dayKindOf(table: HolidayTable, on: string): DayKind {
  const notice = Object.hasOwn(table, on) ? table[on]?.kind : undefined;
  if (notice) return notice === "holiday" ? "holiday" : "workday";
  const weekday = new Date(`${on}T00:00:00Z`).getUTCDay();
  return weekday === 0 || weekday === 6 ? "weekend" : "workday";
}

/** Years of `[fromOn, toOn]` for which no notice is in the table: weekends are then all that is known. */
export function yearsWithoutNotice(table: HolidayTable, fromOn: string, toOn: string): string[] {
  const known = new Set(Object.keys(table).map((on) => on.slice(0, 4)));
  const years: string[] = [];
  for (let on = fromOn; on <= toOn; on = addDays(`${on.slice(0, 4)}-12-31`, 1)) {
    if (!known.has(on.slice(0, 4))) years.push(on.slice(0, 4));
  }
  return years;
}
