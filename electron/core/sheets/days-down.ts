import type { DutyRole } from "#shared/domain/roster/roster.ts";
import type { Calendar, Dated } from "./axis.ts";
import { isWrongDate, weekdayOf } from "./dates.ts";
import { noteDates } from "./days.ts";
import { addressOf, type Grid, type SheetCell } from "./grid.ts";
import { columnMeaning } from "./headings.ts";
import { type Meaning, writeMeaning } from "./mapping.ts";
import { looksLikeName } from "./names.ts";
import { labelledParts, readPeopleCell } from "./people-cells.ts";
import type { Draft } from "./reading.ts";
import { isRemark, labelOf, roleOf, shiftAndRole, shiftChoices, shiftOf, squeeze } from "./words.ts";

interface Column {
  readonly col: number;
  readonly heading: string;
  readonly cell: SheetCell | undefined;
  readonly use: "ignored" | "weekday" | "shift" | "role" | "person" | "people";
  /** For a column of one person (a matrix on its side). */
  readonly officerId?: string | undefined;
  /** Nothing says what the column is: it is asked, with "leave it out" as the suggestion. */
  readonly unsure?: boolean;
}

/** Days down: a row (or some rows) for each day, with names in columns of shifts and roles; or people across with codes. */
export function readDown(grid: Grid, calendar: Calendar, draft: Draft): void {
  const lines = [...calendar.dated].sort(([a], [b]) => a - b);
  for (const [at, [dateCol, dated]] of lines.entries()) {
    noteDates(grid, dated, draft, true);
    const firstRow = Math.min(...dated.map(({ cell }) => cell.row));
    // Columns left of the first dates belong to them too (班次 before 日期); further dates begin a part of their own.
    const cols = span(at === 0 ? 1 : dateCol, (lines[at + 1]?.[0] ?? grid.cols + 1) - 1).filter(
      (col) => col !== dateCol,
    );
    // A matrix on its side: people's names are headings. Only there may an unknown heading be a person.
    const onSide = headingRows(grid, firstRow).some((row) =>
      grid.row(row).some((cell) => draft.book.find(cell.text) !== undefined),
    );
    const columns = cols.map((col) => readHeading(grid, col, firstRow, dated, onSide, draft));
    readRows(grid, dateCol, dated, columns, draft);
  }
}

const span = (from: number, to: number): number[] =>
  Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => from + i);

/** Up to three rows above the first day; titles that are one text over the whole width are not headings. */
function headingRows(grid: Grid, firstRow: number): number[] {
  const rows: number[] = [];
  for (let row = firstRow - 1; row >= 1 && rows.length < 3; row--) {
    if (new Set(grid.row(row).map(({ text }) => text)).size < 2) break;
    rows.unshift(row);
  }
  return rows;
}

function readHeading(
  grid: Grid,
  col: number,
  firstRow: number,
  dated: readonly Dated[],
  onSide: boolean,
  draft: Draft,
): Column {
  const cells = headingRows(grid, firstRow).flatMap((row) => grid.at(row, col) ?? []);
  const heading = [...new Set(cells.map(({ text }) => squeeze(text)))].join(" ");
  const cell = cells.at(-1);
  const body = dated.flatMap((one) => grid.at(one.cell.row, col) ?? []);
  const column = (use: Column["use"], more: Partial<Column> = {}): Column => {
    for (const head of cells) {
      const { shift, role } = shiftAndRole(head.text, draft.rules);
      if (use === "person")
        draft.note(head, more.officerId === undefined ? "unknown" : "person", more.officerId ?? head.text);
      else if (shift && role) draft.note(head, "shift", writeMeaning({ shifts: [shift], roles: [role] }));
      else if (shift || role) draft.note(head, shift ? "shift" : "role", shift ?? role ?? "");
      else draft.note(head, "ignored", "heading");
    }
    return { col, heading, cell, use, ...more };
  };
  const label = cells.map((one) => labelOf(one.text)).findLast((one) => one !== undefined);
  if (label === "weekday" || (body.length > 0 && body.every((one) => weekdayOf(one.text) !== undefined)))
    return column("weekday");
  if (label === "ignored" || label === "number" || label === "date") return column("ignored");
  if (label === "shift_column") return column("shift");
  if (label === "role_column") return column("role");
  const officerId = cell && draft.book.find(cell.text);
  if (cell && (officerId !== undefined || draft.asking.answer("name", squeeze(cell.text)) !== undefined)) {
    const answered = draft.asking.answer("name", squeeze(cell.text));
    return column("person", { officerId: officerId ?? (answered === "skip" ? undefined : answered) });
  }
  const says = shiftAndRole(heading, draft.rules);
  if (cell && onSide && !says.shiftWord && !says.role && label === undefined && looksLikeName(cell.text)) {
    draft.askName(cell.text, cell);
    return column("person", { officerId: undefined });
  }
  if (heading === "" && body.length > 0 && body.every((one) => shiftOf(one.text, draft.rules) !== undefined))
    return column("shift");
  if (label === "people" || says.role !== undefined || says.shiftWord || hasNames(body, draft)) return column("people");
  const like = body.filter((one) => looksLikeName(one.text)).length;
  return like * 2 > body.length ? column("people", { unsure: true }) : column("ignored");
}

const hasNames = (body: readonly SheetCell[], draft: Draft): boolean =>
  body.some((cell) =>
    labelledParts(cell.text, draft).some(({ text }) =>
      draft.book.read(text, draft.asking).some(({ officerId }) => officerId !== undefined),
    ),
  );

function readRows(
  grid: Grid,
  dateCol: number,
  dated: readonly Dated[],
  columns: readonly Column[],
  draft: Draft,
): void {
  const byRow = new Map(dated.map((one) => [one.cell.row, one]));
  const first = Math.min(...byRow.keys());
  let today: Dated | undefined;
  let empty = 0;
  for (let row = first; row <= grid.rows && empty < 3; row++) {
    const cells = columns.flatMap(({ col }) => grid.at(row, col) ?? []);
    const own = byRow.get(row);
    if (
      own === undefined &&
      (cells.length === 0 || isRemark(grid.row(row)[0]?.text ?? "") || isRemark(cells[0]?.text ?? ""))
    ) {
      // A blank row or a remark ends the day before it; what follows needs a date of its own.
      today = undefined;
      empty++;
      for (const cell of grid.row(row)) if (!draft.has(cell)) draft.note(cell, "ignored", "remark");
      continue;
    }
    empty = 0;
    if (own) today = own;
    const said = own ? undefined : grid.at(row, dateCol);
    if (said && isWrongDate(said)) {
      // RO-25: its people are of a day that is not known, and not of the day above.
      today = undefined;
      draft.problem("no_such_day", said, { text: said.text });
      for (const cell of [said, ...cells]) draft.note(cell, "unknown", "no_such_day");
    }
    if (today && today.days.length > 0) readRow(grid, row, today.days, columns, draft);
  }
}

function readRow(grid: Grid, row: number, days: readonly string[], columns: readonly Column[], draft: Draft): void {
  let shifts: readonly string[] | undefined;
  let role: DutyRole | undefined;
  const rowShift = columns.some(({ use }) => use === "shift");
  for (const { use, col } of columns) {
    const cell = grid.at(row, col);
    if (!cell) continue;
    if (use === "shift") shifts = readShift(cell, draft) ?? [];
    if (use === "role") {
      role = roleOf(cell.text);
      draft.note(cell, role ? "role" : "ignored", role ?? "outside");
    }
  }
  for (const column of columns) {
    const cell = grid.at(row, column.col);
    if (!cell) continue;
    if (column.use === "ignored" || column.use === "weekday")
      draft.note(cell, "ignored", column.use === "weekday" ? "weekday" : "outside");
    else if (column.use === "person") readCode(cell, days, column.officerId, draft);
    else if (column.use === "people") {
      const address = addressOf({ row: 1, col: column.col });
      readPeopleCell(cell, days, column.heading, draft, (heading) =>
        meaningHere(heading, address, { shifts, role, rowShift }, column.unsure ?? false, draft),
      );
    }
  }
}

function readShift(cell: SheetCell, draft: Draft): readonly string[] | undefined {
  const word = squeeze(cell.text);
  const answer = draft.asking.answer("shift", word);
  const shift = answer ?? shiftAndRole(word, draft.rules).shift;
  if (shift === undefined) {
    draft.asking.ask("shift", word, addressOf(cell), shiftChoices(draft.rules), null);
    draft.note(cell, "unknown", "shift");
    return undefined;
  }
  draft.note(cell, shift === "skip" ? "ignored" : "shift", shift);
  return shift === "*" ? draft.rules.shifts.map(({ code }) => code) : shift === "skip" ? [] : [shift];
}

function readCode(cell: SheetCell, days: readonly string[], officerId: string | undefined, draft: Draft): void {
  const meaning = draft.code(cell);
  if (meaning === undefined) draft.note(cell, "unknown", "code");
  else if (typeof meaning === "string") draft.note(cell, meaning === "skip" ? "ignored" : "code", meaning);
  else {
    draft.note(cell, "code", writeMeaning(meaning) + (/[代替]/.test(cell.text) ? " stand_in" : ""));
    if (officerId !== undefined) draft.onDuty(cell, days, meaning.shifts, meaning.roles[0], officerId);
  }
}

interface RowSays {
  readonly shifts: readonly string[] | undefined;
  readonly role: DutyRole | undefined;
  readonly rowShift: boolean;
}

function meaningHere(
  heading: string,
  cell: string,
  row: RowSays,
  unsure: boolean,
  draft: Draft,
): Meaning | "skip" | undefined {
  if (row.role && row.shifts) return { shifts: row.shifts, roles: [row.role] };
  const meaning = columnMeaning(heading, cell, draft, {
    rowShift: row.rowShift,
    rowRole: row.role,
    unsure,
  });
  if (meaning === undefined || meaning === "skip") return meaning;
  const roles = row.role ? [row.role] : meaning.roles;
  if (meaning.shifts.length > 0) return { shifts: meaning.shifts, roles };
  return row.shifts === undefined ? undefined : { shifts: row.shifts, roles };
}
