import { QueryClientProvider } from "@tanstack/react-query";
import { act, cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import type { ReactElement } from "react";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { AlarmBand } from "#renderer/app/AlarmBand.tsx";
import { deskAnswers, showFor } from "#renderer/bridge/answers.ts";
import { keepUntaken } from "#renderer/bridge/use-draft.ts";
import { type Typed, useTyped } from "#renderer/bridge/use-typed.ts";
import { EraseDialog } from "#renderer/features/log/EraseDialog.tsx";
import { OnlineForm } from "#renderer/features/map/ground/OnlineForm.tsx";
import { HazardForm } from "#renderer/features/map/upkeep/HazardForm.tsx";
import { ArriveDialog } from "#renderer/features/presence/ArriveDialog.tsx";
import { IntakeDialog } from "#renderer/features/queue/IntakeDialog.tsx";
import { SealPanel } from "#renderer/features/queue/SealPanel.tsx";
import { AcceptDialog } from "#renderer/features/roster/AcceptDialog.tsx";
import { RulesPlace } from "#renderer/features/roster/RulesPlace.tsx";
import { StaffDialog } from "#renderer/features/roster/StaffDialog.tsx";
import { type Alarm, type EventDetail, shiftDraft, type Tables, type TimelineEntry } from "#shared/contract.ts";
import { deskError } from "#shared/errors.ts";
import { fail, ok } from "#shared/lib/result.ts";
import type { TestDesk } from "#test/unit/core/desk.ts";
import { openPageDesk } from "../page-desk.ts";

/** Half-typed forms over a real core and a real database. */
let desk: TestDesk;
let page: Awaited<ReturnType<typeof openPageDesk>>;
const kept = async (key: string) => (await desk.get("draft.load", { key })).value;

beforeAll(async () => {
  page = await openPageDesk();
  desk = page.desk;
  const { demoPin } = await desk.get("system.status");
  await desk.get("session.signIn", { pin: demoPin ?? "" });
});
afterEach(cleanup);
afterAll(() => page.end());

interface Fields {
  readonly text: string;
  readonly until: string;
  readonly marks: readonly number[];
}
let form: Typed<Fields>;
function Form({ name, until = "明天" }: { name: string; until?: string }) {
  form = useTyped<Fields>(name, { text: "", until, marks: [] });
  return <p>{`${form.typed.text}/${form.typed.until}/${form.typed.marks.join("+")}`}</p>;
}

test("what was typed stands there again when the form is opened again, and is forgotten once it was used", async () => {
  const shown = render(<Form name="one" />);
  act(() => form.type({ text: "井盖松动", marks: [1] }));
  act(() => form.type((now) => ({ marks: [...now.marks, 2] })));
  shown.unmount();
  await waitFor(async () => expect(await kept("one")).toBe('{"text":"井盖松动","marks":[1,2]}'));

  render(<Form name="one" />);
  await screen.findByText("井盖松动/明天/1+2");
  act(() => form.drop());
  expect(screen.getByText("/明天/")).toBeTruthy();
  await waitFor(async () => expect(await kept("one")).toBeNull());
});

test("two changes of one moment both count, also from a callback that an earlier drawing gave out", async () => {
  render(<Form name="two" />);
  const { type } = form;
  act(() => {
    type((now) => ({ marks: [...now.marks, 1] }));
    type((now) => ({ marks: [...now.marks, 2] }));
  });
  act(() => type((now) => ({ marks: [...now.marks, 3] })));
  expect(screen.getByText("/明天/1+2+3")).toBeTruthy();
});

test("what a hand types before the core has answered stays; the other fields come from what was kept", async () => {
  await desk.get("draft.save", { key: "three", value: '{"text":"昨夜的话","marks":[7]}' });
  render(<Form name="three" />);
  act(() => form.type({ text: "新的话" }));
  await screen.findByText("新的话/明天/7");
});

test("a form that is typed into and closed before the core has answered keeps the other fields; so does one that is emptied again", async () => {
  await desk.get("draft.save", { key: "eight", value: '{"text":"昨夜的话","marks":[7]}' });
  const first = render(<Form name="eight" />);
  act(() => form.type({ text: "新的话" }));
  first.unmount();
  await waitFor(async () => expect(JSON.parse((await kept("eight")) ?? "{}")).toEqual({ text: "新的话", marks: [7] }));
  const second = render(<Form name="eight" />);
  act(() => form.type({ text: "错" }));
  act(() => form.type({ text: "" }));
  second.unmount();
  render(<Form name="eight" />);
  await screen.findByText("新的话/明天/7");
});

test("a field that nobody touched follows its default, and nothing is kept once all are as they began", async () => {
  const shown = render(<Form name="four" />);
  act(() => form.type({ text: "先写" }));
  shown.rerender(<Form name="four" until="后天" />);
  expect(screen.getByText("先写/后天/")).toBeTruthy();
  await waitFor(async () => expect(await kept("four")).toBe('{"text":"先写"}'));
  act(() => form.type({ text: "" }));
  await waitFor(async () => expect(await kept("four")).toBeNull());
});

test("after it was used a form follows its defaults again", async () => {
  const shown = render(<Form name="six" />);
  act(() => form.type({ until: "下周" }));
  act(() => form.drop());
  shown.rerender(<Form name="six" until="后天" />);
  expect(screen.getByText("/后天/")).toBeTruthy();
});

test("what another desk's version kept in another shape is not taken", async () => {
  for (const value of ['{"text":["甲"],"marks":"1","more":1}', "null", "坏了"]) {
    await desk.get("draft.save", { key: "five", value });
    const shown = render(<Form name="five" />);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(screen.getByText("/明天/")).toBeTruthy();
    shown.unmount();
  }
});

test("a hazard that was half entered comes back by its device, without the place of another point", async () => {
  const target = (name: string, lng: number) => ({ point: { lng, lat: 29.3 }, name, assetId: "" });
  const draw = (name: string, lng: number) =>
    render(
      <QueryClientProvider client={deskAnswers}>
        <HazardForm target={target(name, lng)} onClose={() => {}} />
      </QueryClientProvider>,
    );
  const first = draw("壹江城转盘", 105.9);
  fireEvent.change(screen.getByLabelText("隐患"), { target: { value: "围墙倾斜" } });
  first.unmount();
  await waitFor(async () => expect(await kept("hazard:")).toContain("围墙倾斜"));
  draw("桂花园小区", 105.8);
  await screen.findByDisplayValue("围墙倾斜");
  expect(screen.getByDisplayValue("桂花园小区")).toBeTruthy();
});

const nothing = () => {};
const entry = { id: "l1", at: 0, text: { zh: "水位", en: "水位" } } as TimelineEntry;
const sealed = { event: { id: "e1" }, seal: "may_open" } as EventDetail;
let tables: Tables;
beforeAll(async () => {
  tables = await desk.get("system.tables");
});

const small: readonly (readonly [
  name: string,
  label: string | RegExp,
  key: string | RegExp,
  form: () => ReactElement,
])[] = [
  ["words taken out of the log", "理由（必填）", "erase:l1", () => <EraseDialog entry={entry} onClose={nothing} />],
  [
    "a sealed event",
    /打开的理由/,
    "unseal:e1",
    () => <SealPanel detail={sealed} keys={false} backToDetail={nothing} again={nothing} />,
  ],
  [
    "a month with gaps",
    /为什么只能留空/,
    "accept:2026-12",
    () => (
      <AcceptDialog
        month="2026-12"
        places={[]}
        rules={tables.roster}
        error={undefined}
        busy={false}
        onLeave={nothing}
        onAccept={async () => true}
      />
    ),
  ],
  ["a new person", "姓名", "staff:", () => <StaffDialog officer={undefined} onLeave={nothing} onDone={nothing} />],
  ["an online basemap", "名称", "basemap", () => <OnlineForm presets={[]} onAdded={nothing} onError={nothing} />],
  [
    "the shifts of a coming month",
    "班次",
    "roster_rules:2026-12",
    () => <RulesPlace tables={tables} now={desk.clock.now} onLeave={nothing} />,
  ],
  ["coming and going", /离岗原因/, /^arrive:/, () => <ArriveDialog />],
];
async function asSomebodyElse(look: () => Promise<void>): Promise<void> {
  const me = (await desk.get("session.current")).officer;
  const { officers } = await desk.get("session.officers");
  const { demoPin } = await desk.get("system.status");
  const other = officers.find(({ id }) => id !== me?.id);
  await desk.get("session.signIn", { officerId: other?.id ?? "", pin: demoPin ?? "" });
  await look();
  cleanup();
  await desk.get("session.signIn", { officerId: me?.id ?? "", pin: demoPin ?? "" });
}
test.each(small)("half-typed words of %s stand there again, for this officer alone", async (_, label, key, form) => {
  const draw = () => render(<QueryClientProvider client={deskAnswers}>{form()}</QueryClientProvider>);
  const shown = draw();
  if (key instanceof RegExp) await waitFor(() => expect(screen.getAllByRole("option").length).toBeGreaterThan(0));
  const [field] = screen.getAllByLabelText(label);
  if (field) fireEvent.change(field, { target: { value: "写了一半" } });
  shown.unmount();
  if (typeof key === "string") await waitFor(async () => expect(await kept(key)).toContain("写了一半"));
  const again = draw();
  await screen.findByDisplayValue("写了一半");
  again.unmount();

  await asSomebodyElse(async () => {
    draw();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(screen.queryByDisplayValue("写了一半")).toBeNull();
  });
});

test("words typed while the core was gone, and those it lost with it, are there when their officer has signed in again, and nobody else's", async () => {
  const me = (await desk.get("session.current")).officer?.id ?? "";
  const { demoPin } = await desk.get("system.status");
  const signIn = (officerId: string) => desk.get("session.signIn", { officerId, pin: demoPin ?? "" });
  const bridge = (window as unknown as { desk: { call: (name: string, input: unknown) => Promise<unknown> } }).desk;
  const { call } = bridge;
  await desk.get("draft.save", { key: "gone", value: '{"text":"桥面","marks":[7]}' });
  showFor(me);
  const shown = render(<Form name="gone" />);
  await screen.findByText("桥面/明天/7");

  let refused = 0;
  const refusing = async (name: string) => {
    if (name.startsWith("draft.")) refused += 1;
    return fail(deskError("core.lost"));
  };
  Object.assign(bridge, { call: refusing });
  act(() => form.type({ text: "桥面被淹" }));
  await waitFor(() => expect(refused).toBeGreaterThan(0));
  // Back, and nobody has signed in: the last words come when the form goes.
  await desk.get("session.signOut", {});
  Object.assign(bridge, { call });
  act(() => form.type({ text: "桥面被淹，两人被困" }));
  shown.unmount();

  const { officers } = await desk.get("session.officers");
  const other = officers.find(({ id }) => id !== me)?.id ?? "";
  await signIn(other);
  showFor(other);
  keepUntaken(other);
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(await kept("gone")).toBeNull();

  await signIn(me);
  showFor(me);
  keepUntaken(me);
  render(<Form name="gone" />);
  await screen.findByText("桥面被淹，两人被困/明天/7");
  expect(await kept("gone")).toContain("两人被困");
});

test("the handover that the core could not take is the shift's: whoever signs in next goes on with it", async () => {
  const me = (await desk.get("session.current")).officer?.id ?? "";
  const { demoPin } = await desk.get("system.status");
  const { officers } = await desk.get("session.officers");
  const other = officers.find(({ id }) => id !== me)?.id ?? "";
  showFor(me);
  const shown = render(<Form name={shiftDraft} />);
  await waitFor(() => expect(form.typed.until).toBe("明天"));
  await desk.get("session.signOut", {});
  act(() => form.type({ text: "对讲机缺电" }));
  shown.unmount();
  await desk.get("session.signIn", { officerId: other, pin: demoPin ?? "" });
  showFor(other);
  keepUntaken(other);
  await waitFor(async () => expect(await kept(shiftDraft)).toContain("对讲机缺电"));
  await desk.get("session.signIn", { officerId: me, pin: demoPin ?? "" });
  showFor(me);
});

test("the remarks of a duty check are kept until it is answered, and go with no other alarm", async () => {
  const alarm = (kind: Alarm["kind"]): Alarm => ({
    kind,
    level: "red",
    keys: [`${kind}/c1`],
    sinceAt: desk.clock.now,
    names: ["值班室"],
    roles: [],
    count: 1,
    to: null,
    eventLevel: null,
    said: null,
    eventId: null,
    checkId: "c1",
    stops: "answer",
    acknowledged: null,
  });
  const answered: unknown[] = [];
  const bridge = (window as unknown as { desk: { call: (name: string, input: unknown) => Promise<unknown> } }).desk;
  const { call } = bridge;
  Object.assign(bridge, {
    call: async (name: string, input: unknown) => {
      if (name === "alarm.list") return ok({ at: desk.clock.now, alarms: [alarm("duty_check"), alarm("vigilance")] });
      if (name !== "presence.answer") return call(name, input);
      answered.push(input);
      return ok({});
    },
  });
  const draw = () =>
    render(
      <QueryClientProvider client={deskAnswers}>
        <AlarmBand who="officer" />
      </QueryClientProvider>,
    );
  const shown = draw();
  fireEvent.change(await screen.findByLabelText("备注，可不填"), { target: { value: "正在处置积水" } });
  shown.unmount();
  draw();
  await screen.findByDisplayValue("正在处置积水");
  const [check, vigilance] = screen.getAllByRole("button", { name: /应答/ });
  if (!check || !vigilance) throw new Error("two alarms have two buttons");
  await act(async () => fireEvent.click(vigilance));
  await act(async () => fireEvent.click(check));
  expect(answered).toEqual([
    { kind: "vigilance", checkId: "c1", remarks: "" },
    { kind: "duty_check", checkId: "c1", remarks: "正在处置积水" },
  ]);
  await waitFor(async () => expect(await kept("duty_check:c1")).toBeNull());
  Object.assign(bridge, { call });
});

test("a new event that is typed and closed before its kept words were read loses neither; opened again at once it has both", async () => {
  await desk.get("draft.save", { key: "intake", value: JSON.stringify({ text: "桥头积水" }) });
  const intake = () =>
    render(
      <QueryClientProvider client={deskAnswers}>
        <IntakeDialog />
      </QueryClientProvider>,
    );
  const first = intake();
  fireEvent.change(screen.getByLabelText(/事由/), { target: { value: "有人呼救" } });
  first.unmount();
  intake();
  await waitFor(() => expect(screen.getByLabelText<HTMLTextAreaElement>(/事由/).value).toBe("桥头积水\n有人呼救"));
  await waitFor(async () => expect(JSON.parse((await kept("intake")) ?? "{}").text).toBe("桥头积水\n有人呼救"));
});
