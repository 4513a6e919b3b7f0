import { QueryClientProvider } from "@tanstack/react-query";
import { act, cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { deskAnswers } from "#renderer/bridge/answers.ts";
import { TablesPlace } from "#renderer/features/tables/TablesPlace.tsx";
import { setLanguage } from "#renderer/text/text.ts";
import type { TableName } from "#shared/domain/table/tables.ts";
import type { TestDesk } from "#test/unit/core/desk.ts";
import { openPageDesk } from "../page-desk.ts";

/** The rule tables over a real core, by keys alone. */
let desk: TestDesk;
let end: () => Promise<void>;
/** Calls that the core answers only when the test lets it. */
const held = new Map<string, Promise<void>>();
const hold = (call: string) => {
  let release = () => {};
  held.set(call, new Promise((resolve) => (release = resolve)));
  return () => {
    held.delete(call);
    release();
  };
};

beforeAll(async () => {
  ({ desk, end } = await openPageDesk((name) => held.get(name)));
  const { demoPin } = await desk.get("system.status");
  const { officers } = await desk.get("session.officers");
  const admin = officers.find(({ grade }) => grade === "admin");
  await desk.get("session.signIn", { officerId: admin?.id ?? "", pin: demoPin ?? "" });
});
afterEach(cleanup);
afterAll(() => end());

const here = () => document.activeElement as HTMLInputElement;
const name = () => here().getAttribute("aria-label") ?? here().textContent;
const press = (key: string, more: object = {}) => fireEvent.keyDown(here(), { key, ...more });
const type = (value: string) => fireEvent.change(here(), { target: { value } });
const said = () => document.querySelector(".tables-said")?.textContent ?? "";
const cell = (column: string, row: number) => screen.findByLabelText(`${column}，第 ${row} 行`);

async function open(table: string) {
  render(
    <QueryClientProvider client={deskAnswers}>
      <TablesPlace />
    </QueryClientProvider>,
  );
  await waitFor(() => expect(name()).toContain("事件类别"));
  while (!name()?.includes(table)) press("ArrowDown");
  await screen.findByRole("region", { name: table });
}

test("TB-3: by keys alone from the list of tables into the grid, through its words, and back", async () => {
  await open("责任清单");
  await cell("类别", 1);
  press("ArrowRight");
  await waitFor(() => expect(name()).toBe("类别，第 1 行"));
  expect(document.querySelector(".tables-bar")?.textContent).toContain("填“事件类别”里的名称或代码");
  press("Escape");
  expect(name()).toContain("责任清单");
  press("/");
  expect(name()).toBe("在表里查找");
  type("积水");
  press("Enter");
  await waitFor(() => expect(name()).toBe("类别，第 2 行"));
  // The row stays under the hand while it is typed into, though it no longer has the words.
  type("水");
  expect(name()).toBe("类别，第 2 行");
  await waitFor(() => expect(said()).toContain("有 1 处要改好才能发布"));
  // Of a row that is not understood nothing is said to change, and no other row is called its twin.
  expect(said()).not.toContain("改动");
  expect(screen.getByRole("list", { name: "要看的地方" }).textContent).not.toContain("重复");
  press("z", { ctrlKey: true });
  await waitFor(() => expect(here().value).toBe("暴雨积水"));
  expect(screen.queryByRole("button", { name: "放弃改动" })).toBeNull();
});

test("TB-3: a new row comes below the hand and has it; what is wrong leads to its cell; what came or went can be taken back", async () => {
  await open("评哨标准");
  act(() => screen.getByLabelText("代码，第 2 行").focus());
  press("n", { altKey: true });
  await waitFor(() => expect(name()).toBe("代码，第 3 行"));
  expect(here().value).toBe("");
  type("speed");
  const problem = await screen.findByRole("button", { name: /第 3 行 项目/ });
  fireEvent.click(problem);
  await waitFor(() => expect(name()).toBe("项目，第 3 行"));
  press("Delete", { ctrlKey: true });
  await waitFor(() => expect(screen.queryByLabelText("代码，第 5 行")).toBeNull());
  press("z", { ctrlKey: true });
  await waitFor(() => expect(screen.getByLabelText("代码，第 3 行")).toHaveProperty("value", "speed"));
  fireEvent.click(screen.getByRole("button", { name: "放弃改动" }));
  await waitFor(() => expect(name()).toContain("评哨标准"));
  expect(screen.queryByLabelText("代码，第 5 行")).toBeNull();
  // What was given up by a slip comes back whole.
  expect(said()).toContain("改动已放弃");
  fireEvent.click(screen.getByRole("button", { name: "撤销一步" }));
  await waitFor(() => expect(screen.getByLabelText("代码，第 3 行")).toHaveProperty("value", "speed"));
  fireEvent.click(screen.getByRole("button", { name: "放弃改动" }));
  await waitFor(() => expect(screen.queryByLabelText("代码，第 5 行")).toBeNull());
});

test("TB-3: a cell with a word that is none of the choices says which one, and what may be written", async () => {
  await open("六步闭环");
  const first = (await cell("状态", 1)) as HTMLInputElement;
  act(() => first.focus());
  const before = first.value;
  type(`${before}、不在`);
  await waitFor(() =>
    expect(document.querySelector(".tables-bar-wrong")?.textContent).toContain("不认识“不在”，可填："),
  );
  expect(document.querySelector(".tables-bar-wrong")?.textContent).toContain("待受理、");
  fireEvent.click(screen.getByRole("button", { name: "放弃改动" }));
});

test("TB-7: what was read from a sheet is no longer said when it was given up", async () => {
  await open("评哨标准");
  const sheet = new File(["代码,项目,满分\nspeed,快慢,50\n"], "评哨.csv");
  fireEvent.change(document.querySelector("input[type=file]") as HTMLElement, { target: { files: [sheet] } });
  await waitFor(() => expect(said()).toContain("读入 1 行，还没有发布"), { timeout: 20_000 });
  await waitFor(() => expect(said()).toContain("增 1 行，改 0 行，删 4 行"));
  const faulty = new File(["评哨标准\n代码,项目,满分\n\nspeed,快慢,五十\n"], "评哨.csv");
  fireEvent.change(document.querySelector("input[type=file]") as HTMLElement, { target: { files: [faulty] } });
  const problem = await screen.findByRole("button", { name: /第 1 行 满分/ });
  expect(problem.textContent).toBe("第 1 行 满分（文件 C4） 要填整数");
  fireEvent.click(screen.getByRole("button", { name: "放弃改动" }));
  await waitFor(() => expect(said()).toBe("改动已放弃；要拿回来，按“撤销一步”。"));
});

test("TB-7: lines of a cell are seen as such and outlive the hand that types into it; a title has one", async () => {
  await open("事件模板");
  const text = (await cell("事由", 1)) as HTMLInputElement;
  const sheet = new File(['代码,名称,事由,标题\nspeed,快慢,"第一行\n第二行","题\n目"\n'], "模板.csv");
  fireEvent.change(document.querySelector("input[type=file]") as HTMLElement, { target: { files: [sheet] } });
  await waitFor(() => expect(text.value).toBe("第一行↵第二行"), { timeout: 20_000 });
  act(() => text.focus());
  const shown = () => document.querySelector(".tables-bar-text")?.textContent;
  expect(shown()).toBe("第一行\n第二行");
  type(`${text.value}好`);
  expect(shown()).toBe("第一行\n第二行好");
  text.setSelectionRange(text.value.length, text.value.length);
  press("Enter", { shiftKey: true });
  fireEvent.paste(text, { clipboardData: { getData: () => "三\r\n四\n" } });
  expect(shown()).toBe("第一行\n第二行好\n三\n四");
  expect(text.value).toBe("第一行↵第二行好↵三↵四");
  // Words that stand in one line have none: the break of a narrow cell is no part of them.
  await waitFor(() => expect(said()).toContain("增 1 行"));
  fireEvent.click(screen.getByRole("button", { name: /^发布/ }));
  await waitFor(() => expect(said()).toContain("已发布第 1 版"));
  const { templates } = await desk.get("system.tables");
  expect(templates.rows).toMatchObject([{ title: "题 目", text: "第一行\n第二行好\n三\n四" }]);
});

test("TB-1: what is typed while an edition is on its way is not in it, and stays", async () => {
  await open("处置规程");
  const item = (await cell("事项", 1)) as HTMLInputElement;
  act(() => item.focus());
  type("到得快");
  await waitFor(() => expect(said()).toContain("改 1 行"));
  const release = hold("table.publish");
  fireEvent.click(screen.getByRole("button", { name: /^发布/ }));
  type("到得快，办得好");
  release();
  await waitFor(() => expect(said()).toMatch(/已发布第 \d+ 版/));
  expect(item.value).toBe("到得快，办得好");
  const { sops } = await desk.get("system.tables");
  expect(sops.rows[0]).toMatchObject({ text: "到得快" });
  fireEvent.click(screen.getByRole("button", { name: "放弃改动" }));
  await waitFor(() => expect(item.value).toBe("到得快"));
  // Edits that were kept, and published as they were found, are over.
  act(() => item.focus());
  type("到得早");
  cleanup();
  await open("处置规程");
  await waitFor(() => expect(screen.getByLabelText("事项，第 1 行")).toHaveProperty("value", "到得早"));
  await waitFor(() => expect(said()).toContain("改 1 行"));
  fireEvent.click(screen.getByRole("button", { name: /^发布/ }));
  await waitFor(() => expect(said()).toMatch(/已发布第 \d+ 版/));
  expect(screen.queryByRole("button", { name: "放弃改动" })).toBeNull();
});

test("TB-7: before what was kept is known nothing is edited; what is typed while a sheet is read comes back", async () => {
  const letDraft = hold("draft.load");
  await open("评哨标准");
  await cell("代码", 1);
  for (const button of [/^加一行/, /^导入表格/])
    expect(screen.getAllByRole("button", { name: button })[0]).toHaveProperty("disabled", true);
  letDraft();
  await waitFor(() => expect(screen.getByRole("button", { name: /^加一行/ })).toHaveProperty("disabled", false));
  const letSheet = hold("table.readSheet");
  const sheet = new File(["代码,项目,满分\nspeed,快慢,50\n"], "评哨.csv");
  fireEvent.change(document.querySelector("input[type=file]") as HTMLElement, { target: { files: [sheet] } });
  act(() => screen.getByLabelText("项目，第 1 行").focus());
  type("很快");
  letSheet();
  await waitFor(() => expect(said()).toContain("读入 1 行，还没有发布"), { timeout: 20_000 });
  fireEvent.click(screen.getByRole("button", { name: "撤销一步" }));
  await waitFor(() => expect(screen.getByLabelText("项目，第 1 行")).toHaveProperty("value", "很快"));
  fireEvent.click(screen.getByRole("button", { name: "放弃改动" }));
});

test("TB-1 TB-12: over an edition that came meanwhile one's own is published whole only after it was looked at; a row is called by its name", async () => {
  await open("办理时限");
  act(() => screen.getByLabelText("受理，第 1 行").focus());
  type("4分");
  await waitFor(() => expect(said()).toContain("改 1 行"));
  await setElsewhere("clock", (cells) => put(cells, 1, 2, "2分"), "先放宽");
  const seen = await screen.findByRole("button", { name: "以我的为准，盖过新版" });
  const arrived = screen.getByRole("alert", { name: "新来的一版" }).textContent;
  expect(arrived).toMatch(/第 1 版（.+，.+，“先放宽”）.*您的改动都留着/);
  expect(arrived).toContain("改动 涉水救援 紧急 受理");
  const publish = screen.getByRole("button", { name: /^发布/ });
  expect(publish).toHaveProperty("disabled", true);
  fireEvent.click(seen);
  await waitFor(() => expect(publish).toHaveProperty("disabled", false));
  fireEvent.click(screen.getByText(/未发布的改动/));
  expect(document.querySelector(".tables-editions")?.textContent).toContain("改动 涉水救援 特急");
  fireEvent.click(publish);
  await waitFor(() => expect(said()).toContain("已发布第 2 版"));
});

test("TB-12: by keys alone one's edits are laid on an edition that came; where both changed the same a person chooses before it is published", async () => {
  await open("评哨标准");
  act(() => screen.getByLabelText("项目，第 1 行").focus());
  type("我的叫法");
  act(() => screen.getByLabelText("满分，第 2 行").focus());
  type("30");
  await waitFor(() => expect(said()).toContain("改 2 行"));
  await setElsewhere("criteria", (cells) => put(put(cells, 0, 1, "区里的叫法"), 2, 3, "15"));
  await screen.findByRole("button", { name: /把我的改动放到新版上/ });
  press("j", { altKey: true });
  const clashes = await screen.findByRole("region", { name: "两边都改了的地方" });
  expect(clashes.textContent).toContain("您写“我的叫法”，新版写“区里的叫法”");
  expect(clashes.querySelectorAll("li")).toHaveLength(1);
  expect(screen.getByLabelText("项目，第 1 行")).toHaveProperty("value", "我的叫法");
  expect(screen.getByLabelText("满分，第 2 行")).toHaveProperty("value", "30");
  expect(screen.getByLabelText("满分，第 3 行")).toHaveProperty("value", "15");
  const publish = screen.getByRole("button", { name: /^发布/ });
  await waitFor(() => expect(said()).toContain("改 2 行"));
  expect(publish).toHaveProperty("disabled", true);
  fireEvent.click(screen.getByRole("button", { name: "用新版的" }));
  await waitFor(() => expect(screen.queryByRole("region", { name: "两边都改了的地方" })).toBeNull());
  expect(screen.getByLabelText("项目，第 1 行")).toHaveProperty("value", "区里的叫法");
  await waitFor(() => expect(said()).toContain("改 1 行"));
  press("Enter", { ctrlKey: true });
  await waitFor(() => expect(said()).toContain("已发布第 2 版"));
});

test("TB-10: by keys alone an earlier edition comes back into the edits, with a note, and is published as the next", async () => {
  await open("评哨标准");
  await waitFor(() => expect(document.querySelector(".tables-head")?.textContent).toContain("本街第 2 版"));
  // Nothing is claimed of a district that this desk has not been enrolled with.
  expect(document.querySelector(".tables-head .sync")?.textContent).toContain("已存本机");
  press("h", { altKey: true });
  await waitFor(() => expect(name()).toBe("带回第 1 版"));
  expect(document.querySelector(".tables-editions li")?.textContent).toMatch(/第 2 版.*改 1.*已存本机.*现行/);
  fireEvent.click(here());
  await waitFor(() => expect(said()).toContain("第 1 版的内容已放进改动，还没有发布"));
  expect(screen.getByLabelText("发布说明（为什么改）")).toHaveProperty("value", "带回第 1 版");
  await waitFor(() => expect(said()).toContain("改 1 行"));
  expect(screen.getByLabelText("满分，第 2 行")).not.toHaveProperty("value", "30");
  press("Enter", { ctrlKey: true });
  await waitFor(() => expect(said()).toContain("已发布第 3 版"));
  const { editions } = await desk.get("table.get", { table: "criteria" });
  expect(editions.map(({ edition, note }) => [edition, note])).toEqual([
    [3, "带回第 1 版"],
    [2, ""],
    [1, ""],
  ]);
});

test("TB-11: rows of a deleted category lead from table to table, and are taken out by one key as edits, which can be taken back", async () => {
  await setElsewhere("category", (cells) => cells.filter(([code]) => code !== "waterlogging"));
  await open("责任清单");
  const item = () => document.querySelector(".tables-item.is-here")?.textContent ?? "";
  await waitFor(() => expect(item()).toMatch(/\d 行类别已删除/));
  await waitFor(() =>
    expect(document.querySelectorAll("td input[value^='暴雨积水（已删除）']").length).toBeGreaterThan(0),
  );
  const before = document.querySelectorAll("tbody tr").length;
  press("k", { altKey: true });
  await waitFor(() => expect(said()).toMatch(/已从改动里去掉 \d+ 行、清空 0 格，还没有发布/));
  expect(document.querySelectorAll("td input[value*='已删除']")).toHaveLength(0);
  fireEvent.click(screen.getByRole("button", { name: "撤销一步" }));
  await waitFor(() => expect(document.querySelectorAll("tbody tr")).toHaveLength(before));
  press("k", { altKey: true });
  await waitFor(() => expect(said()).toContain("删"));
  await waitFor(() => expect(screen.getByRole("button", { name: /^发布/ })).toHaveProperty("disabled", false));
  press("Enter", { ctrlKey: true });
  await waitFor(() => expect(said()).toContain("已发布第 1 版"));
  await screen.findByText(/还有写着已删除类别的行/);
  press("k", { altKey: true });
  await screen.findByRole("region", { name: "办理时限" });
});

const put = (cells: readonly string[][], at: number, col: number, text: string) =>
  cells.map((row, index) => (index === at ? row.map((cell, place) => (place === col ? text : cell)) : row));

/** Another administrator publishes while this page has the table open. */
async function setElsewhere(table: TableName, edit: (cells: string[][]) => string[][], note = "") {
  const { cells, digest } = await desk.get("table.get", { table });
  await desk.get("table.publish", { table, cells: edit(cells), was: digest, note });
}

test("TB-3: edits typed in one language look no more changed in the other", async () => {
  await open("事件类别");
  act(() => screen.getByLabelText("名称，第 1 行").focus());
  type("换个叫法");
  const marked = () => document.querySelectorAll(".tables-grid .is-changed").length;
  await waitFor(() => expect(said()).toContain("改 1 行"));
  expect(marked()).toBe(1);
  await act(() => setLanguage("en"));
  await screen.findByRole("button", { name: /Publish/ });
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(marked()).toBe(1);
  await act(() => setLanguage("zh"));
  fireEvent.click(await screen.findByRole("button", { name: "放弃改动" }));
  await waitFor(() => expect(marked()).toBe(0));
});
