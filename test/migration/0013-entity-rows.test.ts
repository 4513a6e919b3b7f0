import { expect, test } from "vitest";
import { deskBefore, planOf } from "./desk-before.ts";

test("entity-rows keeps every entity as it was, with its indexes, and finds it by its name", () => {
  const { before, upgrade } = deskBefore("entity-rows");
  const write = before.prepare("INSERT INTO entity VALUES (?, ?, ?, ?, ?, ?)");
  for (let n = 0; n < 60; n++) {
    const kind = (["event", "layer", "carry"] as const)[n % 3] ?? "event";
    const state = JSON.stringify({ state: n % 2 ? "finished" : "waiting", toAt: n, text: "长".repeat(n * 40) });
    write.run(kind, `e${n}`, state, n % 4 === 0 ? null : "null", n % 5 === 0 ? null : n, n % 5 === 0 ? null : n * 10);
  }
  const all = "SELECT * FROM entity ORDER BY kind, id";
  const held = before.prepare(all).all();
  const db = upgrade();
  expect(db.prepare(all).all()).toEqual(held);
  expect(planOf(db, "SELECT state FROM entity WHERE kind = 'event' AND id = 'x'")).toContain(
    "sqlite_autoindex_entity_1",
  );
  expect(
    planOf(
      db,
      "SELECT id FROM entity INDEXED BY entity_layer WHERE kind = 'layer' AND json_extract(state, '$.toAt') > 1",
    ),
  ).toContain("entity_layer");
  expect(() => db.exec("INSERT INTO entity (kind, id, state) VALUES ('event', 'e0', '{}')")).toThrow("UNIQUE");
});
