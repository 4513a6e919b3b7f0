import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Sqlite from "better-sqlite3";
import { expect, test } from "vitest";
import { openDatabase } from "#core/store/database.ts";
import { refreshEventIndex } from "#core/store/event-index.ts";
import { migrations } from "#core/store/migrations/index.ts";
import { seededEvents } from "#test/bench/data/events.ts";

const place = migrations.findIndex(({ name }) => name.endsWith("event-index"));

test("event-index empties the queue's index and the desk draws it anew from its events, once", () => {
  const folder = mkdtempSync(join(tmpdir(), "zhishou-index-"));
  const file = join(folder, "desk.db");
  const before = new Sqlite(file);
  for (const { sql } of migrations.slice(0, place)) before.exec(sql);
  before.pragma(`user_version = ${place}`);
  const write = before.prepare("INSERT INTO entity (kind, id, state) VALUES ('event', ?, ?)");
  const events = [...seededEvents(20, Date.parse("2026-11-21T06:03:00Z"))];
  for (const event of events) write.run(event.id, JSON.stringify(event));
  before.close();
  const opened = openDatabase(file);
  if (!opened.ok) throw new Error(opened.error.id);
  const { db } = opened.value;
  const listed = () => db.prepare("SELECT id FROM duty_event ORDER BY row").pluck().all();
  expect(listed()).toEqual([]);
  refreshEventIndex(db);
  const byTime = [...events].sort((a, b) => a.reportedAt - b.reportedAt);
  expect(listed()).toEqual(byTime.map(({ id }) => id));
  const open = db.prepare("SELECT count(*) FROM open_event_words").pluck().get();
  expect(open).toBe(events.filter(({ state }) => state !== "closed" && state !== "void").length);
  const plan = (text: string) =>
    (db.prepare(`EXPLAIN QUERY PLAN ${text}`).all() as { detail: string }[]).map(({ detail }) => detail).join();
  for (const where of ["open = 0", "category = 'x'", "board = 'x'", "stage = 1"])
    expect(
      plan(`SELECT id FROM duty_event WHERE ${where} ORDER BY reported_at DESC, row DESC LIMIT 50`),
      where,
    ).not.toContain("TEMP");
  db.exec("DELETE FROM duty_event");
  refreshEventIndex(db);
  expect(listed()).toEqual([]);
  db.close();
  rmSync(folder, { recursive: true });
});
