import type { TableEdition } from "#shared/domain/table/edition.ts";
import type { TableName, TableRow } from "#shared/domain/table/tables.ts";
import type { EntityKind } from "#shared/op/op.ts";
import { type Db, sql } from "./database.ts";
import type { Stamp } from "./entities.ts";

/** TB-10: keeps the rows of each edition of a rule table as its op makes it, here or out of the ledger; what else is changed is not its business. */
export function keepEdition(db: Db, opId: string, kind: EntityKind, state: unknown, stamp: Stamp | null = null): void {
  if (kind !== "table") return;
  const { table, head, rows } = state as TableEdition;
  sql(
    db,
    `INSERT INTO table_edition (op_id, name, edition, no, confirmed_at, head, rows) VALUES (?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (op_id) DO UPDATE SET edition = excluded.edition, head = excluded.head, rows = excluded.rows,
     no = coalesce(excluded.no, no), confirmed_at = coalesce(excluded.confirmed_at, confirmed_at)`,
  ).run(
    opId,
    table,
    head.edition,
    stamp?.no ?? null,
    stamp?.confirmedAt ?? null,
    JSON.stringify(head),
    JSON.stringify(rows),
  );
}

/** The rows of an edition that is kept. */
export function rowsOfEdition(db: Db, table: TableName, opId: string): readonly TableRow[] | undefined {
  const text = sql(db, "SELECT rows FROM table_edition WHERE op_id = ? AND name = ?").pluck().get(opId, table) as
    | string
    | undefined;
  return text === undefined ? undefined : (JSON.parse(text) as TableRow[]);
}

/** What a refused edition was set over, by its digest; `undefined`: not an op of this desk. */
export const wasOfEdition = (db: Db, opId: string): string | undefined =>
  (sql(db, "SELECT body ->> '$.was' FROM op WHERE id = ?").pluck().get(opId) as string | null | undefined) ?? undefined;
