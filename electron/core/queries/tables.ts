import type { EditionView, ParsedOf } from "#shared/contract.ts";
import { type CheckContext, readTable, renamedCells, writeTable } from "#shared/domain/table/check.ts";
import { type NamedRow, readCell, writeCell } from "#shared/domain/table/column.ts";
import { bytesOf, type EditionHead, rowChanges, tableDigest } from "#shared/domain/table/edition.ts";
import { cellKey, rebaseTable } from "#shared/domain/table/rebase.ts";
import { columnsOf, type TableName, type TableRow, tableKinds, tableNames } from "#shared/domain/table/tables.ts";
import { deskError } from "#shared/errors.ts";
import { fail, ok } from "#shared/lib/result.ts";
import { type Answer, type Desk, enrolled } from "../desk.ts";
import { type ReadTable, readTableFile } from "../sheets/read-table.ts";
import { writeTableFile } from "../sheets/write-table.ts";
import { sql } from "../store/database.ts";
import { rowsOfEdition, wasOfEdition } from "../store/table-editions.ts";
import { earlierCategories, editionOf, formerCategories, rowsOfTable } from "../store/tables.ts";
import { officersById } from "./people.ts";
import { type KnownEdition, knownEditions } from "./table-editions.ts";

/** What cells may name at this desk, and which categories its open events carry. */
export function contextOf(desk: Desk, language: CheckContext["language"] = "zh"): CheckContext {
  return {
    parties: desk.tables.parties.rows,
    rows: (table) =>
      (rowsOfTable(desk.db, desk.defaults, table as TableName) as readonly Partial<NamedRow>[]).flatMap(
        ({ code, name, nameEn }) =>
          code === undefined ? [] : [{ code, name: name ?? code, ...(nameEn ? { nameEn } : {}) }],
      ),
    language,
    named: namedCategories(desk),
    former: formerCategories(desk.db, desk.defaults),
    earlier: () => earlierCategories(desk.db, desk.defaults),
    inUse: Object.fromEntries(
      (
        sql(
          desk.db,
          "SELECT category, count(*) AS count FROM duty_event WHERE open = 1 GROUP BY category LIMIT 2000",
        ).all() as { category: string; count: number }[]
      ).map(({ category, count }) => [category, count]),
    ),
  };
}

/** TB-3: rows of the other tables by the category that they name. */
function namedCategories({ db, defaults }: Desk): CheckContext["named"] {
  const named: Record<string, Partial<Record<TableName, number>>> = {};
  for (const table of tableNames) {
    const refs = categoryColumns(table);
    for (const row of rowsOfTable(db, defaults, table) as readonly TableRow[])
      for (const key of refs) {
        const code = String(row[key] ?? "");
        if (!code) continue;
        const own = named[code] ?? {};
        named[code] = { ...own, [table]: (own[table] ?? 0) + 1 };
      }
  }
  return named;
}

const categoryColumns = (table: TableName): string[] =>
  Object.entries(columnsOf(table)).flatMap(([key, { how }]) =>
    how.kind === "ref" && how.table === "category" ? [key] : [],
  );

const sourceOf = (head: EditionHead | undefined) => head?.from ?? "default";

function viewOf(desk: Desk, known: readonly KnownEdition[]): EditionView[] {
  const officers = officersById(desk.db);
  return known.map(({ head, opId, sync }) => ({
    ...head,
    byName: head.from === "district" ? "" : (officers.get(head.by)?.name ?? ""),
    opId,
    sync,
  }));
}

const editionsOf = (desk: Desk, table: TableName) =>
  knownEditions(desk.db, enrolled(desk), table, editionOf(desk.db, table));

/** TB-11: rows that name a category which no longer stands. */
function orphansOf(desk: Desk, table: TableName, standing: ReadonlySet<string>): number {
  const refs = categoryColumns(table);
  return (rowsOfTable(desk.db, desk.defaults, table) as readonly TableRow[]).filter((row) =>
    refs.some((key) => row[key] && !standing.has(String(row[key]))),
  ).length;
}

export function listTables(desk: Desk): Answer<"table.list"> {
  const standing = new Set(rowsOfTable(desk.db, desk.defaults, "category").map(({ code }) => code));
  return ok({
    tables: tableNames.map((table) => {
      const head = editionOf(desk.db, table)?.head;
      const [view] = head ? viewOf(desk, editionsOf(desk, table).stood.slice(0, 1)) : [];
      return {
        table,
        source: sourceOf(head),
        edition: head?.edition ?? 0,
        rows: rowsOfTable(desk.db, desk.defaults, table).length,
        at: head?.at ?? null,
        byName: view?.byName ?? "",
        sync: view?.sync ?? null,
        orphans: orphansOf(desk, table, standing),
      };
    }),
  });
}

export function getTable(desk: Desk, { table, language }: ParsedOf<"table.get">): Answer<"table.get"> {
  const context = contextOf(desk, language);
  const edition = editionOf(desk.db, table);
  const rows = rowsOfTable(desk.db, desk.defaults, table);
  const defaults = desk.defaults[table];
  const { stood, refused } = editionsOf(desk, table);
  return ok({
    source: sourceOf(edition?.head),
    cells: writeTable(table, rows, context),
    defaults: writeTable(table, defaults, context),
    digest: tableDigest(rows),
    editions: viewOf(desk, stood),
    refused: viewOf(desk, refused),
    differs: rowChanges(table, defaults, rows),
  });
}

/** TB-10. Errors: `table.not_kept`. */
export function getEdition(desk: Desk, { table, opId, language }: ParsedOf<"table.edition">): Answer<"table.edition"> {
  const rows = rowsOfEdition(desk.db, table, opId);
  if (!rows) return fail(deskError("table.not_kept"));
  return ok({
    cells: writeTable(table, rows, contextOf(desk, language)),
    was: wasOfEdition(desk.db, opId) ?? null,
  });
}

/** TB-12. */
export function rebaseEdits(
  desk: Desk,
  { table, cells, was, language }: ParsedOf<"table.rebase">,
): Answer<"table.rebase"> {
  const context = contextOf(desk, language);
  const present = rowsOfTable(desk.db, desk.defaults, table);
  const digest = tableDigest(present);
  const editions = viewOf(desk, editionsOf(desk, table).stood);
  const rowsOf = (opId: string | null) => (opId === null ? undefined : rowsOfEdition(desk.db, table, opId));
  const bases: (readonly TableRow[] | undefined)[] = [
    ...editions.map(({ opId }) => rowsOf(opId)),
    desk.defaults[table],
  ];
  const at = bases.findIndex((rows) => rows && tableDigest(rows) === was);
  const base = bases[at];
  const laid = base
    ? rebaseTable(
        table,
        writeTable(table, base, context),
        renamedCells(table, cells, context),
        writeTable(table, present, context),
      )
    : { cells, clashes: [] };
  return ok({
    known: base !== undefined,
    cells: laid.cells.map((row) => [...row]),
    clashes: laid.clashes,
    came: base ? editions.slice(0, at) : editions.slice(0, 1),
    changes: base ? rowChanges(table, base, present) : [],
    digest,
  });
}

/** TB-3. */
export function checkTable(
  desk: Desk,
  { table, cells, language, written }: ParsedOf<"table.check">,
): Answer<"table.check"> {
  const context = contextOf(desk, language);
  const { rows, problems } = readTable(table, cells, context);
  const present = rowsOfTable(desk.db, desk.defaults, table);
  return ok({
    problems: problems.map((one) => ({ ...one, params: { ...one.params } })),
    changes: rowChanges(table, present, rows),
    alike: alikeRows(table, cells, present, { ...context, language: written }),
    bytes: bytesOf(rows),
  });
}

/** Rows that are typed otherwise than one that stands, and are the same once each category has the name of today. */
function alikeRows(
  table: TableName,
  cells: readonly (readonly string[])[],
  present: readonly TableRow[],
  context: CheckContext,
): string[][] {
  const renamed = renamedCells(table, cells, context).map((row) => JSON.stringify(row));
  const others = cells.map((row, at) => ({ row, at })).filter(({ row, at }) => JSON.stringify(row) !== renamed[at]);
  if (others.length === 0) return [];
  const standing = new Set(writeTable(table, present, context).map((row) => JSON.stringify(row)));
  return others.filter(({ at }) => standing.has(renamed[at] ?? "")).map(({ row }) => [...row]);
}

export async function readTableSheet(
  desk: Desk,
  { table, fileName, base64 }: ParsedOf<"table.readSheet">,
): Promise<Answer<"table.readSheet">> {
  const read = await readTableFile(table, Buffer.from(base64, "base64"), fileName);
  return read.ok ? ok({ ...read.value, ...withStanding(desk, table, read.value) }) : read;
}

/** TB-7: a column that the file does not have says nothing of the rows that stand, where the file says which ones they are. */
function withStanding(
  desk: Desk,
  table: TableName,
  { cells, letters }: ReadTable,
): { cells: string[][]; kept: number } {
  const columns = Object.values(columnsOf(table));
  const lacks = (at: number) => letters[at] === "";
  if (!columns.some((_, at) => lacks(at)) || columns.some(({ key }, at) => key && lacks(at))) return { cells, kept: 0 };
  const context = contextOf(desk);
  const asWritten = (row: readonly string[]) =>
    columns.map((column, at) => {
      const read = column.key ? readCell(column, row[at] ?? "", context) : null;
      return read && "value" in read ? writeCell(column, read.value, context) : (row[at] ?? "");
    });
  const standing = new Map(
    writeTable(table, rowsOfTable(desk.db, desk.defaults, table), context).map((row) => [cellKey(table, row), row]),
  );
  let kept = 0;
  const laid = cells.map((row) => {
    const stands = standing.get(cellKey(table, asWritten(row)));
    if (stands) kept++;
    return stands ? row.map((cell, at) => (lacks(at) ? (stands[at] ?? "") : cell)) : row;
  });
  return { cells: laid, kept };
}

export async function tableSheet(
  desk: Desk,
  { table, cells }: ParsedOf<"table.sheet">,
): Promise<Answer<"table.sheet">> {
  const head = editionOf(desk.db, table)?.head;
  const edition = cells ? "未发布" : head ? `第${head.edition}版` : desk.tables.parties.label;
  const bytes = await writeTableFile(
    table,
    cells ?? writeTable(table, rowsOfTable(desk.db, desk.defaults, table), contextOf(desk)),
  );
  return ok({ fileName: `${tableKinds[table].name.zh}-${edition}.xlsx`, base64: bytes.toString("base64") });
}
