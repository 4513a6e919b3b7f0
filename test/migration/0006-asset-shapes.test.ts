import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Sqlite from "better-sqlite3";
import { expect, test } from "vitest";
import { putShape, shapesIn } from "#core/store/asset-shapes.ts";
import { openDatabase } from "#core/store/database.ts";
import { migrations } from "#core/store/migrations/index.ts";

const place = migrations.findIndex(({ name }) => name.endsWith("asset-shapes"));

test("asset-shapes adds lines and areas with their boxes to a desk of the version before; its pins stay", () => {
  const folder = mkdtempSync(join(tmpdir(), "zhishou-shapes-"));
  const file = join(folder, "desk.db");
  const before = new Sqlite(file);
  for (const { sql } of migrations.slice(0, place)) before.exec(sql);
  before.pragma(`user_version = ${place}`);
  before.exec(
    "INSERT INTO asset (id, kind, name, status, lng, lat, grid, sample) VALUES ('a', 'camera', 'a', 'ok', 105, 29, '', 0)",
  );
  before.close();
  const opened = openDatabase(file);
  if (!opened.ok) throw new Error(opened.error.id);
  const { db, from } = opened.value;
  expect(from).toBe(place);
  expect(db.prepare("SELECT count(*) FROM asset_shown").pluck().get()).toBe(1);
  const road = { id: "r", kind: "road", name: "r", status: "ok", grid: "", sample: false } as const;
  putShape(db, {
    ...road,
    geometry: {
      type: "LineString",
      coordinates: [
        [105, 29],
        [105.1, 29.1],
      ],
    },
  });
  expect(shapesIn(db, { west: 105.05, east: 105.06, south: 29, north: 29.01 }, undefined, 10)).toHaveLength(1);
  expect(shapesIn(db, { west: 106, east: 107, south: 29, north: 30 }, undefined, 10)).toEqual([]);
  db.close();
  rmSync(folder, { recursive: true });
});
