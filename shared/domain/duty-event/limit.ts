import { z } from "zod";
import { hoursKinds, longestMin } from "./hours-kind.ts";

export const limitSchema = z.strictObject({ min: z.number().int().min(1).max(longestMin), in: z.enum(hoursKinds) });
export type Limit = z.infer<typeof limitSchema>;
