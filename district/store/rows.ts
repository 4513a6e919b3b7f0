import { CompiledQuery, type Insertable, type InsertQueryBuilder, type InsertResult } from "kysely";
import type { Db } from "./open.ts";
import type { Tables } from "./tables.ts";

/** Rows that one statement inserts. */
const portions = [128, 16, 1] as const;

type Insert<T extends keyof Tables> = InsertQueryBuilder<Tables, T, InsertResult>;

/** Statements by their text's making: one builder's answers are the same for each transaction of a store. */
const texts = new WeakMap<object, Map<string, string>>();

/**
 * Inserts rows that all have the same columns, in their order. Building one query for each number of rows costs as much as
 * the writing: here each statement is built once, and is ready the next time. `or`: what becomes of a row that is there.
 */
export async function insertRows<T extends keyof Tables & string>(
  db: Db,
  table: T,
  rows: readonly Insertable<Tables[T]>[],
  or: (insert: Insert<T>) => Insert<T> = (insert) => insert,
): Promise<void> {
  const executor = db.getExecutor();
  const known = texts.get(executor.adapter) ?? new Map<string, string>();
  texts.set(executor.adapter, known);
  for (let at = 0; at < rows.length; ) {
    const count = portions.find((size) => size <= rows.length - at) ?? 1;
    const portion = rows.slice(at, at + count);
    const key = `${table} ${count}`;
    const text = known.get(key) ?? or(db.insertInto(table).values(portion)).compile().sql;
    known.set(key, text);
    await db.executeQuery(CompiledQuery.raw(text, portion.flatMap(Object.values)));
    at += count;
  }
}
