import { join } from "node:path";
import { openDatabase } from "#core/store/database.ts";
import { leafLevel, pointOf, tileAt, tileKey, tileUnits, unitOf } from "#shared/domain/asset/tiles.ts";
import { importAssets } from "../bench/map/import.ts";
import { expect, deskTest as test } from "./desk.ts";
import { settle, signIn } from "./screens.ts";

test.use({ start: { demo: true } });

const count = 200_000;
const town = { lng: 105.87, lat: 29.41 };

/** Whole tiles around the town: their edges, and what a plain count of the table finds between them. */
interface Box {
  readonly level: number;
  readonly keys: number[];
  readonly bounds: { west: number; south: number; east: number; north: number };
  counted: number;
}

function boxAround(level: number): Box {
  const { x, y } = unitOf(town.lng, town.lat);
  const [left, top] = [tileAt(level, x) - 1, tileAt(level, y) - 1];
  const keys = [0, 1, 2].flatMap((down) => [0, 1, 2].map((right) => tileKey(level, left + right, top + down)));
  const size = tileUnits(level);
  const from = pointOf(left * size, top * size);
  const to = pointOf((left + 3) * size - 1, (top + 3) * size - 1);
  return { level, keys, bounds: { west: from.lng, north: from.lat, east: to.lng, south: to.lat }, counted: 0 };
}

test("of 200,000 assets every zoom counts what the table holds, and a broken device shows at once", async ({
  desk,
  shell,
}) => {
  test.skip(shell === "electron", "the same core and page; one filling is enough");
  const boxes = [9, 11, 13, 15, leafLevel].map(boxAround);
  const page = await desk.restart({}, (profile) => {
    const opened = openDatabase(join(profile, "desk.db"));
    if (!opened.ok) throw new Error(opened.error.id);
    const { db } = opened.value;
    importAssets(db, count);
    const half = 180 / 2 ** 27;
    const degreesBetween = db
      .prepare("SELECT count(*) FROM asset WHERE lng >= ? AND lng < ? AND lat > ? AND lat <= ?")
      .pluck();
    for (const box of boxes) {
      // The edge of a unit, from its middle.
      const { west, east, north, south } = box.bounds;
      const edge = (lat: number) => half * Math.cos((lat * Math.PI) / 180);
      box.counted = degreesBetween.get(west - half, east + half, south - edge(south), north + edge(north)) as number;
    }
    db.close();
  });
  await signIn(page);
  const totals: number[] = [];
  for (const { level, keys, bounds } of boxes) {
    const seen = (await desk.call("asset.viewport", { ...bounds, zoom: level })) as {
      total: number;
      marks: { count: number }[];
      byStatus: Record<string, number>;
    };
    totals.push(seen.total);
    expect(seen.marks.reduce((sum, mark) => sum + mark.count, 0)).toBe(seen.total);
    expect(Object.values(seen.byStatus).reduce((sum, one) => sum + one, 0)).toBe(seen.total);
    const { words } = (await desk.call("asset.tiles", { level, keys })) as { words: number[] };
    expect(countedIn(words), `tiles of level ${level}`).toBe(seen.total);
  }
  expect(totals).toEqual(boxes.map((box) => box.counted));
  expect(Math.min(...totals)).toBeGreaterThan(0);

  await page.keyboard.press("F5");
  const canvas = page.locator("canvas.map-pins");
  await expect(canvas).toHaveAttribute("data-whole", "true");
  for (let step = 0; step < 4; step++) await page.keyboard.press("+");
  await expect(canvas).toHaveAttribute("data-whole", "true");
  await settle(page);
  const before = await canvas.evaluate((one: HTMLCanvasElement) => one.toDataURL());
  const foot = (await page.locator(".map-foot-point").textContent()) ?? "";
  const [lng = 0, lat = 0] = [...foot.matchAll(/\d+\.\d+/g)].map(Number);
  const near = {
    west: lng - 0.002,
    east: lng + 0.002,
    south: lat - 0.0015,
    north: lat + 0.0015,
    zoom: 19,
    statuses: ["ok"],
  };
  const { marks } = (await desk.call("asset.viewport", near)) as { marks: { id: string }[] };
  const device = marks[0]?.id;
  expect(device, "something stands near the middle").toBeDefined();
  await desk.call("fault.report", { assetId: device, text: "不亮" });
  await expect
    .poll(() => canvas.evaluate((one: HTMLCanvasElement) => one.dataset.whole === "true" && one.toDataURL()))
    .not.toBe(before);
});

/** Adds up the rows of tiles: counts where there are any, else the assets. */
function countedIn(words: readonly number[]): number {
  let total = 0;
  for (let at = 0; at < words.length; ) {
    const [cells = 0, singles = 0] = [words[at + 2], words[at + 3]];
    at += 4;
    if (cells === 0) total += Math.max(0, singles);
    for (let row = 0; row < cells; row++) total += words[at + row * 4 + 3] ?? 0;
    at += (cells + Math.max(0, singles)) * 4;
  }
  return total;
}
