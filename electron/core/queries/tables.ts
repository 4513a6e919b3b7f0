import type { EditionView, ParsedOf } from "#shared/contract.ts";
import { type CheckContext, readTable, writeTable } from "#shared/domain/table/check.ts";
import type { NamedRow } from "#shared/domain/table/column.ts";
import { bytesOf, type EditionHead, rowChanges, tableDigest } from "#shared/domain/table/edition.ts";
import { columnsOf, type TableName, type TableRow, tableKinds, tableNames } from "#shared/domain/table/tables.ts";
import { ok } from "#shared/lib/result.ts";
import type { Answer, Desk } from "../desk.ts";
import { readTableFile } from "../sheets/read-table.ts";
import { writeTableFile } from "../sheets/write-table.ts";
import { sql } from "../store/database.ts";
import { editionOf, formerCategories, rowsOfTable } from "../store/tables.ts";
import { officersById } from "./people.ts";

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
    const refs = Object.entries(columnsOf(table)).filter(
      ([, { how }]) => how.kind === "ref" && how.table === "category",
    );
    for (const row of rowsOfTable(db, defaults, table) as readonly TableRow[])
      for (const [key] of refs) {
        const code = String(row[key] ?? "");
        if (!code) continue;
        const own = named[code] ?? {};
        named[code] = { ...own, [table]: (own[table] ?? 0) + 1 };
      }
  }
  return named;
}

const sourceOf = (head: EditionHead | undefined) => head?.from ?? "default";

function viewOf(desk: Desk, heads: readonly EditionHead[]): EditionView[] {
  const officers = officersById(desk.db);
  return heads.map((head) => ({
    ...head,
    byName: head.from === "district" ? "" : (officers.get(head.by)?.name ?? ""),
  }));
}

export function listTables(desk: Desk): Answer<"table.list"> {
  return ok({
    tables: tableNames.map((table) => {
      const head = editionOf(desk.db, table)?.head;
      const [view] = head ? viewOf(desk, [head]) : [];
      return {
        table,
        source: sourceOf(head),
        edition: head?.edition ?? 0,
        rows: rowsOfTable(desk.db, desk.defaults, table).length,
        at: head?.at ?? null,
        byName: view?.byName ?? "",
      };
    }),
  });
}

export function getTable(desk: Desk, { table, language }: ParsedOf<"table.get">): Answer<"table.get"> {
  const context = contextOf(desk, language);
  const edition = editionOf(desk.db, table);
  const rows = rowsOfTable(desk.db, desk.defaults, table);
  const defaults = desk.defaults[table];
  return ok({
    source: sourceOf(edition?.head),
    cells: writeTable(table, rows, context),
    defaults: writeTable(table, defaults, context),
    digest: tableDigest(rows),
    editions: edition ? viewOf(desk, [edition.head, ...edition.past]) : [],
    differs: rowChanges(table, defaults, rows),
  });
}

/** TB-3. */
export function checkTable(desk: Desk, { table, cells, language }: ParsedOf<"table.check">): Answer<"table.check"> {
  const { rows, problems } = readTable(table, cells, contextOf(desk, language));
  return ok({
    problems: problems.map((one) => ({ ...one, params: { ...one.params } })),
    changes: rowChanges(table, rowsOfTable(desk.db, desk.defaults, table), rows),
    bytes: bytesOf(rows),
  });
}

export async function readTableSheet(
  _desk: Desk,
  { table, fileName, base64 }: ParsedOf<"table.readSheet">,
): Promise<Answer<"table.readSheet">> {
  return await readTableFile(table, Buffer.from(base64, "base64"), fileName);
}

export async function tableSheet(desk: Desk, { table }: ParsedOf<"table.sheet">): Promise<Answer<"table.sheet">> {
  const cells = writeTable(table, rowsOfTable(desk.db, desk.defaults, table), contextOf(desk));
  const head = editionOf(desk.db, table)?.head;
  const edition = head ? `第${head.edition}版` : desk.tables.parties.label;
  const bytes = await writeTableFile(table, cells);
  return ok({ fileName: `${tableKinds[table].name.zh}-${edition}.xlsx`, base64: bytes.toString("base64") });
}
