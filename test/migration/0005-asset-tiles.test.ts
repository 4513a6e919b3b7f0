import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Sqlite from "better-sqlite3";
import { expect, test } from "vitest";
import { countIn, tilesIn } from "#core/store/asset-view.ts";
import { ensureTiles } from "#core/store/assets.ts";
import { openDatabase } from "#core/store/database.ts";
import { migrations } from "#core/store/migrations/index.ts";
import { topLevel } from "#shared/domain/asset/tiles.ts";

const place = migrations.findIndex(({ name }) => name.endsWith("asset-tiles"));

test("asset-tiles: a desk of the version before keeps its assets, and its map is counted when it opens", () => {
  const folder = mkdtempSync(join(tmpdir(), "zhishou-tiles-"));
  const file = join(folder, "desk.db");
  const old = new Sqlite(file);
  for (const { sql } of migrations.slice(0, place)) old.exec(sql);
  old.pragma(`user_version = ${place}`);
  const insert = old.prepare(
    "INSERT INTO asset (id, kind, name, status, lng, lat, grid, sample) VALUES (?, ?, '', ?, ?, 29.4, '', 1)",
  );
  old.exec("BEGIN");
  for (let i = 0; i < 30; i++) insert.run(`a${i}`, i % 2 ? "camera" : "pond", i % 3 ? "ok" : "fault", 105.8 + i / 1000);
  old.exec("COMMIT");
  old.close();
  let snapshots = 0;
  const opened = openDatabase(file, () => {
    snapshots += 1;
  });
  if (!opened.ok) throw new Error(opened.error.id);
  const { db } = opened.value;
  expect(snapshots).toBe(1);
  ensureTiles(db);
  const whole = [...tilesIn(db, topLevel, { left: 0, top: 0, right: 255, bottom: 255 })];
  expect(whole.reduce((sum, { key, words }) => sum + countIn(key, words, undefined), 0)).toBe(30);
  expect(db.prepare("SELECT count(*) FROM asset_shown WHERE import = 0").pluck().get()).toBe(30);
  db.close();
  rmSync(folder, { recursive: true });
});
