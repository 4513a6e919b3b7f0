import { cleanup, fireEvent, render } from "@testing-library/react";
import { afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { Button, ClockBar, ErrorNote, LevelMark, StateTag, SyncMark } from "#renderer/parts/index.ts";
import { setLanguage } from "#renderer/text/text.ts";
import type { StepClock } from "#shared/domain/duty-event/clock.ts";
import { levels } from "#shared/domain/duty-event/event.ts";

const minute = 60_000;
beforeAll(() => setLanguage("zh"));
afterEach(cleanup);

const text = (node: React.ReactElement) => render(node).container.textContent;

test("levels differ in shape and word, not only in colour", () => {
  const drawn = levels.map((level) => render(<LevelMark level={level} />).container);
  expect(new Set(drawn.map((one) => one.querySelector("svg")?.innerHTML)).size).toBe(levels.length);
  expect(drawn.map((one) => one.textContent)).toEqual(["特急", "紧急", "一般"]);
});

test("a state says its word", () => {
  expect(text(<StateTag state="assigned" />)).toBe("待签收");
});

describe("CL-1 the clock of an event", () => {
  const at = Date.now();
  const clock = (leftMin: number, limitMin: number, more: Partial<StepClock> = {}): StepClock => ({
    step: "whole",
    startAt: at - (limitMin - leftMin) * minute,
    soonAt: at - (limitMin * 0.25 - leftMin) * minute,
    dueAt: at + leftMin * minute + 500,
    limitMin,
    in: "round_the_clock",
    endedAt: null,
    stands: null,
    ...more,
  });

  test("is grey, then soon, then late, then stopped; and says it", () => {
    const look = (leftMin: number, more?: Partial<StepClock>) => {
      const { container } = render(<ClockBar clock={clock(leftMin, 100, more)} />);
      const shown = container.querySelector(".clock");
      cleanup();
      return `${shown?.className} ${shown?.textContent}`;
    };
    expect(look(60)).toMatch(/clock-running 余 1:00/);
    expect(look(20)).toMatch(/clock-soon 余 0:20/);
    expect(look(-15)).toMatch(/clock-late 超 0:1[45]/);
    expect(look(10, { endedAt: at })).toMatch(/clock-stopped 按时/);
    expect(look(-10, { endedAt: at })).toMatch(/clock-stopped 超时/);
  });

  test("CL-4 a step is named, and a pause says so instead of a time", () => {
    expect(text(<ClockBar clock={clock(-15, 20, { step: "acknowledge" })} />)).toMatch(/^签收超 0:1[45]$/);
    const stands = { fromAt: at - minute, toAt: at + 60 * minute };
    expect(text(<ClockBar clock={clock(90, 100, { stands })} />)).toBe("挂起");
  });

  test("CL-4 a clock that ran when its event was voided or merged was neither in time nor late", () => {
    expect(text(<ClockBar clock={clock(10, 100, { endedAt: at })} givenUp />)).toBe("不再计时");
  });

  test("an event without a limit says so", () => {
    expect(text(<ClockBar clock={null} />)).toBe("无时限");
  });
});

describe("where a record stands", () => {
  test("saved, waiting, sent and confirmed are different sentences", () => {
    const at = Date.UTC(2026, 10, 20, 6, 3);
    expect(text(<SyncMark sync={{ state: "waiting", before: 3 }} />)).toContain("前面还有 3 条");
    expect(text(<SyncMark sync={{ state: "sending" }} />)).toContain("尚未确认");
    expect(text(<SyncMark sync={{ state: "confirmed", no: 10482, at }} />)).toContain(
      "区中心已于 11月20日 周五 14:03 确认\uff0c序号 10482",
    );
    expect(text(<SyncMark sync={{ state: "local" }} />)).toContain("登记后补报");
    expect(text(<SyncMark sync={{ state: "refused", errorId: "event.stale" }} />)).toContain("刚被别处改动");
  });
});

test("an error is spoken at once and offers the next try", () => {
  const again = vi.fn();
  const { getByRole } = render(<ErrorNote error={{ id: "link.busy" }} again={again} />);
  expect(getByRole("alert").textContent).toContain("区中心正忙");
  fireEvent.click(getByRole("button"));
  expect(again).toHaveBeenCalledOnce();
});

test("a button wears its key and the key presses it, unless it is disabled", () => {
  const press = vi.fn();
  const { getByRole, rerender } = render(
    <Button hotkey="F2" onPress={press}>
      新事件
    </Button>,
  );
  expect(getByRole("button").getAttribute("aria-keyshortcuts")).toBe("F2");
  fireEvent.keyDown(document.body, { key: "F2" });
  rerender(
    <Button hotkey="F2" onPress={press} disabled>
      新事件
    </Button>,
  );
  fireEvent.keyDown(document.body, { key: "F2" });
  expect(press).toHaveBeenCalledOnce();
});
