import { expect, test } from "vitest";
import { deskBefore } from "./desk-before.ts";

test("an event of the version before stands on the desk's own rung", () => {
  const { before, upgrade } = deskBefore("event-rung");
  before.exec(
    "INSERT INTO duty_event (id, number, open, state, level, category, reported_at, due_at) VALUES ('a', 'N-1', 1, 'reported', 0, '', 1, 2)",
  );
  const db = upgrade();
  expect(db.prepare("SELECT id, rung FROM duty_event").all()).toEqual([{ id: "a", rung: 0 }]);
});
