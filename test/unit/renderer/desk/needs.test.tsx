import { act, cleanup, render } from "@testing-library/react";
import { afterEach, beforeAll, expect, test, vi } from "vitest";
import { Why } from "#renderer/features/desk/Needs.tsx";
import { ClockBar } from "#renderer/parts/index.ts";
import { setLanguage } from "#renderer/text/text.ts";
import type { EventRow } from "#shared/contract.ts";

beforeAll(() => setLanguage("zh"));
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

test("CL-1 why an event needs somebody turns to late in the second in which its clock does, not with the next minute", () => {
  const at = Date.parse("2026-11-24T01:49:10+08:00");
  vi.useFakeTimers({ now: at });
  const clock = {
    step: "acknowledge",
    startAt: at - 60_000,
    soonAt: at,
    dueAt: at + 10_000,
    limitMin: 1,
    in: "round_the_clock",
    endedAt: null,
    stands: null,
  } as const;
  const row = { state: "assigned", clock, partyDueAt: null } as unknown as EventRow;
  const { container } = render(
    <>
      <Why row={row} />
      <ClockBar clock={clock} />
    </>,
  );
  expect(container.textContent).toMatch(/^待签收签收余/);
  act(() => vi.advanceTimersByTime(12_000));
  expect(container.textContent).toMatch(/^超时签收超/);
});
