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

export const faultStates = ["open", "repairing", "repaired", "void"] as const;
export type FaultState = (typeof faultStates)[number];

export const faultStateNames: Readonly<Record<FaultState, Bilingual>> = {
  open: { zh: "待派修", en: "To dispatch" },
  repairing: { zh: "维修中", en: "In repair" },
  repaired: { zh: "已修复", en: "Repaired" },
  void: { zh: "已撤销", en: "Void" },
};

export const isFaultOpen = (state: FaultState): boolean => state === "open" || state === "repairing";

/** The life of a fault of a device: who may take which step from where, and what the log says. */
export const faultSteps = {
  dispatch: {
    moves: { open: "repairing", repairing: "repairing" },
    who: everyone,
    fields: [must("to", "维修单位或人员", "Who repairs"), may("text", "说明", "Note")],
    label: { zh: "派修", en: "Send for repair" },
    log: { zh: "{name}派修给{to}：{text}", en: "{name} sent for repair to {to}: {text}" },
    key: "d",
    tone: "next",
    rules: ["FA-2"],
  },
  repair: {
    moves: { open: "repaired", repairing: "repaired" },
    who: everyone,
    fields: [must("text", "修了什么，现在怎样", "What was done")],
    label: { zh: "修复", en: "Repaired" },
    log: { zh: "{name}已修复：{text}", en: "{name} repaired: {text}" },
    key: "r",
    tone: "next",
    rules: ["FA-3"],
  },
  note: {
    moves: { open: "open", repairing: "repairing" },
    who: everyone,
    fields: [must("text", "进展", "Progress")],
    label: { zh: "记进展", en: "Add a note" },
    log: { zh: "{name}维修进展：{text}", en: "{name}, repair: {text}" },
    key: "g",
    tone: "side",
    rules: ["FA-2"],
  },
  void: {
    moves: { open: "void", repairing: "void" },
    who: leaders,
    fields: [must("text", "撤销原因", "Why it is void")],
    label: { zh: "撤销", en: "Void" },
    log: { zh: "{name}故障报告撤销：{text}", en: "Fault of {name} void: {text}" },
    key: "x",
    tone: "grave",
    rules: ["FA-3"],
  },
} as const satisfies Record<string, StepRow<FaultState>>;

export type FaultAction = keyof typeof faultSteps;
export const faultActions = Object.keys(faultSteps) as FaultAction[];
export const faultStepOf = (action: FaultAction): StepRow<FaultState> => faultSteps[action];

/** What is reported: the device by id, with its kind, name and place as the desk knows them, so that the district needs no device. */
export const faultGivenSchema = z.strictObject({
  assetId: z.string().min(1).max(64),
  assetKind: z.string().min(1).max(40),
  assetName: z.string().min(1).max(120),
  place: placeSchema,
  text: z.string().trim().min(1).max(500),
  sample: z.boolean(),
});
export type FaultGiven = z.infer<typeof faultGivenSchema>;

/** A fault with its history: what was wrong, who was sent, what was done. */
export const faultSchema = faultGivenSchema.extend({
  id: z.string().min(1).max(64),
  state: z.enum(faultStates),
  reportedAt: z.number().int().nonnegative(),
  reportedBy: z.string().min(1).max(64),
  /** Who was asked to repair it; empty while nobody was. */
  sentTo: z.string().max(60),
  endedAt: z.number().int().nonnegative().nullable(),
  steps: z.array(pastStepSchema),
});
export type Fault = z.infer<typeof faultSchema>;

/** FA-1: a report opens a fault; the same id twice is refused. */
export function judgeFault(
  id: string,
  given: FaultGiven,
  act: Act,
  present: Fault | undefined,
): Result<Fault, DeskError> {
  if (present) return fail(deskError("event.exists"));
  const begun = { id, state: "open", reportedAt: act.at, reportedBy: act.by } as const;
  return ok({ ...given, ...begun, sentTo: "", endedAt: null, steps: [] });
}

/** FA-2, FA-3: a step of a fault by its row; what has ended stays as it is. */
export function judgeFaultStep(
  fault: Fault | undefined,
  action: FaultAction,
  given: StepGiven,
  act: Act,
): Result<Fault, DeskError> {
  if (!fault) return fail(deskError("fault.unknown"));
  const judged = judgeStep(faultStepOf(action), action, fault, faultStateNames, given, act);
  if (!judged.ok) return judged;
  return ok({
    ...fault,
    ...judged.value,
    sentTo: action === "dispatch" ? (given.to ?? "") : fault.sentTo,
    endedAt: isFaultOpen(judged.value.state) ? null : act.at,
  });
}
