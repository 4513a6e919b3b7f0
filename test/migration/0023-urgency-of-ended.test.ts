import { expect, test } from "vitest";
import { rowsAfter, sortingOf } from "#core/store/event-order.ts";
import { deskBefore, planOf } from "./desk-before.ts";

test("urgency-of-ended: by level and limit the events of the version before stand in the same order, the ended ones from an index", () => {
  const { before, upgrade } = deskBefore("urgency-of-ended");
  const put = before.prepare(
    "INSERT INTO duty_event (id, number, open, state, level, category, reported_at, due_at) VALUES (?, ?, ?, 'reported', ?, '', 1, ?)",
  );
  for (let row = 1; row <= 40; row++) put.run(`e${row}`, `N-${row}`, row % 3 === 0 ? 1 : 0, row % 2, (row * 7) % 11);
  const order = () => before.prepare("SELECT row FROM duty_event ORDER BY open DESC, level, due_at, row").pluck().all();
  const stood = order();
  const db = upgrade();
  const sorting = sortingOf("urgency", false);
  expect(rowsAfter(db, sorting, [], { after: null, limit: 100 })).toEqual(stood);
  const plan = planOf(db, "SELECT row FROM duty_event WHERE open = 0 ORDER BY level, due_at, row LIMIT 50");
  expect(plan).toContain("duty_event_urgency");
  expect(plan).not.toContain("TEMP B-TREE");
});
