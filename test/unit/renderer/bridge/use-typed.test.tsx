import { QueryClientProvider } from "@tanstack/react-query";
import { act, cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { deskAnswers } from "#renderer/bridge/use-desk.ts";
import { type Typed, useTyped } from "#renderer/bridge/use-typed.ts";
import { HazardForm } from "#renderer/features/map/upkeep/HazardForm.tsx";
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

test("a field that nobody touched follows its default, and nothing is kept once all are as they began", async () => {
  const shown = render(<Form name="four" />);
  act(() => form.type({ text: "先写" }));
  shown.rerender(<Form name="four" until="后天" />);
  expect(screen.getByText("先写/后天/")).toBeTruthy();
  await waitFor(async () => expect(await kept("four")).toBe('{"text":"先写"}'));
  act(() => form.type({ text: "" }));
  await waitFor(async () => expect(await kept("four")).toBeNull());
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
