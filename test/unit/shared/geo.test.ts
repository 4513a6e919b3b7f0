import { describe, expect, test } from "vitest";
import {
  anchorOf,
  areaM2,
  bearingDeg,
  boxAround,
  boxOf,
  distanceM,
  distanceToBoxM,
  type Geometry,
  holdsPoint,
  lengthM,
  nearestPoint,
  type Position,
} from "#shared/lib/geo.ts";
import { greatCircleBearing, greatCircleM } from "#test/great-circle.ts";
import { drawer, seed } from "#test/seed.ts";

const draw = drawer(seed);
const somewhere = (wide = 1) => ({ lng: 105.9 + (draw() - 0.5) * wide, lat: 29.3 + (draw() - 0.5) * wide });
const turned = (a: number, b: number) => Math.abs(((a - b + 540) % 360) - 180);

describe("distance and bearing", () => {
  test("agree with the unit-vector computation to a millimetre and a thousandth of a degree", () => {
    for (let i = 0; i < 2000; i++) {
      const [a, b] = [somewhere(i % 2 ? 0.01 : 2), somewhere(2)];
      expect(Math.abs(distanceM(a, b) - greatCircleM(a, b))).toBeLessThan(0.001);
      expect(turned(bearingDeg(a, b), greatCircleBearing(a, b))).toBeLessThan(0.001);
    }
  });

  test("agree with figures that are known: a minute of latitude, the four quarters of the sky", () => {
    const here = { lng: 105.9, lat: 29.3 };
    expect(distanceM(here, { lng: 105.9, lat: 29.3 + 1 / 60 })).toBeCloseTo(1853.25, 1);
    const quarters: Position[] = [
      [0, 1],
      [1, 0],
      [0, -1],
      [-1, 0],
    ];
    const ways = quarters.map(([x, y]) =>
      Math.round(bearingDeg(here, { lng: here.lng + x * 1e-4, lat: here.lat + y * 1e-4 })),
    );
    expect(ways).toEqual([0, 90, 180, 270]);
  });

  test("of a line is to its nearest point: no point along it is nearer", () => {
    for (let i = 0; i < 60; i++) {
      const line = Array.from({ length: 6 }, () => somewhere(0.05)).map(({ lng, lat }): Position => [lng, lat]);
      const from = somewhere(0.08);
      const found = distanceM(from, nearestPoint({ type: "LineString", coordinates: line }, from) ?? from);
      let least = Number.POSITIVE_INFINITY;
      for (let k = 1; k < line.length; k++) {
        const [[ax, ay], [bx, by]] = [line[k - 1], line[k]] as [Position, Position];
        for (let t = 0; t <= 1; t += 0.002)
          least = Math.min(least, greatCircleM(from, { lng: ax + t * (bx - ax), lat: ay + t * (by - ay) }));
      }
      expect(found).toBeLessThanOrEqual(least + 0.02);
      expect(found).toBeGreaterThan(least - 15);
    }
  });

  test("to a box is never more than to any point in it", () => {
    for (let i = 0; i < 300; i++) {
      const [from, a, b] = [somewhere(4), somewhere(), somewhere()];
      const box = {
        west: Math.min(a.lng, b.lng),
        east: Math.max(a.lng, b.lng),
        south: Math.min(a.lat, b.lat),
        north: Math.max(a.lat, b.lat),
      };
      const bound = distanceToBoxM(from, box);
      for (let k = 0; k < 40; k++) {
        const inside = {
          lng: box.west + draw() * (box.east - box.west),
          lat: box.south + draw() * (box.north - box.south),
        };
        expect(bound).toBeLessThanOrEqual(greatCircleM(from, inside));
      }
      for (const lng of [box.west, box.east])
        for (const lat of [box.south, box.north]) expect(bound).toBeLessThanOrEqual(greatCircleM(from, { lng, lat }));
    }
  });

  test("a box around a point holds everything within the distance", () => {
    for (let i = 0; i < 300; i++) {
      const [from, to] = [somewhere(2), somewhere(2)];
      const box = boxAround(from, greatCircleM(from, to) + 1);
      expect(to.lng > box.west && to.lng < box.east && to.lat > box.south && to.lat < box.north).toBe(true);
    }
  });
});

describe("lines and areas", () => {
  const square = (lng: number, lat: number, side: number): Position[] => [
    [lng, lat],
    [lng + side, lat],
    [lng + side, lat + side],
    [lng, lat + side],
    [lng, lat],
  ];
  const ringed: Geometry = { type: "Polygon", coordinates: [square(105.9, 29.3, 0.1), square(105.94, 29.34, 0.02)] };

  test("an area holds its inside, not its hole; a point inside is at no distance", () => {
    expect(holdsPoint(ringed, { lng: 105.91, lat: 29.31 })).toBe(true);
    expect(holdsPoint(ringed, { lng: 105.95, lat: 29.35 })).toBe(false);
    expect(nearestPoint(ringed, { lng: 105.91, lat: 29.31 })).toEqual({ lng: 105.91, lat: 29.31 });
    const fromHole = nearestPoint(ringed, { lng: 105.941, lat: 29.35 });
    expect(fromHole?.lng).toBeCloseTo(105.94, 6);
    const two: Geometry = { type: "MultiPolygon", coordinates: [[square(105, 29, 0.1)], [square(106, 29, 0.1)]] };
    expect(holdsPoint(two, { lng: 106.05, lat: 29.05 })).toBe(true);
    expect(holdsPoint(two, { lng: 105.5, lat: 29.05 })).toBe(false);
  });

  test("length, area, box and pin of known shapes", () => {
    const [line] = ringed.coordinates as Position[][];
    expect(lengthM((line ?? []).slice(0, 2))).toBeCloseTo(
      greatCircleM({ lng: 105.9, lat: 29.3 }, { lng: 106, lat: 29.3 }),
      3,
    );
    const side = greatCircleM({ lng: 105.9, lat: 29.3 }, { lng: 105.9, lat: 29.4 });
    const across = greatCircleM({ lng: 105.9, lat: 29.35 }, { lng: 106, lat: 29.35 });
    expect(areaM2(ringed) / (side * across * (1 - 0.04))).toBeCloseTo(1, 3);
    expect(boxOf(ringed)).toEqual({ west: 105.9, south: 29.3, east: 105.9 + 0.1, north: 29.3 + 0.1 });
    const pin = anchorOf({ type: "Polygon", coordinates: [square(105.9, 29.3, 0.1)] });
    expect(pin?.lng).toBeCloseTo(105.95, 6);
    expect(pin?.lat).toBeCloseTo(29.35, 6);
    const middle = anchorOf({
      type: "LineString",
      coordinates: [
        [105, 29],
        [105, 29.2],
        [105, 30],
      ],
    });
    expect(middle?.lat).toBeCloseTo(29.5, 3);
    expect(anchorOf({ type: "LineString", coordinates: [] })).toBeUndefined();
  });
});
