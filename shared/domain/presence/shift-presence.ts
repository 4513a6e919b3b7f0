import { z } from "zod";
import { dutyCheckSchema } from "./duty-check.ts";
import { watchSchema } from "./watch.ts";

/** Who kept a shift and whether somebody was there: what a handover says of presence. */
export const shiftPresenceSchema = z.strictObject({
  watchId: watchSchema.shape.id,
  arrivals: watchSchema.shape.arrivals,
  takeOvers: watchSchema.shape.takeOvers,
  /** Vigilance checks asked in this shift, oldest first, with their misses and answers. */
  vigilance: watchSchema.shape.checks,
  /** Duty checks of the district: asked in this shift, or shown by its desk. */
  dutyChecks: z.array(dutyCheckSchema),
});
export type ShiftPresence = z.infer<typeof shiftPresenceSchema>;
