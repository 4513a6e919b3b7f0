import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Sqlite from "better-sqlite3";
import { expect, test } from "vitest";
import { openDatabase } from "#core/store/database.ts";
import { migrations } from "#core/store/migrations/index.ts";

const place = migrations.findIndex(({ name }) => name.endsWith("shape-imports"));

test("shape-imports: lines and areas of the version before stand as drawn by hand, of no import", () => {
  const folder = mkdtempSync(join(tmpdir(), "zhishou-shapes-"));
  const file = join(folder, "desk.db");
  const before = new Sqlite(file);
  for (const { sql } of migrations.slice(0, place)) before.exec(sql);
  before.pragma(`user_version = ${place}`);
  before.exec(
    `INSERT INTO asset_shape (id, kind, name, status, lng, lat, grid, sample, geometry)
     VALUES ('R-1', 'fire_road', '北坡', 'ok', 105.8, 29.4, '', 0, '{}')`,
  );
  before.close();
  const opened = openDatabase(file);
  if (!opened.ok) throw new Error(opened.error.id);
  const { db } = opened.value;
  expect(db.prepare("SELECT id, import, remark FROM asset_shape").all()).toEqual([
    { id: "R-1", import: 0, remark: "" },
  ]);
  db.close();
  rmSync(folder, { recursive: true });
});
