import type Database from "better-sqlite3";
import { Kysely, PostgresDialect } from "kysely";
import { openPostgres } from "./postgres.ts";
import { OneFile, openSqlite } from "./sqlite.ts";
import type { Tables } from "./tables.ts";

/** The tables, within a transaction or not. Inside one, only what it was given may be asked: SQLite has one connection. */
export type Db = Kysely<Tables>;

/** A file of SQLite's, or the address of a database of PostgreSQL. */
export type Place = { readonly file: string } | { readonly url: string };

export interface Store {
  readonly kind: "sqlite" | "postgres";
  /** For questions. What must hold together is asked within `write`. */
  readonly db: Db;
  /** One transaction, durable when it resolves; nothing of it when it throws. Done again when another was in its way. */
  write<T>(work: (db: Db) => Promise<T>): Promise<T>;
  /** Within `write`: until its end nobody else writes into this street. */
  holdStreet(db: Db, street: string): Promise<void>;
  close(): Promise<void>;
}

/** Opens the store and brings it up to date. Errors: `NewerStore`, those of file and connection. */
export async function openStore(place: Place, log: (line: string) => void = () => {}): Promise<Store> {
  if ("file" in place) return sqliteStore(openSqlite(place.file));
  const pool = await openPostgres(place.url, log);
  const db: Db = new Kysely({ dialect: new PostgresDialect({ pool }) });
  return {
    kind: "postgres",
    db,
    write: (work) => again(() => db.transaction().execute(work)),
    holdStreet: async (within, street) =>
      void (await within.selectFrom("street").select("code").where("code", "=", street).forNoKeyUpdate().execute()),
    close: () => db.destroy(),
  };
}

/** The store over a database of SQLite that is open already. */
export function sqliteStore(file: Database.Database): Store {
  const db: Db = new Kysely({ dialect: new OneFile(file) });
  return {
    kind: "sqlite",
    db,
    write: (work) => db.transaction().execute(work),
    // A transaction has the whole file to itself.
    holdStreet: async () => {},
    async close() {
      await db.destroy();
      file.close();
    },
  };
}

/** The next number of an order, or the one after `count` more. Nobody else is given one before this transaction ends: no gap, and none is seen before a smaller one. */
export async function takeNumbers(db: Db, name: "ledger" | "witness", count: number): Promise<number> {
  const { no } = await db
    .updateTable("counter")
    .set((eb) => ({ no: eb("no", "+", count) }))
    .where("name", "=", name)
    .returning("no")
    .executeTakeFirstOrThrow();
  return no;
}

/** What PostgreSQL answers when two transactions met: one has to come again, and finds what the other left. */
const met = new Set(["40001", "40P01", "23505"]);
const mostTries = 5;

async function again<T>(work: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await work();
    } catch (error) {
      if (tries >= mostTries || !met.has((error as { code?: string }).code ?? "")) throw error;
    }
  }
}

/** The database is not there, or going: nothing is known of what was asked; it may be asked again. */
export function isAway(error: unknown): boolean {
  const { code = "", message = "" } = error as { code?: string; message?: string };
  return (
    /^(08|57P0|53300)/.test(code) ||
    ["ECONNREFUSED", "ECONNRESET", "EPIPE", "ETIMEDOUT"].includes(code) ||
    /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error)/.test(
      message,
    )
  );
}
