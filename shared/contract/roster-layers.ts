import { z } from "zod";
import { layerSteps } from "#shared/domain/roster/layer-course.ts";
import { layerEntrySchema } from "#shared/domain/roster/layer-entry.ts";
import { slotPattern } from "#shared/domain/roster/roster.ts";
import { type CallRow, command, id, instant, month, query } from "./call.ts";
import { gapSchema } from "./roster.ts";
import { syncStateSchema } from "./sync-state.ts";

const slot = z.string().regex(slotPattern);
const reason = z.string().trim().max(200);
const minute = instant.multipleOf(60_000);

/** Between two shifts of somebody less than the usual rest: off duty at one instant, on again at the other. */
const restSchema = z.object({ officerId: z.string(), offAt: instant, onAt: instant });
export type RestView = z.infer<typeof restSchema>;

export const layerViewSchema = z.object({
  entry: layerEntrySchema,
  /** What the officer at the desk may do with it now. */
  may: z.array(z.enum(layerSteps)),
  /** Whose consent it waits for. */
  waitsFor: z.string().nullable(),
  /** Of a stand-in or relief: who holds the place without it. */
  replaces: z.string().nullable(),
  /** A swap that does nothing, because a place was held by somebody else when its turn came (RO-14), or would do nothing. */
  stale: z.boolean(),
  /** Of what is not decided: rests that it would make too short (RO-42). */
  rests: z.array(restSchema),
  /** Of a leave that is not decided: the required places that it would leave empty (RO-45). */
  gaps: z.array(gapSchema),
  sync: syncStateSchema,
});
export type LayerView = z.infer<typeof layerViewSchema>;

/** What lies over the plan: swaps, leaves, stand-ins, reliefs, each with its consent and approval. */
export const layerCalls = {
  "roster.layers": query(
    "officer",
    "Swaps, leaves, stand-ins and reliefs of a month; without one: all that wait for somebody, and of the officer at the desk those of 30 days.",
    () => z.strictObject({ month: month.optional() }),
    () => z.object({ layers: z.array(layerViewSchema) }),
  ),

  "roster.waiting": query(
    "officer",
    "How many swaps, leaves, stand-ins and reliefs wait for the consent or approval of the officer at the desk.",
    () => z.strictObject({}),
    () => z.object({ mine: z.number().int() }),
  ),

  "roster.weigh": query(
    "officer",
    "What a request would do, before it is made: to the rest of those who take part (RO-42), to the places that a leave takes somebody out of (RO-45).",
    () =>
      z.strictObject({
        kind: z.enum(["swap", "leave", "stand_in", "relief"]),
        /** Of all but a leave. */
        slot: slot.optional(),
        otherSlot: slot.optional(),
        officerId: id.optional(),
        fromAt: minute.optional(),
        toAt: minute.optional(),
      }),
    () => z.object({ rests: z.array(restSchema), gaps: z.array(gapSchema) }),
  ),

  "roster.swap": command(
    "officer",
    "Asks to exchange two whole places, one of them the officer's own.",
    () => z.strictObject({ slot, otherSlot: slot, reason: reason.default("") }),
    () => z.object({ layer: layerViewSchema }),
  ),

  "roster.leave": command(
    "officer",
    "Asks for leave, for oneself or, by whom may plan, for another.",
    () => z.strictObject({ officerId: id.optional(), fromAt: minute, toAt: minute, reason: reason.min(1) }),
    () => z.object({ layer: layerViewSchema }),
  ),

  "roster.cover": command(
    "officer",
    "Asks for a stand-in or an emergency relief in a place. Times default to the whole shift, or to what is left of it.",
    () =>
      z.strictObject({
        kind: z.enum(["stand_in", "relief"]),
        slot,
        officerId: id,
        fromAt: minute.optional(),
        toAt: minute.optional(),
        reason: reason.min(1),
      }),
    () => z.object({ layer: layerViewSchema }),
  ),

  "roster.step": command(
    "officer",
    "Agrees to, approves, refuses (with a reason), withdraws or ends what was asked.",
    () => z.strictObject({ id, step: z.enum(layerSteps), reason: reason.default("") }),
    () => z.object({ layer: layerViewSchema }),
  ),
} as const satisfies Record<string, CallRow>;
