import { z } from "zod";

const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);

/** RO-37: what somebody would like, or would rather not, in a month. A wish is no right: the generator keeps it where nothing has to give way. */
export const monthWishesSchema = z.strictObject({
  officerId: z.string().min(1).max(64),
  month: z.string().regex(/^\d{4}-\d{2}$/),
  wishes: z
    .array(
      z.strictObject({
        on: day,
        /** `null`: the whole duty day. */
        shift: z.string().max(20).nullable(),
        want: z.enum(["off", "on"]),
      }),
    )
    .max(62),
});
export type MonthWishes = z.infer<typeof monthWishesSchema>;
