import { findings } from "./axe.ts";
import { expect, deskTest as test } from "./desk.ts";
import { places, setTheme, settle, signIn, themes } from "./screens.ts";

test.describe("a new profile", () => {
  test("the first choice has no serious finding in both themes", async ({ page }) => {
    await page.getByRole("button", { name: /试用/ }).first().waitFor();
    for (const theme of themes) {
      await setTheme(page, theme);
      await settle(page);
      expect(await findings(page), theme).toEqual([]);
    }
  });
});

test.describe("the sample desk", () => {
  test.use({ start: { demo: true } });

  test("every screen has no serious finding in both themes", async ({ page }) => {
    // Twenty screens are looked at.
    test.slow();
    await page.getByText("所有人的 PIN 都是").waitFor({ timeout: 60_000 });
    for (const theme of themes) {
      await setTheme(page, theme);
      await settle(page);
      expect(await findings(page), `sign-in, ${theme}`).toEqual([]);
    }
    await signIn(page);
    for (const theme of themes) {
      await setTheme(page, theme);
      for (const [place, key] of places) {
        await page.keyboard.press(key);
        await settle(page);
        expect(await findings(page), `${place}, ${theme}`).toEqual([]);
      }
      await page.keyboard.press("F2");
      await settle(page);
      expect(await findings(page), `intake, ${theme}`).toEqual([]);
      await page.keyboard.press("Escape");
      await page.keyboard.press("F4");
      await page.keyboard.type("茶");
      await settle(page);
      expect(await findings(page), `find, ${theme}`).toEqual([]);
      await page.keyboard.press("Escape");
    }
  });
});
