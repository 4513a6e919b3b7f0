import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Sqlite from "better-sqlite3";
import { expect, test } from "vitest";
import { openDatabase } from "#core/store/database.ts";
import { migrations } from "#core/store/migrations/index.ts";

const place = migrations.findIndex(({ name }) => name.endsWith("faults-and-hazards"));

test("faults-and-hazards adds its tables to a desk of the version before; devices and entities stay as they are", () => {
  const folder = mkdtempSync(join(tmpdir(), "zhishou-faults-"));
  const file = join(folder, "desk.db");
  const before = new Sqlite(file);
  for (const { sql } of migrations.slice(0, place)) before.exec(sql);
  before.pragma(`user_version = ${place}`);
  before.exec("INSERT INTO entity (kind, id, state) VALUES ('officer', 'a', '{}')");
  before.close();
  const opened = openDatabase(file);
  if (!opened.ok) throw new Error(opened.error.id);
  const { db, from } = opened.value;
  expect(from).toBe(place);
  expect(db.prepare("SELECT count(*) FROM entity").pluck().get()).toBe(1);
  for (const table of ["fault", "hazard"])
    expect(db.prepare(`SELECT count(*) FROM ${table}`).pluck().get(), table).toBe(0);
  const plan = (text: string) =>
    (db.prepare(`EXPLAIN QUERY PLAN ${text}`).all() as { detail: string }[]).map(({ detail }) => detail).join();
  expect(plan("SELECT id FROM hazard WHERE open = 1 AND due_at < 5 ORDER BY due_at, id")).toContain("hazard_due");
  expect(plan("SELECT id FROM fault WHERE asset_id = 'x' ORDER BY reported_at DESC, id DESC")).toContain("fault_asset");
  db.close();
  rmSync(folder, { recursive: true });
});
