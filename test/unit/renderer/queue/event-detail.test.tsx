import { QueryClientProvider } from "@tanstack/react-query";
import { act, cleanup, fireEvent, render, screen, waitFor, within } from "@testing-library/react";
import { useRef } from "react";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { usePage } from "#renderer/app/store.ts";
import { deskAnswers } from "#renderer/bridge/answers.ts";
import { EventDetail } from "#renderer/features/queue/EventDetail.tsx";
import { QueuePlace } from "#renderer/features/queue/QueuePlace.tsx";
import { boundKeys } from "#renderer/parts/hotkeys.tsx";
import { backKey, confirmKey } from "#renderer/parts/keys.ts";
import type { EventAction } from "#shared/domain/duty-event/transitions.ts";
import type { TestDesk } from "#test/unit/core/desk.ts";
import { openPageDesk } from "../page-desk.ts";

/** One event over a real core and a real database: buttons, forms and drafts as the table says. */
let desk: TestDesk;
/** What the page asked of the core, in order. */
const asked: string[] = [];
let page: Awaited<ReturnType<typeof openPageDesk>>;

beforeAll(async () => {
  page = await openPageDesk((name) => void asked.push(name));
  desk = page.desk;
  const { demoPin } = await desk.get("system.status");
  await desk.get("session.signIn", { pin: demoPin ?? "" });
});

afterEach(cleanup);
afterAll(() => page.end());

/** The event as the queue shows it: letters are its own while the focus is in it. */
function Shown({ id }: { id: string }) {
  const frame = useRef<HTMLElement>(null);
  return <EventDetail id={id} frame={frame} onBack={() => {}} />;
}
const show = (id: string) =>
  render(
    <QueryClientProvider client={deskAnswers}>
      <Shown id={id} />
    </QueryClientProvider>,
  );
const press = (key: string, more: object = {}) =>
  fireEvent.keyDown(document.activeElement ?? document.body, { key, ...more });
const stateShown = () => document.querySelector(".steps-state")?.textContent;
const post = { kind: "post", name: "应急管理岗" };
const report = async (text: string) => (await desk.get("event.report", { text, level: "urgent" })).event.id;

async function open(id: string) {
  show(id);
  await waitFor(() => expect(stateShown()).toBe("待受理"));
  act(() => document.querySelector<HTMLElement>("section.detail")?.focus());
}

test("letters act only while the detail has the focus", async () => {
  await open(await report("壹江城转盘暴雨积水"));
  act(() => (document.activeElement as HTMLElement).blur());
  press("a");
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(stateShown()).toBe("待受理");
  act(() => document.querySelector<HTMLElement>("section.detail")?.focus());
  press("a");
  await waitFor(() => expect(stateShown()).toBe("待研判"));
});

test("a letter pressed before its event is there is the event's, unless the hand goes elsewhere meanwhile", async () => {
  const ids = await Promise.all(["路面积水", "树枝断落", "井盖异响", "围挡倾倒"].map(report));
  const [waited = "", left = "", passed = "", gone = ""] = ids;
  let answer = () => {};
  const bridge = (window as unknown as { desk: { call: (name: string, input: unknown) => Promise<unknown> } }).desk;
  const { call } = bridge;
  const hold = () => {
    const held = new Promise<void>((resolve) => {
      answer = resolve;
    });
    bridge.call = async (name, input) => {
      if (name === "event.get") await held;
      return call(name, input);
    };
  };
  const hand = () => act(() => document.querySelector<HTMLElement>("section.detail")?.focus());
  const stateOf = async (id: string) => (await desk.get("event.get", { id })).event.state;
  try {
    hold();
    show(waited);
    hand();
    press("a");
    answer();
    await waitFor(() => expect(stateShown()).toBe("待研判"));
    cleanup();

    hold();
    show(left);
    hand();
    press("a");
    act(() => (document.activeElement as HTMLElement).blur());
    answer();
    await waitFor(() => expect(stateShown()).toBe("待受理"));
    cleanup();

    hold();
    const { rerender } = show(passed);
    hand();
    press("a");
    rerender(
      <QueryClientProvider client={deskAnswers}>
        <Shown id={gone} />
      </QueryClientProvider>,
    );
    answer();
    await waitFor(() => expect(stateShown()).toBe("待受理"));
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(await Promise.all(ids.map(stateOf))).toEqual(["accepted", "reported", "reported", "reported"]);
  } finally {
    bridge.call = call;
  }
});

test("a step is taken once, however often it is pressed before its answer", async () => {
  await open(await report("桂花园小区井盖缺失"));
  asked.length = 0;
  for (let time = 0; time < 3; time++) press("a");
  await waitFor(() => expect(stateShown()).toBe("待研判"));
  expect(asked.filter((name) => name === "event.transition")).toHaveLength(1);
  expect(document.querySelector(".detail .error, .detail [role=alert]")).toBeNull();
});

test("EV-3: the form of assessing is drawn from its row, filled from the category, confirmed by one key", async () => {
  const id = await report("壹江城转盘暴雨积水");
  await open(id);
  press("a");
  await waitFor(() => expect(stateShown()).toBe("待研判"));
  press("j");
  const form = within(await screen.findByRole("form", { name: "研判" }));
  expect(form.getByRole("radio", { name: /平安法治/ })).toHaveProperty("checked", true);
  expect(form.getByRole("combobox", { name: /类别/ })).toHaveProperty("value", "暴雨积水");
  const lead = form.getByRole("combobox", { name: /主办/ });
  expect(lead).toHaveProperty("value", "防汛抗旱岗");

  fireEvent.change(lead, { target: { value: "yjgl" } });
  await waitFor(() => expect(form.getByRole("option", { name: /应急管理岗/ })).toBeTruthy());
  fireEvent.keyDown(lead, { key: "Enter" });
  expect(lead).toHaveProperty("value", "应急管理岗");
  fireEvent.change(form.getByRole("textbox", { name: /时限/ }), { target: { value: "零" } });
  press("Enter", { ctrlKey: true });
  expect(await form.findByText("时限请填大于零的整数分钟，例如 30")).toBeTruthy();
  fireEvent.change(form.getByRole("textbox", { name: /时限/ }), { target: { value: "45" } });
  press("Enter", { ctrlKey: true });
  await waitFor(() => expect(stateShown()).toBe("待分派"));
  expect((await desk.get("event.get", { id })).event).toMatchObject({
    lead: { kind: "post", name: "应急管理岗" },
    limitMin: 45,
  });
});

test("Esc closes a form and keeps its words; they are there when it opens again, and gone when used", async () => {
  const id = await report("路灯不亮");
  await open(id);
  press("x");
  const reason = () => screen.findByRole("textbox", { name: /理由/ });
  fireEvent.change(await reason(), { target: { value: "重复登记" } });
  press("Escape");
  await waitFor(() => expect(screen.queryByRole("form")).toBeNull());
  await waitFor(async () =>
    expect((await desk.get("draft.load", { key: `action:${id}:void` })).value).toContain("重复登记"),
  );
  press("x");
  expect(await reason()).toHaveProperty("value", "重复登记");

  // EV-13: void is final, so it asks once more.
  press("Enter", { ctrlKey: true });
  expect((await screen.findByRole("alert")).textContent).toContain("作废后不能恢复");
  expect(stateShown()).toBe("待受理");
  press("Enter", { ctrlKey: true });
  await waitFor(() => expect(screen.queryByText("您现在对这个事件没有可做的操作。")).not.toBeNull());
  await waitFor(async () => expect((await desk.get("draft.load", { key: `action:${id}:void` })).value).toBeNull());
});

test("the timeline stands newest first and says what has not left this desk", async () => {
  const id = await report("井盖松动");
  await desk.get("event.transition", { id, action: "accept" });
  show(id);
  await waitFor(() => expect(document.querySelectorAll(".timeline-entry")).toHaveLength(2));
  expect([...document.querySelectorAll(".timeline-kind")].map((kind) => kind.textContent)).toEqual(["受理", "上报"]);
  expect(document.querySelector(".timeline .sync-local, .timeline .sync-waiting")).not.toBeNull();
  expect(document.querySelector(".timeline .sync-confirmed")).toBeNull();
});

test("a step is on screen, in detail and in list, by its own answer: nothing is asked for it and no notice waited for", async () => {
  const id = await report("桥栏杆松动");
  const list = ["event.list", "block", { view: "open", sort: "newest", turned: false }, 0];
  deskAnswers.setQueryData(list, await desk.get("event.list", { view: "open", sort: "newest" }));
  await open(id);
  page.unfollow();
  await new Promise((resolve) => setTimeout(resolve, 400));
  asked.length = 0;
  press("a");
  await waitFor(() => expect(stateShown()).toBe("待研判"));
  expect(asked).toEqual(["event.transition"]);
  const listed = deskAnswers.getQueryData<{ rows: { id: string; state: string; sync: unknown }[] }>(list)?.rows;
  const { rows } = await desk.get("event.list", { view: "open", sort: "newest" });
  expect(listed?.find((row) => row.id === id)).toEqual(rows.find((row) => row.id === id));
  expect(document.querySelectorAll(".timeline-entry")).toHaveLength(2);
  page.follow();
});

test("SP-1 Esc in an item of the SOP card is back at the event; who closes is told what must be done and has no tick", async () => {
  const id = await report("石马河洪峰过境，有人下河游泳");
  await desk.get("event.transition", { id, action: "accept" });
  await desk.get("event.transition", {
    id,
    action: "assess",
    given: {
      board: "safety",
      category: "water_rescue",
      level: "critical",
      lead: { kind: "joint_post", name: "公安联勤岗" },
    },
  });
  await desk.get("event.transition", { id, action: "assign" });
  show(id);
  await screen.findByRole("region", { name: "处置规程" });
  const event = screen.getByRole("region", { name: /^事件：/ });
  act(() => event.focus());
  press("1");
  const first = screen.getAllByRole("checkbox")[0];
  expect(document.activeElement).toBe(first);
  press("Escape");
  expect(document.activeElement).toBe(event);
  press("c");
  const form = await screen.findByRole("form", { name: "办结" });
  expect(form.textContent).toMatch(/处置规程还有 \d+ 项必做没有勾：.+/);
  press("Escape");
});

test("no key is bound twice, whatever the state, wherever the hand is: list, event, party", async () => {
  const { rows } = await desk.get("event.list", { view: "all", limit: 60 });
  const states = new Map(rows.map((row) => [row.state, row.id]));
  expect(states.size).toBeGreaterThan(5);
  const twice = () => {
    const own = boundKeys().filter(({ key }) => key !== backKey && key !== confirmKey);
    return own.filter(({ key, layer }, at) => own.findIndex((one) => one.key === key && one.layer === layer) !== at);
  };
  const bound = () => boundKeys().map(({ key }) => key);
  const hand = (what: string) => act(() => document.querySelector<HTMLElement>(what)?.focus());
  act(() => usePage.getState().goTo("queue"));
  render(
    <QueryClientProvider client={deskAnswers}>
      <QueuePlace />
    </QueryClientProvider>,
  );
  for (const [state, id] of states) {
    act(() => usePage.getState().selectEvent(id));
    await waitFor(() => expect(document.querySelector(".detail-number")?.textContent).toBe(numberOf(rows, id)));
    hand(".views [aria-selected=true]");
    expect(bound(), state).toContain("7");
    expect(twice(), `${state}, list`).toEqual([]);
    hand("section.detail");
    await waitFor(() => expect(bound()).toContain("="));
    expect(twice(), `${state}, event`).toEqual([]);
    const line = document.querySelector<HTMLElement>(".task-line");
    if (!line) continue;
    act(() => line.focus());
    expect(bound(), `${state}, party`).toContain("1");
    expect(bound(), `${state}, party`).not.toContain("=");
    expect(twice(), `${state}, party`).toEqual([]);
  }
});

const numberOf = (rows: readonly { id: string; number: string }[], id: string) =>
  rows.find((row) => row.id === id)?.number;

test("EV-13 CL-4: a voided event says so at its head, no clock of it was kept, and no heading stands over nothing", async () => {
  const id = await report("误报的积水");
  await desk.get("event.transition", { id, action: "void", given: { reason: "误报" } });
  show(id);
  await waitFor(() => expect(document.querySelector(".detail-under .detail-gone")?.textContent).toBe("已作废"));
  expect(document.querySelector(".clocks")?.textContent).toContain("不再计时");
  expect(document.body.textContent).not.toContain("按时");
  await waitFor(() => expect(screen.queryByRole("region", { name: "附件" })).toBeNull());
});

test("WH-7: while an event is whistled its whistle stands above its facts, a dispute with it", async () => {
  const id = await report("污水管网反复堵塞");
  const take = (action: "accept" | "assess" | "whistle" | "dispute", given = {}) =>
    desk.get("event.transition", { id, action, given });
  await take("accept");
  await take("assess", {
    board: "safety",
    category: "waterlogging",
    level: "urgent",
    lead: { kind: "post", name: "防汛抗旱岗" },
  });
  await take("whistle", { whistleKind: "daily", to: "区水利局", text: "请派泵车" });
  await take("dispute", { side: "department", text: "归城管" });
  show(id);
  const whistle = await screen.findByRole("region", { name: /吹哨/ });
  expect(whistle.textContent).toContain("管辖争议");
  expect(whistle.textContent).toContain("裁定之前不能记应哨和反馈：区里裁定后按 7 记下");
  const clocks = document.querySelector(".clocks");
  expect(clocks && whistle.compareDocumentPosition(clocks) & Node.DOCUMENT_POSITION_FOLLOWING).toBeTruthy();
});

test("of a reopened event it is said that its result is that of before", async () => {
  const id = await report("护栏松动，又坏了");
  const take = (action: Exclude<EventAction, "report">, given: Record<string, unknown> = {}) =>
    desk.get("event.transition", { id, action, given });
  await take("accept");
  await take("close", { result: "已加固" });
  show(id);
  await waitFor(() => expect(screen.getByText("已加固").previousElementSibling?.textContent).toBe("办理结果"));
  await take("reopen", { reason: "又松了" });
  await waitFor(() => expect(screen.getByText("已加固").previousElementSibling?.textContent).toBe("重开前结果"));
});

test("BO-4: after each event that is chosen for a merge the hand is in the field for the next one", async () => {
  const id = await report("护栏松动，群众反映");
  const other = (await desk.get("event.report", { text: "护栏松动，又有人反映" })).event;
  await open(id);
  press("m");
  await screen.findByRole("form", { name: "并案" });
  const field = () => document.querySelector<HTMLInputElement>(".merge-others input");
  await waitFor(() => expect(document.activeElement).toBe(field()));
  fireEvent.change(field() as HTMLInputElement, { target: { value: other.number } });
  await screen.findByRole("option", { name: new RegExp(other.number) });
  press("Enter");
  const drop = await screen.findByRole("button", { name: new RegExp(`去掉.*${other.number}|${other.number}`) });
  await waitFor(() => expect(document.activeElement).toBe(field()));
  fireEvent.click(drop);
  await waitFor(() => expect(document.activeElement).toBe(field()));
  expect(document.querySelector(".merge-means")).toBeNull();
});

test("WH-7: while the line is cut a whistle says that the centre does not know of it, whatever its state is called", async () => {
  const id = await report("护栏属区管设施，请派人修复");
  const take = (action: Exclude<EventAction, "report">, given: Record<string, unknown>) =>
    desk.call("event.transition", { id, action, given });
  await take("accept", {});
  await take("assess", { category: "public_space", board: "livelihood", level: "normal", lead: post, coHandlers: [] });
  for (const action of ["assign", "acknowledge"] as const) await take(action, {});
  expect(await take("whistle", { whistleKind: "daily", to: "区住建委", text: "请派人修复" })).toMatchObject({
    ok: true,
  });
  show(id);
  const panel = within(await screen.findByRole("region", { name: /吹哨/ }));
  expect(panel.getByText("待派哨")).toBeTruthy();
  expect(await panel.findByText(/区中心还不知道/)).toBeTruthy();
});

test("a request stands above the clocks until a leader has answered it", async () => {
  await open(await report("是否封闭步道"));
  press("-");
  const form = within(await screen.findByRole("form", { name: "请示" }));
  const words = await form.findByLabelText(/请示内容/);
  await waitFor(() => expect(form.getByLabelText(/向谁请示/)).toHaveProperty("value", expect.stringMatching(/./)));
  fireEvent.change(words, { target: { value: "请示是否封闭步道" } });
  press("Enter", { ctrlKey: true });
  const panel = await screen.findByRole("region", { name: "请示" });
  expect(screen.getByText("已请示。")).toBeTruthy();
  const clocks = document.querySelector(".clocks") as HTMLElement;
  expect(panel.compareDocumentPosition(clocks) & Node.DOCUMENT_POSITION_FOLLOWING).toBeTruthy();
});

test("CF-1: what a sealed event does not show is said to be sealed, not to be missing", async () => {
  const given = {
    text: "孩子被打，请派人",
    level: "urgent" as const,
    category: "minor_protection",
    place: { text: "阳光小区3栋" },
  };
  const { id } = (await desk.get("event.report", { ...given, callerPhone: "13912345678" })).event;
  const { officers } = await desk.get("session.officers");
  const { demoPin } = await desk.get("system.status");
  const { officer } = await desk.get("session.current");
  const other = officers.find((one) => one.grade === "operator" && one.id !== officer?.id);
  await desk.get("session.signIn", { officerId: other?.id ?? "", pin: demoPin ?? "" });
  try {
    show(id);
    await screen.findByText(/内容只给值班长/);
    const fact = (name: string) => screen.getByText(name, { selector: "dt" }).nextElementSibling?.textContent?.trim();
    expect([fact("地点"), fact("来电人"), fact("主办")]).toEqual(["保密", "保密", "未填"]);
    expect(screen.getByRole("heading", { name: "办理经过" }).nextElementSibling?.textContent).toBe("保密");
  } finally {
    await desk.get("session.signIn", { officerId: officer?.id ?? "", pin: demoPin ?? "" });
  }
});
