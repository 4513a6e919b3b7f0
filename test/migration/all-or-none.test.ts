import { copyFileSync } from "node:fs";
import Sqlite from "better-sqlite3";
import { expect, test } from "vitest";
import { openDatabase } from "#core/store/database.ts";
import { migrations } from "#core/store/migrations/index.ts";
import { deskBefore } from "./desk-before.ts";

/** Version, schema and every row of a file, whatever its pages look like. */
function contentOf(file: string) {
  const db = new Sqlite(file, { readonly: true });
  const schema = db.prepare("SELECT type, name, sql FROM sqlite_schema ORDER BY type, name").all() as {
    type: string;
    name: string;
    sql: string | null;
  }[];
  const tables = schema.filter(({ type, sql }) => type === "table" && !sql?.startsWith("CREATE VIRTUAL"));
  const rows = tables.map(({ name }) => [name, db.prepare(`SELECT * FROM "${name}"`).raw().all()] as const);
  const version = db.pragma("user_version", { simple: true }) as number;
  db.close();
  return { version, schema, rows: Object.fromEntries(rows) };
}

const fails = migrations.findIndex(({ name }) => name.endsWith("place-in-chain"));

/** Several migrations are owed, and a later one stops in its midst at a table that already stands. */
function blockedDesk() {
  const { before, upgrade } = deskBefore("district-words");
  before.exec("INSERT INTO meta (key, value) VALUES ('eventIndex', 'as drawn'); CREATE TABLE chain_by_number (x)");
  before
    .prepare("INSERT INTO duty_log (id, at, by, kind, action, zh, en) VALUES ('l1', 1, 'district', 'note', '', '', '')")
    .run();
  const place = before.pragma("user_version", { simple: true }) as number;
  expect(fails - place).toBeGreaterThan(2);
  return { file: before.name, place, before, upgrade };
}

test("the migrations of one opening are done together or not at all: where a later one fails the file stays as it was, and opens once nothing is in the way", () => {
  const { file, place, before, upgrade } = blockedDesk();
  const stood = contentOf(file);
  expect(stood.version).toBe(place);

  let snapshots = 0;
  expect(openDatabase(file, () => snapshots++)).toMatchObject({
    ok: false,
    error: { id: "profile.broken", params: { detail: "table chain_by_number already exists" } },
  });
  expect(snapshots).toBe(1);
  expect(contentOf(file)).toEqual(stood);

  before.exec("DROP TABLE chain_by_number");
  const db = upgrade();
  expect(db.pragma("user_version", { simple: true })).toBe(migrations.length);
  expect(db.prepare("SELECT id, by FROM duty_log").all()).toEqual([{ id: "l1", by: "district" }]);
});

test("control: each in a transaction of its own, the earlier ones stay when a later one fails, and the file is not as it was", () => {
  const { file, place, before } = blockedDesk();
  const stood = contentOf(file);
  before.close();
  const copy = `${file}-one-by-one`;
  copyFileSync(file, copy);
  const db = new Sqlite(copy);
  expect(() => {
    for (const [index, { sql }] of migrations.entries())
      if (index >= place)
        db.transaction(() => {
          db.exec(sql);
          db.pragma(`user_version = ${index + 1}`);
        })();
  }).toThrow("chain_by_number already exists");
  db.close();
  expect(contentOf(copy)).not.toEqual(stood);
  expect(contentOf(copy).version).toBe(fails);
});
