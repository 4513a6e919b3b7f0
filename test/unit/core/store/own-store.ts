import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach } from "vitest";
import { type Db, openDatabase } from "#core/store/database.ts";

/** A store for each test of a file, on a real disk, with no desk around it. */
export function eachItsOwnStore(begin: (db: Db) => void): void {
  let db: Db;
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "zhishou-store-"));
    const opened = openDatabase(join(folder, "desk.db"));
    if (!opened.ok) throw new Error(opened.error.id);
    db = opened.value.db;
    begin(db);
  });
  afterEach(() => {
    db.close();
    rmSync(folder, { recursive: true });
  });
}
