import Database from "better-sqlite3";
import { migrations } from "./migrations/index.ts";

export type Db = Database.Database;

const pragmas = {
  journal_mode: "wal",
  /** FULL (2): NORMAL loses acknowledged commits at a power cut. */
  synchronous: 2,
  foreign_keys: 1,
  trusted_schema: 0,
  cell_size_check: 1,
  temp_store: 2,
} as const;

/**
 * Opens the district's database and brings it up to date. Locking stays `NORMAL`, unlike at the desk: the operator's
 * `--code` writes to the same file beside the running district.
 */
export function openStore(file: string): Db {
  const db = new Database(file, { timeout: 5_000 });
  for (const [name, value] of Object.entries(pragmas)) {
    db.pragma(`${name} = ${value}`);
    const real = db.pragma(name, { simple: true });
    if (real !== value) throw new Error(`SQLite runs with ${name} = ${String(real)}, not ${value}`);
  }
  migrate(db);
  return db;
}

function migrate(db: Db): void {
  const run = db.transaction(() => {
    const version = Number(db.pragma("user_version", { simple: true }));
    if (version > migrations.length) throw new NewerStore(version);
    for (const sql of migrations.slice(version)) db.exec(sql);
    if (version < migrations.length) db.pragma(`user_version = ${migrations.length}`);
  });
  run.immediate();
}

/** The data was written by a newer district: refused, not guessed. */
export class NewerStore extends Error {
  constructor(version: number) {
    super(`The district's data is of version ${version}; this program knows ${migrations.length}.`);
  }
}
