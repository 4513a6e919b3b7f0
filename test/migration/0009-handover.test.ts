import { expect, test } from "vitest";
import { deskBefore, planOf } from "./desk-before.ts";

test("handover adds its indexes to a desk of the version before; finished items are not in them", () => {
  const { before, upgrade } = deskBefore("handover");
  before.exec(`INSERT INTO entity (kind, id, state) VALUES
    ('carry', 'a', '{"state":"waiting"}'), ('carry', 'b', '{"state":"finished"}'), ('carry', 'c', 'null')`);
  const db = upgrade();
  const open =
    "SELECT id FROM entity INDEXED BY carry_open WHERE kind = 'carry' AND json_extract(state, '$.state') <> 'finished'";
  expect(db.prepare(open).pluck().all()).toEqual(["a"]);
  expect(planOf(db, "SELECT 1 FROM duty_log WHERE corrects = 'x'")).toContain("duty_log_corrects");
  expect(planOf(db, "SELECT id FROM duty_log WHERE kind IN ('instruction', 'request') ORDER BY at")).toContain(
    "duty_log_instruction",
  );
});
