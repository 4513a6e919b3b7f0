import { z } from "zod";

const instant = z.number().int().nonnegative();

/** BO-2: what the two sides agreed: who does the work once, who keeps it up, who agreed and on which day. */
export const agreementSchema = z.strictObject({
  oneOff: z.string().min(1).max(200),
  upkeep: z.string().min(1).max(200),
  agreedBy: z.string().min(1).max(200),
  agreedOn: z.string().max(20),
  text: z.string().max(500),
  at: instant,
  by: z.string().max(64),
});

/** BO-1: the matter lies on a boundary; `side` names the other side. */
export const borderSchema = z.strictObject({
  side: z.string().min(1).max(60),
  text: z.string().max(500),
  at: instant,
  by: z.string().max(64),
  agreement: agreementSchema.nullable(),
});
export type Border = z.infer<typeof borderSchema>;

interface Bordered {
  readonly border: Border | null;
}

export const isBordered = ({ border }: Bordered): boolean => border !== null;
export const isNotBordered = ({ border }: Bordered): boolean => border === null;
/** BO-3: a matter of the boundary ends with an agreement, or not at all. */
export const isAgreed = ({ border }: Bordered): boolean => border === null || border.agreement !== null;

/** How people say “that is not ours”. */
const notOurs =
  /\u4e0d(\u5c5e|\u5f52|\u5728|\u662f)\u4e8e?(\u6211|\u672c|\u54b1)|\u975e(\u6211|\u672c)(\u65b9|\u8f96|\u8857|\u9547|\u533a)|\u4e0d\u5f52\u6211\u4eec|\u4e0d\u5173\u6211|not ours/iu;

/** BO-3: whether words send a matter of the boundary away as somebody else's. */
export const sendsAway = ({ border }: Bordered, words: string): boolean => border !== null && notOurs.test(words);
