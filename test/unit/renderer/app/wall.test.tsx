import { act, cleanup, render, screen, within } from "@testing-library/react";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { Wall } from "#renderer/app/wall/Wall.tsx";
import { deskAnswers } from "#renderer/bridge/answers.ts";
import { followDesk } from "#renderer/bridge/follow-desk.ts";
import { boundKeys } from "#renderer/parts/hotkeys.tsx";
import { setLanguage } from "#renderer/text/text.ts";
import { deskError } from "#shared/errors.ts";
import { fail } from "#shared/lib/result.ts";
import { forget, openTestDesk, type TestDesk } from "#test/unit/core/desk.ts";

/** The wall over a real core and a real database. */
let desk: TestDesk;
let isCut = false;
let stopFollowing = () => {};
const asked = new Set<string>();
const listeners = new Set<(notice: { topics: readonly string[] }) => void>();
const slow = { timeout: 15_000 };

beforeAll(async () => {
  await setLanguage("zh");
  desk = await openTestDesk({ now: Date.now() });
  desk.core.subscribe((notice) => {
    if (!isCut) for (const listener of listeners) listener(notice);
  });
  Object.assign(window, {
    desk: {
      call: (name: string, input: unknown) => {
        asked.add(name);
        return isCut ? Promise.resolve(fail(deskError("core.lost"))) : desk.core.call(name, input);
      },
      onNotice: (listener: (notice: { topics: readonly string[] }) => void) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
      shell: "electron",
    },
  });
  stopFollowing = followDesk();
  render(<Wall />);
}, 60_000);

afterAll(async () => {
  cleanup();
  stopFollowing();
  await vi.dynamicImportSettled();
  deskAnswers.clear();
  await desk.close();
  forget(desk.profileDir);
});

const list = () => screen.findByRole("region", { name: "未办结事件" }, slow);
const rowOf = async (words: string) =>
  (await within(await list()).findByText(words, {}, slow)).closest("li") as HTMLLIElement;

test("WL-1: with nobody signed in it tells who is on duty, the figures and what is open; what is late says so in words and shape", async () => {
  const now = await desk.get("wall.now");
  const rows = within(await list()).getAllByRole("listitem");
  expect(rows).toHaveLength(now.counts.open);
  const figures = screen.getByLabelText("现在的件数");
  expect(within(figures).getByText("未办结").nextElementSibling?.textContent).toBe(String(now.counts.open));
  const people = now.shift?.people.filter(({ role }) => role === "shift_leader") ?? [];
  for (const { name } of people) expect(screen.getByText(name)).toBeTruthy();
  const late = rows.filter((row) => row.classList.contains("is-late"));
  expect(late.length).toBe(now.counts.late);
  expect(late.length).toBeGreaterThan(0);
  for (const row of late) {
    expect(row.textContent).toContain("超 ");
    expect(row.querySelector(".wall-due > svg")).not.toBeNull();
  }
}, 30_000);

test("WL-1: it has no keys, no buttons and no sound, and asks for nothing but what the room may read", async () => {
  expect(boundKeys()).toEqual([]);
  expect(screen.queryAllByRole("button")).toEqual([]);
  expect(document.querySelectorAll("input, textarea, select, form, audio")).toHaveLength(0);
  act(() => void window.dispatchEvent(new KeyboardEvent("keydown", { key: "F2" })));
  await vi.waitFor(() => expect(asked).toContain("wall.ground"), slow);
  expect([...asked].sort()).toEqual(["link.status", "system.status", "system.tables", "wall.ground", "wall.now"]);
});

test("WL-2: a confidential event that is new stands there by its number alone", async () => {
  const { officers } = await desk.get("session.officers");
  const leader = officers.find(({ grade }) => grade === "leader");
  await desk.get("session.signIn", { officerId: leader?.id ?? "", pin: "2580" });
  const { event } = await desk.get("event.report", {
    text: "玄圭辞一",
    title: "玄圭辞二",
    level: "critical",
    confidential: true,
    place: { text: "玄圭辞三", point: null, community: "", grid: "" },
  });
  await desk.get("event.open", { id: event.id, reason: "安排处置" });
  const row = await rowOf("涉密事件");
  expect(row.textContent).toContain(event.number.slice(4));
  expect(document.body.textContent).not.toContain("玄圭");
  expect(
    within(await screen.findByLabelText("未确认告警", {}, slow)).getByText(/特急事件未受理 1 件：.* 涉密事件/),
  ).toBeTruthy();
}, 30_000);

test("WL-4: when the core does not answer it says so: no figure is shown, and what stands there is marked", async () => {
  isCut = true;
  await act(async () => void (await deskAnswers.invalidateQueries()));
  const alert = await screen.findByRole("alert", {}, slow);
  expect(alert.textContent).toMatch(/大屏收不到值班台的消息。以下停在 \d\d:\d\d:\d\d，不是现在的情况/);
  const figures = screen.getByLabelText("现在的件数");
  expect([...figures.querySelectorAll("dd")].map((one) => one.textContent)).toEqual(Array(6).fill("–"));
  expect(screen.getByRole("main").classList).toContain("is-stale");
  expect(screen.queryByText("与区中心")).toBeNull();
  isCut = false;
  await act(async () => void (await deskAnswers.invalidateQueries()));
  await vi.waitFor(() => expect(screen.getByRole("main").classList).not.toContain("is-stale"), slow);
  expect(within(figures).getByText("未办结").nextElementSibling?.textContent).toMatch(/^\d+$/);
}, 30_000);

test("WL-4: a core that is there and does not speak is no answer either", async () => {
  vi.useFakeTimers({ now: Date.now(), toFake: ["Date"] });
  try {
    vi.setSystemTime(Date.now() + 60_000);
    await vi.waitFor(() => expect(screen.getByRole("main").classList).toContain("is-stale"), slow);
  } finally {
    vi.useRealTimers();
  }
}, 30_000);
