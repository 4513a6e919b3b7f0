import type { Page } from "@playwright/test";

/** The places with their keys, in the order of the rail. */
export const places = [
  ["desk", "F1"],
  ["queue", "F6"],
  ["map", "F5"],
  ["roster", "F7"],
  ["log", "F8"],
  ["handover", "F9"],
  ["link", "F10"],
  ["tables", "F11"],
] as const;

export const themes = ["day", "night"] as const;
const themeLabels = { day: "日间", night: "夜间" } as const;

/** PIN of the sample officers, as the sign-in screen shows it. */
export const samplePin = "2580";

/** Signs in as the officer whom the screen proposes: by keyboard, as at three in the morning. */
export async function signIn(page: Page): Promise<void> {
  await page.getByText("所有人的 PIN 都是").waitFor({ timeout: 60_000 });
  await page.getByLabel("输入 PIN").fill(samplePin);
  await page.keyboard.press("Enter");
  await page.getByRole("contentinfo").getByRole("button", { name: "新事件" }).waitFor();
}

export async function setTheme(page: Page, theme: (typeof themes)[number]): Promise<void> {
  await page.getByRole("button", { name: themeLabels[theme], exact: true }).click();
}

/** Waits until nothing on the page moves or loads: two equal looks at its text in a row. */
export async function settle(page: Page): Promise<void> {
  let before = "";
  for (let look = 0; look < 20; look++) {
    await page.waitForTimeout(250);
    const now = await page.evaluate(() => document.body.innerText.replace(/\d\d:\d\d:\d\d/g, ""));
    if (now === before) return;
    before = now;
  }
}
