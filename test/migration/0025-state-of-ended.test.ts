import { expect, test } from "vitest";
import { rowsAfter, sortingOf } from "#core/store/event-order.ts";
import { eventStates, isOpen } from "#shared/domain/duty-event/event.ts";
import { deskBefore, planOf } from "./desk-before.ts";

test("state-of-ended: by state the events of the version before stand in the same order, both ways, the ended ones from an index", () => {
  const { before, upgrade } = deskBefore("state-of-ended");
  const put = before.prepare(
    `INSERT INTO duty_event (id, number, open, state, stage, level, category, reported_at, due_at)
     VALUES (?, ?, ?, ?, ?, 1, '', ?, 1)`,
  );
  for (let row = 1; row <= 60; row++) {
    const stage = (row * 5) % eventStates.length;
    const state = eventStates[stage] ?? "reported";
    put.run(`e${row}`, `N-${row}`, isOpen(state) ? 1 : 0, state, stage, (row * 7) % 11);
  }
  const order = before.prepare("SELECT row FROM duty_event ORDER BY stage, reported_at, row").pluck().all();
  const db = upgrade();
  const whole = { after: null, limit: 100 };
  expect(rowsAfter(db, sortingOf("state", false), [], whole)).toEqual(order);
  expect(rowsAfter(db, sortingOf("state", true), [], whole)).toEqual(order.toReversed());
  for (const asked of [
    "open = 0 ORDER BY stage, reported_at, row LIMIT 50",
    "open = 0 AND stage IN (8) ORDER BY reported_at DESC, row DESC LIMIT 50",
  ]) {
    const plan = planOf(db, `SELECT row FROM duty_event WHERE ${asked}`);
    expect(plan).toContain("duty_event_stage");
    expect(plan).not.toContain("TEMP B-TREE");
  }
});
