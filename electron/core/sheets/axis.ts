import { addDays } from "#shared/lib/time.ts";
import { type DateWords, dateWords, dayOn, isWrongDate, monthWords, weekdayOf, yearWords } from "./dates.ts";
import type { Grid, SheetCell } from "./grid.ts";
import type { Asking } from "./mapping.ts";
import { isRemark, labelOf } from "./words.ts";

/** One line of dates: a column of a sheet whose days go down, or a row of one whose days go across. */
export interface DateLine {
  readonly line: number;
  readonly cells: readonly { readonly cell: SheetCell; readonly words: DateWords }[];
}

export interface Axis {
  readonly down: boolean;
  readonly lines: readonly DateLine[];
}

/** Finds where the dates of a sheet stand; `undefined`: it has none, so it is no roster. */
export function findAxis(grid: Grid): Axis | undefined {
  const columns: Scored[] = [];
  const rows: Scored[] = [];
  for (let col = 1; col <= Math.min(grid.cols, 120); col++) {
    const cells = Array.from({ length: grid.rows }, (_, row) => grid.at(row + 1, col)).filter(
      (cell) => cell !== undefined,
    );
    columns.push(scoreLine(grid, col, cells, true));
  }
  for (let row = 1; row <= grid.rows; row++) rows.push(scoreLine(grid, row, grid.row(row), false));
  const best = (lines: readonly Scored[]) => Math.max(0, ...lines.map(({ score }) => score));
  const down = best(columns) >= best(rows);
  const lines = down ? columns : rows;
  const top = best(lines);
  if (top === 0) return undefined;
  return { down, lines: withoutRepeats(lines.filter(({ score, cells }) => score >= top * 0.3 && cells.length > 0)) };
}

interface Scored extends DateLine {
  readonly score: number;
}

const none = (line: number): Scored => ({ line, cells: [], score: 0 });

function scoreLine(grid: Grid, line: number, all: readonly SheetCell[], down: boolean): Scored {
  const own = all.filter((cell) => !isRemark(cell.text));
  if (down && own.some((cell) => labelOf(cell.text) === "number")) return none(line);
  const labelled = own.some((cell) => labelOf(cell.text) === "date");
  const chain: { cell: SheetCell; words: DateWords }[] = [];
  let best: typeof chain = [];
  /** Dates that cannot be read, since the last that can: their days are counted. */
  let unread = 0;
  for (const cell of own) {
    const words = dateWords(cell, grid.date1904);
    if (!words) {
      if (isWrongDate(cell)) unread++;
      continue;
    }
    // A merge across the other direction is a title, not a day.
    if (cell.merged !== undefined && isSideways(grid, cell, down)) continue;
    const last = chain.at(-1)?.words;
    if (words.month === undefined && last && !follows(last, words) && !follows(last, words, unread)) {
      if (chain.length > best.length) best = [...chain];
      chain.length = 0;
    }
    chain.push({ cell, words });
    unread = 0;
  }
  if (chain.length >= best.length) best = chain;
  const strong = best.filter(({ words, cell }) => words.month !== undefined || /[日号]/.test(cell.text));
  const days = new Set(best.map(({ words }) => `${words.month ?? ""} ${words.day}`)).size;
  const weekdays = best.filter(({ cell }) => {
    const near = down
      ? [grid.at(cell.row, cell.col + 1), grid.at(cell.row, cell.col - 1)]
      : [grid.at(cell.row + 1, cell.col), grid.at(cell.row - 1, cell.col)];
    return near.some((one) => one !== undefined && weekdayOf(one.text) !== undefined);
  }).length;
  const enough =
    strong.length >= 2 || days >= 5 || ((labelled || weekdays >= 2) && days >= 2) || (labelled && strong.length >= 1);
  if (!enough) return none(line);
  return { line, cells: best, score: strong.length * 3 + best.length + (labelled ? 10 : 0) + weekdays };
}

/** Whether the merge that covers a cell runs across the line that is looked at. */
function isSideways(grid: Grid, cell: SheetCell, down: boolean): boolean {
  const before = down ? grid.at(cell.row, cell.col - 1) : grid.at(cell.row - 1, cell.col);
  return before !== undefined && before.text === cell.text && (before.merged ?? cell.merged) === cell.merged;
}

function follows(last: DateWords, next: DateWords, unread = 0): boolean {
  const end = (last.toDay ?? last.day) + unread;
  return next.day === end || next.day === end + 1 || (next.day === 1 && end >= 28);
}

/** A second line of dates goes on where the first ends (1–16 left, 17–31 right); one that says the same again is left out. */
function withoutRepeats(lines: readonly DateLine[]): DateLine[] {
  const seen = new Set<string>();
  return lines.filter(({ cells }) => {
    const days = cells.map(({ words }) => `${words.year ?? ""} ${words.month ?? ""} ${words.day}`);
    const fresh = days.filter((one) => !seen.has(one));
    for (const one of days) seen.add(one);
    return fresh.length * 2 > days.length;
  });
}

export interface Dated {
  readonly cell: SheetCell;
  /** Usually one day; a range of days for weekly lines. Empty: a day that does not exist. */
  readonly days: readonly string[];
  readonly weekday: number | undefined;
}

export interface Calendar {
  readonly dated: ReadonlyMap<number, readonly Dated[]>;
  /** Year and month are still to be asked. */
  readonly open: boolean;
}

/** Gives every date its year and month: from itself, the title, the sheet's name, the file's name or an answer; else asks. */
export function readCalendar(grid: Grid, axis: Axis, fileName: string, nearOn: string, asking: Asking): Calendar {
  const first = axis.down
    ? Math.min(...axis.lines.flatMap(({ cells }) => cells.map(({ cell }) => cell.row)))
    : Math.min(...axis.lines.map(({ line }) => line));
  const above: string[] = [];
  for (let row = 1; row <= Math.min(first, grid.rows); row++)
    for (const cell of grid.ownCells(row)) if (!dateWords(cell) || row < first) above.push(cell.text);
  const texts = [...above, grid.name, fileName.replace(/\.[^.]*$/, "")];
  const found = texts.map(monthWords).filter((one) => one !== undefined);
  const answer = /^(\d{4})-(\d{2})$/.exec(asking.answer("month", grid.name) ?? "");
  const month = answer ? Number(answer[2]) : found[0]?.month;
  const year = answer
    ? Number(answer[1])
    : (found.find((one) => one.year !== undefined)?.year ?? texts.map(yearWords).find((one) => one !== undefined));
  const all = axis.lines.flatMap(({ cells }) => cells);
  const needsMonth = all.some(({ words }) => words.month === undefined) && all[0]?.words.month === undefined;
  const needsYear = all.some(({ words }) => words.year === undefined) && all[0]?.words.year === undefined;
  if ((needsMonth && month === undefined) || (needsYear && year === undefined)) {
    const guess = nearMonth(nearOn, month ?? all[0]?.words.month);
    asking.ask("month", grid.name, grid.name, [guess], guess);
    return { dated: new Map(), open: true };
  }
  let [y, m, last] = [year ?? 0, month ?? 0, 0];
  const dated = new Map<number, Dated[]>();
  for (const { line, cells } of axis.lines) {
    const list: Dated[] = [];
    for (const { cell, words } of cells) {
      let day = words.day;
      if (words.fraction && words.month === m && day * 10 === last + 1) day *= 10;
      const before = m;
      if (words.month !== undefined) m = words.month;
      else if (day < last && last >= 28 && day <= 3) m = m === 12 ? 1 : m + 1;
      if (words.year !== undefined) y = words.year;
      else if (last > 0 && before === 12 && m === 1) y++;
      else if (last === 0 && month !== undefined && month - m > 6) y++;
      last = day;
      const from = dayOn(y, m, day);
      list.push({ cell, days: from ? spread(from, y, { ...words, day }) : [], weekday: words.weekday });
      if (words.toDay !== undefined) {
        last = words.toDay;
        if (words.toMonth !== undefined && words.toMonth < m) y++;
        if (words.toMonth !== undefined) m = words.toMonth;
      }
    }
    dated.set(line, list);
  }
  return { dated, open: false };
}

/** The month nearest to today that fits what is known. */
function nearMonth(nearOn: string, month: number | undefined): string {
  const [year = 0, now = 1] = nearOn.split("-").map(Number);
  if (month === undefined) return addDays(`${nearOn.slice(0, 8)}28`, 7).slice(0, 7);
  const best = [year - 1, year, year + 1].sort(
    (a, b) => Math.abs(a * 12 + month - year * 12 - now) - Math.abs(b * 12 + month - year * 12 - now),
  )[0];
  return `${best}-${String(month).padStart(2, "0")}`;
}

function spread(from: string, year: number, words: DateWords): string[] {
  if (words.toDay === undefined) return [from];
  const month = words.toMonth ?? Number(from.slice(5, 7));
  const to = dayOn(month < Number(from.slice(5, 7)) ? year + 1 : year, month, words.toDay);
  const days = [from];
  if (to === undefined || to < from) return days;
  for (let on = addDays(from, 1); on <= to && days.length < 62; on = addDays(on, 1)) days.push(on);
  return days;
}
