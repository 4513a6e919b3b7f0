import { z } from "zod";
import type { Act } from "#shared/domain/act.ts";
import { type DeskError, deskError } from "#shared/errors.ts";
import { fail, ok, type Result } from "#shared/lib/result.ts";
import type { Bilingual } from "#shared/lib/text.ts";
import { settleClocks } from "./clock.ts";
import { type DutyEvent, isOpen } from "./event.ts";
import type { DispatchGiven } from "./given.ts";
import { judgeReport } from "./judge.ts";
import { tasksAfter } from "./task-debts.ts";
import { stepWhistle, whistleAllows } from "./whistle.ts";

/** What the district does with an event that it has sent down. */
export const dispatchSteps = ["recall", "insist"] as const;
export type DispatchStep = (typeof dispatchSteps)[number];

export const dispatchStepNames: Readonly<Record<DispatchStep | "dispatch", Bilingual>> = {
  dispatch: { zh: "下派", en: "Sent down" },
  recall: { zh: "撤回", en: "Recalled" },
  insist: { zh: "不同意退回", en: "Return refused" },
};

export const dispatchStepGivenSchema = z.strictObject({
  /** Who says so at the district. */
  operator: z.string().trim().min(1).max(60),
  text: z.string().trim().min(1).max(500),
});
export type DispatchStepGiven = z.infer<typeof dispatchStepGivenSchema>;

/** DS-1: the district sends an event down: reported in the street, and known as the district's. */
export function judgeDispatch(
  id: string,
  { operator, requirement, ...given }: DispatchGiven,
  act: Act,
  present: DutyEvent | undefined,
): Result<DutyEvent, DeskError> {
  const made = judgeReport(id, given, act, present);
  return made.ok ? ok({ ...made.value, dispatch: { operator, requirement, returns: [], recalled: null } }) : made;
}

/** DS-3, DS-4: the district takes an event of its own back, or leaves it with the street that asked to return it. */
export function judgeDispatchStep(
  event: DutyEvent | undefined,
  step: DispatchStep,
  given: DispatchStepGiven,
  act: Act,
): Result<DutyEvent, DeskError> {
  if (!event) return fail(deskError("event.unknown"));
  const action = dispatchStepNames[step].zh;
  if (!event.dispatch) return fail(deskError("event.not_dispatched", { action }));
  if (!isOpen(event.state)) return fail(deskError("event.not_from_here", { action, state: event.state }));
  if (step === "recall") return ok(recalled(event, given, act));
  const { returns } = event.dispatch;
  if (!returns.some(({ answer }) => answer === null)) return fail(deskError("event.nothing_returned"));
  const answer = { ...given, at: act.at };
  const answered = returns.map((one) => (one.answer === null ? { ...one, answer } : one));
  return ok({ ...event, dispatch: { ...event.dispatch, returns: answered }, updatedAt: act.at });
}

/** Nobody owes anything any more: its tasks and the whistle that waits end with it. */
function recalled(event: DutyEvent, { operator, text }: DispatchStepGiven, act: Act): DutyEvent {
  const whistled = event.state === "whistled" && whistleAllows(event, "withdraw");
  const after: DutyEvent = {
    ...event,
    ...(whistled ? { whistles: stepWhistle(event, "withdraw", { reason: text, toldBy: operator }, act) } : {}),
    dispatch: event.dispatch && { ...event.dispatch, recalled: { operator, text, at: act.at } },
    state: "void",
    updatedAt: act.at,
  };
  return settleClocks(event, { ...after, tasks: tasksAfter(after, "void", { reason: text }, act) }, act.at);
}
