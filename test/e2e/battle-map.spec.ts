import type { Page, Route } from "@playwright/test";
import { findings } from "./axe.ts";
import { type BrowserDesk, openBrowserDesk } from "./browser-desk.ts";
import { expect, deskTest as test } from "./desk.ts";
import { setTheme, settle, signIn, themes } from "./screens.ts";

/** Four dots. */
const picture = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAEElEQVR4nGM4YWMDRAwQCgAlPgUBdJmUYAAAAABJRU5ErkJggg==",
  "base64",
);

const draw = async (page: Page) => {
  await page.keyboard.press("F5");
  await expect(page.getByRole("application")).toBeFocused();
  await page.keyboard.press("g");
  const panel = page.getByRole("tabpanel", { name: "绘制" });
  await expect(panel.getByRole("button", { name: /新作战图/ })).toBeVisible();
  return panel;
};

/** The newest version that a desk holds. */
async function versionOn({ url, token }: BrowserDesk): Promise<number | undefined> {
  const response = await fetch(`${url}/rpc/overlay.list`, {
    method: "POST",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    body: "{}",
  });
  const { value } = (await response.json()) as { value: { rows: { overlay: { version: number } }[] } };
  return value.rows[0]?.overlay.version;
}

test.describe("a battle map", () => {
  test.use({ start: { demo: true } });
  test.skip(({ shell }) => shell === "electron", "two desks meet in the browser shell");

  test("is drawn by keys over a picture, saved as versions, and the second desk is told of each", async ({
    desk,
    page,
  }) => {
    await signIn(page);
    const panel = await draw(page);
    await page.keyboard.press("z");
    await panel.getByLabel("名称", { exact: true }).fill("扇子湾扑救");
    await page.getByRole("application").focus();
    await page.keyboard.press("p");
    await page.keyboard.press("Space");
    await expect(panel.getByLabel("第 1 个图形的名称")).toBeVisible();
    await panel.getByLabel("放照片").setInputFiles({ name: "航拍.png", mimeType: "image/png", buffer: picture });
    const corner = panel.getByLabel("1 左上角");
    await expect(corner).toHaveValue(/105\.\d+, 29\.\d+/);
    await corner.fill("105.84, 29.46");
    await panel.getByLabel("拍摄日期").fill("2026-11-20");
    await settle(page);
    for (const theme of themes) {
      await setTheme(page, theme);
      expect(await findings(page), theme).toEqual([]);
    }
    const districtOf = async () => ((await desk.call("link.status")) as { districtUrl: string | null }).districtUrl;
    // A busy machine may still be starting it; without its address the second desk would begin one of its own.
    await expect.poll(districtOf, { timeout: 30_000 }).not.toBeNull();
    const districtUrl = (await districtOf()) ?? "";
    const other = await openBrowserDesk({ demo: true, district: districtUrl });
    try {
      await signIn(other.page);
      // What the second page asks for before the map is there reaches it after the news of the map.
      const asked = new Promise<Route>((resolve) => {
        void other.page.route("**/rpc/overlay.list", resolve, { times: 1 });
      });
      const there = await draw(other.page);
      const before = await (await asked).fetch();

      await page.keyboard.press("Control+Enter");
      const card = panel.getByRole("article").filter({ hasText: "扇子湾扑救" });
      await expect(card).toContainText("第 1 版");
      await expect(card).toContainText("照片 2026-11-20");
      await expect(card).not.toContainText("照片不在本席位");
      await expect(page.locator("canvas.map-picture")).toBeVisible();
      await expect(card).toContainText("已确认", { timeout: 20_000 });

      await expect.poll(() => versionOn(other), { timeout: 20_000 }).toBe(1);
      await (await asked).fulfill({ response: before });
      const same = there.getByRole("article").filter({ hasText: "扇子湾扑救" });
      await expect(same).toContainText("第 1 版");
      await expect(same, "its picture lies on the other PC, and it says so").toContainText("照片不在本席位");
      // The first desk goes on while the second one has the old version open.
      await same.getByRole("button", { name: "在这一版上画" }).click();
      await card.getByRole("button", { name: "在这一版上画" }).click();
      await page.keyboard.press("Control+Enter");
      await expect(card).toContainText("第 2 版");
      await there.getByLabel("说明").fill("旧版上画的");
      await expect.poll(() => versionOn(other), { timeout: 20_000 }).toBe(2);
      await other.page.keyboard.press("Control+Enter");
      await expect(there).toContainText("没有覆盖");
    } finally {
      await other.close();
    }
  });
});
