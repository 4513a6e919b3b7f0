import { z } from "zod";

export const sopWords = z.string().trim().min(1).max(200);
export const sopItemSchema = z.strictObject({ text: sopWords, must: z.boolean() });

/** One tick, as it was last said: who, when, with what remark. */
export const sopTickSchema = z.strictObject({
  item: sopWords,
  done: z.boolean(),
  at: z.number().int().nonnegative(),
  by: z.string().max(64),
  note: z.string().max(200),
});
export type SopTick = z.infer<typeof sopTickSchema>;

/** SP-1: the card as it lay before who ticked first, and the ticks. */
export const sopSchema = z.strictObject({
  card: z.array(sopItemSchema).max(60),
  ticks: z.array(sopTickSchema).max(120),
});
