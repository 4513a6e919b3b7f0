import { QueryClientProvider } from "@tanstack/react-query";
import { act, cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { deskAnswers } from "#renderer/bridge/use-desk.ts";
import { TablesPlace } from "#renderer/features/tables/TablesPlace.tsx";
import type { TestDesk } from "#test/unit/core/desk.ts";
import { openPageDesk } from "../page-desk.ts";

/** The rule tables over a real core, by keys alone. */
let desk: TestDesk;
let end: () => Promise<void>;

beforeAll(async () => {
  ({ desk, end } = await openPageDesk());
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
});

test("TB-7: what was read from a sheet is no longer said when it was given up", async () => {
  await open("评哨标准");
  const sheet = new File(["代码,项目,满分\nspeed,快慢,50\n"], "评哨.csv");
  fireEvent.change(document.querySelector("input[type=file]") as HTMLElement, { target: { files: [sheet] } });
  await waitFor(() => expect(said()).toContain("读入 1 行，还没有发布"));
  await waitFor(() => expect(said()).toContain("增 1 行，改 0 行，删 4 行"));
  fireEvent.click(screen.getByRole("button", { name: "放弃改动" }));
  await waitFor(() => expect(said()).toBe(""));
});

test("TB-1: over an edition that came meanwhile one's own is published only after it was looked at; a row is called by its name", async () => {
  await open("办理时限");
  act(() => screen.getByLabelText("受理，第 1 行").focus());
  type("4分");
  await waitFor(() => expect(said()).toContain("改 1 行"));
  const { cells, digest } = await desk.get("table.get", { table: "clock" });
  const other = cells.map((row, at) => row.map((text, col) => (at === 1 && col === 2 ? "2分" : text)));
  await desk.get("table.publish", { table: "clock", cells: other, was: digest, note: "" });
  const seen = await screen.findByRole("button", { name: "已核对，以我的为准" });
  const publish = screen.getByRole("button", { name: /发布/ });
  expect(publish).toHaveProperty("disabled", true);
  fireEvent.click(seen);
  await waitFor(() => expect(publish).toHaveProperty("disabled", false));
  fireEvent.click(screen.getByText(/未发布的改动/));
  expect(document.querySelector(".tables-editions")?.textContent).toContain("改动 涉水救援 特急");
  fireEvent.click(publish);
  await waitFor(() => expect(said()).toContain("已发布第 2 版"));
});
