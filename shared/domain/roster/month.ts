import { z } from "zod";
import { slotPattern } from "./roster.ts";

type Slots = Readonly<Record<string, string>>;

/** A short name of who stands where: two desks that speak of the same month say the same. 16 hex digits; no protection. */
export function monthDigest(slots: Slots): string {
  const text = Object.entries(slots)
    .map(([slot, officerId]) => `${slot}=${officerId}\n`)
    .sort()
    .join("");
  // FNV-1a from two starts: this tells change from no change, it proves nothing.
  const hash = (start: number) => {
    let value = start;
    for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193) >>> 0;
    return value.toString(16).padStart(8, "0");
  };
  return hash(0x811c9dc5) + hash(0x9747b28c);
}

/** One place that changes hands; `null`: nobody. */
export interface SlotChange {
  readonly slot: string;
  readonly was: string | null;
  readonly officerId: string | null;
}

/** What is different between two months, by slot. */
export function changesBetween(before: Slots, after: Slots): SlotChange[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter((slot) => before[slot] !== after[slot])
    .sort()
    .map((slot) => ({ slot, was: before[slot] ?? null, officerId: after[slot] ?? null }));
}

/** RO-35: who has accepted which empty places, why, signed with the officer's own key. */
export const acceptedGapSchema = z.strictObject({
  slots: z.array(z.string().regex(slotPattern)).min(1).max(1000),
  reason: z.string().trim().min(2).max(200),
  officerId: z.string().min(1).max(64),
  name: z.string().max(40),
  at: z.number().int().nonnegative(),
  signature: z.string().max(200),
  publicKey: z.string().max(64),
});
export type AcceptedGap = z.infer<typeof acceptedGapSchema>;

/** What is signed: which month as it would be, which places stay empty, why, who, when. */
export function acceptanceText(
  month: string,
  slots: Slots,
  gap: Omit<AcceptedGap, "signature" | "publicKey" | "name">,
) {
  const { slots: empty, reason, officerId, at } = gap;
  return ["zhishou-roster-gap-v1", month, monthDigest(slots), ...[...empty].sort(), reason, officerId, at].join("\n");
}
