import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { deskTest as test } from "./desk.ts";
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
      await page.keyboard.press("Escape");
    }
  });
});
