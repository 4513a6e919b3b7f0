import { describe, expect, test } from "vitest";
import type { Pin } from "#renderer/features/map/marks.ts";
import { clockColour, radiusOf } from "#renderer/features/map/paint.ts";
import type { Palette } from "#renderer/features/map/sprites.ts";

const asset = (status: "ok" | "fault" | "offline"): Pin => ({
  type: "asset",
  key: "asset:a",
  point: { lng: 0, lat: 0 },
  mark: { id: "a", name: "a", kind: "camera", status, lng: 0, lat: 0, count: 1 },
});

describe("what is painted", () => {
  test("an asset grows as the eye comes nearer, and what is broken is never smaller than what is well", () => {
    for (let zoom = 10; zoom <= 19; zoom += 0.5) {
      expect(radiusOf(asset("ok"), zoom + 0.5)).toBeGreaterThanOrEqual(radiusOf(asset("ok"), zoom));
      expect(radiusOf(asset("fault"), zoom)).toBeGreaterThanOrEqual(radiusOf(asset("ok"), zoom));
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
});
