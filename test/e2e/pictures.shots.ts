import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import type { HandoverDraft } from "#shared/contract.ts";
import { countKeys, fillTo, pdfOf, picturesOf, signByKeys } from "./busy-shift.ts";
import { expect, deskTest as test } from "./desk.ts";
import { places, setTheme, settle, signIn, themes } from "./screens.ts";

/** The pictures of the README, from the real window. Not a test: `npm run screenshots` runs it. */
const folder = join(import.meta.dirname, "../../docs/screenshots");

async function take(page: Page, name: string): Promise<void> {
  await settle(page);
  await page.screenshot({ path: join(folder, `${name}.png`) });
}

test.beforeAll(() => {
  mkdirSync(folder, { recursive: true });
});

test("first start", async ({ page }) => {
  await page.getByRole("button", { name: /试用/ }).first().waitFor();
  await setTheme(page, "day");
  await take(page, "setup-day");
});

test.describe("the sample desk", () => {
  test.use({ start: { demo: true } });

  test("every screen, day and night", async ({ page }) => {
    await page.getByText("所有人的 PIN 都是").waitFor({ timeout: 60_000 });
    await setTheme(page, "day");
    await take(page, "sign-in-day");
    await signIn(page);
    for (const theme of themes) {
      await setTheme(page, theme);
      for (const [place, key] of places) {
        await page.keyboard.press(key);
        if (place === "queue") {
          await page.keyboard.press("ArrowDown");
          await page.keyboard.press("Enter");
        }
        await take(page, `${place}-${theme}`);
      }
      await page.keyboard.press("F2");
      await page.keyboard.type("茶竹路大桥处有大树倒伏，双向不通，有人被困车内，请派人来。");
      await take(page, `intake-${theme}`);
      await page.keyboard.press("Control+A");
      await page.keyboard.press("Delete");
      await page.keyboard.press("Escape");
    }
  });

  test("the wall display, day and night", async ({ desk, page }) => {
    await signIn(page);
    const opened = desk.electron?.app.waitForEvent("window");
    await page.keyboard.press("Alt+w");
    const wall = (await opened) as Page;
    await wall.getByRole("region", { name: "未办结事件" }).waitFor();
    for (const theme of themes) {
      await setTheme(page, theme);
      await take(wall, `wall-${theme}`);
    }
  });

  test("the sheet of a busy shift, from its PDF", async ({ desk, page }) => {
    test.setTimeout(240_000);
    await signIn(page);
    await fillTo(desk, 60);
    await page.keyboard.press("F9");
    const items = ((await desk.call("handover.draft")) as HandoverDraft).review.length;
    const tab = page.getByRole("tab", { name: /逐项核对/ });
    await expect(page.locator(".review .row.is-selected")).toBeVisible();
    for (let item = 0; item < items; item++) {
      await page.keyboard.press(item === 5 || item === 30 ? "y" : "Space");
      await expect(tab).toContainText(`${item + 1}/${items}`);
    }
    await setTheme(page, "day");
    await take(page, "handover-busy-day");
    await page.keyboard.press("2");
    await page.keyboard.press("g");
    await signByKeys(page, countKeys(page));
    await expect(page.getByRole("list", { name: "交接进度" }).locator("[aria-current=step]")).toHaveText("交班已签");
    await page.locator(".handover-head").click();
    await signByKeys(page, countKeys(page));
    await expect(page.getByText("签名核验通过")).toHaveCount(2);
    const pages = picturesOf(await pdfOf(page), 60) ?? [];
    for (const [index, picture] of [pages[0], pages.at(-1)].entries())
      if (picture) writeFileSync(join(folder, `handover-paper-${index === 0 ? "first" : "last"}.png`), picture);
  });
});
