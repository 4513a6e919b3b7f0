import { QueryClientProvider } from "@tanstack/react-query";
import { act, cleanup, fireEvent, render, screen, waitFor, within } from "@testing-library/react";
import { useState } from "react";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { deskAnswers } from "#renderer/bridge/answers.ts";
import { MonthPlace } from "#renderer/features/roster/MonthPlace.tsx";
import { monthBeside } from "#renderer/features/roster/month-grid.ts";
import type { Tables } from "#shared/contract.ts";
import { monthOf } from "#shared/lib/time.ts";
import { openPageDesk } from "../page-desk.ts";

let page: Awaited<ReturnType<typeof openPageDesk>>;
let tables: Tables;
let ahead = "";
/** Until it is done, the month ahead does not reach the page. */
let held: Promise<void> | undefined;

beforeAll(async () => {
  page = await openPageDesk();
  const { desk } = page;
  tables = await desk.get("system.tables");
  const { demoPin } = await desk.get("system.status");
  await desk.get("session.signIn", { pin: demoPin ?? "" });
  ahead = monthBeside(monthOf((await desk.get("roster.onDuty")).shift?.on ?? ""), 1);
  const { officers } = await desk.get("officer.list");
  const { shifts } = await desk.get("roster.month", { month: ahead });
  const operators = officers.filter(({ grade }) => grade === "operator").map(({ id }) => id);
  const mine = shifts.flatMap(({ people }) => people).find(({ officerId }) => operators.includes(officerId));
  await desk.get("session.signIn", { officerId: mine?.officerId ?? "", pin: demoPin ?? "" });
  const bridge = (window as unknown as { desk: { call: (name: string, input: unknown) => Promise<unknown> } }).desk;
  const { call } = bridge;
  bridge.call = async (name, input) => {
    if (name === "roster.month" && (input as { month: string }).month === ahead) await held;
    return call(name, input);
  };
});
afterEach(cleanup);
afterAll(() => page.end());

function Place({ first = monthBeside(ahead, -1) }: { first?: string }) {
  const [month, setMonth] = useState(first);
  const none = () => {};
  const go = { onImport: none, onPlan: none, onLayers: none, onHolidays: none, onHistory: none };
  return <MonthPlace tables={tables} month={month} note="" onMonth={setMonth} more={[]} {...go} />;
}

const placeOf = (slot: string) => document.querySelector<HTMLElement>(`[data-slot="${slot}"]`) as HTMLElement;

test("a key pressed on a place before its month is there is about who stands there, and nobody is missing meanwhile", async () => {
  const { officer } = await page.desk.get("session.current");
  const { shifts } = await page.desk.get("roster.month", { month: ahead });
  const slots = shifts.flatMap(({ on, shift, people }) =>
    people.map(({ role, index, officerId }) => ({ slot: `${on}/${shift}/${role}/${index}`, officerId })),
  );
  const mine = slots.find(({ officerId }) => officerId === officer?.id)?.slot ?? "";
  let answer = () => {};
  held = new Promise((resolve) => {
    answer = resolve;
  });
  render(
    <QueryClientProvider client={deskAnswers}>
      <Place />
    </QueryClientProvider>,
  );
  await screen.findByRole("heading", { level: 1 });
  fireEvent.keyDown(document.body, { key: "PageDown" });
  act(() => placeOf(mine).focus());
  fireEvent.keyDown(placeOf(mine), { key: "F10", shiftKey: true });
  expect(screen.queryByRole("menu"), "it is not known yet what may be done there").toBeNull();
  expect(document.querySelectorAll(".roster-cell.is-gap")).toHaveLength(0);

  held = undefined;
  answer();
  const menu = within(await screen.findByRole("menu"));
  expect(menu.getByRole("menuitem", { name: /找人替班/ })).toBeTruthy();
  expect(menu.queryByRole("menuitem", { name: /我来替这一班/ })).toBeNull();
});

test("the hand begins on the first day of another month, as after its plan was published or given up; today is of this one", async () => {
  render(
    <QueryClientProvider client={deskAnswers}>
      <Place first={ahead} />
    </QueryClientProvider>,
  );
  await waitFor(() => expect(document.activeElement?.getAttribute("data-slot")).toMatch(`${ahead}-01`));
});
