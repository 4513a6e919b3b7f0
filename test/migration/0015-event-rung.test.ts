import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Sqlite from "better-sqlite3";
import { expect, test } from "vitest";
import { openDatabase } from "#core/store/database.ts";
import { migrations } from "#core/store/migrations/index.ts";

const place = migrations.findIndex(({ name }) => name.endsWith("event-rung"));

test("an event of the version before stands on the desk's own rung", () => {
  const folder = mkdtempSync(join(tmpdir(), "zhishou-rung-"));
  const file = join(folder, "desk.db");
  const before = new Sqlite(file);
  for (const { sql } of migrations.slice(0, place)) before.exec(sql);
  before.pragma(`user_version = ${place}`);
  before.exec(
    "INSERT INTO duty_event (id, number, open, state, level, category, reported_at, due_at) VALUES ('a', 'N-1', 1, 'reported', 0, '', 1, 2)",
  );
  before.close();
  const opened = openDatabase(file);
  if (!opened.ok) throw new Error(opened.error.id);
  expect(opened.value.db.prepare("SELECT id, rung FROM duty_event").all()).toEqual([{ id: "a", rung: 0 }]);
  opened.value.db.close();
  rmSync(folder, { recursive: true });
});
