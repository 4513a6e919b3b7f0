import type { GapView, ShiftView, Tables } from "#shared/contract.ts";
import { type DutyRole, dutyRoles, type RosterRules, requiredPlaces } from "#shared/domain/roster/roster.ts";
import { addDays, daysOfMonth, instantOf, monthOf } from "#shared/lib/time.ts";

/** One place of the grid: who stands there, and whether the district asks for somebody. */
export interface Cell {
  readonly on: string;
  readonly shift: string;
  readonly role: DutyRole;
  readonly index: number;
  readonly officerId: string | null;
  readonly name: string;
  readonly required: boolean;
  /** Required and empty: an uncovered stretch (RO-4). */
  readonly gap: boolean;
}

export interface Column {
  readonly shift: string;
  readonly role: DutyRole;
  readonly index: number;
  /** Places of this role side by side; 1: no number needed. */
  readonly places: number;
  /** First column of its shift: carries the dividing line. */
  readonly first: boolean;
}

export type DayKind = "workday" | "weekend" | "holiday" | "makeup_workday";

export interface DayRow {
  readonly on: string;
  readonly dayOfMonth: number;
  /** 0 Sunday … 6 Saturday. */
  readonly weekday: number;
  readonly kind: DayKind;
  /** Name of the holiday, else empty. */
  readonly holiday: string;
  readonly cells: readonly Cell[];
  readonly gaps: number;
}

/** Places of a role in one shift: what is required, one for the others, two for standby; as the roster reads them (RO-3). */
export const placesOf = requiredPlaces;

export function columnsOf(rules: RosterRules): Column[] {
  return [...rules.shifts]
    .sort((a, b) => a.startMin - b.startMin)
    .flatMap((shift) =>
      dutyRoles.flatMap((role, order) =>
        Array.from({ length: placesOf(rules, role) }, (_, index) => ({
          shift: shift.code,
          role,
          index,
          places: placesOf(rules, role),
          first: order === 0 && index === 0,
        })),
      ),
    );
}

export const weekdayOf = (on: string): number => new Date(`${on}T00:00:00Z`).getUTCDay();

export function dayKindOf(on: string, holidays: Tables["holidays"]): { kind: DayKind; holiday: string } {
  const named = holidays.days[on];
  if (named) return { kind: named.kind, holiday: named.name };
  const weekday = weekdayOf(on);
  return { kind: weekday === 0 || weekday === 6 ? "weekend" : "workday", holiday: "" };
}

/** How a place of a proposal differs from what is published; `was` is the name before. */
export interface Mark {
  readonly kind: "added" | "changed" | "emptied";
  readonly was: string;
}

/** Shapes, so that the differences are seen without colour. */
export const markSigns: Readonly<Record<Mark["kind"], string>> = {
  added: "\u254b",
  changed: "\u25c6",
  emptied: "\u25cb",
};

type Slots = Readonly<Record<string, string>>;

/** What differs between a month and its proposal. */
export function marksOf(present: Slots, proposed: Slots, nameOf: (officerId: string) => string): Map<string, Mark> {
  const marks = new Map<string, Mark>();
  for (const slot of new Set([...Object.keys(present), ...Object.keys(proposed)])) {
    const [was, is] = [present[slot], proposed[slot]];
    if (was === is) continue;
    marks.set(slot, {
      kind: was === undefined ? "added" : is === undefined ? "emptied" : "changed",
      was: was === undefined ? "" : nameOf(was),
    });
  }
  return marks;
}

/** People of a shift as far as the grid shows them. */
export interface Standing extends Pick<ShiftView, "on" | "shift"> {
  readonly people: readonly Omit<ShiftView["people"][number], "phone">[];
}

/** Slots as shifts with their people. */
export function standingOf(slots: Slots, nameOf: (officerId: string) => string): Standing[] {
  return Object.entries(slots).map(([key, officerId]) => {
    const [on = "", shift = "", role = "main_operator", index = "0"] = key.split("/");
    return {
      on,
      shift,
      people: [{ role: role as DutyRole, index: Number(index), officerId, name: nameOf(officerId) }],
    };
  });
}

/** Slots of shifts with their people. */
export const slotsOf = (shifts: readonly Standing[]): Record<string, string> =>
  Object.fromEntries(
    shifts.flatMap(({ on, shift, people }) =>
      people.map(({ role, index, officerId }) => [`${on}/${shift}/${role}/${index}`, officerId]),
    ),
  );

/** The month as rows of days. A shift that the answer does not name is a row of empty places. */
export function gridOf(
  month: string,
  rules: RosterRules,
  shifts: readonly Standing[],
  holidays: Tables["holidays"],
): DayRow[] {
  const columns = columnsOf(rules);
  const standing = new Map(
    shifts.flatMap((shift) =>
      shift.people.map((one) => [`${shift.on}/${shift.shift}/${one.role}/${one.index}`, one] as const),
    ),
  );
  return daysOfMonth(month).map((on) => {
    const cells = columns.map((column): Cell => {
      const one = standing.get(`${on}/${column.shift}/${column.role}/${column.index}`);
      const required = column.index < (rules.required[column.role] ?? 0);
      return {
        on,
        shift: column.shift,
        role: column.role,
        index: column.index,
        officerId: one?.officerId ?? null,
        name: one?.name ?? "",
        required,
        gap: required && !one,
      };
    });
    return {
      on,
      dayOfMonth: Number(on.slice(8)),
      weekday: weekdayOf(on),
      ...dayKindOf(on, holidays),
      cells,
      gaps: cells.filter((cell) => cell.gap).length,
    };
  });
}

export interface Spot {
  readonly row: number;
  readonly column: number;
}

/** Where a key takes the hand in the grid; `undefined`: not a key of the grid. */
export function moveSpot(spot: Spot, key: string, rows: number, columns: number, ctrl = false): Spot | undefined {
  const clamp = (row: number, column: number): Spot => ({
    row: Math.min(rows - 1, Math.max(0, row)),
    column: Math.min(columns - 1, Math.max(0, column)),
  });
  switch (key) {
    case "ArrowUp":
      return clamp(spot.row - 1, spot.column);
    case "ArrowDown":
      return clamp(spot.row + 1, spot.column);
    case "ArrowLeft":
      return clamp(spot.row, spot.column - 1);
    case "ArrowRight":
      return clamp(spot.row, spot.column + 1);
    case "Home":
      return ctrl ? clamp(0, 0) : clamp(spot.row, 0);
    case "End":
      return ctrl ? clamp(rows, columns) : clamp(spot.row, columns);
    default:
      return undefined;
  }
}

/** Month before or after, `YYYY-MM`. */
export function monthBeside(month: string, count: 1 | -1): string {
  return count > 0 ? monthOf(addDays(`${month}-01`, 31)) : monthOf(addDays(`${month}-01`, -1));
}

/** Stretches of one shift that lack somebody, put together: one line of the alarm list. */
export interface GapGroup {
  readonly on: string;
  readonly shift: string;
  readonly fromAt: number;
  readonly toAt: number;
  readonly roles: readonly { readonly role: DutyRole; readonly missing: number }[];
  readonly missing: number;
}

/** Gaps in order of time, those of one shift together; what is over comes last. */
export function gapGroups(gaps: readonly GapView[], now: number): GapGroup[] {
  const groups = new Map<string, GapGroup>();
  for (const gap of gaps) {
    const key = `${gap.on}/${gap.shift}/${gap.fromAt}`;
    const group = groups.get(key);
    groups.set(key, {
      on: gap.on,
      shift: gap.shift,
      fromAt: gap.fromAt,
      toAt: gap.toAt,
      roles: [...(group?.roles ?? []), { role: gap.role, missing: gap.missing }],
      missing: (group?.missing ?? 0) + gap.missing,
    });
  }
  const over = (group: GapGroup) => (group.toAt <= now ? 1 : 0);
  return [...groups.values()].sort((a, b) => over(a) - over(b) || a.fromAt - b.fromAt);
}

/** Missing people over all stretches: the figure of the alarm. */
export const missingIn = (gaps: readonly GapView[]): number => gaps.reduce((sum, gap) => sum + gap.missing, 0);

export interface StripPart {
  readonly shift: ShiftView;
  /** Share of the day, 0…1, where the part begins and how long it is. */
  readonly left: number;
  readonly width: number;
  /** Comes over from the day before. */
  readonly carried: boolean;
}

/** The calendar day from midnight to midnight as parts of shifts, for the strip with the line of now. */
export function dayStrip(on: string, offsetMin: number, shifts: readonly ShiftView[]): StripPart[] {
  const from = instantOf(on, 0, offsetMin);
  const to = instantOf(on, 1440, offsetMin);
  return shifts
    .filter((shift) => shift.startAt < to && shift.endAt > from)
    .map((shift) => {
      const start = Math.max(from, shift.startAt);
      const end = Math.min(to, shift.endAt);
      return {
        shift,
        left: (start - from) / (to - from),
        width: (end - start) / (to - from),
        carried: shift.startAt < from,
      };
    })
    .sort((a, b) => a.left - b.left);
}

/** Where `at` lies in the calendar day, 0…1, or `undefined` on another day. */
export function partOfDay(on: string, offsetMin: number, at: number): number | undefined {
  const from = instantOf(on, 0, offsetMin);
  const to = instantOf(on, 1440, offsetMin);
  return at >= from && at < to ? (at - from) / (to - from) : undefined;
}

/** The instant of a day and a `HH:MM`, or `undefined` when the text is no time. */
export function instantOfText(on: string, time: string, offsetMin: number): number | undefined {
  const match = /^(\d{1,2}):(\d{2})$/.exec(time.trim());
  if (!match || !/^\d{4}-\d{2}-\d{2}$/.test(on)) return undefined;
  const [hour, minute] = [Number(match[1]), Number(match[2])];
  return hour > 23 || minute > 59 ? undefined : instantOf(on, hour * 60 + minute, offsetMin);
}

/** How many shifts of the month each officer stands, and how many of them at night or on days off: for a fair hand. */
export function loadOf(
  rows: readonly DayRow[],
  rules: RosterRules,
): ReadonlyMap<string, { shifts: number; nights: number; offDays: number }> {
  const nights = new Set(
    rules.shifts.filter((shift) => shift.startMin + shift.lengthMin > 1440).map((shift) => shift.code),
  );
  const load = new Map<string, { shifts: number; nights: number; offDays: number }>();
  for (const row of rows) {
    const off = row.kind === "weekend" || row.kind === "holiday";
    for (const cell of row.cells) {
      if (!cell.officerId) continue;
      const one = load.get(cell.officerId) ?? { shifts: 0, nights: 0, offDays: 0 };
      load.set(cell.officerId, {
        shifts: one.shifts + 1,
        nights: one.nights + (nights.has(cell.shift) ? 1 : 0),
        offDays: one.offDays + (off ? 1 : 0),
      });
    }
  }
  return load;
}
