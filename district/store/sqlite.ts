import Database from "better-sqlite3";
import {
  CompiledQuery,
  type DatabaseConnection,
  type Driver,
  type SqliteDatabase,
  SqliteDialect,
  SqliteDriver,
} from "kysely";
import { migrations, NewerStore } from "./migrations/index.ts";

const pragmas = {
  journal_mode: "wal",
  /** FULL (2): NORMAL loses acknowledged commits at a power cut. */
  synchronous: 2,
  foreign_keys: 1,
  trusted_schema: 0,
  cell_size_check: 1,
  temp_store: 2,
  /** Pages after which a commit carries the log over into the file: 16 MB. More often costs a flood of pushes two more flushes each time. */
  wal_autocheckpoint: 4_000,
} as const;

/**
 * Opens the district's database and brings it up to date. Locking stays `NORMAL`, unlike at the desk: the operator's
 * `--code` writes to the same file beside the running district.
 */
export function openSqlite(file: string): Database.Database {
  const db = new Database(file, { timeout: 5_000 });
  for (const [name, value] of Object.entries(pragmas)) {
    db.pragma(`${name} = ${value}`);
    const real = db.pragma(name, { simple: true });
    if (real !== value) throw new Error(`SQLite runs with ${name} = ${String(real)}, not ${value}`);
  }
  migrate(db);
  return db;
}

function migrate(db: Database.Database): void {
  const run = db.transaction(() => {
    const version = Number(db.pragma("user_version", { simple: true }));
    if (version > migrations.length) throw new NewerStore(version);
    for (const { sql, sqlite = "" } of migrations.slice(version)) db.exec(sql + sqlite);
    if (version < migrations.length) db.pragma(`user_version = ${migrations.length}`);
  });
  run.immediate();
}

/** Texts of statements kept ready. What lists values has a text for each length, so the oldest go when there are too many. */
const mostReady = 300;

/** Kysely asks for a statement each time; SQLite need not read it each time. */
function prepared(db: Database.Database): SqliteDatabase {
  const ready = new Map<string, Database.Statement>();
  return {
    prepare(text) {
      const known = ready.get(text);
      if (known) return known as never;
      const statement = db.prepare(text);
      const [oldest] = ready.size >= mostReady ? ready.keys() : [];
      if (oldest !== undefined) ready.delete(oldest);
      ready.set(text, statement);
      return statement as never;
    },
    close: () => void db.close(),
  };
}

/** A transaction takes the right to write at its beginning: one that only finds out later that it writes could not wait for it. */
class ImmediateDriver extends SqliteDriver {
  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw("begin immediate"));
  }
}

/** One connection for everything: Kysely lets transactions and questions through one after the other. */
export class OneFile extends SqliteDialect {
  readonly #database: SqliteDatabase;
  constructor(db: Database.Database) {
    const database = prepared(db);
    super({ database });
    this.#database = database;
  }
  override createDriver(): Driver {
    return new ImmediateDriver({ database: this.#database });
  }
}
