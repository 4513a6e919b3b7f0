import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Sqlite from "better-sqlite3";
import { expect, test } from "vitest";
import { openDatabase } from "#core/store/database.ts";
import { rowsAfter, sortingOf } from "#core/store/event-order.ts";
import { migrations } from "#core/store/migrations/index.ts";

const place = migrations.findIndex(({ name }) => name.endsWith("fewer-pages"));

test("fewer-pages: by their limits the events of the version before stand in the same order, the ended ones from an index", () => {
  const folder = mkdtempSync(join(tmpdir(), "zhishou-pages-"));
  const file = join(folder, "desk.db");
  const before = new Sqlite(file);
  for (const { sql } of migrations.slice(0, place)) before.exec(sql);
  before.pragma(`user_version = ${place}`);
  const put = before.prepare(
    "INSERT INTO duty_event (id, number, open, state, level, category, reported_at, due_at) VALUES (?, ?, ?, 'reported', ?, '', 1, ?)",
  );
  for (let row = 1; row <= 40; row++) put.run(`e${row}`, `N-${row}`, row % 3 === 0 ? 1 : 0, row % 2, (row * 7) % 11);
  const order = () => before.prepare("SELECT row FROM duty_event ORDER BY open DESC, due_at, row").pluck().all();
  const stood = order();
  before.close();
  const opened = openDatabase(file);
  if (!opened.ok) throw new Error(opened.error.id);
  const { db } = opened.value;
  const sorting = sortingOf("due", false);
  expect(rowsAfter(db, sorting, [], { after: null, limit: 100 })).toEqual(stood);
  const plan = db.prepare("EXPLAIN QUERY PLAN SELECT row FROM duty_event WHERE open = 0 ORDER BY due_at, row LIMIT 50");
  expect(JSON.stringify(plan.all())).toContain("duty_event_ended");
  expect(JSON.stringify(plan.all())).not.toContain("TEMP B-TREE");
  db.close();
  rmSync(folder, { recursive: true });
});
