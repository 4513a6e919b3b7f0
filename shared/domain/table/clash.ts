import { z } from "zod";

/** Where edits and an edition that came meanwhile want different things; the edits stand until a person says otherwise. */
export const tableClashSchema = z.object({
  /** The row by the words of its key, as they stand in its cells. */
  key: z.string(),
  /** Both wrote a cell; the row was taken out here, or there. */
  kind: z.enum(["cell", "gone_here", "gone_there"]),
  /** Of a cell alone. */
  column: z.string().nullable(),
  mine: z.string(),
  theirs: z.string(),
  /** The row as the new edition has it, where it was taken out here. */
  row: z.array(z.string()),
});
export type TableClash = z.infer<typeof tableClashSchema>;
