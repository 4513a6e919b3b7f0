import { describe, expect, test } from "vitest";
import { degrees, lengthOf, metresPerPixel, rounded, scaleBar } from "#renderer/features/map/measure.ts";

describe("measures of the map", () => {
  test("a pixel of web Mercator", () => {
    expect(metresPerPixel(0, 0)).toBeCloseTo(156_543.03, 1);
    expect(metresPerPixel(60, 0)).toBeCloseTo(156_543.03 / 2, 1);
    expect(metresPerPixel(0, 10)).toBeCloseTo(156_543.03 / 1024, 3);
  });

  test("the scale bar is a round length that fits", () => {
    for (let zoom = 9; zoom <= 19; zoom += 0.25) {
      const bar = scaleBar(29.4, zoom, 120);
      expect(bar.px).toBeLessThanOrEqual(120);
      expect(bar.px).toBeGreaterThan(120 / 2.6);
      expect(String(bar.metres)).toMatch(/^[125]0*$/);
    }
  });

  test("lengths are said in metres, then kilometres", () => {
    expect(lengthOf(500)).toEqual({ unit: "m", value: "500" });
    expect(lengthOf(1000)).toEqual({ unit: "km", value: "1" });
    expect(lengthOf(2500)).toEqual({ unit: "km", value: "2.5" });
  });

  test("coordinates are shown and recorded with five decimals", () => {
    expect(degrees(105.8)).toBe("105.80000");
    expect(rounded({ lng: 105.123456789, lat: 29.000004 })).toEqual({ lng: 105.12346, lat: 29 });
  });
});
