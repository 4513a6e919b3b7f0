import { expect, test } from "vitest";
import { refreshEventIndex } from "#core/store/event-index.ts";
import { refreshTaskIndex } from "#core/store/task-index.ts";
import { seededEvents } from "#test/bench/data/events.ts";
import { deskBefore, planOf } from "./desk-before.ts";

test("tasks: a desk of the version before has a row for each task that its events owe, drawn once when it opens", () => {
  const { before, upgrade } = deskBefore("tasks");
  const write = before.prepare("INSERT INTO entity (kind, id, state) VALUES ('event', ?, ?)");
  const co = { kind: "team", name: "应急小分队" };
  for (const { tasks: _later, ...event } of seededEvents(60, Date.parse("2026-11-21T06:03:00Z")))
    write.run(event.id, JSON.stringify({ ...event, coHandlers: [co] }));
  const db = upgrade();
  refreshEventIndex(db);
  db.exec("DELETE FROM task");
  refreshTaskIndex(db);
  const counted = (where: string) => db.prepare(`SELECT count(*) FROM task WHERE ${where}`).pluck().get();
  const owing = (states: string) =>
    db.prepare(`SELECT count(*) FROM duty_event WHERE state IN (${states})`).pluck().get() as number;
  const all = owing("'assigned', 'handling', 'whistled', 'fed_back', 'verified', 'closed'");
  expect(all).toBeGreaterThan(40);
  expect(counted("1")).toBe(2 * all);
  expect(counted("lead = 1 AND state = 'finished'")).toBe(owing("'fed_back', 'verified', 'closed'"));
  expect(counted("lead = 0 AND state = 'withdrawn'")).toBe(owing("'closed'"));
  expect(counted("open = 1 AND state = 'given'")).toBe(2 * owing("'assigned'"));
  for (const [asked, index] of [
    ["open = 1 ORDER BY due_at, row", "task_open"],
    ["open = 1 AND due_at < 5 AND (due_at, row) > (1, 1) ORDER BY due_at, row", "task_open"],
    ["party = 'x' AND open = 1 ORDER BY due_at, row", "task_party"],
    ["party = 'x' AND open = 0 ORDER BY given_at DESC, row DESC", "task_party_newest"],
    ["state = 'declined' ORDER BY given_at DESC, row DESC", "task_state"],
    ["open = 0 ORDER BY given_at DESC, row DESC", "task_newest"],
    ["event = 7", "task_event"],
  ] as const) {
    const how = planOf(db, `SELECT row, event, id, due_at, given_at FROM task WHERE ${asked} LIMIT 50`);
    expect(how, asked).toContain(index);
    expect(how, asked).not.toContain("TEMP");
  }
});
