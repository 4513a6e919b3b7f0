import type { DutyRole } from "#shared/domain/roster/roster.ts";
import type { Calendar, Dated } from "./axis.ts";
import { dateWords, isWrongDate, weekdayOf } from "./dates.ts";
import { noteDates } from "./days.ts";
import { addressOf, type Grid, type SheetCell } from "./grid.ts";
import { columnMeaning } from "./headings.ts";
import { writeMeaning } from "./mapping.ts";
import { looksLikeName } from "./names.ts";
import { readPeopleCell } from "./people-cells.ts";
import type { Draft } from "./reading.ts";
import { isRemark, type Label, labelOf, roleOf, shiftAndRole, squeeze } from "./words.ts";

/** Days across: a matrix of people and codes, or rows of shifts and roles with names. Several blocks of days may follow each other. */
export function readAcross(grid: Grid, calendar: Calendar, draft: Draft): void {
  const heads = [...calendar.dated].sort(([a], [b]) => a - b);
  for (const [at, [headRow, dated]] of heads.entries()) {
    const next = heads[at + 1]?.[0] ?? grid.rows + 1;
    noteDates(grid, dated, draft, false);
    const firstCol = Math.min(...dated.map(({ cell }) => cell.col));
    const byCol = new Map(dated.map((one) => [one.cell.col, one]));
    const strays = strayDates(grid, headRow, byCol, draft);
    const labels = leftLabels(grid, headRow, firstCol, draft);
    for (let row = headRow + 1; row < next; row++) readRow(grid, row, firstCol, byCol, labels, strays, draft);
  }
}

/** RO-25: columns whose date cannot be read, or is none of the days beside it: their people are of a day that is not known. */
function strayDates(grid: Grid, headRow: number, byCol: ReadonlyMap<number, Dated>, draft: Draft): Set<number> {
  const cols = [...byCol.keys()];
  const [first, last] = [Math.min(...cols), Math.max(...cols)];
  const strays = grid
    .ownCells(headRow)
    .filter((cell) => !byCol.has(cell.col) && !isRemark(cell.text))
    .filter((cell) => dateWords(cell) || (cell.col > first && cell.col < last && isWrongDate(cell)));
  for (const cell of strays) {
    draft.problem("no_such_day", cell, { text: cell.text });
    draft.note(cell, "unknown", "no_such_day");
  }
  return new Set(strays.map(({ col }) => col));
}

/** What the columns left of the days are called, from the rows of the heading. */
function leftLabels(grid: Grid, headRow: number, firstCol: number, draft: Draft): Map<number, Label> {
  const labels = new Map<number, Label>();
  for (const row of [headRow - 1, headRow, headRow + 1]) {
    for (let col = 1; col < firstCol; col++) {
      const cell = grid.at(row, col);
      const label = cell && labelOf(cell.text);
      if (!cell || !label) continue;
      // 日期 in the corner speaks of the days to its right, not of what stands below it.
      if (!labels.has(col) && label !== "date" && label !== "weekday") labels.set(col, label);
      draft.note(cell, "ignored", "heading");
    }
  }
  return labels;
}

interface RowHead {
  person: { id: string | undefined; cell: SheetCell } | undefined;
  role: DutyRole | undefined;
  words: string[];
}

function readRow(
  grid: Grid,
  row: number,
  firstCol: number,
  byCol: ReadonlyMap<number, Dated>,
  labels: ReadonlyMap<number, Label>,
  strays: ReadonlySet<number>,
  draft: Draft,
): void {
  const cells = grid.row(row);
  const body = cells.filter((cell) => byCol.has(cell.col));
  if (cells.length === 0) return;
  if (isRemark(cells[0]?.text ?? "") || isOneText(cells)) {
    for (const cell of cells) if (!draft.has(cell)) draft.note(cell, "ignored", "remark");
    return;
  }
  if (body.length > 0 && body.every((cell) => weekdayOf(cell.text) !== undefined) && isWeekdayRow(body, byCol)) {
    for (const cell of cells) draft.note(cell, "ignored", weekdayOf(cell.text) === undefined ? "heading" : "weekday");
    return;
  }
  const head = readHead(
    cells.filter((cell) => cell.col < firstCol && !strays.has(cell.col)),
    labels,
    body,
    draft,
  );
  for (const cell of cells) {
    const dated = byCol.get(cell.col);
    if (strays.has(cell.col)) {
      draft.note(cell, "unknown", "no_such_day");
    } else if (dated === undefined) {
      if (cell.col > firstCol && !draft.has(cell)) draft.note(cell, "ignored", "outside");
    } else if (head.person) readCode(cell, dated, head, draft);
    else readNames(cell, dated, head, addressOf({ row, col: 1 }), draft);
  }
}

/** One text merged over the whole width: a title or a remark between blocks. */
const isOneText = (cells: readonly SheetCell[]): boolean =>
  cells.length > 3 &&
  cells.every((cell) => cell.merged !== undefined || cell === cells[0]) &&
  new Set(cells.map(({ text }) => text)).size === 1;

function isWeekdayRow(body: readonly SheetCell[], byCol: ReadonlyMap<number, Dated>): boolean {
  const fits = body.filter((cell) => {
    const on = byCol.get(cell.col)?.days[0];
    return on !== undefined && new Date(`${on}T00:00:00Z`).getUTCDay() === weekdayOf(cell.text);
  }).length;
  // 日 is a weekday and a code; a whole row of different weekdays is a heading, right or wrong.
  return fits > 0 || new Set(body.map(({ text }) => squeeze(text))).size >= 3;
}

function readHead(
  left: readonly SheetCell[],
  labels: ReadonlyMap<number, Label>,
  body: readonly SheetCell[],
  draft: Draft,
): RowHead {
  const head: RowHead = { person: undefined, role: undefined, words: [] };
  const bodyIsCodes =
    body.length === 0 ||
    body.filter((cell) => squeeze(cell.text).length <= 3 && draft.book.find(cell.text) === undefined).length * 2 >
      body.length;
  for (const cell of left) {
    const label = labels.get(cell.col);
    if (label === "number" || label === "ignored") {
      draft.note(cell, "ignored", label);
      continue;
    }
    if (/^\d+$/.test(cell.text)) {
      draft.note(cell, "ignored", "number");
      continue;
    }
    const { shift, role, shiftWord } = shiftAndRole(cell.text, draft.rules);
    if (
      !head.person &&
      (label === "people" || isPerson(cell, draft) || (bodyIsCodes && !role && !shiftWord && looksLikeName(cell.text)))
    ) {
      const [part] = draft.book.read(cell.text, draft.asking);
      if (part === undefined) continue;
      if (part.officerId === undefined) draft.askName(cell.text, cell);
      head.person = { id: part.officerId ?? undefined, cell };
      draft.note(
        cell,
        part.officerId === undefined ? "unknown" : part.officerId === null ? "ignored" : "person",
        part.officerId ?? part.text,
      );
      continue;
    }
    if (role && (label === "role_column" || roleOf(cell.text))) head.role ??= role;
    if (role || shiftWord || label === "role_column" || label === "shift_column" || !bodyIsCodes)
      head.words.push(squeeze(cell.text));
    draft.note(cell, shift ? "shift" : role ? "role" : "ignored", shift ?? role ?? "outside");
  }
  return head;
}

const isPerson = (cell: SheetCell, draft: Draft): boolean => {
  const parts = draft.book.read(cell.text, draft.asking);
  return parts.length === 1 && parts[0]?.officerId !== undefined;
};

function readCode(cell: SheetCell, dated: Dated, head: RowHead, draft: Draft): void {
  const meaning = draft.code(cell);
  if (meaning === undefined) {
    draft.note(cell, "unknown", "code");
    return;
  }
  if (typeof meaning === "string") {
    draft.note(cell, meaning === "skip" ? "ignored" : "code", meaning);
    return;
  }
  draft.note(cell, "code", writeMeaning(meaning) + (/[代替]/.test(cell.text) ? " stand_in" : ""));
  if (head.person?.id !== undefined)
    draft.onDuty(cell, dated.days, meaning.shifts, meaning.roles[0] ?? head.role, head.person.id);
}

function readNames(cell: SheetCell, dated: Dated, head: RowHead, headAddress: string, draft: Draft): void {
  readPeopleCell(cell, dated.days, head.words.join(" "), draft, (heading) =>
    columnMeaning(heading, headAddress, draft),
  );
}
