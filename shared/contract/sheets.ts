import { z } from "zod";
import { officerSchema } from "#shared/domain/officer/officer.ts";
import { admins, type CallRow, command, month, params, query } from "./call.ts";

/** Largest file of an import, bytes: in base64 and with its answers it passes the 1 MiB of a call. */
export const sheetFileMost = 700 * 1024;

export const sheetFileSchema = z.strictObject({
  fileName: z.string().min(1).max(200),
  base64: z.base64().max(Math.ceil(sheetFileMost / 3) * 4),
  /** By id of question; they go before what the desk remembers. */
  answers: z.record(z.string().min(1).max(200), z.string().max(200)).default({}),
});

export const sheetQuestionSchema = z.object({
  id: z.string(),
  kind: z.enum(["month", "name", "code", "column", "shift", "placing", "grade", "pool"]),
  /** The word as it stands in the sheet. */
  text: z.string(),
  sheet: z.string(),
  cells: z.array(z.string()),
  choices: z.array(z.string()),
  proposal: z.string().nullable(),
});
export type SheetQuestion = z.infer<typeof sheetQuestionSchema>;

export const rosterReadingSchema = z.object({
  sheets: z.array(
    z.object({
      sheet: z.string(),
      hidden: z.boolean(),
      layout: z.enum(["days_down", "days_across", "none"]),
      /** `cell` is an address like `B3`; `as` what its text was taken for. */
      cells: z.array(z.object({ cell: z.string(), text: z.string(), as: z.string(), value: z.string() })),
      /** Cells that are left out here because there are too many to show. */
      unshown: z.number().int(),
      problems: z.array(z.object({ code: z.string(), cell: z.string(), params })),
    }),
  ),
  questions: z.array(sheetQuestionSchema),
  /** What was not asked because an answer is remembered from an earlier import. */
  recalled: z.array(z.object({ question: sheetQuestionSchema, answer: z.string() })),
  /** Slots that were read. */
  count: z.number().int(),
  months: z.array(z.object({ month, read: z.number().int(), added: z.number().int(), changed: z.number().int() })),
  /** What would be different; `null`: nobody. */
  changes: z.array(z.object({ slot: z.string(), was: z.string().nullable(), officerId: z.string().nullable() })),
});
export type RosterReadingView = z.infer<typeof rosterReadingSchema>;

/** Rosters that arrive as spreadsheets. */
export const sheetCalls = {
  "sheet.readRoster": query(
    "officer",
    "Reads a roster file: what each cell was taken for, what has to be asked, what would change. Saves nothing.",
    () => sheetFileSchema,
    () => rosterReadingSchema,
  ),

  "sheet.takeRoster": command(
    "officer",
    "Publishes the months of a roster file, changing only what it names; remembers the answers. Refused with open questions.",
    () => sheetFileSchema,
    () => z.object({ months: z.array(z.string()), changed: z.number().int() }),
  ),

  "sheet.readStaff": query(
    "officer",
    "Reads a staff list: what each cell was taken for, what has to be asked, who is new and who changes. Saves nothing.",
    () => sheetFileSchema,
    () =>
      z.object({
        sheets: z.array(
          z.object({
            sheet: z.string(),
            cells: z.array(z.object({ cell: z.string(), text: z.string(), as: z.string(), value: z.string() })),
            unshown: z.number().int(),
          }),
        ),
        people: z.array(
          officerSchema.pick({ name: true, grade: true, pool: true, phone: true, post: true }).extend({
            existingId: z.string().nullable(),
            cell: z.string(),
            change: z.enum(["new", "changed", "same"]),
          }),
        ),
        questions: z.array(sheetQuestionSchema),
        recalled: z.array(z.object({ question: sheetQuestionSchema, answer: z.string() })),
        problems: z.array(
          z.object({ code: z.enum(["twice", "phone", "formula", "no_name"]), cell: z.string(), text: z.string() }),
        ),
      }),
  ),

  "sheet.takeStaff": command(
    "officer",
    "Enters the people of a staff list and changes those who are known; remembers the answers. New ones get a first PIN each, told this once.",
    () => sheetFileSchema,
    () => z.object({ added: z.array(z.object({ name: z.string(), pin: z.string() })), updated: z.number().int() }),
    admins,
  ),
} as const satisfies Record<string, CallRow>;
