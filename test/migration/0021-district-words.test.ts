import { expect, test } from "vitest";
import { deskBefore, planOf } from "./desk-before.ts";

test("DS-5 a desk of the version before finds what the district wrote by an index of its own", () => {
  const db = deskBefore("district-words").upgrade();
  const words = "SELECT id FROM duty_log WHERE by = 'district' AND at > 1 AND action = 'recall'";
  expect(planOf(db, words)).toContain("duty_log_of_district");
});
