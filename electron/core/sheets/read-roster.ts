import type { RosterRules } from "#shared/domain/roster/roster.ts";
import { type DeskError, deskError } from "#shared/errors.ts";
import { fail, ok, type Result } from "#shared/lib/result.ts";
import { daysOfMonth } from "#shared/lib/time.ts";
import { findAxis, readCalendar } from "./axis.ts";
import { readAcross } from "./days-across.ts";
import { readDown } from "./days-down.ts";
import type { Grid } from "./grid.ts";
import { Asking, type Question, type SheetMapping } from "./mapping.ts";
import { NameBook } from "./names.ts";
import { openSheets } from "./open-file.ts";
import { Draft, type RosterOfficer, type SheetReading } from "./reading.ts";
import { isRemark, legendOf } from "./words.ts";

export interface RosterSource {
  readonly bytes: Uint8Array;
  readonly fileName: string;
  readonly rules: RosterRules;
  readonly officers: readonly RosterOfficer[];
  readonly mapping: SheetMapping;
  /** Today: the year that is proposed where a sheet names none. */
  readonly nearOn: string;
}

export interface RosterReading {
  readonly sheets: readonly SheetReading[];
  /** Slots of all sheets that are not hidden; the first sheet that names a slot has it. */
  readonly slots: Readonly<Record<string, string>>;
  readonly questions: readonly Question[];
}

/**
 * Reads a roster as people make them. It only reads: nothing is saved here, and nothing enters `slots` from a cell that
 * was not understood (RO-25). Errors: those of `openSheets`, and `sheet.no_roster`.
 */
export async function readRosterFile(source: RosterSource): Promise<Result<RosterReading, DeskError>> {
  const opened = await openSheets(source.bytes, source.fileName);
  if (!opened.ok) return opened;
  const sheets = opened.value.map((grid) => readRosterSheet(grid, source));
  const rosters = sheets.filter(({ layout, hidden }) => layout !== "none" && !hidden);
  if (!rosters.some(({ slots, questions }) => Object.keys(slots).length > 0 || questions.length > 0))
    return fail(deskError("sheet.no_roster"));
  const slots: Record<string, string> = {};
  for (const sheet of rosters) for (const [slot, officer] of Object.entries(sheet.slots)) slots[slot] ??= officer;
  const questions = new Map<string, Question>();
  for (const question of rosters.flatMap((sheet) => sheet.questions))
    if (!questions.has(question.id)) questions.set(question.id, question);
  return ok({ sheets, slots, questions: [...questions.values()] });
}

function readRosterSheet(grid: Grid, source: RosterSource): SheetReading {
  const asking = new Asking(source.mapping, grid.name);
  const draft = new Draft(source.rules, source.officers, new NameBook(source.officers), asking);
  const empty = { sheet: grid.name, hidden: grid.hidden, months: [], slots: {}, questions: [], problems: [] };
  const rest = (why: string) => {
    for (const cell of grid.cells())
      if (!draft.has(cell)) draft.note(cell, "ignored", isRemark(cell.text) ? "remark" : why);
  };
  for (const cell of grid.unsolved) {
    draft.note(cell, "unknown", "formula");
    draft.problem("formula", cell, { text: cell.text });
  }
  const axis = findAxis(grid);
  if (!axis) {
    rest("outside");
    return { ...empty, layout: "none", cells: draft.cells };
  }
  const layout = axis.down ? "days_down" : "days_across";
  const calendar = readCalendar(grid, axis, source.fileName, source.nearOn, asking);
  if (calendar.open) {
    for (const { cells } of axis.lines) for (const { cell } of cells) draft.note(cell, "unknown", "month");
    rest("waiting");
    return { ...empty, layout, cells: draft.cells, questions: asking.questions };
  }
  draft.legend = legendOf(
    [...grid.cells()].filter(({ text }) => text.length > 3).map(({ text }) => text),
    source.rules,
  );
  if (axis.down) readDown(grid, calendar, draft);
  else readAcross(grid, calendar, draft);
  rest("outside");
  const slots = draft.place();
  const days = new Set([...calendar.dated.values()].flat().flatMap((one) => one.days));
  const months = [...new Set([...days].map((on) => on.slice(0, 7)))].sort();
  for (const month of months) {
    const missing = daysOfMonth(month).filter((on) => !days.has(on));
    // A sheet of a whole month that leaves out a day or two; one of a week is not meant to have them all.
    if (missing.length > 0 && missing.length <= 5)
      draft.problem("missing_days", grid.name, { month, days: missing.map((on) => Number(on.slice(8))).join(" ") });
  }
  return {
    sheet: grid.name,
    hidden: grid.hidden,
    layout,
    months,
    cells: draft.cells,
    slots,
    questions: asking.questions,
    problems: draft.problems,
  };
}
