import { expect, test } from "vitest";
import { keepEdition } from "#core/store/table-editions.ts";
import { deskBefore, planOf } from "./desk-before.ts";

const head = (edition: number, at: number, by = "chen", rows = 1) => ({
  edition,
  from: by === "district" ? "district" : "street",
  at,
  by,
  note: "",
  rows,
  added: 0,
  changed: 0,
  removed: 0,
  changes: [],
});

test("TB-10: table-editions: what a desk had of its editions is taken over: those that it set and the one that stands", () => {
  const { before, upgrade } = deskBefore("table-editions");
  const op = before.prepare(
    `INSERT INTO op (seq, id, kind, v, street, at, by, body, entity, entity_id, state, no, confirmed_at)
     VALUES (?, ?, 'table.set', 4, 's', ?, 'chen', ?, 'table', 'sop', ?, ?, ?)`,
  );
  const entity = before.prepare(
    "INSERT INTO entity (kind, id, state, confirmed, no, confirmed_at) VALUES ('table', ?, ?, ?, ?, ?)",
  );
  const rows = (text: string) => [{ text }];
  const body = (text: string) => JSON.stringify({ table: "sop", rows: rows(text), was: null, note: "" });
  op.run(1, "own-1", 10, body("one"), "confirmed", 4, 11);
  op.run(2, "refused", 15, body("no"), "refused", null, null);
  op.run(3, "own-3", 30, body("three"), "waiting", null, null);
  // Edition 2 came from the district, and only what it changed is known; edition 3 waits.
  const past = [head(2, 20, "district"), head(1, 10)];
  const standing = { table: "sop", rows: rows("two"), head: past[0], past: past.slice(1) };
  entity.run(
    "sop",
    JSON.stringify({ table: "sop", rows: rows("three"), head: head(3, 30), past }),
    JSON.stringify(standing),
    9,
    21,
  );
  const strip = { table: "strip", rows: rows("s"), head: head(1, 5, "district"), past: [] };
  entity.run("strip", JSON.stringify(strip), null, 7, 6);
  entity.run("hours", "null", "null", null, null);

  const db = upgrade();
  const kept = db.prepare(
    "SELECT name, edition, op_id, no, confirmed_at, rows FROM table_edition ORDER BY name, edition",
  );
  expect(kept.raw().all()).toEqual([
    ["sop", 1, "own-1", 4, 11, JSON.stringify(rows("one"))],
    ["sop", 2, "before-0027/sop/2", 9, 21, JSON.stringify(rows("two"))],
    ["sop", 3, "own-3", null, null, JSON.stringify(rows("three"))],
    ["strip", 1, "before-0027/strip/1", 7, 6, JSON.stringify(rows("s"))],
  ]);
  expect(
    JSON.parse(db.prepare("SELECT head FROM table_edition WHERE op_id = 'own-3'").pluck().get() as string),
  ).toEqual(head(3, 30));
  // A read of the ledger from its beginning brings them once more, and each op once.
  keepEdition(
    db,
    "own-1",
    "table",
    { table: "sop", rows: rows("one"), head: head(1, 10), past: [] },
    { no: 5, confirmedAt: 12 },
  );
  expect(kept.raw().all()[0]).toEqual(["sop", 1, "own-1", 5, 12, JSON.stringify(rows("one"))]);
  const asked =
    "SELECT t.op_id FROM table_edition t LEFT JOIN op o ON o.id = t.op_id WHERE t.name = 'sop' ORDER BY t.edition DESC";
  expect(planOf(db, asked)).not.toMatch(/SCAN|TEMP B-TREE/);
});
