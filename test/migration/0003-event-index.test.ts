import { expect, test } from "vitest";
import { refreshEventIndex } from "#core/store/event-index.ts";
import { seededEvents } from "#test/bench/data/events.ts";
import { deskBefore, planOf } from "./desk-before.ts";

test("event-index empties the queue's index and the desk draws it anew from its events, once", () => {
  const { before, upgrade } = deskBefore("event-index");
  const write = before.prepare("INSERT INTO entity (kind, id, state) VALUES ('event', ?, ?)");
  const events = [...seededEvents(20, Date.parse("2026-11-21T06:03:00Z"))];
  for (const event of events) write.run(event.id, JSON.stringify(event));
  const db = upgrade();
  const listed = () => db.prepare("SELECT id FROM duty_event ORDER BY row").pluck().all();
  expect(listed()).toEqual([]);
  refreshEventIndex(db);
  const byTime = [...events].sort((a, b) => a.reportedAt - b.reportedAt);
  expect(listed()).toEqual(byTime.map(({ id }) => id));
  const open = db.prepare("SELECT count(*) FROM open_event_words").pluck().get();
  expect(open).toBe(events.filter(({ state }) => state !== "closed" && state !== "void").length);
  for (const where of ["open = 0", "category = 'x'", "board = 'x'", "stage = 1"])
    expect(
      planOf(db, `SELECT id FROM duty_event WHERE ${where} ORDER BY reported_at DESC, row DESC LIMIT 50`),
      where,
    ).not.toContain("TEMP");
  db.exec("DELETE FROM duty_event");
  refreshEventIndex(db);
  expect(listed()).toEqual([]);
});
