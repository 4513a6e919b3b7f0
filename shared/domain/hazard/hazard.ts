import { z } from "zod";
import type { Act } from "#shared/domain/act.ts";
import { placeSchema } from "#shared/domain/duty-event/event.ts";
import {
  everyone,
  judgeStep,
  leaders,
  may,
  must,
  pastStepSchema,
  type StepGiven,
  type StepRow,
} from "#shared/domain/step.ts";
import { type DeskError, deskError } from "#shared/errors.ts";
import { fail, ok, type Result } from "#shared/lib/result.ts";
import type { Bilingual } from "#shared/lib/text.ts";

export const hazardStates = ["found", "rectified", "cleared", "void"] as const;
export type HazardState = (typeof hazardStates)[number];

export const hazardStateNames: Readonly<Record<HazardState, Bilingual>> = {
  found: { zh: "待整改", en: "To rectify" },
  rectified: { zh: "待销号", en: "To check" },
  cleared: { zh: "已销号", en: "Cleared" },
  void: { zh: "已撤销", en: "Void" },
};

export const isHazardOpen = (state: HazardState): boolean => state === "found" || state === "rectified";

export const hazardGrades = ["general", "major"] as const;
export const hazardGradeNames: Readonly<Record<(typeof hazardGrades)[number], Bilingual>> = {
  general: { zh: "一般隐患", en: "General" },
  major: { zh: "重大隐患", en: "Major" },
};

/** The life of a hazard: found, rectified, checked off. */
export const hazardSteps = {
  rectify: {
    moves: { found: "rectified" },
    who: everyone,
    fields: [must("text", "整改情况", "What was done")],
    label: { zh: "整改", en: "Rectified" },
    log: { zh: "隐患“{name}”已整改：{text}", en: "Hazard “{name}” rectified: {text}" },
    key: "r",
    tone: "next",
    rules: ["HZ-2"],
  },
  clear: {
    moves: { rectified: "cleared" },
    who: leaders,
    fields: [may("text", "复查情况", "What was seen")],
    label: { zh: "销号", en: "Check off" },
    log: { zh: "隐患“{name}”复查销号：{text}", en: "Hazard “{name}” checked off: {text}" },
    key: "c",
    tone: "next",
    rules: ["HZ-3"],
  },
  send_back: {
    moves: { rectified: "found" },
    who: leaders,
    fields: [must("text", "还差什么", "What is missing")],
    label: { zh: "退回整改", en: "Send back" },
    log: { zh: "隐患“{name}”复查未过，退回整改：{text}", en: "Hazard “{name}” sent back: {text}" },
    key: "b",
    tone: "side",
    rules: ["HZ-4"],
  },
  extend: {
    moves: { found: "found" },
    who: leaders,
    fields: [must("dueAt", "新的整改期限", "New limit"), must("text", "延期原因", "Why")],
    label: { zh: "延期", en: "Extend" },
    log: { zh: "隐患“{name}”整改期限延至{due}：{text}", en: "Hazard “{name}” extended to {due}: {text}" },
    key: "e",
    tone: "side",
    rules: ["HZ-5"],
  },
  note: {
    moves: { found: "found", rectified: "rectified" },
    who: everyone,
    fields: [must("text", "进展", "Progress")],
    label: { zh: "记进展", en: "Add a note" },
    log: { zh: "隐患“{name}”进展：{text}", en: "Hazard “{name}”: {text}" },
    key: "g",
    tone: "side",
    rules: ["HZ-2"],
  },
  void: {
    moves: { found: "void", rectified: "void" },
    who: leaders,
    fields: [must("text", "撤销原因", "Why it is void")],
    label: { zh: "撤销", en: "Void" },
    log: { zh: "隐患“{name}”撤销：{text}", en: "Hazard “{name}” void: {text}" },
    key: "x",
    tone: "grave",
    rules: ["HZ-6"],
  },
} as const satisfies Record<string, StepRow<HazardState>>;

export type HazardAction = keyof typeof hazardSteps;
export const hazardActions = Object.keys(hazardSteps) as HazardAction[];
export const hazardStepOf = (action: HazardAction): StepRow<HazardState> => hazardSteps[action];

/** What is found: where, what, who rectifies it, and until when. */
export const hazardGivenSchema = z.strictObject({
  /** Day, desk letter and running number, e.g. `YH20261121-A003`. */
  number: z.string().min(1).max(40),
  title: z.string().trim().min(1).max(80),
  text: z.string().max(2000),
  grade: z.enum(hazardGrades),
  place: placeSchema,
  /** The asset it belongs to; empty: none. */
  assetId: z.string().max(64),
  /** Who must rectify it; empty: not named yet. */
  party: z.string().max(60),
  /** End of the time for rectifying, ms. */
  dueAt: z.number().int().nonnegative(),
  sample: z.boolean(),
});
export type HazardGiven = z.infer<typeof hazardGivenSchema>;

export const hazardSchema = hazardGivenSchema.extend({
  id: z.string().min(1).max(64),
  state: z.enum(hazardStates),
  foundAt: z.number().int().nonnegative(),
  foundBy: z.string().min(1).max(64),
  endedAt: z.number().int().nonnegative().nullable(),
  steps: z.array(pastStepSchema),
});
export type Hazard = z.infer<typeof hazardSchema>;

/** HZ-1: a finding opens a hazard whose limit lies ahead; the same id twice is refused. */
export function judgeHazard(
  id: string,
  given: HazardGiven,
  act: Act,
  present: Hazard | undefined,
): Result<Hazard, DeskError> {
  if (present) return fail(deskError("event.exists"));
  if (given.dueAt <= act.at) return fail(deskError("hazard.due", undefined, "dueAt"));
  return ok({ ...given, id, state: "found", foundAt: act.at, foundBy: act.by, endedAt: null, steps: [] });
}

/** HZ-2 to HZ-6: a step of a hazard by its row. */
export function judgeHazardStep(
  hazard: Hazard | undefined,
  action: HazardAction,
  given: StepGiven,
  act: Act,
): Result<Hazard, DeskError> {
  if (!hazard) return fail(deskError("hazard.unknown"));
  const judged = judgeStep(hazardStepOf(action), action, hazard, hazardStateNames, given, act);
  if (!judged.ok) return judged;
  const dueAt = given.dueAt ?? hazard.dueAt;
  if (action === "extend" && dueAt <= hazard.dueAt) return fail(deskError("hazard.due", undefined, "dueAt"));
  return ok({ ...hazard, ...judged.value, dueAt, endedAt: isHazardOpen(judged.value.state) ? null : act.at });
}
