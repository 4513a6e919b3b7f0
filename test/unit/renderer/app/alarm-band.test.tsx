import { QueryClientProvider } from "@tanstack/react-query";
import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { afterEach, beforeAll, expect, test } from "vitest";
import { AlarmBand } from "#renderer/app/AlarmBand.tsx";
import { AlarmBar } from "#renderer/app/AlarmBar.tsx";
import { across } from "#renderer/app/alarm.ts";
import { usePage } from "#renderer/app/store.ts";
import { deskAnswers } from "#renderer/bridge/answers.ts";
import { setLanguage } from "#renderer/text/text.ts";
import type { Alarm } from "#shared/contract.ts";
import type { Level } from "#shared/domain/duty-event/event.ts";
import { alarmOrder } from "#shared/domain/presence/alarm.ts";

const alarm = (kind: Alarm["kind"], level: Alarm["level"], eventLevel: Level | null = null): Alarm => ({
  kind,
  level,
  eventLevel,
  keys: [`${kind}/${eventLevel}`],
  names: [`${kind} ${eventLevel}`],
  sinceAt: 0,
  roles: [],
  count: 1,
  to: null,
  said: null,
  eventId: `${kind}-${eventLevel}`,
  checkId: null,
  stops: kind === "vigilance" ? "answer" : kind === "event" && level === "red" ? "accept" : "acknowledge",
  acknowledged: null,
});
const lateCritical = alarm("late", "red", "critical");
const climbed = alarm("climbed", "orange", "urgent");
const unaccepted = alarm("event", "red", "critical");
const urgent = alarm("event", "orange", "urgent");
const relief = alarm("relief", "orange");
const vigilance = alarm("vigilance", "orange");
const gap = alarm("gap_now", "red");
const ahead = alarm("gap_ahead", "yellow");

let alarms: readonly Alarm[] = [];
beforeAll(async () => {
  await setLanguage("zh");
  Object.assign(window, {
    desk: {
      call: async (name: string) => ({ ok: true, value: name === "alarm.list" ? { at: Date.now(), alarms } : {} }),
      onNotice: () => () => {},
      shell: "electron",
    },
  });
});
afterEach(() => {
  cleanup();
  deskAnswers.clear();
});

const inOrder = (...some: Alarm[]) => some.toSorted(alarmOrder);
const show = (...some: Alarm[]) => {
  alarms = inOrder(...some);
  render(
    <QueryClientProvider client={deskAnswers}>
      <AlarmBand who="officer" />
      <AlarmBar canAct />
    </QueryClientProvider>,
  );
};
const rows = () => [...document.querySelectorAll(".alarm")].map((row) => row.textContent ?? "");

test("PS-11: what is red stands across the screen, above an orange one, whatever it is of", async () => {
  show(climbed, lateCritical);
  await waitFor(() => expect(rows().length).toBe(2));
  expect(rows()[0]).toContain("特急事件超时 1 件");
  expect(rows()[0]).toContain("F12");
  expect(rows()[1]).toContain("紧急事件超时未办");
  expect(document.querySelector(".alarm-first")).toBeNull();
});

test("PS-11: a critical event that nobody has accepted stands there with one way out: to open it", async () => {
  show(unaccepted, relief);
  await waitFor(() => expect(rows().length).toBe(2));
  const [first] = document.querySelectorAll(".alarm");
  expect([...(first?.querySelectorAll("button") ?? [])].map(({ textContent }) => textContent)).toEqual(["打开F12"]);
  fireEvent.keyDown(document.body, { key: "F12" });
  await waitFor(() => expect(usePage.getState().selectedEventId).toBe(unaccepted.eventId));
});

test("PS-11: nothing stands across above what is more pressing; where nothing does, the first is told at the foot", async () => {
  expect(across(inOrder(relief, urgent))).toEqual([urgent, relief]);
  expect(across(inOrder(urgent, ahead))).toEqual([]);
  show(urgent, ahead);
  await waitFor(() => expect(document.querySelector(".alarm-first")?.textContent).toContain("紧急事件未受理"));
  expect(screen.queryByRole("alert")).toBeNull();
});

test("PS-11: three at most, and what the desk itself is asked is always among them", () => {
  expect(across(inOrder(lateCritical, unaccepted, gap, climbed, relief))).toEqual([unaccepted, gap, lateCritical]);
  expect(across(inOrder(lateCritical, unaccepted, gap, vigilance))).toEqual([unaccepted, gap, vigilance]);
});
