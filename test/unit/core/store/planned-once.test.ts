import { afterEach, expect, test } from "vitest";
import { type Db, sql } from "#core/store/database.ts";
import { eachItsOwnStore } from "./own-store.ts";

let db: Db;
eachItsOwnStore((opened) => {
  db = opened;
  db.exec(
    "INSERT INTO meta (key, value) VALUES ('cut', 'x'); INSERT INTO link_turn (at, up, reason) VALUES (5, 0, 'cut')",
  );
});

const plain = globalThis.Function;
afterEach(() => {
  globalThis.Function = plain;
});

/** How often a statement is planned in five runs: with each plan better-sqlite3 makes the function anew that builds its rows. */
function plansOf(
  prepare: (text: string) => { all: (value: unknown) => unknown[] },
  text: string,
  value: unknown,
): number {
  let plans = 0;
  globalThis.Function = new Proxy(plain, {
    apply(target, self, given) {
      plans++;
      return Reflect.apply(target, self, given);
    },
  });
  const statement = prepare(text);
  for (let run = 0; run < 5; run++) expect(statement.all(value)).toHaveLength(1);
  return plans;
}

test.each([
  ["SELECT at FROM link_turn WHERE reason = ? ORDER BY at", "cut"],
  ["SELECT at FROM link_turn WHERE reason = @reason ORDER BY at", { reason: "cut" }],
  ["SELECT l.at, m.value FROM link_turn l JOIN meta m ON m.key = l.reason WHERE l.reason = ?", "cut"],
  ["SELECT at FROM link_turn LIMIT ?", 7],
])("%s is planned once", (text, value) => {
  // As SQLite alone does it: once this says 1, `plannedOnce` has had its day.
  expect(plansOf((given) => db.prepare<[unknown]>(given), text, value)).toBe(5);
  expect(plansOf((given) => sql(db, given), text, value)).toBe(1);
});
