import { z } from "zod";

/** A table on an official sheet: its columns with the room that each needs, and its lines. */
export const sheetTableSchema = z.object({
  columns: z.array(
    z.object({
      name: z.string(),
      /** Per cent of the sheet; `null`: an equal share of what the others leave. */
      share: z.number().nullable(),
      /** Of figures, in one line. */
      figures: z.boolean(),
    }),
  ),
  rows: z.array(z.array(z.string())),
});
export type SheetTable = z.infer<typeof sheetTableSchema>;

/** A list as it goes to paper. */
export const listSheetSchema = sheetTableSchema.extend({
  office: z.string(),
  title: z.string(),
  under: z.string(),
  stamps: z.array(z.string()),
});
export type ListSheet = z.infer<typeof listSheetSchema>;
