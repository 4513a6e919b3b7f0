import { z } from "zod";

const instant = z.number().int().nonnegative().nullable();

/** When the steps of an event began and ended, in the present round; `null`: not yet. */
export const marksSchema = z.strictObject({
  acceptedAt: instant,
  assignedAt: instant,
  acknowledgedAt: instant,
  arrivedAt: instant,
  /** The first words from the spot. */
  toldAt: instant,
  handledAt: instant,
});
export type Marks = z.infer<typeof marksSchema>;
export const noMarks: Marks = {
  acceptedAt: null,
  assignedAt: null,
  acknowledgedAt: null,
  arrivedAt: null,
  toldAt: null,
  handledAt: null,
};
