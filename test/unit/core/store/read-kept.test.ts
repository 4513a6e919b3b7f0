import { expect, test } from "vitest";
import type { Db } from "#core/store/database.ts";
import { readKept, writeEntity } from "#core/store/entities.ts";
import type { Officer } from "#shared/domain/officer/officer.ts";
import { eachItsOwnStore } from "./own-store.ts";

let db: Db;
eachItsOwnStore((opened) => {
  db = opened;
});

const write = (given: Partial<Officer>) => writeEntity(db, "officer", "o1", { id: "o1", active: true, ...given }, null);
const grade = () => readKept(db, "officer", "o1")?.grade;

test("an officer counts as written last, also inside the transaction that writes; what is undone leaves no trace", () => {
  expect(readKept(db, "officer", "o1")).toBeUndefined();
  write({ grade: "operator" });
  expect(grade()).toBe("operator");
  const undone = db.transaction(() => {
    expect(grade()).toBe("operator");
    write({ grade: "admin" });
    expect(grade()).toBe("admin");
    throw new Error("undone");
  });
  expect(undone).toThrow("undone");
  expect(grade()).toBe("operator");
  db.transaction(() => write({ grade: "leader" }))();
  expect(grade()).toBe("leader");
});
