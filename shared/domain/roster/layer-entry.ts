import { z } from "zod";
import type { Grade } from "#shared/domain/officer/officer.ts";
import { type DeskError, deskError } from "#shared/errors.ts";
import { fail, ok, type Result } from "#shared/lib/result.ts";
import { minuteMs } from "#shared/lib/time.ts";
import { slotPattern } from "./roster.ts";

/** What may lie on the plan, in the order in which it is laid: each later kind covers the earlier ones. */
export const layerKinds = ["swap", "leave", "stand_in", "relief"] as const;
export type LayerKind = (typeof layerKinds)[number];

export const layerStates = ["asked", "agreed", "approved", "refused"] as const;
export type LayerState = (typeof layerStates)[number];

const id = z.string().min(1).max(64);
const instant = z.number().int().nonnegative();
/** Layers are cut to the minute. */
const minute = instant.multipleOf(minuteMs);
const slot = z.string().regex(slotPattern);
const hand = z.strictObject({ by: id, at: instant });

const named = {
  id,
  state: z.enum(layerStates),
  asked: hand,
  /** Who agreed: the other of a swap, the stand-in, the relief. A leave needs nobody's. */
  agreed: hand.nullable(),
  /** Who approved; for a refused entry `refused` says who refused. */
  approved: hand.nullable(),
  refused: hand.nullable(),
  reason: z.string().max(200),
};

export const swapSchema = z.strictObject({
  ...named,
  kind: z.literal("swap"),
  /** Two whole slots change hands, if they are still held by whom the two saw. */
  slot: slot,
  officerId: id,
  otherSlot: slot,
  otherId: id,
});
export const leaveSchema = z.strictObject({
  ...named,
  kind: z.literal("leave"),
  officerId: id,
  fromAt: minute,
  toAt: minute,
});
const cover = { slot, officerId: id, fromAt: minute, toAt: minute };
/** `officerId` stands in `slot` from `fromAt` to `toAt`, whoever stood there below. */
export const standInSchema = z.strictObject({ ...named, kind: z.literal("stand_in"), ...cover });
export const reliefSchema = z.strictObject({ ...named, kind: z.literal("relief"), ...cover });

export const layerEntrySchema = z
  .discriminatedUnion("kind", [swapSchema, leaveSchema, standInSchema, reliefSchema])
  .refine((entry) => entry.kind === "swap" || entry.fromAt < entry.toAt, { path: ["toAt"] })
  .refine((entry) => entry.kind !== "swap" || (entry.slot !== entry.otherSlot && entry.officerId !== entry.otherId), {
    path: ["otherSlot"],
  });
export type LayerEntry = z.infer<typeof layerEntrySchema>;
export type Swap = z.infer<typeof swapSchema>;
export type Leave = z.infer<typeof leaveSchema>;
export type StandIn = z.infer<typeof standInSchema>;
export type Relief = z.infer<typeof reliefSchema>;

export type LayerStep = "agree" | "approve" | "refuse";

/** Who has to agree before an entry may be approved; `undefined`: nobody. */
export function consentOf(entry: LayerEntry): string | undefined {
  if (entry.kind === "leave") return undefined;
  return entry.kind === "swap" ? entry.otherId : entry.officerId;
}

const approvers: readonly Grade[] = ["shift_leader", "leader", "admin"];

/**
 * RO-12: one step of a layer entry. The one whose consent it needs agrees; a shift leader, leader or administrator who
 * neither asked, nor agreed, nor stands in it approves; either may refuse, with a reason; an approved one stays.
 */
export function judgeLayerStep(
  entry: LayerEntry,
  step: LayerStep,
  act: { readonly by: string; readonly at: number; readonly grade: Grade; readonly reason?: string },
): Result<LayerEntry, DeskError> {
  const hand = { by: act.by, at: act.at };
  const consent = consentOf(entry);
  if (entry.state === "approved" || entry.state === "refused") return fail(deskError("roster.decided"));
  if (step === "agree") {
    if (entry.state !== "asked" || act.by !== consent) return fail(deskError("roster.not_yours"));
    return ok({ ...entry, state: "agreed", agreed: hand });
  }
  const touched = [entry.asked.by, entry.officerId, consent].includes(act.by);
  if (step === "refuse") {
    if (!touched && !approvers.includes(act.grade)) return fail(deskError("roster.not_yours"));
    const reason = (act.reason ?? "").trim();
    if (reason === "") return fail(deskError("input.invalid", undefined, "reason"));
    return ok({ ...entry, state: "refused", refused: hand, reason });
  }
  if (touched || !approvers.includes(act.grade)) return fail(deskError("roster.not_yours"));
  if (consent !== undefined && entry.state !== "agreed") return fail(deskError("roster.not_agreed"));
  return ok({ ...entry, state: "approved", approved: hand });
}

/**
 * RO-13: until when an entry counts. Swap, leave and stand-in count once approved. A relief counts once the one who came
 * has agreed: at night there is nobody to ask first; refused later, it counts up to the refusal and not after.
 */
export function countsUntil(entry: LayerEntry): number {
  if (entry.state === "approved") return Number.POSITIVE_INFINITY;
  if (entry.kind !== "relief" || entry.agreed === null) return Number.NEGATIVE_INFINITY;
  return entry.refused ? Math.ceil(entry.refused.at / minuteMs) * minuteMs : Number.POSITIVE_INFINITY;
}

/** Order within one layer: by approval (a relief by consent), then by id, so that every desk lays them alike. */
export function layerOrder(a: LayerEntry, b: LayerEntry): number {
  const at = (entry: LayerEntry) => (entry.kind === "relief" ? entry.agreed?.at : entry.approved?.at) ?? 0;
  return at(a) - at(b) || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}
