import { act, cleanup, render } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { onSecond, setDeskTime, untilMinute, useTime } from "#renderer/parts/index.ts";

beforeEach(() => vi.useFakeTimers({ now: Date.parse("2026-11-21T06:03:00Z") }));
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

const minute = 60_000;
const pass = (ms: number) => act(() => vi.advanceTimersByTime(ms));

test("the second hand looks each second; what shows the same is not drawn again", () => {
  let looked = 0;
  let drawn = 0;
  function Left() {
    const { minutes } = useTime((now) => {
      looked += 1;
      return { minutes: Math.floor(now / minute) % 60 };
    });
    drawn += 1;
    return <p>{minutes}</p>;
  }
  const { container } = render(<Left />);
  expect(container.textContent).toBe("3");
  const [before, first] = [looked, drawn];
  pass(50_000);
  expect(looked - before).toBe(50);
  expect(drawn).toBe(first);
  pass(10_000);
  expect(container.textContent).toBe("4");
  expect(drawn).toBe(first + 1);
});

test("what holds for a while is not looked at before, but at once when the clock is set", () => {
  let looked = 0;
  function Minutes() {
    const minutes = useTime((now) => {
      looked += 1;
      return Math.floor(now / minute) % 60;
    }, untilMinute);
    return <p>{minutes}</p>;
  }
  const { container } = render(<Minutes />);
  const before = looked;
  pass(59_000);
  expect(looked).toBe(before);
  pass(1_000);
  expect(container.textContent).toBe("4");
  act(() => setDeskTime(Date.now() - 2 * minute));
  expect(container.textContent).toBe("2");
  act(() => setDeskTime(Date.now()));
});

test("what writes the time down is told it at once, then each second, and no more after its end", () => {
  const told: number[] = [];
  const end = onSecond((now) => told.push(now));
  const from = told[0] as number;
  pass(3_000);
  end();
  pass(3_000);
  expect(told.map((now) => Math.floor((now - from) / 1_000))).toEqual([0, 1, 2, 3]);
});
