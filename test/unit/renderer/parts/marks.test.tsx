import { cleanup, fireEvent, render } from "@testing-library/react";
import { afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { Button, ClockBar, ErrorNote, LevelMark, StateTag, SyncMark } from "#renderer/parts/index.ts";
import { startText } from "#renderer/text/text.ts";
import { levels } from "#shared/domain/duty-event/event.ts";

const minute = 60_000;
beforeAll(() => startText("zh"));
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
  const event = (leftMin: number, limitMin: number, state: "handling" | "closed" = "handling") => ({
    state,
    reportedAt: at - (limitMin - leftMin) * minute,
    dueAt: at + leftMin * minute + 500,
    closedAt: state === "closed" ? at : null,
  });

  test("is grey, then soon, then late, then stopped; and says it", () => {
    const look = (leftMin: number, state?: "closed") => {
      const { container } = render(<ClockBar event={event(leftMin, 100, state)} />);
      const clock = container.querySelector(".clock");
      cleanup();
      return `${clock?.className} ${clock?.textContent}`;
    };
    expect(look(60)).toMatch(/clock-running 余 1:00/);
    expect(look(20)).toMatch(/clock-soon 余 0:20/);
    expect(look(-15)).toMatch(/clock-late 超 0:1[45]/);
    expect(look(10, "closed")).toMatch(/clock-stopped 按时/);
    expect(look(-10, "closed")).toMatch(/clock-stopped 超时/);
  });

  test("an event without a limit says so", () => {
    expect(text(<ClockBar event={{ ...event(1, 1), dueAt: null }} />)).toBe("无时限");
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
