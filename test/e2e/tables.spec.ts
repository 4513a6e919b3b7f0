import { join } from "node:path";
import { askDistrict } from "#district/operator/ask.ts";
import { type DeskUnderTest, expect, deskTest as test } from "./desk.ts";
import { samplePin, setTheme, settle, signIn } from "./screens.ts";

test.use({ start: { demo: true } });

interface TableNow {
  readonly cells: string[][];
  readonly digest: string;
}

/** An administrator at the desk, on a link that is up, before the rule tables. */
async function openTables(desk: DeskUnderTest): Promise<void> {
  await signIn(desk.page);
  const { officers } = (await desk.call("session.officers")) as { officers: { id: string; grade: string }[] };
  const admin = officers.find(({ grade }) => grade === "admin");
  await desk.call("session.signIn", { officerId: admin?.id, pin: samplePin });
  await expect
    .poll(async () => ((await desk.call("link.status")) as { link: { state: string } }).link.state, { timeout: 30_000 })
    .toBe("online");
  await desk.page.keyboard.press("F11");
  await desk.page.getByRole("navigation", { name: "规则表目录" }).getByText("评哨标准").waitFor();
}
const pathOf = (name: string) => process.env.ZHISHOU_SHOTS && join(process.env.ZHISHOU_SHOTS, `${name}.png`);
async function shoot(desk: DeskUnderTest, name: string): Promise<void> {
  for (const theme of pathOf(name) ? (["day", "night"] as const) : []) {
    const here = await desk.page.evaluateHandle(() => document.activeElement as HTMLElement | null);
    await setTheme(desk.page, theme);
    await here.evaluate((one) => one?.focus());
    await settle(desk.page);
    await desk.page.screenshot({ path: pathOf(`${name}-${theme}`) ?? "" });
  }
}
const rowsOf = async (desk: DeskUnderTest) =>
  ((await desk.call("system.tables")) as { criteria: { rows: Record<string, unknown>[] } }).criteria.rows;

test("TB-10 TB-12 by keys alone: an edition of the district arrives over edits, which are laid on it; an earlier one comes back; each says where it stands", async ({
  desk,
  page,
}) => {
  await openTables(desk);
  const list = page.getByRole("navigation", { name: "规则表目录" });
  const editor = page.getByRole("region", { name: "评哨标准" });
  for (let press = 0; press < 9 && !(await editor.isVisible()); press++) await page.keyboard.press("ArrowDown");
  await editor.getByLabel("满分，第 1 行").waitFor();
  await page.keyboard.press("ArrowRight");
  await expect(editor.getByLabel("代码，第 1 行")).toBeFocused();
  await page.keyboard.press("Tab");
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type("快不快");
  await expect(editor.getByRole("status")).toContainText("改 1 行");

  const [first, second, ...rest] = await rowsOf(desk);
  await askDistrict(join(desk.profile, "sample-district"), "/operator/streets/500118004/table", {
    table: "criteria",
    rows: [{ ...first, name: "及时" }, { ...second, most: 40 }, ...rest],
    note: "区里统一",
  });
  const arrived = page.getByRole("alert", { name: "新来的一版" });
  await expect(arrived).toContainText("第 1 版（区中心", { timeout: 20_000 });
  await expect(arrived).toContainText("您的改动都留着");
  await expect(editor.getByLabel("项目，第 1 行")).toHaveValue("快不快");
  const publish = editor.getByRole("button", { name: /^发布/ });
  await expect(publish).toBeDisabled();
  await shoot(desk, "arrived");
  await page.keyboard.press("Alt+j");
  const clashes = page.getByRole("region", { name: "两边都改了的地方" });
  await expect(clashes).toContainText("您写“快不快”，新版写“及时”");
  await expect(editor.getByLabel("满分，第 2 行")).toHaveValue("40");
  await shoot(desk, "clash");
  const mine = clashes.getByRole("button", { name: "用我的", exact: true });
  for (let press = 0; press < 40 && !(await mine.evaluate((one) => one === document.activeElement)); press++)
    await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("Enter");
  await expect(clashes).toBeHidden();
  await expect(publish).toBeEnabled();
  await page.keyboard.press("Control+Enter");
  await expect(editor.getByRole("status")).toContainText("已发布第 2 版");
  await expect(list.locator("[aria-current]")).toContainText(/已确认 \d/, { timeout: 20_000 });

  await editor.getByText("版本 2 个").waitFor();
  await page.keyboard.press("Alt+h");
  await expect(page.locator(":focus")).toHaveText("带回第 1 版");
  await shoot(desk, "editions");
  await page.keyboard.press("Enter");
  await expect(editor.getByLabel("项目，第 1 行")).toHaveValue("及时");
  await expect(editor.getByLabel("发布说明（为什么改）")).toHaveValue("带回第 1 版");
  await shoot(desk, "brought");
  await expect(publish).toBeEnabled();
  await page.keyboard.press("Control+Enter");
  await expect(editor.getByRole("status")).toContainText("已发布第 3 版");
  await expect(editor.getByText("第 3 版").first()).toBeVisible();
  expect((await rowsOf(desk))[0]).toMatchObject({ name: "及时" });
});

test("TB-11 IN-9 by keys alone: a category is deleted, its rows in the other tables keep its name and go by one key; a half-typed event that had it loses no word", async ({
  desk,
  page,
}) => {
  await openTables(desk);
  const intake = page.getByRole("dialog", { name: "新事件" });
  const category = intake.getByRole("combobox", { name: "类别" });
  await page.keyboard.press("F2");
  await page.keyboard.type("地下车库进水，有人被困");
  await category.focus();
  await page.keyboard.type("暴雨积水");
  await page.keyboard.press("Enter");
  await expect(category).toHaveValue("暴雨积水");
  await page.keyboard.press("Escape");
  await expect(intake).toBeHidden();
  const { cells, digest } = (await desk.call("table.get", { table: "category" })) as TableNow;
  const rows = cells.filter(([code]) => code !== "waterlogging");
  await desk.call("table.publish", { table: "category", cells: rows, was: digest, note: "" });
  const shown = (name: string) => page.getByRole("region", { name });
  await shown("事件类别").getByText("还有写着已删除类别的行").waitFor();
  await shoot(desk, "orphans-elsewhere");
  await page.keyboard.press("Alt+k");
  await shown("责任清单")
    .getByRole("button", { name: /^去掉这些行/ })
    .waitFor();
  await shoot(desk, "orphans");
  await page.keyboard.press("Alt+k");
  await expect(shown("责任清单").getByRole("status")).toContainText("还没有发布");
  await expect(shown("责任清单").getByRole("button", { name: /^发布/ })).toBeEnabled();
  await page.keyboard.press("Control+Enter");
  await expect(shown("责任清单").getByRole("status")).toContainText("已发布第 1 版");
  await page.keyboard.press("Alt+k");
  await shown("办理时限").waitFor();
  await expect(shown("办理时限").locator('input[value^="暴雨积水（已删除）"]').first()).toBeVisible();

  await page.keyboard.press("F2");
  await expect(intake).toContainText("原选的类别“暴雨积水”已从类别表中删除");
  await expect(intake.getByRole("textbox", { name: "事由" })).toHaveValue("地下车库进水，有人被困");
  await expect(category).not.toHaveValue("暴雨积水");
  await shoot(desk, "intake-lost");
});
