import { z } from "zod";
import { askedSchema } from "#shared/domain/presence/ladder.ts";
import { clockSteps } from "./limits.ts";

/** Older climbs of an event are in its timeline. */
export const climbsKept = 20;

/** One clock that ran out, and how far up it was told. */
export const climbSchema = z.strictObject({ of: z.enum(clockSteps), dueAt: z.number().int(), asked: askedSchema });
export type Climb = z.infer<typeof climbSchema>;
