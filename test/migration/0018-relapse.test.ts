import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Sqlite from "better-sqlite3";
import { expect, test } from "vitest";
import { openDatabase } from "#core/store/database.ts";
import { projectEvent } from "#core/store/event-index.ts";
import { migrations } from "#core/store/migrations/index.ts";
import { eventIn } from "../unit/shared/samples.ts";

const place = migrations.findIndex(({ name }) => name.endsWith("relapse"));

test("BO-9: an event of the version before is no relapse, and one that comes later is found", () => {
  const folder = mkdtempSync(join(tmpdir(), "zhishou-relapse-"));
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
  const { db } = opened.value;
  const { eventId, number } = { eventId: "a", number: "N-1" };
  const link = { eventId, number, kind: "relapse" as const, text: "", at: 3, by: "o" };
  projectEvent(db, "b", eventIn("reported", { id: "b", number: "N-2", links: [link] }));
  expect(db.prepare("SELECT id FROM duty_event WHERE relapse = 1").pluck().all()).toEqual(["b"]);
  expect(db.prepare("SELECT relapse FROM duty_event WHERE id = 'a'").pluck().get()).toBe(0);
  db.close();
  rmSync(folder, { recursive: true });
});
