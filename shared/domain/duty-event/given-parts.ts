import { z } from "zod";
import { partyKinds } from "./party.ts";
import { criterionNameMost, mostCriteria } from "./score.ts";

/*
 * What forms give in pieces larger than a word. In a module of its own: the pages check forms by it, and a start of theirs waits for the
 * names that stand around, not for schemas.
 */

/** Who handles: a post or joint post of the street, a grid, a team, a department of the district. */
export const partySchema = z.strictObject({
  kind: z.enum(partyKinds),
  name: z.string().trim().min(1).max(60),
});
export type Party = z.infer<typeof partySchema>;

/** An event as another one names it. */
export const eventRef = { eventId: z.string().min(1).max(64), number: z.string().min(1).max(40) };
export const otherSchema = z.strictObject(eventRef);

/** The lead event of a merge, with when it was reported: by that both ends know that it is the earlier one. */
export const intoSchema = z.strictObject({ ...eventRef, reportedAt: z.number().int().nonnegative() });
export type Into = z.infer<typeof intoSchema>;

/** BO-7: one piece of a matter that is split off, in words of its own. */
export const partsSchema = z.array(z.string().trim().min(1).max(2000)).min(1).max(10);

/** What is to be done after it, by whom, until which day. */
export const measuresSchema = z
  .array(
    z.strictObject({
      text: z.string().trim().min(1).max(300),
      who: z.string().trim().min(1).max(60),
      dueOn: z.string().regex(/^\d{4}-\d{2}-\d{2}$/),
    }),
  )
  .max(20);
export type Measures = z.infer<typeof measuresSchema>;

/** Names and bounds travel with the points: a later table changes no score that was given. */
export const pointsSchema = z
  .array(
    z
      .strictObject({
        code: z.string().min(1).max(40),
        name: z.string().min(1).max(criterionNameMost),
        points: z.number().int().min(0),
        most: z.number().int().min(1).max(100),
      })
      .refine(({ points, most }) => points <= most),
  )
  .min(1)
  .max(mostCriteria);
export type Points = z.infer<typeof pointsSchema>;
