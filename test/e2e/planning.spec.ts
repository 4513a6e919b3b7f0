import type { Page } from "@playwright/test";
import ExcelJS from "exceljs";
import { findings } from "./axe.ts";
import { expect, deskTest as test } from "./desk.ts";
import { setTheme, settle, signIn, themes } from "./screens.ts";

test.use({ start: { demo: true } });

interface Officer {
  readonly id: string;
  readonly name: string;
  readonly grade: string;
}

/** The month two after this one: nobody has planned it. */
function emptyMonth(): string {
  const now = new Date(Date.now() + 8 * 3_600_000);
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 2, 1)).toISOString().slice(0, 7);
}

async function sheet(month: string, crew: readonly string[]): Promise<Buffer> {
  const book = new ExcelJS.Workbook();
  const page = book.addWorksheet("值班表");
  const [year, of] = month.split("-").map(Number) as [number, number];
  page.addRow([`${year}年${of}月值班表`]);
  page.addRow(["日期", "白班主班", "白班副班", "夜班主班", "夜班副班", "备注"]);
  const name = (step: number) => crew[step % crew.length] ?? "";
  for (let d = 1; d <= 28; d++)
    page.addRow([`${of}月${d}日`, d === 2 ? "小王" : name(d), name(d + 1), name(d + 2), name(d + 3), ""]);
  page.mergeCells("A1:F1");
  return Buffer.from(await book.xlsx.writeBuffer());
}

const toMonthAfterNext = async (page: Page) => {
  await page.keyboard.press("F7");
  await expect(page.locator(".roster-cell:focus")).toHaveCount(1);
  await page.keyboard.press("PageDown");
  await page.keyboard.press("PageDown");
};

test("a roster from a spreadsheet: one unknown name is asked, then it is published and stands in the grid", async ({
  desk,
  page,
}) => {
  await signIn(page);
  const month = emptyMonth();
  const { officers } = (await desk.call("officer.list")) as { officers: Officer[] };
  const crew = officers.filter(({ grade }) => grade === "operator");
  const wang = crew[1]?.name ?? "";
  await toMonthAfterNext(page);
  await page.keyboard.press("Control+i");
  await expect(page.getByRole("heading", { name: "导入排班" })).toBeVisible();
  const buffer = await sheet(
    month,
    crew.map(({ name }) => name),
  );
  await page.locator("input[type=file]").setInputFiles({ name: "值班表.xlsx", mimeType: "application/zip", buffer });

  // What was understood, cell by cell; the one that was not is asked, and nothing can be published before.
  await expect(page.locator('[data-cell="B4"]')).toContainText("没有读懂");
  await expect(page.locator('[data-cell="C4"]')).toContainText("人员");
  await expect(page.getByText("请回答 1 个问题")).toBeVisible();
  const ask = page.getByRole("combobox", { name: /小王/ });
  await expect(ask).toBeFocused();
  await expect(page.getByRole("button", { name: "发布" })).toBeDisabled();
  await page.keyboard.type(wang);
  await page.keyboard.press("Enter");
  await expect(page.getByText("没有问题了，可以发布")).toBeVisible();
  await expect(page.getByText("读出 112 个班位")).toBeVisible();

  // Esc and back again: the file and the answer are still there.
  await page.keyboard.press("Escape");
  await expect(page.getByRole("grid")).toBeVisible();
  await page.keyboard.press("Control+i");
  await expect(page.getByText("没有问题了，可以发布")).toBeVisible();
  await expect(page.getByRole("button", { name: "发布" })).toBeEnabled();
  await page.keyboard.press("Control+Enter");
  await expect(page.getByText("改动 112 个班位，已存本机")).toBeVisible();
  await expect(page.locator(`[data-slot="${month}-02/day/main_operator/0"]`)).toHaveText(wang);
  await expect(page.locator(`[data-slot="${month}-02/day/shift_leader/0"]`)).toHaveText("空档");
});

test("a file that is no roster is refused in plain words", async ({ page }) => {
  await signIn(page);
  await toMonthAfterNext(page);
  await page.keyboard.press("Control+i");
  const buffer = Buffer.from("PK not really");
  await page.locator("input[type=file]").setInputFiles({ name: "a.xlsx", mimeType: "application/zip", buffer });
  await expect(page.getByRole("main").getByRole("alert")).toContainText("另存为 .xlsx 后再导入");
  // The largest that is taken passes the browser shell whole: the core has read it and says what is wrong with it.
  const most = Buffer.concat([Buffer.from("PK"), Buffer.alloc(700 * 1024 - 2, "x")]);
  await page.locator("input[type=file]").setInputFiles({ name: "c.xlsx", mimeType: "application/zip", buffer: most });
  await expect(page.locator(".import-file")).toHaveText("c.xlsx");
  await expect(page.getByRole("main").getByRole("alert")).toContainText("另存为 .xlsx 后再导入");
  const large = Buffer.alloc(800 * 1024);
  await page.locator("input[type=file]").setInputFiles({ name: "b.xlsx", mimeType: "application/zip", buffer: large });
  await expect(page.getByText(/文件有 800 KB，最多 700 KB，什么都没有改/)).toBeVisible();
});

test("cells pasted from a spreadsheet and a file dropped on the page are read alike", async ({ page }) => {
  await signIn(page);
  const month = emptyMonth();
  await toMonthAfterNext(page);
  await page.keyboard.press("Control+i");
  await expect(page.getByRole("heading", { name: "导入排班" })).toBeVisible();
  const text = `日期\t白班主班\t夜班主班\n${month}-01\t喻青\t鲜子墨\n${month}-02\t鲜子墨\t喻青\n`;
  await page.evaluate((cells) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", cells);
    document.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
  }, text);
  await expect(page.locator(".import-file")).toHaveText("粘贴的表格.csv");
  await expect(page.getByText("读出 4 个班位")).toBeVisible();
  await page.evaluate((cells) => {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File([cells.split("\n").slice(0, 2).join("\n")], "一天.csv"));
    document
      .querySelector(".roster-place")
      ?.dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true }));
  }, text);
  await expect(page.locator(".import-file")).toHaveText("一天.csv");
  await expect(page.getByText("读出 2 个班位")).toBeVisible();
});

test("an empty month is planned, explained and published, and nothing is uncovered", async ({ desk, page }) => {
  await signIn(page);
  const month = emptyMonth();
  await toMonthAfterNext(page);
  await expect(page.locator(".roster-gaps")).toContainText("个岗位没有人");
  await page.keyboard.press("Control+g");
  await expect(page.getByText("建议，尚未发布")).toBeVisible();
  await expect(page.getByText("不断档：要排的每一班都有人")).toBeVisible();
  await expect(page.locator(".roster-cell.is-proposed").first()).toBeVisible();
  await expect(page.getByRole("region", { name: "全月分担" }).locator("tbody tr").first()).toBeVisible();
  await expect(page.locator(".roster-cell:focus")).toHaveCount(1);
  await page.keyboard.press("ArrowRight");
  await expect(page.locator(".roster-why-words")).not.toHaveText("");

  // Given up: nothing has changed.
  await page.keyboard.press("Escape");
  await expect(page.locator(".roster-gaps")).toContainText("个岗位没有人");
  await page.keyboard.press("Control+g");
  await expect(page.getByText("不断档：要排的每一班都有人")).toBeVisible();
  await page.keyboard.press("Control+Enter");
  await expect(page.getByText("值班表，已存本机")).toBeVisible();
  await expect(page.locator(".roster-gaps")).toContainText("不断档");
  const at = (on: string) => Date.parse(`${on}T00:00:00+08:00`);
  const [year, of] = month.split("-").map(Number) as [number, number];
  const after = new Date(Date.UTC(year, of, 1)).toISOString().slice(0, 10);
  const { gaps } = (await desk.call("roster.coverage", {
    fromAt: at(`${month}-01`) + 9 * 3_600_000,
    toAt: at(after),
  })) as {
    gaps: unknown[];
  };
  expect(gaps).toEqual([]);
});

test("import and proposal have no serious finding in both themes", async ({ page }) => {
  await signIn(page);
  await toMonthAfterNext(page);
  await page.keyboard.press("Control+i");
  const buffer = await sheet(emptyMonth(), ["张三丰", "李四光", "牟一航", "喻青", "王五六"]);
  await page.locator("input[type=file]").setInputFiles({ name: "值班表.xlsx", mimeType: "application/zip", buffer });
  await expect(page.getByRole("combobox", { name: /李四光/ })).toBeVisible();
  for (const theme of themes) {
    await setTheme(page, theme);
    await page.getByRole("combobox", { name: /小王/ }).focus();
    await settle(page);
    expect(await findings(page), `import, ${theme}`).toEqual([]);
  }
  await page.keyboard.press("Escape");
  await page.keyboard.press("Control+g");
  await expect(page.getByText("建议，尚未发布")).toBeVisible();
  for (const theme of themes) {
    await setTheme(page, theme);
    await settle(page);
    expect(await findings(page), `proposal, ${theme}`).toEqual([]);
  }
});
