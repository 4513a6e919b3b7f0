import type { Grade } from "#shared/domain/officer/officer.ts";
import { type DutyRole, dutyRoles, type RosterRules, slotKey } from "#shared/domain/roster/roster.ts";
import { addressOf, type SheetCell } from "./grid.ts";
import { type Asking, type Meaning, meaningOf, placingChoices, type Question } from "./mapping.ts";
import { looksLikeName, type NameBook } from "./names.ts";
import { codeOf, codeProposal, shiftChoices, squeeze } from "./words.ts";

export interface RosterOfficer {
  readonly id: string;
  readonly name: string;
  readonly grade: Grade;
}

/** `grade`, `pool`, `phone`, `post` are of staff lists, the others of rosters. */
export type ReadAs =
  | "date"
  | "shift"
  | "role"
  | "person"
  | "code"
  | "grade"
  | "pool"
  | "phone"
  | "post"
  | "ignored"
  | "unknown";

/** RO-25: what one cell was taken for. */
export interface CellReading {
  /** `B3` */
  readonly cell: string;
  readonly text: string;
  readonly as: ReadAs;
  /** Days, shift, role, officer ids or meaning; for an ignored cell why; for an unknown one what is missing. */
  readonly value: string;
}

export interface SheetProblem {
  readonly code: "weekday" | "no_such_day" | "formula" | "twice" | "too_many" | "missing_days";
  readonly cell: string;
  readonly params: Readonly<Record<string, string | number>>;
}

export interface SheetReading {
  readonly sheet: string;
  readonly hidden: boolean;
  readonly layout: "days_down" | "days_across" | "none";
  readonly months: readonly string[];
  readonly cells: readonly CellReading[];
  readonly slots: Readonly<Record<string, string>>;
  readonly questions: readonly Question[];
  readonly problems: readonly SheetProblem[];
}

interface Duty {
  readonly on: string;
  readonly shift: string;
  readonly role: DutyRole | undefined;
  readonly officerId: string;
  readonly cell: string;
}

/** Gathers what a sheet says while it is read, and turns it into slots at the end. */
export class Draft {
  readonly rules: RosterRules;
  readonly book: NameBook;
  readonly asking: Asking;
  readonly problems: SheetProblem[] = [];
  legend: ReadonlyMap<string, string> = new Map();
  private readonly readings = new Map<string, CellReading>();
  private readonly duties: Duty[] = [];
  private readonly grades: ReadonlyMap<string, Grade>;

  constructor(rules: RosterRules, officers: readonly RosterOfficer[], book: NameBook, asking: Asking) {
    this.rules = rules;
    this.book = book;
    this.asking = asking;
    this.grades = new Map(officers.map(({ id, grade }) => [id, grade]));
  }

  note(cell: SheetCell, as: ReadAs, value: string): void {
    const address = cell.merged ?? addressOf(cell);
    const known = this.readings.get(address);
    // A merged cell is met once for each row it covers; a word about it that is not "ignored" stays.
    if (known && (known.as !== "ignored" || as === "ignored")) return;
    this.readings.set(address, { cell: address, text: cell.text, as, value });
  }

  has(cell: SheetCell): boolean {
    return this.readings.has(cell.merged ?? addressOf(cell));
  }

  get cells(): CellReading[] {
    return [...this.readings.values()];
  }

  problem(code: SheetProblem["code"], cell: SheetCell | string, params: SheetProblem["params"] = {}): void {
    this.problems.push({ code, cell: typeof cell === "string" ? cell : addressOf(cell), params });
  }

  /** Reads the people of a cell and puts them on duty; unknown names are asked and put nowhere. */
  people(
    cell: SheetCell,
    days: readonly string[],
    meaning: Meaning,
    text = cell.text,
  ): { known: string[]; unknown: string[] } {
    const parts = this.book.read(text, this.asking);
    const known: string[] = [];
    const unknown: string[] = [];
    for (const [index, part] of parts.entries()) {
      if (part.officerId === undefined) {
        unknown.push(part.text);
        this.askName(part.text, cell);
      } else if (part.officerId !== null) {
        known.push(part.officerId);
        const role = meaning.roles[Math.min(index, meaning.roles.length - 1)];
        this.onDuty(cell, days, meaning.shifts, role, part.officerId);
      }
    }
    return { known, unknown };
  }

  notePeople(cell: SheetCell, { known, unknown }: { known: readonly string[]; unknown: readonly string[] }): void {
    if (unknown.length > 0) this.note(cell, "unknown", unknown.join("、"));
    else this.note(cell, known.length > 0 ? "person" : "ignored", known.join(",") || "nobody");
  }

  askName(text: string, cell: SheetCell): void {
    this.asking.ask(
      "name",
      squeeze(text),
      addressOf(cell),
      () => [...this.book.near(text), "skip"],
      looksLikeName(text) ? null : "skip",
    );
  }

  onDuty(
    cell: SheetCell,
    days: readonly string[],
    shifts: readonly string[],
    role: DutyRole | undefined,
    officerId: string,
  ): void {
    for (const on of days)
      for (const shift of shifts) this.duties.push({ on, shift, role, officerId, cell: addressOf(cell) });
  }

  /** What a code of a matrix means: by an answer, by itself, or asked. */
  code(cell: SheetCell): "off" | "skip" | Meaning | undefined {
    const word = squeeze(cell.text);
    const answer = this.asking.answer("code", word);
    const answered = answer === undefined ? undefined : meaningOf(answer, this.rules);
    if (answered) return answered;
    const read = codeOf(word, this.rules);
    if (read) return read;
    const proposal = this.legend.get(word) ?? codeProposal(word, this.rules);
    this.asking.ask("code", word, addressOf(cell), ["off", ...shiftChoices(this.rules)], proposal);
    return undefined;
  }

  /** Slots of all duties: by their role, or where the sheet has none by the answer to `placing`. */
  place(): Record<string, string> {
    const slots: Record<string, string> = {};
    const taken = new Map<string, Duty[]>();
    const placing = this.asking.answer("placing", "roles");
    for (const duty of [...this.duties.filter(({ role }) => role), ...this.duties.filter(({ role }) => !role)]) {
      const shift = `${duty.on}/${duty.shift}`;
      const there = taken.get(shift) ?? [];
      taken.set(shift, there);
      const before = there.find(({ officerId }) => officerId === duty.officerId);
      if (before) {
        if (before.role === duty.role && before.cell === duty.cell) continue;
        this.problem("twice", duty.cell, {
          on: duty.on,
          shift: duty.shift,
          officerId: duty.officerId,
          also: before.cell,
        });
        continue;
      }
      const role = duty.role ?? this.placed(placing, duty, there);
      if (!role) {
        this.asking.ask("placing", "roles", duty.cell, placingChoices, "by_grade");
        continue;
      }
      const index = there.filter((one) => one.role === role).length;
      there.push({ ...duty, role });
      if (index >= Math.max(this.rules.required[role] ?? 0, role === "standby" ? 2 : 1))
        this.problem("too_many", duty.cell, { on: duty.on, shift: duty.shift, role, index });
      if (index < 100) slots[slotKey({ on: duty.on, shift: duty.shift, role, index })] = duty.officerId;
    }
    return slots;
  }

  private placed(placing: string | undefined, duty: Duty, there: readonly Duty[]): DutyRole | undefined {
    if (placing !== "by_grade") return dutyRoles.find((role) => role === placing);
    const grade = this.grades.get(duty.officerId);
    const wanted: readonly DutyRole[] =
      grade === "leader" || grade === "admin"
        ? ["leader_on_duty", "shift_leader"]
        : grade === "shift_leader"
          ? ["shift_leader", "main_operator", "deputy_operator"]
          : ["main_operator", "deputy_operator"];
    const free = (role: DutyRole) => there.filter((one) => one.role === role).length < (this.rules.required[role] ?? 0);
    return wanted.find(free) ?? "standby";
  }
}
