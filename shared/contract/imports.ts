import { z } from "zod";
import { assetStatuses } from "#shared/domain/asset/asset.ts";
import { coordinateSystems } from "#shared/domain/asset/coordinates.ts";
import type { Bilingual } from "#shared/lib/text.ts";
import { type CallRow, command, done, id, instant, none, params, query } from "./call.ts";

/** What a row of an import can say of a thing. `point` holds both coordinates in one cell. */
export const importFields = ["code", "kind", "name", "status", "lng", "lat", "point", "grid", "remark"] as const;
export type ImportField = (typeof importFields)[number];

/** Why a row is not taken. */
export const importProblems = [
  "no_place",
  "bad_place",
  "not_one",
  "bad_shape",
  "wrong_shape",
  "unknown_kind",
  "unknown_status",
  "no_name",
  "outside",
  "twice",
  "near",
  "exists",
] as const;
export type ImportProblem = (typeof importProblems)[number];

/** As it is said on screen and in the sheet of the rows that are not taken. */
export const importProblemNames: Readonly<Record<ImportProblem, Bilingual>> = {
  no_place: { zh: "没有坐标", en: "No coordinates" },
  bad_place: { zh: "坐标读不懂或不可能", en: "Coordinates cannot be read" },
  not_one: { zh: "一行里有几个点或几种图形，分不清是哪一处", en: "Several points or shapes in one row: not one place" },
  bad_shape: {
    zh: "线或面不完整：折点太少、不闭合成面或读不懂",
    en: "A line or area with too few corners, or unreadable",
  },
  wrong_shape: {
    zh: "图形与类别不符：线要配线状类别，面要配面状类别，点要配点状类别",
    en: "The shape does not fit the kind: lines need a kind of lines, areas one of areas, points one of points",
  },
  unknown_kind: { zh: "类别不认识", en: "Unknown kind" },
  unknown_status: { zh: "状态不认识", en: "Unknown status" },
  no_name: { zh: "没有名称和编号", en: "Neither name nor code" },
  outside: { zh: "在区界以外", en: "Outside the district" },
  twice: { zh: "编号在文件里重复", en: "Code stands twice in the file" },
  near: { zh: "20 米内有同类同名的", en: "One of the same name within 20 m" },
  exists: { zh: "编号已登记过", en: "Code is taken already" },
};

export const importChoicesSchema = z.strictObject({
  sheet: z.string().max(200).default(""),
  /** Column of each field, from 0; a field that is not named has none. `null`: as the headings say. */
  columns: z.partialRecord(z.enum(importFields), z.number().int().min(0).max(199)).nullable().default(null),
  /** `null`: as the file says or as it is found. */
  system: z.enum(coordinateSystems).nullable().default(null),
  swapped: z.boolean().nullable().default(null),
  /** Kind of the rows that name none. */
  kind: z.string().max(40).nullable().default(null),
  /** Words of the file for kinds of the desk. */
  kindWords: z.record(z.string().max(60), z.string().max(40)).default({}),
  takeOutside: z.boolean().default(false),
  takeNear: z.boolean().default(false),
});
export type ImportChoices = z.infer<typeof importChoicesSchema>;

export const importRowSchema = z.object({
  row: z.number().int(),
  code: z.string(),
  kind: z.string(),
  name: z.string(),
  status: z.enum(assetStatuses),
  grid: z.string(),
  lng: z.number().nullable(),
  lat: z.number().nullable(),
  problem: z.enum(importProblems).nullable(),
});
export type ImportRow = z.infer<typeof importRowSchema>;

export const importPreviewSchema = z.object({
  format: z.enum(["xlsx", "csv", "geojson", "kml", "gpx", "shp"]),
  encoding: z.string(),
  sheets: z.array(z.string()),
  /** Whether each feature brings its place, so that no column is asked for it. */
  placed: z.boolean(),
  columns: z.array(z.object({ name: z.string(), samples: z.array(z.string()) })),
  choices: importChoicesSchema,
  /** In which system the places were read here, and who says so; `unknown`: nobody, an officer has to choose. */
  system: z.enum(coordinateSystems),
  systemBy: z.enum(["officer", "file", "found", "unknown"]),
  swapped: z.boolean(),
  /** The ground says another system: so far would the pins be off, metres. */
  warning: z.object({ system: z.enum(coordinateSystems), offM: z.number().int() }).nullable(),
  rows: z.number().int(),
  good: z.number().int(),
  beyondStreet: z.number().int(),
  problems: z.array(
    z.object({ problem: z.enum(importProblems), count: z.number().int(), rows: z.array(z.number().int()) }),
  ),
  unknownKinds: z.array(z.object({ word: z.string(), count: z.number().int() })),
  first: z.array(importRowSchema),
  /** Some of the places, evenly drawn: `[lng, lat, 1 if it can be taken]`. */
  pins: z.array(z.tuple([z.number(), z.number(), z.number()])),
  /** Some of the lines and areas, roughly: rows of corners `[lng, lat]`, and whether it can be taken. */
  outlines: z.array(z.object({ lines: z.array(z.array(z.tuple([z.number(), z.number()]))), sound: z.boolean() })),
});
export type ImportPreview = z.infer<typeof importPreviewSchema>;

export const importStateSchema = z.object({
  importId: z.string(),
  fileName: z.string(),
  phase: z.enum(["reading", "ready", "taking", "done", "cancelled", "failed"]),
  /** Rows read, or taken, so far. */
  done: z.number().int(),
  /** Rows to take; while reading `null`. */
  of: z.number().int().nullable(),
  /** Share of the file that was read, percent. */
  percent: z.number().int().nullable(),
  error: z.object({ id: z.string(), params }).nullable(),
  preview: importPreviewSchema.nullable(),
});
export type ImportState = z.infer<typeof importStateSchema>;

export const pastImportSchema = z.object({
  importId: z.string(),
  at: instant,
  by: z.string(),
  fileName: z.string(),
  format: z.string(),
  system: z.enum(coordinateSystems),
  rows: z.number().int(),
  taken: z.number().int(),
  /** `leaving`: its undoing goes on. */
  state: z.enum(["done", "leaving"]),
});
export type PastImport = z.infer<typeof pastImportSchema>;

/** Assets that come as files: looked at, taken as a whole, undone as a whole. */
export const importCalls = {
  "import.open": command(
    "officer",
    "Begins to read a file that came with `file.piece`. One import at a time.",
    () => z.strictObject({ fileId: id }),
    () => importStateSchema,
  ),
  "import.state": query(
    "officer",
    "The import under way, if any.",
    () => none,
    () => z.object({ state: importStateSchema.nullable() }),
  ),
  "import.choose": command(
    "officer",
    "Reads it again with other choices.",
    () => z.strictObject({ importId: id, choices: importChoicesSchema }),
    () => importStateSchema,
  ),
  "import.take": command(
    "officer",
    "Takes the good rows. Nothing of it shows before all of it does.",
    () => z.strictObject({ importId: id }),
    () => importStateSchema,
  ),
  "import.leave": command(
    "officer",
    "Ends the import under way; what was not shown yet is not taken.",
    () => z.strictObject({ importId: id }),
    () => done,
  ),
  "import.list": query(
    "officer",
    "Imports that stand here, newest first.",
    () => none,
    () => z.object({ imports: z.array(pastImportSchema) }),
  ),
  "import.undo": command(
    "officer",
    "Takes away everything that an import brought.",
    () => z.strictObject({ importId: id }),
    () => done,
  ),
} as const satisfies Record<string, CallRow>;
