import ExcelJS from "exceljs";
import { proposalsOf, type Question, type SheetMapping, withAnswers } from "#core/sheets/mapping.ts";
import { type RosterReading, type RosterSource, readRosterFile } from "#core/sheets/read-roster.ts";
import { type PatternCode, patternRules } from "#shared/domain/roster/patterns.ts";
import type { RosterRules } from "#shared/domain/roster/roster.ts";

/** Building sheets as people make them, and reading them. */
export type Value = string | number | Date | null;
export interface Page {
  readonly name?: string;
  readonly rows: readonly (readonly Value[])[];
  readonly merges?: readonly string[];
  readonly hidden?: boolean;
  readonly format?: string;
  /** Rows below that have a border and nothing in them. */
  readonly bordered?: number;
}

export async function workbook(...pages: readonly Page[]): Promise<Uint8Array> {
  const book = new ExcelJS.Workbook();
  for (const [index, page] of pages.entries()) {
    const sheet = book.addWorksheet(page.name ?? `Sheet${index + 1}`, { state: page.hidden ? "hidden" : "visible" });
    for (const row of page.rows) sheet.addRow([...row]);
    for (let row = 1; row <= (page.bordered ?? 0); row++)
      sheet.getRow(page.rows.length + row).getCell(1).border = { top: { style: "thin" } };
    for (const merge of page.merges ?? []) sheet.mergeCells(merge);
    sheet.eachRow((row) =>
      row.eachCell((cell) => {
        if (cell.value instanceof Date) cell.numFmt = page.format ?? "yyyy/m/d";
      }),
    );
  }
  return new Uint8Array(await book.xlsx.writeBuffer());
}

/** The same book with a formula in this cell whose outcome it does not say. */
export async function withFormula(bytes: Uint8Array, address: string, formula: string): Promise<Uint8Array> {
  const book = new ExcelJS.Workbook();
  await book.xlsx.load(Buffer.from(bytes) as never);
  const sheet = book.worksheets[0];
  if (sheet) sheet.getCell(address).value = { formula } as never;
  return new Uint8Array(await book.xlsx.writeBuffer());
}

export const officers = [
  { id: "zhang", name: "张建国", grade: "leader" },
  { id: "liu", name: "刘敏", grade: "leader" },
  { id: "chen", name: "陈国庆", grade: "shift_leader" },
  { id: "yang", name: "杨帆", grade: "shift_leader" },
  { id: "wang", name: "王小明", grade: "operator" },
  { id: "li", name: "李明", grade: "operator" },
  { id: "zhao", name: "赵丽华", grade: "operator" },
  { id: "zhou", name: "周强", grade: "operator" },
  { id: "ouyang", name: "欧阳静", grade: "operator" },
] as const;

export function rulesOf(code: PatternCode, required: RosterRules["required"] | object = {}): RosterRules {
  return patternRules(code, {
    offsetMin: 480,
    required: { leader_on_duty: 1, shift_leader: 1, main_operator: 1, deputy_operator: 1, ...required },
  }) as RosterRules;
}

export const noAnswers: SheetMapping = { v: 1, answers: {} };

export async function read(
  bytes: Uint8Array,
  code: PatternCode,
  more: Partial<RosterSource> = {},
): Promise<RosterReading> {
  const reading = await readRosterFile({
    bytes,
    fileName: "值班表.xlsx",
    rules: rulesOf(code),
    officers,
    mapping: noAnswers,
    nearOn: "2026-11-21",
    ...more,
  });
  if (!reading.ok) throw new Error(JSON.stringify(reading.error));
  return reading.value;
}

/** Reads, answers as an officer who takes every suggestion (and `answers` where there is none), and reads again. */
export async function readAnswered(
  bytes: Uint8Array,
  code: PatternCode,
  answers: Readonly<Record<string, string>> = {},
  more: Partial<RosterSource> = {},
): Promise<{ first: RosterReading; asked: readonly Question[]; done: RosterReading; mapping: SheetMapping }> {
  const first = await read(bytes, code, more);
  let done = first;
  let mapping = more.mapping ?? noAnswers;
  const asked: Question[] = [];
  // A second round happens when an answer opens what lay behind it (first the month, then the names).
  for (let round = 0; round < 3 && done.questions.length > 0; round++) {
    asked.push(...done.questions);
    mapping = withAnswers(mapping, { ...proposalsOf(done.questions), ...answers });
    done = await read(bytes, code, { ...more, mapping });
  }
  return { first, asked, done, mapping };
}

export const day = (month: number, date: number, year = 2026): Date => new Date(Date.UTC(year, month - 1, date));
const weekdays = "日一二三四五六";
export const weekday = (month: number, date: number, year = 2026): string =>
  weekdays[day(month, date, year).getUTCDay()] ?? "";
/** Days 1..n of a month, one value each. */
export const days = <T>(count: number, of: (date: number) => T): T[] =>
  Array.from({ length: count }, (_, i) => of(i + 1));
