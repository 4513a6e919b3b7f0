import { expect, test } from "vitest";
import { median, missed, quantile } from "../../bench/report.ts";

test("a goal is missed above its most, below its least, and when nobody measured it", () => {
  const goal = { fast: { least: 20 }, small: { most: 0.25 }, forgotten: { most: 1 } };
  expect(missed({ ratio: { fast: 19.9, small: 0.25, forgotten: 1 }, goal })).toEqual(["fast"]);
  expect(missed({ ratio: { fast: 20, small: 0.26 }, goal })).toEqual(["small", "forgotten"]);
  expect(missed({ ratio: { fast: Number.NaN, small: 0, forgotten: 0 }, goal })).toEqual(["fast"]);
});

test("quantiles are taken from the sorted values", () => {
  expect(median([3, 1, 2])).toBe(2);
  expect(quantile([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 0.95)).toBe(10);
});
