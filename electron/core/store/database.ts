import { chmodSync, mkdirSync } from "node:fs";
import { dirname } from "node:path";
import Sqlite from "better-sqlite3";
import { type DeskError, deskError, type ErrorId } from "#shared/errors.ts";
import { fail, ok, type Result } from "#shared/lib/result.ts";
import { leaveCleanMark, takeCleanMark } from "./clean-mark.ts";
import { migrations } from "./migrations/index.ts";
import { readAhead } from "./read-ahead.ts";

export type Db = Sqlite.Database;

/** What every connection must read back after opening; a database that answers otherwise is not used. */
export const pragmas = {
  journal_mode: "wal",
  synchronous: 2,
  locking_mode: "exclusive",
  foreign_keys: 1,
  trusted_schema: 0,
  cell_size_check: 1,
  secure_delete: 1,
  temp_store: 2,
} as const;

export interface OpenDatabase {
  readonly db: Db;
  readonly pragmas: Record<string, string | number>;
  /** Version before migrating; 0 for a new database. */
  readonly from: number;
}

/**
 * The one way to open the desk's database: pragmas set and read back, a quick check unless it was closed in order,
 * migrations in one transaction.
 * `beforeMigration` runs when an existing database is about to change (it takes the snapshot).
 * Errors: `profile.in_use`, `profile.broken`, `profile.newer`, `profile.disk_full`, `profile.not_writable`.
 */
export function openDatabase(
  file: string,
  beforeMigration: (db: Db) => void = () => {},
): Result<OpenDatabase, DeskError> {
  let db: Db | undefined;
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    const clean = takeCleanMark(file);
    if (!clean) readAhead(file);
    db = new Sqlite(file, { timeout: 0 });
    chmodSync(file, 0o600);
    // EXCLUSIVE before WAL: the lock is then held from the first read and no shared-memory file is made.
    for (const name of [
      "locking_mode",
      "journal_mode",
      "synchronous",
      "foreign_keys",
      "trusted_schema",
      "cell_size_check",
      "secure_delete",
      "temp_store",
    ] as const)
      db.pragma(`${name} = ${pragmas[name]}`);
    const seen: Record<string, string | number> = {};
    for (const [name, wanted] of Object.entries(pragmas)) {
      const found = db.pragma(name, { simple: true }) as string | number;
      seen[name] = found;
      if (found !== wanted) return closed(db, "profile.broken", { detail: `${name}=${found}` });
    }
    db.pragma(`wal_autocheckpoint = ${carriedOverAt}`);
    if (!clean && db.pragma("quick_check(1)", { simple: true }) !== "ok")
      return closed(db, "profile.broken", { detail: "quick_check" });
    const from = db.pragma("user_version", { simple: true }) as number;
    if (from > migrations.length) return closed(db, "profile.newer", { version: from });
    if (from > 0 && from < migrations.length) beforeMigration(db);
    migrate(db, from);
    return ok({ db, pragmas: seen, from });
  } catch (error) {
    return closed(db, readFailure(error), { detail: error instanceof Error ? error.message.slice(0, 120) : "" });
  }
}

/** [D] Frames after which a commit must carry the log over itself: 16 MB. Before that the desk does it when it rests. */
const carriedOverAt = 4_000;

/** How many rows were written since the database was opened, by whatever work. */
export const writtenSoFar = (db: Db): number => sql(db, "SELECT total_changes()").pluck().get() as number;

const upkeep = new WeakMap<Db, number>();

/** Writes what tells nobody anything: words that are merged, an instant that is kept. It is no news. */
export function keepingHouse<T>(db: Db, work: () => T): T {
  const before = writtenSoFar(db);
  const inside = upkeep.get(db) ?? 0;
  try {
    return work();
  } finally {
    upkeep.set(db, inside + writtenSoFar(db) - before);
  }
}

/** The same number means that nothing which is shown or judged has been written meanwhile. */
export const newsSoFar = (db: Db): number => writtenSoFar(db) - (upkeep.get(db) ?? 0);

/** Closes in order: everything is in the one file, and the next start needs no check. */
export function closeDatabase(db: Db): void {
  const file = db.name;
  db.close();
  leaveCleanMark(file);
}

function closed(db: Db | undefined, id: ErrorId, params: Record<string, string | number>): Result<never, DeskError> {
  try {
    db?.close();
  } catch {
    // A broken database may refuse even this.
  }
  return fail(deskError(id, params));
}

/** All or nothing, and one wait for the disk: a new desk had two dozen of them. */
function migrate(db: Db, from: number): void {
  if (from === migrations.length) return;
  db.transaction(() => {
    for (const { sql } of migrations.slice(from)) db.exec(sql);
    db.pragma(`user_version = ${migrations.length}`);
  })();
}

/** Says what a failure of SQLite or of the file system means for the desk. */
export function readFailure(error: unknown): ErrorId {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  if (code.startsWith("SQLITE_BUSY") || code.startsWith("SQLITE_LOCKED")) return "profile.in_use";
  if (code === "SQLITE_FULL" || code === "ENOSPC") return "profile.disk_full";
  if (
    code.startsWith("SQLITE_READONLY") ||
    code === "SQLITE_CANTOPEN" ||
    code === "EACCES" ||
    code === "EROFS" ||
    code === "EPERM" ||
    code === "ENOTDIR" ||
    code === "EEXIST"
  )
    return "profile.not_writable";
  if (code.startsWith("SQLITE_")) return "profile.broken";
  return "bug";
}

const transactions = new WeakMap<Db, (work: () => unknown) => unknown>();

/** Runs work in one transaction, or as a part of the one that is open; what it throws undoes what it wrote. */
export function transact<T>(db: Db, work: () => T): T {
  // Made once for each connection: making it costs as much as some statements.
  let run = transactions.get(db);
  if (!run) {
    run = db.transaction((given: () => unknown) => given());
    transactions.set(db, run);
  }
  return run(work) as T;
}

const prepared = new WeakMap<Db, Map<string, Sqlite.Statement>>();

/**
 * SQLite 3.54 looks whether a value that a column must equal, or a limit, is 0 or 1; as better-sqlite3 unbinds all values after each
 * run, a statement with a join or an order is then planned anew at each run, which takes longer than running it. Behind a
 * `+`, which changes no value, it does not look.
 */
const plannedOnce = (text: string): string => text.replace(/(=|LIMIT) (?=[?@])/g, "$1 +");

/** A statement prepared once for each connection. */
export function sql(db: Db, text: string): Sqlite.Statement<unknown[]> {
  let known = prepared.get(db);
  if (!known) {
    known = new Map();
    prepared.set(db, known);
  }
  let statement = known.get(text);
  if (!statement) {
    statement = db.prepare(plannedOnce(text));
    known.set(text, statement);
  }
  return statement as Sqlite.Statement<unknown[]>;
}
