import type { DutyEvent } from "#shared/domain/duty-event/event.ts";
import { fieldsSchema } from "#shared/domain/duty-event/given-fields.ts";
import { type EventAction, type Field, type FieldName, transitionOf } from "#shared/domain/duty-event/transitions.ts";
import { type Criterion, type Entered, toGiven } from "./action-fields.ts";

export type Problem = "required" | "too_long" | "not_minutes" | "not_length" | "measure" | "points";
export type Problems = Readonly<Partial<Record<FieldName, Problem>>>;

function problemOf(field: Field, entered: Entered): Problem {
  const value = entered[field.name];
  if (field.name === "limitMin") return "not_minutes";
  if ((field.name === "pauseMin" || field.name === "moreMin") && entered[field.name].trim()) return "not_length";
  if (field.name === "measures") return "measure";
  if (typeof value === "string" && value.trim().length > (field.max ?? 200)) return "too_long";
  return "required";
}

/** WH-5: a score is given once, so a criterion that was passed over could never be told from a low one. */
export const lacksPoints = (entered: Entered, { code, most }: Criterion): boolean => {
  const points = entered.scores.find((one) => one.code === code)?.points;
  return points === undefined || points > most;
};

/** EV-14, before the core is asked: the check of the table itself, with one problem for each field. */
export function problemsOf(
  action: EventAction,
  entered: Entered,
  event: Pick<DutyEvent, "lead">,
  criteria: readonly Criterion[] = [],
): Problems {
  const row = transitionOf(action);
  const parsed = fieldsSchema(row.fields).safeParse(toGiven(action, entered));
  const problems: Partial<Record<FieldName, Problem>> = {};
  if (!parsed.success)
    for (const issue of parsed.error.issues) {
      const field = row.fields.find(({ name }) => name === issue.path[0]);
      if (field) problems[field.name] = problemOf(field, entered);
    }
  if (action === "rate" && criteria.some((one) => lacksPoints(entered, one))) problems.scores = "points";
  if (action === "assign" && !entered.lead && !event.lead) problems.lead = "required";
  return problems;
}
