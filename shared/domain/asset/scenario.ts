import { z } from "zod";

/** What is looked for around a place, by what has happened there: a table of the district. */
export const scenarioSchema = z.object({
  code: z.string(),
  name: z.object({ zh: z.string(), en: z.string() }),
  /** Categories of events that ask for this scenario. */
  categories: z.array(z.string()),
  nearest: z.array(z.object({ kind: z.string(), count: z.number().int().min(1).max(20) })),
  within: z.array(z.object({ kind: z.string(), radiusM: z.number().positive() })),
});
