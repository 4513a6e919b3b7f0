import { join } from "node:path";
import { expect, test } from "vitest";
import { Detector, type LoosePin } from "#core/geo/detect.ts";
import type { KnownGround } from "#core/geo/known-places.ts";
import { readJson } from "#core/tables.ts";
import { drawer, seed } from "#test/seed.ts";
import { type Degrees, publishedShift } from "./published-shift.ts";

/**
 * The generator knows nothing of the detector: it shifts by the formulas as they were published, and draws pins as a
 * street sends them: most near what is known, some anywhere, names mostly its own.
 */
const resources = join(import.meta.dirname, "../../../../resources");
const street = "500118004";
const folder = join(resources, "sample", street);
const assets = ["assets.json", "assets-extra.json"].flatMap((file) =>
  readJson<{ rows: [string, number, string, number, number, number][] }>(folder, file).rows.map(
    ([, , name, lng, lat]) => ({ name, lng, lat }),
  ),
);
type Areas = { features: { properties: Record<string, string>; geometry: { coordinates: number[][][] } }[] };
const ground: KnownGround = {
  district: readJson<Areas>(resources, "districts/500118/boundary.geojson").features[0]?.geometry.coordinates ?? [],
  street: [],
  areas: readJson<Areas>(folder, "areas.json").features.map(({ properties, geometry }) => ({
    name: `${properties.communityName ?? ""}${properties.name}`,
    level: properties.level ?? "",
    rings: geometry.coordinates,
  })),
  points: assets,
  lines: [
    ...readJson<{ features: { geometry: { coordinates: number[][] } }[] }>(folder, "roads.geojson").features.map(
      ({ geometry }) => geometry.coordinates,
    ),
    ...readJson<{ roads: { line: number[][] }[] }>(folder, "fire-roads.json").roads.map(({ line }) => line),
  ],
};
const detector = new Detector(ground);
const box = { west: 105.84, east: 105.92, south: 29.36, north: 29.47 };

type System = "wgs84" | "gcj02" | "bd09";
const systems: readonly System[] = ["wgs84", "gcj02", "bd09"];

interface Mix {
  /** Share of pins near known points, along roads; the rest lies anywhere. */
  readonly points: number;
  readonly roads: number;
  /** Share of pins that bear the name of what they stand beside. */
  readonly named: number;
  readonly jitterM: number;
}

function pinsOf(random: () => number, system: System, count: number, mix: Mix): LoosePin[] {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  return Array.from({ length: count }, (_, i) => {
    const draw = random();
    let at: Degrees;
    let name = `新点位${i + 1}`;
    if (draw < mix.points) {
      const known = pick(assets);
      at = [known.lng, known.lat];
      if (random() < mix.named) name = known.name;
    } else if (draw < mix.points + mix.roads) {
      const line = pick(ground.lines);
      at = pick(line) as unknown as Degrees;
    } else at = [box.west + random() * (box.east - box.west), box.south + random() * (box.north - box.south)];
    const angle = random() * 2 * Math.PI;
    const off = random() * mix.jitterM;
    const [x, y] = publishedShift(
      [at[0] + (off * Math.cos(angle)) / 97_000, at[1] + (off * Math.sin(angle)) / 111_000],
      system,
    );
    return { x: Number(x.toFixed(6)), y: Number(y.toFixed(6)), name, grid: "" };
  });
}

test("GE-3: of 300 sets of 50 pins near known places the system is found in 99 of 100, and none is named wrong", () => {
  const random = drawer(seed);
  let right = 0;
  const wrong: string[] = [];
  for (let i = 0; i < 300; i++) {
    const system = systems[i % 3] as System;
    const mix = { points: 0.35 + random() * 0.3, roads: 0.25, named: random() * 0.2, jitterM: 15 + random() * 35 };
    const found = detector.find(pinsOf(random, system, 50, mix));
    if (found.system === system) right++;
    else if (found.system !== null) wrong.push(`${i}: ${system} as ${found.system}`);
  }
  expect(wrong).toEqual([]);
  expect(right / 300).toBeGreaterThanOrEqual(0.99);
});

test("GE-3: pins that lie anywhere, few pins and pins of elsewhere are not guessed", () => {
  const random = drawer(seed + 1);
  const guessed: string[] = [];
  for (let i = 0; i < 240; i++) {
    const system = systems[i % 3] as System;
    const anywhere = pinsOf(random, system, 50, { points: 0, roads: 0, named: 0, jitterM: 0 });
    const two = pinsOf(random, system, 2, { points: 1, roads: 0, named: 0, jitterM: 20 });
    const elsewhere = pinsOf(random, system, 50, { points: 1, roads: 0, named: 0, jitterM: 20 }).map((pin) => ({
      ...pin,
      x: pin.x + 3.3,
      y: pin.y + 1.7,
    }));
    // A shift that no system makes: a survey gone wrong must not be explained away.
    const astray = pinsOf(random, "wgs84", 50, { points: 0.5, roads: 0.2, named: 0, jitterM: 20 }).map((pin) => ({
      ...pin,
      x: pin.x + 0.0041,
      y: pin.y + 0.0067,
    }));
    for (const [kind, pins] of Object.entries({ anywhere, two, elsewhere, astray })) {
      const found = detector.find(pins);
      if (found.system !== null && !(found.system === system && kind === "anywhere"))
        guessed.push(`${i} ${kind}: ${system} as ${found.system}`);
    }
  }
  expect(guessed).toEqual([]);
});

test("GE-3: swapped columns and web Mercator metres are seen; how far off a system lies is told", () => {
  const random = drawer(seed + 2);
  const mix = { points: 0.6, roads: 0.2, named: 0, jitterM: 20 };
  const swapped = pinsOf(random, "gcj02", 50, mix).map((pin) => ({ ...pin, x: pin.y, y: pin.x }));
  expect(detector.find(swapped)).toMatchObject({ system: "gcj02", swapped: true });
  expect(detector.find(pinsOf(random, "gcj02", 50, mix)).offM).toBeGreaterThan(200);
  const metres = pinsOf(random, "wgs84", 50, mix).map((pin) => ({
    ...pin,
    x: (pin.x / 180) * 20_037_508.342789,
    y: (Math.log(Math.tan(((90 + pin.y) * Math.PI) / 360)) / Math.PI) * 20_037_508.342789,
  }));
  expect(detector.find(metres)).toMatchObject({ system: "mercator", swapped: false });
});

test("GE-3: the grid that a row names counts where nothing else is known", () => {
  const random = drawer(seed + 3);
  const bare = new Detector({ ...ground, points: [], lines: [] });
  const grids = ground.areas.filter(({ level }) => level === "grid");
  const pins = Array.from({ length: 50 }, (_, i) => {
    const grid = grids[i % grids.length];
    const ring = grid?.rings[0] ?? [];
    const middle = ring.reduce<Degrees>(([x, y], [a = 0, b = 0]) => [x + a / ring.length, y + b / ring.length], [0, 0]);
    const [x, y] = publishedShift([middle[0] + (random() - 0.5) * 0.001, middle[1] + (random() - 0.5) * 0.001], "bd09");
    return { x, y, name: "", grid: grid?.name ?? "" };
  });
  expect(bare.find(pins).system).toBe("bd09");
  expect(bare.find(pins.map((pin) => ({ ...pin, grid: "" }))).system).toBeNull();
});
