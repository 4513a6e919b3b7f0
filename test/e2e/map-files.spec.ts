import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { makeMbtiles, pngTile } from "../unit/core/basemaps/make-package.ts";
import { csvOf, shifted, thingsNearby } from "../unit/core/imports/bring.ts";
import { findings } from "./axe.ts";
import { type DeskUnderTest, expect, deskTest as test } from "./desk.ts";
import { signIn } from "./screens.ts";

test.use({ start: { demo: true } });

const hydrants = async (desk: DeskUnderTest) =>
  (
    (await desk.call("asset.viewport", {
      west: 100,
      south: 25,
      east: 112,
      north: 33,
      zoom: 12,
      kinds: ["hydrant"],
    })) as { total: number }
  ).total;

test("IM-3 IM-6: a table in GCJ-02 read as WGS 84 is warned of, put right, imported, and undone, by keyboard", async ({
  desk,
  page,
}) => {
  await signIn(page);
  const before = await hydrants(desk);
  const things = thingsNearby(60);
  const path = join(desk.profile, "hydrants.csv");
  writeFileSync(path, csvOf(shifted(things, "gcj02")));
  await page.keyboard.press("F5");
  await expect(page.getByRole("application")).toBeFocused();
  await page.keyboard.press("Control+i");
  const panel = page.getByRole("region", { name: "资源导入" });
  await expect(panel).toContainText("可以整批撤销");
  // What stands on the map does not lie under the panel.
  await page.getByRole("button", { name: "放大" }).click({ trial: true });
  await panel.locator("input[type=file]").setInputFiles(path);
  await expect(panel).toContainText("可导入 60 处");
  await expect(panel.getByLabel("坐标系")).toHaveValue("gcj02");
  await panel.getByLabel("坐标系").selectOption("wgs84");
  await expect(panel.getByRole("alert")).toContainText(/偏离已知地点约 \d{3} 米，更像是 GCJ-02/);
  expect(await findings(page)).toEqual([]);
  await panel.getByRole("button", { name: "改用 GCJ-02（高德、腾讯）" }).press("Enter");
  await expect(panel.getByRole("alert")).toHaveCount(0);
  await expect(panel.getByRole("button", { name: "导入 60 处" })).toBeEnabled();
  await page.keyboard.press("Control+Enter");
  await expect(panel).toContainText("已导入 60 处");
  expect(await hydrants(desk)).toBe(before + 60);
  const { asset } = (await desk.call("asset.get", { id: "XH-1000" })) as { asset: { lng: number; lat: number } };
  expect(
    Math.hypot((asset.lng - (things[0]?.lng ?? 0)) * 97_000, (asset.lat - (things[0]?.lat ?? 0)) * 111_000),
  ).toBeLessThan(1);
  await panel.getByRole("button", { name: "撤销" }).press("Enter");
  await panel.getByRole("button", { name: "再按一次，撤掉 60 处" }).press("Enter");
  await expect(panel).toContainText("没有导入的");
  await expect(panel).not.toContainText("已导入 60 处");
  await expect(panel.locator("input[type=file]")).toBeFocused();
  expect(await hydrants(desk)).toBe(before);
});

test("BM-1 BM-3: a package made here is shown offline and remembered; the note says where it has nothing", async ({
  desk,
  page,
}) => {
  await signIn(page);
  const path = join(desk.profile, "street.mbtiles");
  writeFileSync(path, makeMbtiles({ zooms: [10, 11, 12, 13, 14], tile: () => pngTile(10, 120, 200) }));
  await page.keyboard.press("F5");
  await expect(page.getByRole("application")).toBeFocused();
  await page.keyboard.press("b");
  const panel = page.getByRole("region", { name: "底图", exact: true });
  await panel.locator("input[type=file]").setInputFiles(path);
  await expect(panel.getByRole("radio", { name: /street/ })).toBeChecked();
  await expect(panel).toContainText("10–14 级");
  await expect(panel).toContainText("资料日期 2026-05-01");
  expect(await findings(page)).toEqual([]);
  const tiles = page.locator(".map-tile");
  await expect
    .poll(() => tiles.evaluateAll((all) => all.filter((one) => (one as HTMLImageElement).naturalWidth === 256).length))
    .toBeGreaterThan(3);
  await page.keyboard.press("Escape");
  await page.keyboard.press("F6");
  await page.keyboard.press("F5");
  await expect.poll(() => tiles.count()).toBeGreaterThan(3);
  // Far beyond the package the map says that there is nothing.
  for (let i = 0; i < 16; i++) await page.keyboard.press("Shift+ArrowRight");
  for (let i = 0; i < 4; i++) await page.keyboard.press("+");
  for (let i = 0; i < 30; i++) await page.keyboard.press("Shift+ArrowRight");
  await expect(page.locator(".map-strip")).toContainText("此处不在底图范围内");
});
