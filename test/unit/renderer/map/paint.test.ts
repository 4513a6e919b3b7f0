import { describe, expect, test } from "vitest";
import { clockColour, eighths, radiusOf } from "#renderer/features/map/paint.ts";
import type { Palette } from "#renderer/features/map/sprites.ts";

describe("what is painted", () => {
  test("an asset grows as the eye comes nearer, and what is broken is never smaller than what is well", () => {
    for (let zoom = 10; zoom <= 19; zoom += 0.5) {
      expect(radiusOf("ok", zoom + 0.5)).toBeGreaterThanOrEqual(radiusOf("ok", zoom));
      expect(radiusOf("fault", zoom)).toBeGreaterThanOrEqual(radiusOf("ok", zoom));
    }
  });

  test("CL-1: an event is grey while there is time, yellow when it runs out, red when it is late", () => {
    const palette = { red: "red", yellow: "yellow", running: "grey" } as Palette;
    expect((["none", "running", "soon", "late"] as const).map((state) => clockColour(state, palette))).toEqual([
      "grey",
      "grey",
      "yellow",
      "red",
    ]);
  });

  test("a share in eighths is never nothing for something, nor all for less than all", () => {
    expect([0, 1, 500, 999, 1000].map((part) => eighths(part, 1000))).toEqual([0, 1, 4, 7, 8]);
  });
});
