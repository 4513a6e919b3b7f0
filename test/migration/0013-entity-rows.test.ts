import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Sqlite from "better-sqlite3";
import { expect, test } from "vitest";
import { openDatabase } from "#core/store/database.ts";
import { migrations } from "#core/store/migrations/index.ts";

const place = migrations.findIndex(({ name }) => name.endsWith("entity-rows"));

test("entity-rows keeps every entity as it was, with its indexes, and finds it by its name", () => {
  const folder = mkdtempSync(join(tmpdir(), "zhishou-entities-"));
  const file = join(folder, "desk.db");
  const before = new Sqlite(file);
  for (const { sql } of migrations.slice(0, place)) before.exec(sql);
  before.pragma(`user_version = ${place}`);
  const write = before.prepare("INSERT INTO entity VALUES (?, ?, ?, ?, ?, ?)");
  for (let n = 0; n < 60; n++) {
    const kind = (["event", "layer", "carry"] as const)[n % 3] ?? "event";
    const state = JSON.stringify({ state: n % 2 ? "finished" : "waiting", toAt: n, text: "长".repeat(n * 40) });
    write.run(kind, `e${n}`, state, n % 4 === 0 ? null : "null", n % 5 === 0 ? null : n, n % 5 === 0 ? null : n * 10);
  }
  const all = "SELECT * FROM entity ORDER BY kind, id";
  const held = before.prepare(all).all();
  before.close();
  const opened = openDatabase(file);
  if (!opened.ok) throw new Error(opened.error.id);
  const { db } = opened.value;
  expect(db.prepare(all).all()).toEqual(held);
  const plan = (text: string) =>
    (db.prepare(`EXPLAIN QUERY PLAN ${text}`).all() as { detail: string }[]).map(({ detail }) => detail).join();
  expect(plan("SELECT state FROM entity WHERE kind = 'event' AND id = 'x'")).toContain("sqlite_autoindex_entity_1");
  expect(
    plan("SELECT id FROM entity INDEXED BY entity_layer WHERE kind = 'layer' AND json_extract(state, '$.toAt') > 1"),
  ).toContain("entity_layer");
  expect(() => db.exec("INSERT INTO entity (kind, id, state) VALUES ('event', 'e0', '{}')")).toThrow("UNIQUE");
  db.close();
  rmSync(folder, { recursive: true });
});
