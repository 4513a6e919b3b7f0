import { z } from "zod";
import { tableClashSchema } from "#shared/domain/table/clash.ts";
import { cellProblems } from "#shared/domain/table/column.ts";
import { editionHeadSchema, mostRows, rowChangeSchema } from "#shared/domain/table/edition.ts";
import { tableNames } from "#shared/domain/table/tables.ts";
import { admins, type CallRow, command, instant, madeFileSchema, none, params, query } from "./call.ts";
import { sheetFileMost } from "./sheets.ts";
import { syncStateSchema } from "./sync-state.ts";

/** Rows by their columns as they are typed, in the order of the table. */
const cells = z.array(z.array(z.string().max(4000)).max(40)).max(mostRows);

export const tableProblemSchema = z.object({
  row: z.number().int().nullable(),
  column: z.string().nullable(),
  problem: z.enum([
    ...cellProblems,
    "twice",
    "cyclic",
    "uncovered",
    "in_use",
    "state_missing",
    "state_twice",
    "longer",
    "rest_missing",
    "ladder_missing",
    "ladder_start",
    "backwards",
    "overlap",
    "other_days",
    "stretches",
    "criteria_most",
    "empty",
  ]),
  /** A grave one keeps the table from being published. */
  grave: z.boolean(),
  params,
});
export type TableProblemView = z.infer<typeof tableProblemSchema>;

/** In which cells are written; they are read in both. */
const language = z.enum(["zh", "en"]).default("zh");

/** Where the rows of a table are from. */
const source = z.enum(["default", "street", "district"]);
const headView = editionHeadSchema.extend({
  byName: z.string(),
  /** By which its rows are asked for; `null`: they are not kept here. */
  opId: z.string().nullable(),
  /** Where it stands with the district; `null`: not known here. */
  sync: syncStateSchema.nullable(),
});
export type EditionView = z.infer<typeof headView>;

/** The rule tables: categories, limits, responsibilities, templates, SOP cards, criteria, the strip. */
export const tableCalls = {
  "table.list": query(
    "officer",
    "Every rule table: where its rows are from, its edition, how many rows.",
    () => none,
    () =>
      z.object({
        tables: z.array(
          z.object({
            table: z.enum(tableNames),
            source,
            edition: z.number().int(),
            rows: z.number().int(),
            at: instant.nullable(),
            byName: z.string(),
            /** Where its edition stands with the district; `null`: the default, or not known. */
            sync: syncStateSchema.nullable(),
            /** Rows that name a category which was taken out. */
            orphans: z.number().int(),
          }),
        ),
      }),
  ),

  "table.get": query(
    "officer",
    "One rule table as it is typed, its editions with their differences, and the default's rows.",
    () => z.strictObject({ table: z.enum(tableNames), language }),
    () =>
      z.object({
        source,
        cells,
        defaults: cells,
        /** Digest of the rows: what `table.publish` replaces. */
        digest: z.string(),
        /** The newest first. */
        editions: z.array(headView),
        /** Editions of this desk that the district did not take. */
        refused: z.array(headView),
        /** How it differs from the default. */
        differs: z.array(rowChangeSchema),
      }),
  ),

  "table.edition": query(
    "officer",
    "One edition that is kept here, as it is typed.",
    () => z.strictObject({ table: z.enum(tableNames), opId: z.string().max(64), language }),
    () =>
      z.object({
        cells,
        /** Digest of the rows that it was set over; `null`: not known here. */
        was: z.string().nullable(),
      }),
  ),

  "table.rebase": query(
    "officer",
    "Lays what was typed over an older edition on the table as it stands, and says where both changed the same. Saves nothing.",
    () => z.strictObject({ table: z.enum(tableNames), cells, was: z.string().length(16), language }),
    () =>
      z.object({
        /** Whether the table that was edited is still known; without it nothing can be laid anew. */
        known: z.boolean(),
        cells,
        clashes: z.array(tableClashSchema),
        /** Editions since then, the newest first, and what they changed together. */
        came: z.array(headView),
        changes: z.array(rowChangeSchema),
        /** Digest of the table as it stands. */
        digest: z.string(),
      }),
  ),

  "table.check": query(
    "officer",
    "What is wrong with a table as it is typed, cell by cell, and what it would change. Saves nothing.",
    () =>
      z.strictObject({
        table: z.enum(tableNames),
        cells,
        /** Of the words of the answer. */
        language,
        /** Of what a standing row is called. */
        written: language,
      }),
    () =>
      z.object({
        problems: z.array(tableProblemSchema),
        changes: z.array(rowChangeSchema),
        /** Rows as typed that say what stands, by a name that a category had before. */
        alike: z.array(z.array(z.string())),
        bytes: z.number().int(),
      }),
  ),

  "table.publish": command(
    "officer",
    "Administrator: sets a whole table as its next edition, over the one that was seen.",
    () =>
      z.strictObject({
        table: z.enum(tableNames),
        cells,
        was: z.string().length(16),
        note: z.string().trim().max(200).default(""),
      }),
    () => z.object({ edition: z.number().int() }),
    admins,
  ),

  "table.readSheet": query(
    "officer",
    "Reads a table out of an Excel or CSV file by its column headings. Saves nothing.",
    () =>
      z.strictObject({
        table: z.enum(tableNames),
        fileName: z.string().min(1).max(200),
        base64: z.base64().max(Math.ceil(sheetFileMost / 3) * 4),
      }),
    () =>
      z.object({
        sheet: z.string(),
        cells,
        /** The line of the file in which each row stood, and the letter of each column of the table there, "" where it has none. */
        lines: z.array(z.number().int()),
        letters: z.array(z.string()),
        /** Columns of the table that the sheet lacks, and headings of the sheet that the table does not know. */
        missing: z.array(z.string()),
        unknown: z.array(z.string()),
        /** Rows whose cells of missing columns are as they stand; those of the others are blank. */
        kept: z.number().int(),
      }),
  ),

  "table.sheet": query(
    "officer",
    "A rule table as an Excel file that comes back through the import as it was: as it stands, or as it is typed.",
    () => z.strictObject({ table: z.enum(tableNames), cells: cells.optional() }),
    () => madeFileSchema,
  ),
} as const satisfies Record<string, CallRow>;
