import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Sqlite from "better-sqlite3";
import { expect, test } from "vitest";
import { openDatabase } from "#core/store/database.ts";
import { migrations } from "#core/store/migrations/index.ts";

const place = migrations.findIndex(({ name }) => name.endsWith("received"));

test("received: a desk of the version before keeps its assets, which came in WGS 84 and without a remark", () => {
  const folder = mkdtempSync(join(tmpdir(), "zhishou-received-"));
  const file = join(folder, "desk.db");
  const old = new Sqlite(file);
  for (const { sql } of migrations.slice(0, place)) old.exec(sql);
  old.pragma(`user_version = ${place}`);
  old.exec(
    "INSERT INTO asset (id, kind, name, status, lng, lat, grid, sample) VALUES ('a', 'pond', '', 'ok', 105.8, 29.4, '', 1)",
  );
  old.close();
  const opened = openDatabase(file);
  if (!opened.ok) throw new Error(opened.error.id);
  const { db } = opened.value;
  expect(db.prepare("SELECT id, received, remark FROM asset_shown").all()).toEqual([
    { id: "a", received: "", remark: "" },
  ]);
  expect(db.prepare("SELECT count(*) FROM basemap").pluck().get()).toBe(0);
  db.close();
  rmSync(folder, { recursive: true });
});
