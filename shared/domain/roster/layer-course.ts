import type { Grade } from "#shared/domain/officer/officer.ts";
import { type DeskError, deskError } from "#shared/errors.ts";
import { fail, ok, type Result } from "#shared/lib/result.ts";
import type { Hand, LayerAsk, LayerEntry } from "./layer-entry.ts";
import type { DutyRole } from "./roster.ts";

/** Who may plan, and approve what others ask for. */
export const planners: readonly Grade[] = ["shift_leader", "leader", "admin"];
export const mayPlan = (grade: Grade): boolean => planners.includes(grade);

/** [D] Grades that may hold a role. */
const holders: Readonly<Record<DutyRole, readonly Grade[]>> = {
  leader_on_duty: ["leader", "admin"],
  shift_leader: ["shift_leader", "leader", "admin"],
  main_operator: ["operator", "shift_leader", "leader", "admin"],
  deputy_operator: ["operator", "shift_leader", "leader", "admin"],
  standby: ["operator", "shift_leader", "leader", "admin"],
};
export const holdsRole = (grade: Grade, role: DutyRole): boolean => holders[role].includes(grade);

const roleOf = (slot: string): DutyRole => slot.split("/")[2] as DutyRole;

export const layerSteps = ["agree", "approve", "refuse", "withdraw", "end"] as const;
export type LayerStep = (typeof layerSteps)[number];

interface Act {
  readonly by: string;
  readonly at: number;
  readonly grade: Grade;
}

/** Who has to agree before an entry may be approved; `undefined`: nobody. */
export function consentOf(entry: LayerAsk | LayerEntry): string | undefined {
  if (entry.kind === "leave") return undefined;
  return entry.kind === "swap" ? entry.otherId : entry.officerId;
}

/** Slots of an entry, for which its approver needs the grade. */
const slotsOf = (entry: LayerAsk | LayerEntry): string[] =>
  entry.kind === "leave" ? [] : entry.kind === "swap" ? [entry.slot, entry.otherSlot] : [entry.slot];

/**
 * RO-30, RO-31: what is asked for, judged. A swap is asked by one of its two, a leave by oneself or by whom may plan.
 * Who offers to stand in has agreed by asking. A relief put in by whom may plan counts at once: the call to the relief is
 * the consent, and its asker answers for it.
 */
export function judgeLayerAsk(present: LayerEntry | undefined, ask: LayerAsk, act: Act): Result<LayerEntry, DeskError> {
  if (present) return fail(deskError("roster.decided"));
  const plans = mayPlan(act.grade);
  if (ask.kind !== "swap" && ask.reason.trim() === "") return fail(deskError("input.invalid", undefined, "reason"));
  if (ask.kind === "swap" && act.by !== ask.officerId && act.by !== ask.otherId)
    return fail(deskError("roster.not_yours"));
  if (ask.kind === "leave" && act.by !== ask.officerId && !plans) return fail(deskError("roster.not_yours"));
  const taken = ask.kind === "swap" ? (act.by === ask.officerId ? ask.otherSlot : ask.slot) : undefined;
  const offered = ask.kind === "stand_in" && act.by === ask.officerId ? ask.slot : undefined;
  for (const slot of [taken, offered])
    if (slot && !holdsRole(act.grade, roleOf(slot))) return fail(deskError("roster.wrong_grade"));
  const asked: Hand = { by: act.by, at: act.at };
  const agreed = (offered !== undefined || (ask.kind === "relief" && (plans || act.by === ask.officerId))) && asked;
  return ok({
    ...ask,
    state: agreed ? "agreed" : "asked",
    asked,
    agreed: agreed || null,
    approved: null,
    refused: null,
    refusal: "",
    ended: null,
  });
}

/** RO-12: everybody who has a part in an entry: none of them approves it. */
const touches = (entry: LayerEntry, by: string): boolean =>
  [entry.asked.by, entry.agreed?.by, entry.officerId, consentOf(entry)].includes(by);

/** RO-30: whose consent is still missing: of a swap the one who did not ask. */
export function missingConsent(entry: LayerEntry): string | undefined {
  if (entry.state !== "asked") return undefined;
  return entry.kind === "swap" && entry.asked.by === entry.otherId ? entry.officerId : consentOf(entry);
}

/** One step of an entry: RO-12 for consent, approval and refusal, RO-31 and RO-32 for grades, RO-33 for the way back. */
export function judgeLayerStep(
  entry: LayerEntry,
  step: LayerStep,
  act: Act & { readonly reason?: string },
): Result<LayerEntry, DeskError> {
  const hand: Hand = { by: act.by, at: act.at };
  const own = entry.asked.by === act.by || (entry.kind === "leave" && entry.officerId === act.by);
  if (step === "end") return end(entry, hand, own || consentOf(entry) === act.by || mayPlan(act.grade));
  if (entry.state !== "asked" && entry.state !== "agreed") return fail(deskError("roster.decided"));
  if (step === "withdraw")
    return own ? ok({ ...entry, state: "withdrawn", ended: hand }) : fail(deskError("roster.not_yours"));
  if (step === "agree") {
    if (missingConsent(entry) !== act.by) return fail(deskError("roster.not_yours"));
    const slot = entry.kind === "swap" ? (act.by === entry.otherId ? entry.slot : entry.otherSlot) : slotsOf(entry)[0];
    // In an emergency whoever can come comes.
    if (slot && entry.kind !== "relief" && !holdsRole(act.grade, roleOf(slot)))
      return fail(deskError("roster.wrong_grade"));
    return ok({ ...entry, state: "agreed", agreed: hand });
  }
  const touched = touches(entry, act.by);
  if (step === "refuse") {
    if (!touched && !mayPlan(act.grade)) return fail(deskError("roster.not_yours"));
    const refusal = (act.reason ?? "").trim();
    if (refusal === "") return fail(deskError("input.invalid", undefined, "reason"));
    return ok({ ...entry, state: "refused", refused: hand, refusal });
  }
  if (touched || !mayPlan(act.grade)) return fail(deskError("roster.not_yours"));
  const forLeader = slotsOf(entry).some((slot) => roleOf(slot) === "leader_on_duty");
  if (forLeader && act.grade === "shift_leader") return fail(deskError("roster.leader_approves"));
  if (consentOf(entry) !== undefined && entry.state !== "agreed") return fail(deskError("roster.not_agreed"));
  return ok({ ...entry, state: "approved", approved: hand });
}

/** RO-33: a swap is over with the slots that changed hands; it is swapped back by another swap. */
function end(entry: LayerEntry, hand: Hand, may: boolean): Result<LayerEntry, DeskError> {
  const running = entry.state === "approved" || (entry.kind === "relief" && entry.state === "agreed");
  if (!running || entry.ended || entry.kind === "swap" || hand.at >= entry.toAt)
    return fail(deskError("roster.decided"));
  return may ? ok({ ...entry, ended: hand }) : fail(deskError("roster.not_yours"));
}

/** The steps that somebody may take now: what a screen offers. */
export function stepsFor(entry: LayerEntry, act: Act): LayerStep[] {
  return layerSteps.filter((step) => judgeLayerStep(entry, step, { ...act, reason: "-" }).ok);
}
