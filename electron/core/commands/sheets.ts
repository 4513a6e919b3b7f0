import type { ParsedOf } from "#shared/contract.ts";
import { monthDigest } from "#shared/domain/roster/month.ts";
import { type DutyRole, type RosterRules, requiredPlaces, rulesOn } from "#shared/domain/roster/roster.ts";
import { type DeskError, deskError } from "#shared/errors.ts";
import { fail, ok, type Result } from "#shared/lib/result.ts";
import { dayOf, monthOf } from "#shared/lib/time.ts";
import { type Answer, actTogether, type Desk } from "../desk.ts";
import { noMapping, type SheetMapping, withAnswers } from "../sheets/mapping.ts";
import { rememberAnswers, rememberedMapping } from "../sheets/memory.ts";
import { mergeMonth, type SlotChange, type Slots } from "../sheets/merge.ts";
import { type RosterReading, type RosterSource, readRosterFile } from "../sheets/read-roster.ts";
import { readAll, readEntity } from "../store/entities.ts";

type Given = ParsedOf<"sheet.readRoster">;

/** More than the sheet of a year holds; beyond it a page would only be slow. */
const mostCells = 3000;

export async function readRosterSheet(desk: Desk, input: Given): Promise<Answer<"sheet.readRoster">> {
  const source = sourceOf(desk, input);
  const mapping = withAnswers(source.mapping, input.answers);
  const read = await readRosterFile({ ...source, mapping });
  if (!read.ok) return read;
  const { sheets, questions } = read.value;
  const merged = mergeInto(desk, slotsOf(read.value, source.rules));
  let left = mostCells;
  return ok({
    sheets: sheets.map(({ sheet, hidden, layout, cells, problems }) => {
      const shown = cells.slice(0, Math.max(0, left)).map((cell) => ({ ...cell, text: cell.text.slice(0, 300) }));
      left -= shown.length;
      return {
        sheet,
        hidden,
        layout,
        cells: shown,
        unshown: cells.length - shown.length,
        problems: problems.slice(0, 100).map((problem) => ({ ...problem, params: { ...problem.params } })),
      };
    }),
    questions: questions.map((question) => ({
      ...question,
      cells: [...question.cells],
      choices: [...question.choices],
    })),
    recalled: await recalled(source, input),
    count: merged.reduce((sum, { read: count }) => sum + count, 0),
    months: merged.map(({ month, read: count, changes }) => ({
      month,
      read: count,
      added: changes.filter(({ was }) => was === null).length,
      changed: changes.filter(({ was }) => was !== null).length,
    })),
    changes: merged.flatMap(({ changes }) => changes),
  });
}

/** RO-28. Errors: those of reading, `sheet.questions_open`, `roster.unknown_officer`, RO-6's. */
export async function takeRosterSheet(desk: Desk, input: Given): Promise<Answer<"sheet.takeRoster">> {
  const source = sourceOf(desk, input);
  const mapping = withAnswers(source.mapping, input.answers);
  const read = await readRosterFile({ ...source, mapping });
  if (!read.ok) return read;
  const { questions } = read.value;
  if (questions.length > 0) return fail(deskError("sheet.questions_open", { count: questions.length }));
  const slots = slotsOf(read.value, source.rules);
  const known = new Set(source.officers.map(({ id }) => id));
  if (Object.values(slots).some((officerId) => !known.has(officerId)))
    return fail(deskError("roster.unknown_officer", undefined, "answers"));
  return actTogether(desk, (one): Result<{ months: string[]; changed: number }, DeskError> => {
    const merged = mergeInto(desk, slots).filter(({ changes }) => changes.length > 0);
    for (const { month, slots: whole } of merged) {
      const was = monthDigest(readEntity(desk.db, "roster", month)?.slots ?? {});
      const done = one("roster.publish", { month, slots: whole, was });
      if (!done.ok) return done;
    }
    rememberAnswers(desk.db, "sheetMapping", input.answers);
    return ok({
      months: merged.map(({ month }) => month),
      changed: merged.reduce((sum, { changes }) => sum + changes.length, 0),
    });
  });
}

function sourceOf(desk: Desk, input: Given): RosterSource {
  const officers = readAll(desk.db, "officer").filter(({ active }) => active);
  const rules = desk.tables.roster;
  return {
    bytes: Buffer.from(input.base64, "base64"),
    fileName: input.fileName,
    rules,
    officers,
    mapping: remembered(
      desk,
      officers.map(({ id }) => id),
    ),
    nearOn: dayOf(desk.ports.now(), rules.offsetMin),
  };
}

/** Answers of earlier imports; one that names somebody who has left is asked anew. */
function remembered(desk: Desk, officers: readonly string[]): SheetMapping {
  const { answers } = rememberedMapping(desk.db, "sheetMapping");
  const stands = ([id, answer]: [string, string]) =>
    !id.startsWith("name:") || answer === "skip" || officers.includes(answer);
  return { v: 1, answers: Object.fromEntries(Object.entries(answers).filter(stands)) };
}

/** RO-26: questions that a remembered answer has settled, so that a wrong one can be seen and corrected. */
async function recalled(source: RosterSource, input: Given): Promise<SheetRecalled[]> {
  if (Object.keys(source.mapping.answers).length === 0) return [];
  const bare = await readRosterFile({ ...source, mapping: withAnswers(noMapping, input.answers) });
  if (!bare.ok) return [];
  return bare.value.questions.flatMap((question) => {
    const answer = source.mapping.answers[question.id];
    if (answer === undefined) return [];
    return [{ question: { ...question, cells: [...question.cells], choices: [...question.choices] }, answer }];
  });
}
type SheetRecalled = Extract<Awaited<ReturnType<typeof readRosterSheet>>, { ok: true }>["value"]["recalled"][number];

/** Slots that the roster has a place for; a person too many is named as a problem and stands nowhere. */
function slotsOf(reading: RosterReading, rules: RosterRules): Slots {
  return Object.fromEntries(
    Object.entries(reading.slots).filter(([key]) => {
      const [, , role, index] = key.split("/");
      return Number(index) < requiredPlaces(rulesOn(rules, key.slice(0, 10)), role as DutyRole);
    }),
  );
}

interface MergedMonth {
  readonly month: string;
  readonly read: number;
  readonly slots: Record<string, string>;
  readonly changes: readonly SlotChange[];
}

function mergeInto(desk: Desk, slots: Slots): MergedMonth[] {
  const months = [...new Set(Object.keys(slots).map((key) => monthOf(key)))].sort();
  return months.map((month) => {
    const own = Object.fromEntries(Object.entries(slots).filter(([key]) => monthOf(key) === month));
    return {
      month,
      read: Object.keys(own).length,
      ...mergeMonth(readEntity(desk.db, "roster", month)?.slots ?? {}, own),
    };
  });
}
