import { expect, test } from "vitest";
import { pageAt, turningOf } from "#renderer/app/wall/wall-pages.ts";

test("WL-3: what fits stands; what does not turns, the most pressing stay, and each row stands on one page", () => {
  expect(turningOf(9, 2, 9)).toEqual({ stay: 9, turn: 0, pages: 1 });
  expect(turningOf(0, 0, 9)).toEqual({ stay: 0, turn: 0, pages: 1 });
  // Eight lines: five press and stay, three turn.
  expect(turningOf(60, 5, 9)).toEqual({ stay: 5, turn: 3, pages: 19 });
  // Nothing presses: a few stay all the same. Everything presses: two turn.
  expect(turningOf(60, 0, 9)).toMatchObject({ stay: 3, turn: 5 });
  expect(turningOf(60, 60, 9)).toMatchObject({ stay: 6, turn: 2 });
  for (let total = 0; total < 80; total++)
    for (let room = 1; room < 16; room++)
      for (const pressing of [0, 3, total]) {
        const turning = turningOf(total, Math.min(pressing, total), room);
        const { stay, turn, pages } = turning;
        expect(stay + turn).toBeLessThanOrEqual(Math.max(1, pages > 1 ? room - 1 : room));
        // Neither a row that no page has, nor a page without a row.
        expect(Math.ceil((total - stay) / Math.max(1, turn))).toBe(pages > 1 ? pages : 0);
        if (pages > 1) expect(turn).toBeGreaterThan(0);
      }
});

test("WL-3: a page stands twelve seconds, by the clock, and after the last comes the first", () => {
  const turning = turningOf(20, 0, 9);
  const pageOf = (now: number) => pageAt(turning, now);
  expect(turning.pages).toBe(4);
  expect([0, 11_999, 12_000, 24_000, 36_000, 47_999, 48_000].map(pageOf)).toEqual([0, 0, 1, 2, 3, 3, 0]);
});
