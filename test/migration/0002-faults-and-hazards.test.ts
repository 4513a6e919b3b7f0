import { expect, test } from "vitest";
import { deskBefore, planOf } from "./desk-before.ts";

test("faults-and-hazards adds its tables to a desk of the version before; devices and entities stay as they are", () => {
  const { before, upgrade } = deskBefore("faults-and-hazards");
  before.exec("INSERT INTO entity (kind, id, state) VALUES ('officer', 'a', '{}')");
  const db = upgrade();
  expect(db.prepare("SELECT count(*) FROM entity").pluck().get()).toBe(1);
  for (const table of ["fault", "hazard"])
    expect(db.prepare(`SELECT count(*) FROM ${table}`).pluck().get(), table).toBe(0);
  expect(planOf(db, "SELECT id FROM hazard WHERE open = 1 AND due_at < 5 ORDER BY due_at, id")).toContain("hazard_due");
  expect(planOf(db, "SELECT id FROM fault WHERE asset_id = 'x' ORDER BY reported_at DESC, id DESC")).toContain(
    "fault_asset",
  );
});
