import { z } from "zod";
import { type Measures, measuresSchema } from "./given-parts.ts";

export type { Measures };

const instant = z.number().int().nonnegative();

/** RV-1: the look back after an event has ended: what happened, what went well, what to change, who does it until when. */
export const reviewSchema = z.strictObject({
  happened: z.string().min(1).max(2000),
  well: z.string().max(2000),
  change: z.string().max(2000),
  measures: measuresSchema,
  at: instant,
  by: z.string().max(64),
});
export type Review = z.infer<typeof reviewSchema>;

/** RV-1: a critical event whose end nobody has looked back on is offered for it. */
export const wantsReview = (event: { readonly level: string; readonly review: Review | null }): boolean =>
  event.level === "critical" && event.review === null;
