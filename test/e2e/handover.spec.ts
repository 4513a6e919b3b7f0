import type { Page } from "@playwright/test";
import { expect, deskTest as test } from "./desk.ts";
import { samplePin, signIn } from "./screens.ts";

test.use({ start: { demo: true } });

interface Draft {
  readonly handoverId: string;
  readonly phase: string;
  readonly record: { readonly openEvents: readonly unknown[]; readonly checklist: readonly { item: string }[] };
}

const phaseOf = (page: Page) => page.getByRole("list", { name: "交接进度" }).locator("[aria-current=step]");

test("both sides sign by keyboard, and after a new start the record is sealed", async ({ desk, page }) => {
  await signIn(page);
  await page.keyboard.press("F9");
  const draft = (await desk.call("handover.draft")) as Draft;
  expect(draft.phase).toBe("draft");
  await expect(phaseOf(page)).toHaveText("草稿");
  await expect(page.locator(".handover-table tbody tr")).toHaveCount(draft.record.openEvents.length);

  // Nothing can be signed while the checks are open, and the page says so.
  const sign = page.getByRole("button", { name: /^交班签字/ });
  await expect(sign).toBeDisabled();
  await expect(page.getByText(`检查清单还有 ${draft.record.checklist.length} 项`)).toBeVisible();
  await page.keyboard.press("c");
  // The first check is amiss and gets a note; the others are ticked.
  await page.keyboard.press("Enter");
  await page.keyboard.type("左上角有一条黑线");
  await page.keyboard.press("Enter");
  for (let item = 1; item < draft.record.checklist.length; item++) {
    await page.keyboard.press("Space");
    await page.keyboard.press("ArrowDown");
  }
  await expect(page.getByText(`${draft.record.checklist.length} 项均已检查`)).toBeVisible();
  await page.locator("textarea.handover-remarks").focus();
  await page.keyboard.type("后山有雾，巡查车在路上。");
  await expect(page.getByText(/草稿已存本机/)).toBeVisible();

  // A wrong PIN is said in words and leaves everything as it was.
  await page.locator(".handover-record").click({ position: { x: 4, y: 4 } });
  await page.keyboard.press("s");
  await page.keyboard.type("0000");
  await page.keyboard.press("Control+Enter");
  await expect(page.getByText(/PIN 不对/)).toBeVisible();
  await expect(phaseOf(page)).toHaveText("草稿");

  await page.keyboard.type(samplePin);
  await page.keyboard.press("Control+Enter");
  await expect(phaseOf(page)).toHaveText("交班已签");
  await expect(page.locator(".handover-checks input")).toHaveCount(0);
  await expect(page.locator("textarea.handover-remarks")).toHaveCount(0);

  await page.locator(".handover-record").click({ position: { x: 4, y: 4 } });
  await page.keyboard.press("s");
  await page.keyboard.type(samplePin);
  await page.keyboard.press("Control+Enter");
  await expect(phaseOf(page)).toHaveText("已封存");
  await expect(page.locator(".handover-signature")).toHaveCount(2);
  const codes = await page.locator(".handover-hash").allTextContents();
  expect(codes[0]).toMatch(/^([0-9A-F]{4} ){3}[0-9A-F]{4}$/);
  expect(codes[1]).toBe(codes[0]);

  const again = await desk.restart();
  await signIn(again);
  await again.keyboard.press("F9");
  await expect(phaseOf(again)).toHaveText("已封存");
  await expect(again.locator(".handover-signature")).toHaveCount(2);
  await expect(again.locator(".handover-record")).toContainText("左上角有一条黑线");
  await expect(again.locator(".handover-record")).toContainText("后山有雾，巡查车在路上。");
  await expect(again.locator(".handover-record input, .handover-record textarea")).toHaveCount(0);
  expect(await again.locator(".handover-hash").first().textContent()).toBe(codes[0]);
});

test("what was written into the draft is there after a new start", async ({ desk, page }) => {
  await signIn(page);
  await page.keyboard.press("F9");
  await page.locator("textarea.handover-remarks").fill("钥匙在值班长处");
  await page.getByRole("button", { name: "列为遗留" }).first().click();
  await expect(page.locator(".handover-carry li")).toHaveCount(1);
  await expect(page.getByText(/草稿已存本机/)).toBeVisible();
  const again = await desk.restart();
  await signIn(again);
  await again.keyboard.press("F9");
  await expect(again.locator("textarea.handover-remarks")).toHaveValue("钥匙在值班长处");
  await expect(again.locator(".handover-carry li")).toHaveCount(1);
});

test("the sheet of paper holds the record and nothing of the screen", async ({ page }) => {
  await signIn(page);
  await page.keyboard.press("F9");
  await expect(page.locator(".handover-table tbody tr").first()).toBeVisible();
  await page.emulateMedia({ media: "print" });
  await expect(page.locator(".paper")).toBeVisible();
  await expect(page.locator(".frame")).toBeHidden();
  await expect(page.locator(".paper")).toContainText("草稿，双方未签字");
  await expect(page.locator(".paper")).toContainText("示例数据");
});
