import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Sqlite from "better-sqlite3";
import { expect, test } from "vitest";
import { openDatabase } from "#core/store/database.ts";
import { migrations } from "#core/store/migrations/index.ts";

const place = migrations.findIndex(({ name }) => name.endsWith("-attachments"));

test("a desk of the version before gets the tables of attachments, and keeps its events", () => {
  const folder = mkdtempSync(join(tmpdir(), "zhishou-attachments-"));
  const file = join(folder, "desk.db");
  const before = new Sqlite(file);
  for (const { sql } of migrations.slice(0, place)) before.exec(sql);
  before.pragma(`user_version = ${place}`);
  before.exec("INSERT INTO entity (kind, id, state) VALUES ('event', 'e-1', '{}')");
  before.close();
  const opened = openDatabase(file);
  if (!opened.ok) throw new Error(opened.error.id);
  const { db, from } = opened.value;
  expect(from).toBe(place);
  expect(db.prepare("SELECT id FROM entity").pluck().all()).toEqual(["e-1"]);
  const plan = (text: string) =>
    (db.prepare(`EXPLAIN QUERY PLAN ${text}`).all() as { detail: string }[]).map(({ detail }) => detail).join();
  expect(plan("SELECT sha256 FROM content WHERE here = 1 AND held_at IS NULL")).toContain("content_to_send");
  expect(plan("SELECT id FROM attachment WHERE event_id = 'x'")).toContain("attachment_event");
  db.close();
  rmSync(folder, { recursive: true });
});
