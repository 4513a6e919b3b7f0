import { expect, test } from "vitest";
import { deskBefore } from "./desk-before.ts";

test("CF-1 sealed-places: no order and no filter of the queue knows where a confidential event of the version before happened", () => {
  const { before, upgrade } = deskBefore("sealed-places");
  const put = before.prepare(
    `INSERT INTO duty_event (id, number, open, state, level, category, reported_at, due_at, community, grid, confidential)
     VALUES (?, ?, 1, 'reported', 1, '', 1, 1, '大河坝', '第二网格', ?)`,
  );
  put.run("a", "A001", 0);
  put.run("b", "A002", 1);
  const db = upgrade();
  expect(db.prepare("SELECT id, community, grid FROM duty_event ORDER BY id").all()).toEqual([
    { id: "a", community: "大河坝", grid: "第二网格" },
    { id: "b", community: "", grid: "" },
  ]);
});
