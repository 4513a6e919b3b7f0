import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Sqlite from "better-sqlite3";
import { expect, test } from "vitest";
import { openDatabase } from "#core/store/database.ts";
import { migrations } from "#core/store/migrations/index.ts";

const place = migrations.findIndex(({ name }) => name.endsWith("handover"));

test("handover adds its indexes to a desk of the version before; finished items are not in them", () => {
  const folder = mkdtempSync(join(tmpdir(), "zhishou-handover-"));
  const file = join(folder, "desk.db");
  const before = new Sqlite(file);
  for (const { sql } of migrations.slice(0, place)) before.exec(sql);
  before.pragma(`user_version = ${place}`);
  before.exec(`INSERT INTO entity (kind, id, state) VALUES
    ('carry', 'a', '{"state":"waiting"}'), ('carry', 'b', '{"state":"finished"}'), ('carry', 'c', 'null')`);
  before.close();
  const opened = openDatabase(file);
  if (!opened.ok) throw new Error(opened.error.id);
  const { db, from } = opened.value;
  expect(from).toBe(place);
  const open =
    "SELECT id FROM entity INDEXED BY carry_open WHERE kind = 'carry' AND json_extract(state, '$.state') <> 'finished'";
  expect(db.prepare(open).pluck().all()).toEqual(["a"]);
  const plan = (text: string) =>
    (db.prepare(`EXPLAIN QUERY PLAN ${text}`).all() as { detail: string }[]).map(({ detail }) => detail).join();
  expect(plan("SELECT 1 FROM duty_log WHERE corrects = 'x'")).toContain("duty_log_corrects");
  expect(plan("SELECT id FROM duty_log WHERE kind IN ('instruction', 'request') ORDER BY at")).toContain(
    "duty_log_instruction",
  );
  db.close();
  rmSync(folder, { recursive: true });
});
