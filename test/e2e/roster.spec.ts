import type { Page } from "@playwright/test";
import { expect, deskTest as test } from "./desk.ts";
import { signIn } from "./screens.ts";

test.use({ start: { demo: true } });

const gapsOf = (page: Page) => page.locator(".roster-gaps");
const here = (page: Page) => page.locator(".roster-cell:focus");

test("one place emptied is an alarm at once, and filled again it is none", async ({ desk, page }) => {
  await signIn(page);
  await page.keyboard.press("F7");
  await expect(here(page)).toHaveCount(1);
  await expect(gapsOf(page)).toContainText("不断档");

  // Tomorrow's shift leader of the night shift; on the last day of a month tonight's, which at no hour is over.
  await page.keyboard.press("PageDown");
  await expect(page.getByRole("heading", { level: 1 })).not.toHaveText("");
  await page.keyboard.press("t");
  await expect(page.locator(".roster-row.is-today")).toHaveCount(1);
  await expect(here(page)).toHaveCount(1);
  await page.keyboard.press("ArrowDown");
  for (let column = 0; column < 7; column++) await page.keyboard.press("ArrowRight");
  const slot = (await here(page).getAttribute("data-slot")) ?? "";
  expect(slot).toContain("/night/shift_leader/");
  const name = (await here(page).textContent()) ?? "";
  expect(name).not.toBe("");
  const cell = page.locator(`[data-slot="${slot}"]`);
  await page.keyboard.press("Delete");
  await expect(cell).toHaveText("空档");
  await expect(gapsOf(page)).toContainText("个岗位没有人");
  await expect(gapsOf(page).locator(".roster-gaps-count")).toHaveText("1");
  await expect(gapsOf(page)).toContainText("值班长");
  await expect(page.getByRole("navigation")).toContainText("1");
  const { gaps } = (await desk.call("roster.coverage")) as { gaps: { role: string; missing: number }[] };
  expect(gaps.filter((gap) => gap.role === "shift_leader")).toHaveLength(1);

  // Put back by name: Enter opens the picker, the words narrow it, Enter takes.
  await cell.focus();
  await page.keyboard.press("Enter");
  const picker = page.getByRole("dialog", { name: /选人/ });
  await expect(picker.getByRole("combobox")).toBeFocused();
  await page.keyboard.type(name);
  await expect(picker.getByRole("option")).toHaveCount(1);
  await page.keyboard.press("Enter");
  await expect(picker).toHaveCount(0);
  await expect(cell).toHaveText(name);
  await expect(gapsOf(page)).toContainText("不断档");
  expect(((await desk.call("roster.coverage")) as { gaps: unknown[] }).gaps).toEqual([]);

  // And the same with the undo of the page.
  await page.keyboard.press("Delete");
  await expect(cell).toHaveText("空档");
  await page.keyboard.press("Control+z");
  await expect(cell).toHaveText(name);
  await expect(gapsOf(page)).toContainText("不断档");
});

test("the picker finds people by pinyin initials, and says who stands in the shift already", async ({ page }) => {
  await signIn(page);
  await page.keyboard.press("F7");
  await expect(here(page)).toHaveCount(1);
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Enter");
  const picker = page.getByRole("dialog", { name: /选人/ });
  await expect(picker.getByText("本班已排").first()).toBeVisible();
  await page.keyboard.type("mxx");
  await expect(picker.getByRole("option", { name: /孟小溪/ })).toBeVisible();
  await expect(picker.getByRole("option")).toHaveCount(1);
  await page.keyboard.press("Escape");
  await expect(picker).toHaveCount(0);
  await expect(here(page)).toHaveCount(1);
});

test("RO-7: a place that changed meanwhile is not overwritten, and the page says so", async ({ desk, page }) => {
  await signIn(page);
  await page.keyboard.press("F7");
  await expect(here(page)).toHaveCount(1);
  await page.keyboard.press("ArrowRight");
  const slot = (await here(page).getAttribute("data-slot")) ?? "";
  const [on, shift, role, index] = slot.split("/");
  await page.keyboard.press("Enter");
  const picker = page.getByRole("dialog", { name: /选人/ });
  await expect(picker.getByRole("option").first()).toBeVisible();
  await desk.call("roster.assign", { on, shift, role, index: Number(index), officerId: null });
  await expect(page.locator(`[data-slot="${slot}"]`)).toHaveText("空档");
  await page.keyboard.press("Enter");
  await expect(page.getByText("这一格刚被别人改过，没有覆盖。")).toBeVisible();
  await expect(page.locator(`[data-slot="${slot}"]`)).toHaveText("空档");
});

test("who is on duty at a time that is typed", async ({ desk, page }) => {
  await signIn(page);
  await page.keyboard.press("F7");
  const side = page.getByRole("region", { name: "谁在岗" });
  await side.getByRole("textbox").fill("03:00");
  await expect(side).toContainText("夜班");
  const names = side.locator(".roster-people-name");
  await expect(names).toHaveCount(4);
  await side.getByRole("textbox").fill("12:00");
  await expect(side).toContainText("白班");
  await side.getByRole("button", { name: "看现在" }).click();
  const { shift } = (await desk.call("roster.onDuty")) as { shift: { people: { name: string }[] } };
  await expect(names).toHaveText(shift.people.map((one) => one.name));
});

test("an operator may look and is told who may change", async ({ desk, page }) => {
  const { officers } = (await desk.call("session.officers")) as { officers: { id: string; grade: string }[] };
  const operator = officers.find((one) => one.grade === "operator");
  await desk.call("session.signIn", { officerId: operator?.id, pin: "2580" });
  await page.getByRole("contentinfo").getByRole("button", { name: "新事件" }).waitFor();
  await page.keyboard.press("F7");
  await expect(here(page)).toHaveCount(1);
  const name = (await here(page).textContent()) ?? "";
  await page.keyboard.press("Delete");
  await expect(page.getByText("没有改动：排班由值班长、带班领导或管理员调整。")).toBeVisible();
  await expect(here(page)).toHaveText(name);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog")).toHaveCount(0);
});
