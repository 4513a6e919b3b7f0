import { expect, test } from "vitest";
import { deskBefore } from "./desk-before.ts";

test("received: a desk of the version before keeps its assets, which came in WGS 84 and without a remark", () => {
  const { before, upgrade } = deskBefore("received");
  before.exec(
    "INSERT INTO asset (id, kind, name, status, lng, lat, grid, sample) VALUES ('a', 'pond', '', 'ok', 105.8, 29.4, '', 1)",
  );
  const db = upgrade();
  expect(db.prepare("SELECT id, received, remark FROM asset_shown").all()).toEqual([
    { id: "a", received: "", remark: "" },
  ]);
  expect(db.prepare("SELECT count(*) FROM basemap").pluck().get()).toBe(0);
});
