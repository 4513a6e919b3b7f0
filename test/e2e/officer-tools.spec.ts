import { readFileSync } from "node:fs";
import { parse } from "csv-parse/sync";
import type { OutputOf } from "#shared/contract.ts";
import { type DeskUnderTest, expect, deskTest as test } from "./desk.ts";
import { detailOf, savedFile, tabTo } from "./officer.ts";
import { signIn } from "./screens.ts";

test.use({ start: { demo: true } });

const photo = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

const report = (desk: DeskUnderTest, text: string, level = "normal") =>
  desk.call("event.report", { text, level, category: "waterlogging", place: { text: "人民路" } });

test("LS-5 LS-6 LS-7: a view and columns of one's own, one step for many, and the list as a file, all by keys", async ({
  desk,
  page,
}) => {
  await signIn(page);
  for (const number of [1, 2, 3]) await report(desk, `第${number}号井盖松动`);
  await page.keyboard.press("F6");
  const list = page.getByRole("listbox", { name: "事件列表" });
  await expect(list).toBeFocused();

  // A selection under a name of one's own, and back to it by the keys that go from view to view.
  await page.keyboard.press("/");
  await page.keyboard.type("号井盖");
  await expect(page.getByText("共 3 条")).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(list).toBeFocused();
  await page.keyboard.press(".");
  const filters = page.getByRole("dialog", { name: "筛选" });
  await tabTo(page, filters.getByRole("textbox", { name: "给这个视图起名" }));
  await page.keyboard.type("井盖");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Control+Enter");
  await expect(filters).toHaveCount(0);
  const own = page.getByRole("tab", { name: /井盖/ });
  await expect(own).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("[");
  await expect(own).toHaveAttribute("aria-selected", "false");
  await page.keyboard.press("]");
  await expect(own).toHaveAttribute("aria-selected", "true");
  await expect(page.getByText("共 3 条")).toBeVisible();
  // Another name for it, and nothing else: there is still one view, with its count.
  await page.keyboard.press(".");
  await tabTo(page, filters.getByRole("textbox", { name: "给这个视图起名" }));
  await page.keyboard.press("Control+a");
  await page.keyboard.type("松动井盖");
  await tabTo(page, filters.getByRole("button", { name: "只改名" }));
  await page.keyboard.press("Enter");
  await expect(filters.getByRole("button", { name: "保存改动" })).toBeVisible();
  await expect(filters.getByRole("textbox", { name: "给这个视图起名" })).toBeFocused();
  await page.keyboard.press("Control+Enter");
  await expect(own).toHaveCount(1);
  await expect(own).toHaveText("松动井盖3");
  await expect(own).toHaveAttribute("aria-selected", "true");

  // One column more, for this officer.
  await page.keyboard.press(",");
  const columns = page.getByRole("dialog", { name: "列表栏目" });
  const source = columns.getByRole("checkbox", { name: "来源" });
  // The usual ones for which this list has no room are said, until columns of one's own are shown all.
  await expect(columns.getByText("现在没有位置")).not.toHaveCount(0);
  await expect(source).not.toBeChecked();
  await tabTo(page, columns.getByRole("checkbox").first());
  while (!(await source.evaluate((box) => box === document.activeElement))) await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Space");
  await expect(source).toBeChecked();
  await expect(columns.getByText("现在没有位置")).toHaveCount(0);
  await page.keyboard.press("Control+Enter");
  await expect(columns).toHaveCount(0);
  await expect(list.getByRole("option").first()).toContainText("电话");

  // Two marked, accepted together; what is marked goes into the file with the columns that are shown.
  await expect(list).toBeFocused();
  await page.keyboard.press("Home");
  await page.keyboard.press("Shift+ArrowDown");
  await expect(page.getByText("已标记 2 条")).toBeVisible();
  await page.keyboard.press("a");
  await expect(page.getByText("已受理 2 条。")).toBeVisible();
  // What is refused stays marked and is named; Esc takes the marks and the words away together.
  await page.keyboard.press("Home");
  await page.keyboard.press("Shift+ArrowDown");
  await page.keyboard.press("a");
  await expect(page.getByText("还有 2 条没有办成，仍留着标记：")).toBeVisible();
  const together = page.getByRole("region", { name: "一起办理" });
  await expect(together.getByText("已标记 2 条")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(together).toHaveCount(0);
  await page.keyboard.press("Control+e");
  const sheet = page.getByRole("dialog", { name: "导出事件" });
  await expect(sheet).toBeVisible();
  const read = await savedFile(desk);
  await page.keyboard.press("2");
  const lines = parse(readFileSync(await read(), "utf8"), { bom: true }) as string[][];
  expect(lines[0]).toContain("来源");
  expect(lines.slice(1).map((cells) => cells[lines[0]?.indexOf("来源") ?? -1])).toEqual(Array(3).fill("电话"));
  await expect(sheet.getByText(/^已导出 /)).toBeVisible();
  await page.keyboard.press("Escape");
});

test("AT-5 photos pasted and dragged at intake go with the event, though the key that sends it came first", async ({
  desk,
  page,
}) => {
  await signIn(page);
  await page.keyboard.press("F2");
  const intake = page.getByRole("dialog", { name: "新事件" });
  const words = intake.getByRole("textbox", { name: "事由" });
  await expect(words).toBeFocused();
  await page.keyboard.type("桥面塌陷一处");
  for (const how of ["paste", "drop"] as const)
    await words.evaluate(
      (area, [kind, base64]) => {
        // Two files of different content: the same one is not taken twice.
        const bytes = Uint8Array.from(atob(base64) + kind, (letter) => letter.charCodeAt(0));
        const carried = new DataTransfer();
        carried.items.add(new File([bytes], kind === "paste" ? "image.png" : "现场.png", { type: "image/png" }));
        const usual = { bubbles: true, cancelable: true };
        if (kind === "paste") area.dispatchEvent(new ClipboardEvent("paste", { ...usual, clipboardData: carried }));
        else
          for (const step of ["dragenter", "dragover", "drop"])
            area.dispatchEvent(new DragEvent(step, { ...usual, dataTransfer: carried }));
      },
      [how, photo] as const,
    );
  await page.keyboard.press("Control+Enter");
  await expect(intake.getByRole("button", { name: "打开事件" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(detailOf(page).getByRole("region", { name: "附件" }).getByRole("listitem")).toHaveCount(2);
  const { total } = (await desk.call("event.list", { view: "all", search: "桥面塌陷" })) as OutputOf<"event.list">;
  expect(total).toBe(1);
});

test("Enter in the search goes to what it finds, also when it came before the hits: no key goes to the event before", async ({
  desk,
  page,
}) => {
  await signIn(page);
  await report(desk, "竹林深处有烟");
  await page.keyboard.press("F6");
  const list = page.getByRole("listbox", { name: "事件列表" });
  await expect(list).toBeFocused();
  await expect(detailOf(page).getByRole("heading", { name: /竹林深处有烟/ })).toHaveCount(0);
  await page.keyboard.press("/");
  await page.keyboard.insertText("竹林深处");
  await page.keyboard.press("Enter");
  await expect(page.getByText("共 1 条")).toBeVisible();
  await expect(list.getByRole("option", { selected: true })).toContainText("竹林深处有烟");
  await expect(list).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.locator("section.detail:focus")).toContainText("竹林深处有烟");
});
