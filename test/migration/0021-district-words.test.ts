import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Sqlite from "better-sqlite3";
import { expect, test } from "vitest";
import { openDatabase } from "#core/store/database.ts";
import { migrations } from "#core/store/migrations/index.ts";

const place = migrations.findIndex(({ name }) => name.endsWith("district-words"));

test("DS-5 a desk of the version before finds what the district wrote by an index of its own", () => {
  const folder = mkdtempSync(join(tmpdir(), "zhishou-words-"));
  const file = join(folder, "desk.db");
  const before = new Sqlite(file);
  for (const { sql } of migrations.slice(0, place)) before.exec(sql);
  before.pragma(`user_version = ${place}`);
  before.close();
  const opened = openDatabase(file);
  if (!opened.ok) throw new Error(opened.error.id);
  const { db, from } = opened.value;
  expect(from).toBe(place);
  const plan = db
    .prepare("EXPLAIN QUERY PLAN SELECT id FROM duty_log WHERE by = 'district' AND at > 1 AND action = 'recall'")
    .all() as { detail: string }[];
  expect(plan.map(({ detail }) => detail).join()).toContain("duty_log_of_district");
  db.close();
  rmSync(folder, { recursive: true });
});
