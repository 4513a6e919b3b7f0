import { z } from "zod";
import type { Act } from "#shared/domain/act.ts";
import { type DeskError, deskError } from "#shared/errors.ts";
import { fail, ok, type Result } from "#shared/lib/result.ts";
import { type Named, takenOut } from "./categories-ever.ts";
import { keyOf, type RowOf, rowSchemas, type TableName, type TableRow, tableNames } from "./tables.ts";

/** TB-2: a table travels whole in one op: this is what fits with room to spare. */
export const mostRows = 1000;
export const mostBytes = 400_000;
/** Editions and lines of their difference that an edition remembers of those before it. */
export const mostPast = 30;
const mostLines = 200;
/** Categories taken out whose names are remembered. */
const mostGone = 200;

const instant = z.number().int().nonnegative();
const digest = z.string().length(16);

/** One row that an edition made different: which cells, or that it came or went. */
export const rowChangeSchema = z.strictObject({
  key: z.string().max(200),
  change: z.enum(["added", "changed", "removed"]),
  columns: z.array(z.string().max(40)).max(40),
});
export type RowChange = z.infer<typeof rowChangeSchema>;

/** Who set an edition, when, why, and what it changed. */
export const editionHeadSchema = z.strictObject({
  edition: z.number().int().positive(),
  from: z.enum(["street", "district"]),
  at: instant,
  by: z.string().max(64),
  note: z.string().max(200),
  rows: z.number().int().nonnegative(),
  added: z.number().int().nonnegative(),
  changed: z.number().int().nonnegative(),
  removed: z.number().int().nonnegative(),
  /** The first `mostLines` of them. Empty for a first edition: it replaced the default. */
  changes: z.array(rowChangeSchema).max(mostLines),
});
export type EditionHead = z.infer<typeof editionHeadSchema>;

/** A category that is no longer in the table, by which its events are still called. */
const goneSchema = z.strictObject({ code: z.string().max(40), name: z.string().max(60), nameEn: z.string().max(60) });

/** A table as it stands since its last edition. */
export const tableEditionSchema = z.strictObject({
  table: z.enum(tableNames),
  rows: z.array(z.record(z.string(), z.unknown())),
  head: editionHeadSchema,
  /** Editions before it, the newest first. */
  past: z.array(editionHeadSchema).max(mostPast),
  /** Of the categories alone: those that editions have taken out, the newest first. Absent where none was noted. */
  gone: z.array(goneSchema).max(mostGone).optional(),
});
export type TableEdition = z.infer<typeof tableEditionSchema>;

/** A whole table. `was`: digest of the rows that it replaces, the default's for a first edition; `null`: of the district. */
export const tableSetSchema = z.discriminatedUnion(
  "table",
  tableNames.map((table) =>
    z.strictObject({
      table: z.literal(table),
      rows: z.array(rowSchemas[table] as z.ZodType<TableRow>).max(mostRows),
      was: digest.nullable(),
      note: z.string().trim().max(200).default(""),
    }),
  ) as never,
) as unknown as z.ZodType<TableSet>;
export interface TableSet {
  readonly table: TableName;
  readonly rows: readonly TableRow[];
  readonly was: string | null;
  readonly note: string;
}

/** One text for one content: keys in the order of the alphabet. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_key, part: unknown) =>
    part && typeof part === "object" && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );

/** A short name of a table's rows, in their order. 16 hex digits: it tells change from no change, it proves nothing. */
export function tableDigest(rows: readonly TableRow[]): string {
  const text = canonical(rows);
  const hash = (start: number) => {
    let value = start;
    for (let at = 0; at < text.length; at++) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193) >>> 0;
    return value.toString(16).padStart(8, "0");
  };
  return hash(0x811c9dc5) + hash(0x9747b28c);
}

/** What is different between two tables, by the key of their rows; a new order alone is no difference. */
export function rowChanges(table: TableName, before: readonly TableRow[], after: readonly TableRow[]): RowChange[] {
  const old = new Map(before.map((row) => [keyOf(table, row), row]));
  const now = new Map(after.map((row) => [keyOf(table, row), row]));
  const added = [...now].flatMap(([key, row]): RowChange[] => {
    const was = old.get(key);
    if (!was) return [{ key, change: "added", columns: [] }];
    const columns = Object.keys({ ...was, ...row }).filter((name) => canonical(was[name]) !== canonical(row[name]));
    return columns.length > 0 ? [{ key, change: "changed", columns }] : [];
  });
  const removed = [...old.keys()]
    .filter((key) => !now.has(key))
    .map((key): RowChange => ({ key, change: "removed", columns: [] }));
  return [...added, ...removed];
}

/** Bytes of UTF-8 that the rows take in an op. */
export function bytesOf(rows: readonly TableRow[]): number {
  const text = JSON.stringify(rows);
  let bytes = text.length;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    // Each half of a surrogate pair stands for two of the four bytes.
    if (unit > 0x7f) bytes += unit < 0x800 || (unit >= 0xd800 && unit <= 0xdfff) ? 1 : 2;
  }
  return bytes;
}

/** The first key that two rows share. */
export function twiceIn(table: TableName, rows: readonly TableRow[]): string | undefined {
  const seen = new Set<string>();
  return rows.map((row) => keyOf(table, row)).find((key) => seen.size === seen.add(key).size);
}

/**
 * TB-1: an administrator of the street, or the district, sets a whole table over the one that was seen; the newest counts.
 * Errors: `session.not_allowed`, `table.changed`, `table.too_large`, `table.twice`.
 */
export function judgeTable(
  present: TableEdition | undefined,
  { table, rows, was, note }: TableSet,
  act: Act,
  from: EditionHead["from"],
): Result<TableEdition, DeskError> {
  if (from === "street" && act.grade !== "admin") return fail(deskError("session.not_allowed"));
  // The district does not sit before a street's table: what it sets replaces whatever stands.
  if (from === "street" && present && was !== tableDigest(present.rows)) return fail(deskError("table.changed"));
  if (bytesOf(rows) > mostBytes) return fail(deskError("table.too_large", { rows: mostRows, kib: mostBytes / 1000 }));
  const twice = twiceIn(table, rows);
  if (twice !== undefined) return fail(deskError("table.twice", { key: twice }));
  const changes = present ? rowChanges(table, present.rows, rows) : [];
  const count = (change: RowChange["change"]) => changes.filter((one) => one.change === change).length;
  const head: EditionHead = {
    edition: (present?.head.edition ?? 0) + 1,
    from,
    at: act.at,
    by: act.by,
    note,
    rows: rows.length,
    added: count("added"),
    changed: count("changed"),
    removed: count("removed"),
    changes: changes.slice(0, mostLines),
  };
  const past = present ? [present.head, ...present.past].slice(0, mostPast) : [];
  const gone = table === "category" ? goneAfter(present, rows as readonly RowOf<"category">[]) : [];
  return ok({ table, rows: [...rows], head, past, ...(gone.length > 0 ? { gone } : {}) });
}

/** TB-4: the names of categories that were once in the table and are not now. */
function goneAfter(present: TableEdition | undefined, rows: readonly RowOf<"category">[]): Named[] {
  const before = (present?.rows ?? []) as unknown as readonly RowOf<"category">[];
  return takenOut(rows, [...before, ...(present?.gone ?? [])]).slice(0, mostGone);
}
