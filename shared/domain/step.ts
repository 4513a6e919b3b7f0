import { z } from "zod";
import type { Grade } from "#shared/domain/officer/officer.ts";
import { type DeskError, deskError } from "#shared/errors.ts";
import { fail, ok, type Result } from "#shared/lib/result.ts";
import { type Bilingual, fill } from "#shared/lib/text.ts";
import type { Act } from "./act.ts";

/** What a person gives with a step: words, somebody who is told, a new limit. */
export interface StepField<Name extends string = "text" | "to" | "dueAt"> {
  readonly name: Name;
  readonly required: boolean;
  readonly label: Bilingual;
}

/** A step of a short life told as a table (faults, hazards, tasks): button, form, check, op, log line and test are drawn from its row. */
export interface StepRow<State extends string, Name extends string = StepField["name"]> {
  readonly moves: Readonly<Partial<Record<State, State>>>;
  readonly who: readonly Grade[];
  readonly fields: readonly StepField<Name>[];
  readonly label: Bilingual;
  /** Sentence of the duty log; gaps: `{name}`, `{text}`, `{to}`, `{due}`. */
  readonly log: Bilingual;
  readonly key: string;
  readonly tone: "next" | "side" | "grave";
  /** Rule ids in `shared/domain/RULES.md`. */
  readonly rules: readonly string[];
}

export const everyone: readonly Grade[] = ["operator", "shift_leader", "leader", "admin"];
export const leaders: readonly Grade[] = ["shift_leader", "leader", "admin"];

/** A field that must be given, or may. */
export const must = <Name extends string = StepField["name"]>(name: Name, zh: string, en: string): StepField<Name> => ({
  name,
  required: true,
  label: { zh, en },
});
export const may = <Name extends string = StepField["name"]>(name: Name, zh: string, en: string): StepField<Name> => ({
  ...must(name, zh, en),
  required: false,
});

/** What is given with any step; which of it a step takes is said by its row. `dueAt`: ms. */
export const stepGivenSchema = z.strictObject({
  text: z.string().trim().max(500).optional(),
  to: z.string().trim().max(60).optional(),
  dueAt: z.number().int().nonnegative().optional(),
});
export type StepGiven = z.infer<typeof stepGivenSchema>;

/** One line of the history that a fault or a hazard carries with it. `at`: ms. */
export const pastStepSchema = z.strictObject({
  action: z.string().min(1).max(20),
  at: z.number().int().nonnegative(),
  by: z.string().min(1).max(64),
  text: z.string().max(500),
  to: z.string().max(60),
});
export type PastStep = z.infer<typeof pastStepSchema>;

/** A history longer than this is refused: nobody reads it, and an op must stay small. */
const mostSteps = 200;

/** What goes through steps: where it stands, and how it came there. */
export interface Stepping<State extends string> {
  readonly state: State;
  readonly steps: PastStep[];
}

/** Judges a step by its row and says where it leads. `stateNames` name the state in a refusal. */
export function checkStep<State extends string, Name extends string>(
  row: StepRow<State, Name>,
  state: State,
  stateNames: Readonly<Record<State, Bilingual>>,
  given: Readonly<Partial<Record<Name, unknown>>>,
  act: Act,
): Result<State, DeskError> {
  const to = row.moves[state];
  const named = { action: row.label.zh };
  if (!to) return fail(deskError("step.not_from_here", { ...named, state: stateNames[state].zh }));
  if (!row.who.includes(act.grade)) return fail(deskError("event.role", named));
  for (const { name, required } of row.fields)
    if (required && !given[name]) return fail(deskError("step.missing", named, name));
  const extra = (Object.keys(given) as Name[]).find(
    (name) => given[name] !== undefined && !row.fields.some((field) => field.name === name),
  );
  return extra ? fail(deskError("step.missing", named, extra)) : ok(to);
}

/** The same with the history that goes with it. */
export function judgeStep<State extends string>(
  row: StepRow<State>,
  action: string,
  { state, steps }: Stepping<State>,
  stateNames: Readonly<Record<State, Bilingual>>,
  given: StepGiven,
  act: Act,
): Result<Stepping<State>, DeskError> {
  if (steps.length >= mostSteps) return fail(deskError("step.too_many"));
  const to = checkStep(row, state, stateNames, given, act);
  if (!to.ok) return to;
  const past = { action, at: act.at, by: act.by, text: given.text ?? "", to: given.to ?? "" };
  return ok({ state: to.value, steps: [...steps, past] });
}

/** Steps that an officer of this grade may take from a state, usual ones first. */
export function stepsFrom<State extends string, Action extends string, Name extends string>(
  table: Readonly<Record<Action, StepRow<State, Name>>>,
  state: State,
  grade: Grade,
): Action[] {
  const open = (Object.keys(table) as Action[]).filter(
    (action) => table[action].moves[state] !== undefined && table[action].who.includes(grade),
  );
  const rank = (action: Action) => ["next", "side", "grave"].indexOf(table[action].tone);
  return open.sort((a, b) => rank(a) - rank(b));
}

/** A sentence of the duty log in one language; where no words were given at its end, the mark that leads to them does not stand either. */
export function told(sentence: string, values: Readonly<Record<string, string>>): string {
  const end = /[\u3002\uff0c\uff1a.,:]?\s*\{(\w+)\}$/u.exec(sentence);
  return end && values[end[1] ?? ""] === "" ? told(sentence.slice(0, end.index), values) : fill(sentence, values);
}

/** The same in both, with values that no language changes. */
export const stepSentence = ({ zh, en }: Bilingual, values: Readonly<Record<string, string>>): Bilingual => ({
  zh: told(zh, values),
  en: told(en, values),
});
