import { expect, test } from "vitest";
import { openThoroughness } from "#core/sync/thoroughness.ts";

test("PR-14: the slower the link beside the PC, the harder is compressed, and less again when the link has grown", () => {
  const thoroughness = openThoroughness();
  expect(thoroughness.quality).toBe(5);
  thoroughness.took(3, 4);
  expect(thoroughness.quality).toBe(5);
  for (const ms of [3, 28, 37]) thoroughness.took(ms, 450);
  expect(thoroughness.quality).toBe(11);
  thoroughness.took(121, 450);
  expect(thoroughness.quality).toBe(11);
  for (let piece = 0; piece < 4; piece++) thoroughness.took(121, 20);
  expect(thoroughness.quality).toBe(5);
});
