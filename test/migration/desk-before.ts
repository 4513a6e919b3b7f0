import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Sqlite from "better-sqlite3";
import { expect, onTestFinished } from "vitest";
import { type Db, openDatabase } from "#core/store/database.ts";
import { migrations } from "#core/store/migrations/index.ts";

/** The file of a desk as it was before the migration whose name ends so, and its first opening by the desk of today. */
export function deskBefore(migration: string): { before: Sqlite.Database; upgrade(atSnapshot?: () => void): Db } {
  const place = migrations.findIndex(({ name }) => name.endsWith(migration));
  const folder = mkdtempSync(join(tmpdir(), "zhishou-migration-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, "desk.db");
  const before = new Sqlite(file);
  for (const { sql } of migrations.slice(0, place)) before.exec(sql);
  before.pragma(`user_version = ${place}`);
  return {
    before,
    upgrade(atSnapshot) {
      before.close();
      const opened = openDatabase(file, atSnapshot);
      if (!opened.ok) throw new Error(opened.error.id);
      const { db, from } = opened.value;
      onTestFinished(() => void db.close());
      expect(from).toBe(place);
      return db;
    },
  };
}

/** By which indexes a question is answered. */
export const planOf = (db: Db, question: string): string =>
  (db.prepare(`EXPLAIN QUERY PLAN ${question}`).all() as { detail: string }[]).map(({ detail }) => detail).join();
