import { expect, test } from "vitest";
import { countIn, tilesIn } from "#core/store/asset-view.ts";
import { ensureTiles } from "#core/store/assets.ts";
import { topLevel } from "#shared/domain/asset/tiles.ts";
import { deskBefore } from "./desk-before.ts";

test("asset-tiles: a desk of the version before keeps its assets, and its map is counted when it opens", () => {
  const { before, upgrade } = deskBefore("asset-tiles");
  const insert = before.prepare(
    "INSERT INTO asset (id, kind, name, status, lng, lat, grid, sample) VALUES (?, ?, '', ?, ?, 29.4, '', 1)",
  );
  before.exec("BEGIN");
  for (let i = 0; i < 30; i++) insert.run(`a${i}`, i % 2 ? "camera" : "pond", i % 3 ? "ok" : "fault", 105.8 + i / 1000);
  before.exec("COMMIT");
  let snapshots = 0;
  const db = upgrade(() => {
    snapshots += 1;
  });
  expect(snapshots).toBe(1);
  ensureTiles(db);
  const whole = [...tilesIn(db, topLevel, { left: 0, top: 0, right: 255, bottom: 255 })];
  expect(whole.reduce((sum, { key, words }) => sum + countIn(key, words, undefined), 0)).toBe(30);
  expect(db.prepare("SELECT count(*) FROM asset_shown WHERE import = 0").pluck().get()).toBe(30);
});
