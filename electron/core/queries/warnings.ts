import type { Warning } from "#shared/contract.ts";
import { type Db, sql } from "../store/database.ts";

/** Warnings in force at an instant, the gravest first. */
export function warningsAt(db: Db, at: number): Warning[] {
  const rows = sql(
    db,
    `SELECT id, level, title, text, from_at AS fromAt, to_at AS toAt, sample FROM warning WHERE from_at <= @at AND to_at > @at
     ORDER BY CASE level WHEN 'red' THEN 0 WHEN 'orange' THEN 1 WHEN 'yellow' THEN 2 ELSE 3 END, from_at DESC`,
  ).all({ at }) as (Omit<Warning, "sample"> & { sample: number })[];
  return rows.map((row) => ({ ...row, sample: row.sample === 1 }));
}
