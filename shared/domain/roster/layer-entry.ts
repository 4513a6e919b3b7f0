import { z } from "zod";
import { minuteMs } from "#shared/lib/time.ts";
import { slotPattern } from "./roster.ts";

/** What may lie on the plan, in the order in which it is laid: each later kind covers the earlier ones. */
export const layerKinds = ["swap", "leave", "stand_in", "relief"] as const;
export type LayerKind = (typeof layerKinds)[number];

export const layerStates = ["asked", "agreed", "approved", "refused", "withdrawn"] as const;

const id = z.string().min(1).max(64);
const instant = z.number().int().nonnegative();
/** Layers are cut to the minute. */
const minute = instant.multipleOf(minuteMs);
const slot = z.string().regex(slotPattern);
const hand = z.strictObject({ by: id, at: instant });
export type Hand = z.infer<typeof hand>;

/** What is asked for. A swap: two whole slots change hands, if they are still held by whom the two saw. */
const swapWish = {
  kind: z.literal("swap"),
  slot,
  officerId: id,
  otherSlot: slot,
  otherId: id,
  /** From the earlier slot's beginning to the later one's end: when the swap matters. */
  fromAt: minute,
  toAt: minute,
};
const leaveWish = { kind: z.literal("leave"), officerId: id, fromAt: minute, toAt: minute };
/** `officerId` stands in `slot` from `fromAt` to `toAt`, whoever stood there below. */
const cover = { slot, officerId: id, fromAt: minute, toAt: minute };
const standInWish = { kind: z.literal("stand_in"), ...cover };
const reliefWish = { kind: z.literal("relief"), ...cover };

const asking = {
  id,
  reason: z.string().max(200),
  /** One line for the duty log: who, where, when. Names are those of the day. */
  about: z.strictObject({ zh: z.string().max(300), en: z.string().max(300) }),
};
const course = {
  ...asking,
  state: z.enum(layerStates),
  asked: hand,
  /** Who agreed: the other of a swap, the stand-in, the relief. A leave needs nobody's. */
  agreed: hand.nullable(),
  approved: hand.nullable(),
  refused: hand.nullable(),
  /** Why it was refused. */
  refusal: z.string().max(200),
  /** Who took it back or ended it early: from then on it does not count. */
  ended: hand.nullable(),
};

type Wish = { kind: LayerKind; fromAt: number; toAt: number; slot?: string; otherSlot?: string };
const isStretch = ({ fromAt, toAt }: Wish) => fromAt < toAt;
const isExchange = (wish: Wish & { officerId?: string; otherId?: string }) =>
  wish.kind !== "swap" || (wish.slot !== wish.otherSlot && wish.officerId !== wish.otherId);

/** What an op asks for. */
export const layerAskSchema = z
  .discriminatedUnion("kind", [
    z.strictObject({ ...asking, ...swapWish }),
    z.strictObject({ ...asking, ...leaveWish }),
    z.strictObject({ ...asking, ...standInWish }),
    z.strictObject({ ...asking, ...reliefWish }),
  ])
  .refine(isStretch, { path: ["toAt"] })
  .refine(isExchange, { path: ["otherSlot"] });
export type LayerAsk = z.infer<typeof layerAskSchema>;

export const swapSchema = z.strictObject({ ...course, ...swapWish });
export const leaveSchema = z.strictObject({ ...course, ...leaveWish });
export const standInSchema = z.strictObject({ ...course, ...standInWish });
export const reliefSchema = z.strictObject({ ...course, ...reliefWish });

/** A change over the plan with its whole course: who asked, who agreed, who approved, who ended it, and when. */
export const layerEntrySchema = z
  .discriminatedUnion("kind", [swapSchema, leaveSchema, standInSchema, reliefSchema])
  .refine(isStretch, { path: ["toAt"] })
  .refine(isExchange, { path: ["otherSlot"] });
export type LayerEntry = z.infer<typeof layerEntrySchema>;
export type Swap = z.infer<typeof swapSchema>;
export type Leave = z.infer<typeof leaveSchema>;
export type StandIn = z.infer<typeof standInSchema>;
export type Relief = z.infer<typeof reliefSchema>;

const nextMinute = (at: number): number => Math.ceil(at / minuteMs) * minuteMs;

/**
 * RO-13: until when an entry counts. Swap, leave and stand-in count once approved. A relief counts once the one who came
 * has agreed: at night there is nobody to ask first; refused later, it counts up to the refusal and not after.
 * RO-33: what was ended early counts up to then.
 */
export function countsUntil(entry: LayerEntry): number {
  const counts = entry.state === "approved" || (entry.kind === "relief" && entry.agreed !== null);
  if (!counts) return Number.NEGATIVE_INFINITY;
  const end = entry.refused ?? entry.ended;
  return end ? nextMinute(end.at) : Number.POSITIVE_INFINITY;
}

/** Order within one layer: by approval (a relief by consent), then by id, so that every desk lays them alike. */
export function layerOrder(a: LayerEntry, b: LayerEntry): number {
  const at = (entry: LayerEntry) => (entry.kind === "relief" ? entry.agreed?.at : entry.approved?.at) ?? 0;
  return at(a) - at(b) || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}
