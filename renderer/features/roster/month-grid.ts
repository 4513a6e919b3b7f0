import type { LayerView, PieceView, ShiftView, Tables } from "#shared/contract.ts";
import { requiredOf } from "#shared/domain/roster/patterns.ts";
import { type DutyRole, dutyRoles, type RosterRules, requiredPlaces } from "#shared/domain/roster/roster.ts";
import { addDays, daysOfMonth, monthOf } from "#shared/lib/time.ts";

/** One place of the grid: who stands there, and whether the district asks for somebody. */
export interface Cell {
  readonly on: string;
  readonly shift: string;
  readonly role: DutyRole;
  readonly index: number;
  readonly officerId: string | null;
  readonly name: string;
  readonly required: boolean;
  /** Required and empty for a part of the shift at least: an uncovered stretch (RO-18). */
  readonly gap: boolean;
  /** What lies over the plan here, stretch by stretch; empty: nothing does. `officerId` and `name` are those of the plan. */
  readonly pieces: readonly PieceView[];
  /** Asked for and not decided. */
  readonly waiting: readonly LayerView[];
}

export const slotOf = ({ on, shift, role, index }: Pick<Cell, "on" | "shift" | "role" | "index">): string =>
  `${on}/${shift}/${role}/${index}`;

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
const places = (rules: RosterRules, shift: string, role: DutyRole): number =>
  Math.max(requiredOf(rules, shift, role), requiredPlaces(rules, role));

export function columnsOf(rules: RosterRules): Column[] {
  return [...rules.shifts]
    .sort((a, b) => a.startMin - b.startMin)
    .flatMap((shift) =>
      dutyRoles.flatMap((role, order) =>
        Array.from({ length: places(rules, shift.code, role) }, (_, index) => ({
          shift: shift.code,
          role,
          index,
          places: places(rules, shift.code, role),
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

/** People of a shift as far as the grid shows them. */
export interface Standing extends Pick<ShiftView, "on" | "shift"> {
  readonly people: readonly Omit<ShiftView["people"][number], "phone">[];
}

type Slots = Readonly<Record<string, string>>;

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
  over: {
    readonly pieces?: readonly PieceView[];
    readonly layers?: readonly LayerView[];
    /** `false`: nothing of the month is here yet, so nobody is missing either. */
    readonly known?: boolean;
  } = {},
): DayRow[] {
  const columns = columnsOf(rules);
  const standing = new Map(
    shifts.flatMap((shift) =>
      shift.people.map((one): [string, typeof one] => [`${shift.on}/${shift.shift}/${one.role}/${one.index}`, one]),
    ),
  );
  return daysOfMonth(month).map((on) => {
    const cells = columns.map((column): Cell => {
      const slot = `${on}/${column.shift}/${column.role}/${column.index}`;
      const one = standing.get(slot);
      const pieces = over.pieces?.filter((piece) => piece.slot === slot) ?? [];
      const required = column.index < requiredOf(rules, column.shift, column.role);
      const isLacking = pieces.length > 0 ? pieces.some(({ officerId }) => officerId === null) : !one;
      return {
        on,
        shift: column.shift,
        role: column.role,
        index: column.index,
        officerId: one?.officerId ?? null,
        name: one?.name ?? "",
        required,
        gap: required && isLacking && over.known !== false,
        pieces,
        waiting: (over.layers ?? []).filter(({ entry }) => isOpen(entry) && placesOf(entry).includes(slot)),
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

type Entry = LayerView["entry"];
const isOpen = ({ state }: Entry) => state === "asked" || state === "agreed";

/** Places that an entry names; a leave names none. */
export const placesOf = (entry: Entry): readonly string[] =>
  entry.kind === "leave" ? [] : entry.kind === "swap" ? [entry.slot, entry.otherSlot] : [entry.slot];

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

/** Where a person stands next, from `today` on; of a month that is over for them, where they stood last. */
export function nextShiftOf(rows: readonly DayRow[], officerId: string, today: string): Spot | undefined {
  const spots = rows.flatMap(({ on, cells }, row) =>
    cells.flatMap((cell, column) =>
      [cell.officerId, ...cell.pieces.map((piece) => piece.officerId)].includes(officerId) ? [{ on, row, column }] : [],
    ),
  );
  const spot = spots.find(({ on }) => on >= today) ?? spots.at(-1);
  return spot && { row: spot.row, column: spot.column };
}
