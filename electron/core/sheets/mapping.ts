import { z } from "zod";
import { type DutyRole, dutyRoles, type RosterRules } from "#shared/domain/roster/roster.ts";

/**
 * What was asked about a sheet, and the answers: the mapping that an officer corrects once and the desk remembers.
 * Plain JSON. Answers are kept under the id of their question, so the same word is never asked twice.
 */
export const sheetMappingSchema = z.strictObject({
  v: z.literal(1),
  answers: z.record(z.string().min(1).max(200), z.string().max(200)),
});
export type SheetMapping = z.infer<typeof sheetMappingSchema>;
export const noMapping: SheetMapping = { v: 1, answers: {} };

export const questionKinds = ["month", "name", "code", "column", "shift", "placing", "grade", "pool"] as const;
export type QuestionKind = (typeof questionKinds)[number];

export interface Question {
  /** `kind:word`, the key of its answer. */
  readonly id: string;
  readonly kind: QuestionKind;
  /** The word as it stands in the sheet. */
  readonly text: string;
  readonly sheet: string;
  /** Where it stands; the first few of many. */
  readonly cells: readonly string[];
  /** Answers that fit; others of the same form are accepted too. */
  readonly choices: readonly string[];
  /** What it probably means, for one key stroke of the officer; never taken by itself. */
  readonly proposal: string | null;
}

/** RO-26: the mapping with further answers; an answer of `null` forgets one. */
export function withAnswers(mapping: SheetMapping, answers: Readonly<Record<string, string | null>>): SheetMapping {
  const merged = Object.entries({ ...mapping.answers, ...answers });
  return { v: 1, answers: Object.fromEntries(merged.filter((entry): entry is [string, string] => entry[1] !== null)) };
}

/** How people without a role are placed: by their grade, or all in one role. */
export const placingChoices: readonly string[] = ["by_grade", ...dutyRoles];

/** All proposals as answers: what "take all suggestions" of the preview means. */
export const proposalsOf = (questions: readonly Question[]): Record<string, string> =>
  Object.fromEntries(questions.flatMap(({ id, proposal }) => (proposal === null ? [] : [[id, proposal]])));

/** Gathers questions while a sheet is read: one for each word, however often it stands there. */
export class Asking {
  private readonly asked = new Map<string, Question & { cells: string[] }>();
  private readonly mapping: SheetMapping;
  private readonly sheet: string;

  constructor(mapping: SheetMapping, sheet: string) {
    this.mapping = mapping;
    this.sheet = sheet;
  }

  answer(kind: QuestionKind, text: string): string | undefined {
    const id = `${kind}:${text}`;
    return Object.hasOwn(this.mapping.answers, id) ? this.mapping.answers[id] : undefined;
  }

  /** `choices` may be made only when the question is new: the same word stands in hundreds of cells. */
  ask(
    kind: QuestionKind,
    text: string,
    cell: string,
    choices: readonly string[] | (() => readonly string[]),
    proposal: string | null,
  ): void {
    const id = `${kind}:${text}`;
    const known = this.asked.get(id);
    if (!known) {
      const offered = typeof choices === "function" ? choices() : choices;
      this.asked.set(id, { id, kind, text, sheet: this.sheet, cells: [cell], choices: offered, proposal });
    } else if (known.cells.length < 20 && !known.cells.includes(cell)) known.cells.push(cell);
  }

  get questions(): Question[] {
    return [...this.asked.values()];
  }
}

/** `skip`, or which shifts (`*`: every shift of the day) and roles; written `day/main_operator+deputy_operator`. */
export interface Meaning {
  readonly shifts: readonly string[];
  readonly roles: readonly DutyRole[];
}

export const writeMeaning = ({ shifts, roles }: Meaning): string => `${shifts.join("+") || "*"}/${roles.join("+")}`;

/** Reads an answer: `off`, `skip`, or shifts and roles; no shift (`/standby`) means the one of the row. `undefined`: it is none. */
export function meaningOf(answer: string, rules: RosterRules): "off" | "skip" | Meaning | undefined {
  if (answer === "off" || answer === "skip") return answer;
  const [shiftPart = "", rolePart = ""] = answer.split("/");
  const shifts = shiftPart === "*" ? rules.shifts.map(({ code }) => code) : shiftPart.split("+").filter(Boolean);
  const roles = rolePart.split("+").filter(Boolean) as DutyRole[];
  const known = shifts.every((code) => rules.shifts.some((shift) => shift.code === code));
  return known && roles.every((role) => dutyRoles.includes(role)) ? { shifts, roles } : undefined;
}
