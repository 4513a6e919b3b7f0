import { beforeAll, expect, test } from "vitest";
import { holdsUntil, timeLeft } from "#renderer/parts/clock-bar.tsx";
import { setLanguage } from "#renderer/text/text.ts";
import { clockAt, type StepClock } from "#shared/domain/duty-event/clock.ts";
import { drawer, seed } from "#test/seed.ts";

beforeAll(() => setLanguage("zh"));

/** What a clock says and how it looks, but for the length of its bar. */
function shown(clock: StepClock, now: number, long: boolean) {
  const { state, leftMs } = clockAt(clock, now);
  return [state, timeLeft(leftMs, long), leftMs < 0].join();
}

test("CL-1 until it is looked at again a clock shows the same, and then something else", () => {
  const draw = drawer(seed);
  const upTo = (most: number) => Math.floor(draw() * most);
  for (let round = 0; round < 400; round++) {
    const startAt = 1_800_000_000_000 + upTo(60_000);
    const lengthMs = 60_000 + upTo(round % 2 === 0 ? 600_000 : 200_000_000);
    const fromAt = startAt + upTo(lengthMs);
    const clock: StepClock = {
      step: "whole",
      startAt,
      soonAt: startAt + Math.floor(lengthMs * 0.75),
      dueAt: startAt + lengthMs,
      limitMin: 1,
      in: "round_the_clock",
      endedAt: null,
      stands: round % 3 === 0 ? { fromAt, toAt: fromAt + upTo(lengthMs) } : null,
    };
    const now = startAt + upTo(lengthMs * 2);
    const long = round % 5 === 0;
    const until = holdsUntil(clock, now);
    // Under a minute it is looked at each second.
    if (until === now) continue;
    expect(until).toBeGreaterThan(now);
    for (const at of [now + 1, now + upTo(until - now), until - 1])
      expect(shown(clock, Math.min(at, until - 1), long)).toBe(shown(clock, now, long));
  }
});

test("a clock that was stopped, and none, never show anything else", () => {
  expect(holdsUntil(null, 5)).toBe(Number.POSITIVE_INFINITY);
});

test("CL-1 a limit of one minute is counted by seconds in the list and in the event alike", () => {
  expect([true, false].map((long) => timeLeft(58_000, long))).toEqual(["58秒", "58秒"]);
  expect([true, false].map((long) => timeLeft(-61_000, long))).toEqual(["1分", "0:01"]);
});
