import { expect, test } from "vitest";
import { deskBefore } from "./desk-before.ts";

test("shape-imports: lines and areas of the version before stand as drawn by hand, of no import", () => {
  const { before, upgrade } = deskBefore("shape-imports");
  before.exec(
    `INSERT INTO asset_shape (id, kind, name, status, lng, lat, grid, sample, geometry)
     VALUES ('R-1', 'fire_road', '北坡', 'ok', 105.8, 29.4, '', 0, '{}')`,
  );
  const db = upgrade();
  expect(db.prepare("SELECT id, import, remark FROM asset_shape").all()).toEqual([
    { id: "R-1", import: 0, remark: "" },
  ]);
});
