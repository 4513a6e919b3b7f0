import { expect, test } from "vitest";
import { countUp } from "#host/boot.ts";

/** A PC whose system is asked as seldom as can be; `count` stands while it sleeps. */
function pc() {
  const at = { up: 5_000, wall: 1_700_000_000_000, count: 100, asked: 0 };
  const read = countUp({
    up: () => {
      at.asked += 1;
      return at.up;
    },
    wall: () => at.wall,
    count: () => at.count,
  });
  const pass = (ms: number, slept = false) => {
    at.up += ms;
    at.wall += ms;
    if (!slept) at.count += ms;
  };
  return { at, read, pass };
}

test("CL-8 between two questions the time that the PC is up is counted on, and the system is asked again within ten seconds", () => {
  const { at, read, pass } = pc();
  for (let step = 0; step < 90; step++) {
    pass(100);
    expect(read()).toBe(at.up);
  }
  expect(at.asked).toBe(1);
  pass(1_100);
  expect(read()).toBe(at.up);
  expect(at.asked).toBe(2);
});

test("CL-8 a PC that slept is asked at once: its sleep counts", () => {
  const { at, read, pass } = pc();
  pass(3_600_000, true);
  expect(read()).toBe(at.up);
});

test.each([-86_400_000, -3_000, 3_000, 86_400_000])("CL-8 a clock that is set by %i ms moves nothing", (by) => {
  const { at, read, pass } = pc();
  pass(500);
  at.wall += by;
  expect(read()).toBe(at.up);
  pass(500);
  expect(read()).toBe(at.up);
});

test("CL-8 a system that counts in coarse steps never makes time go back", () => {
  const { at, read, pass } = pc();
  pass(9_999);
  const before = read();
  at.up -= 10;
  at.count += 2;
  at.wall += 2;
  expect(read()).toBeGreaterThanOrEqual(before);
});

test("CL-8 while the PC's clock stands, no time is made up; when it goes on, it counts whole", () => {
  const { at, read, pass } = pc();
  const before = read();
  at.count += 15;
  expect(read()).toBe(before);
  pass(30_000);
  expect(read()).toBe(before + 30_000);
});
