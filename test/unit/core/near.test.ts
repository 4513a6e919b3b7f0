import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { nearPoints, nearShapes } from "#core/store/asset-near.ts";
import { putShape, removeShape } from "#core/store/asset-shapes.ts";
import { addAssets } from "#core/store/assets.ts";
import { type Db, openDatabase } from "#core/store/database.ts";
import type { Asset } from "#shared/contract.ts";
import { greatCircleBearing, greatCircleM } from "#test/great-circle.ts";
import { drawer, seed } from "#test/seed.ts";
import { forget, openTestDesk, type TestDesk } from "./desk.ts";

const turned = (a: number, b: number) => Math.abs(((a - b + 540) % 360) - 180);

describe("the nearest among many", () => {
  const folder = mkdtempSync(join(tmpdir(), "zhishou-near-"));
  const draw = drawer(seed);
  const assets: Asset[] = Array.from({ length: 6000 }, (_, i) => {
    // Heaps as around towns, some far away, some in the very same place.
    const heap = Math.floor(draw() * 8);
    const wide = i % 9 === 0 ? 3 : 0.02;
    const lng = 105.3 + heap * 0.11 + (draw() - 0.5) * wide;
    const lat = 29 + (heap % 3) * 0.3 + (draw() - 0.5) * wide;
    const kind = i % 400 === 0 ? "hospital" : (["camera", "hydrant", "voice_pole"] as const)[i % 3];
    return { id: `a${i}`, kind: kind ?? "camera", name: `a${i}`, status: "ok", lng, lat, grid: "", sample: false };
  });
  let db: Db;
  beforeAll(() => {
    const opened = openDatabase(join(folder, "desk.db"));
    if (!opened.ok) throw new Error(opened.error.id);
    db = opened.value.db;
    addAssets(db, assets);
  });
  afterAll(() => {
    db.close();
    rmSync(folder, { recursive: true });
  });

  test("the first ten of each kind are those that a walk over all of them finds, with distance and bearing", () => {
    for (let i = 0; i < 60; i++) {
      const from = { lng: 104.9 + draw() * 1.6, lat: 28.6 + draw() * 1.4 };
      for (const kind of ["camera", "hospital"]) {
        const found = [];
        for (const one of nearPoints(db, from, kind, 200_000)) if (found.push(one) >= 10) break;
        const wanted = assets
          .filter((asset) => asset.kind === kind)
          .map((asset) => ({ id: asset.id, far: greatCircleM(from, asset), at: asset }))
          .sort((a, b) => a.far - b.far)
          .filter(({ far }) => far <= 200_000)
          .slice(0, 10);
        expect(found.map(({ id }) => id)).toEqual(wanted.map(({ id }) => id));
        found.forEach((one, k) => {
          const { far, at } = wanted[k] as (typeof wanted)[number];
          expect(Math.abs(one.distanceM - far)).toBeLessThan(0.01);
          expect(turned(one.bearing, greatCircleBearing(from, at))).toBeLessThan(0.01);
        });
      }
    }
  });

  test("nothing beyond the farthest is given, and of an unknown kind nothing", () => {
    const from = { lng: 105.3, lat: 29 };
    for (const one of nearPoints(db, from, "camera", 900)) expect(one.distanceM).toBeLessThanOrEqual(900);
    const within = [...nearPoints(db, from, "camera", 900)].length;
    expect(within).toBe(assets.filter((one) => one.kind === "camera" && greatCircleM(from, one) <= 900).length);
    expect(within).toBeGreaterThan(0);
    expect([...nearPoints(db, from, "no_such", 1e6)]).toEqual([]);
  });

  test("few tiles are opened: what is far is never read", () => {
    const from = { lng: 105.3, lat: 29 };
    const asked: string[] = [];
    const watched = new Proxy(db, {
      get: (target, name) => {
        const value = Reflect.get(target, name) as unknown;
        if (name !== "prepare") return typeof value === "function" ? value.bind(target) : value;
        return (text: string) => {
          const statement = target.prepare(text);
          return new Proxy(statement, {
            get: (inner, key) => {
              const member = Reflect.get(inner, key) as unknown;
              if (typeof member !== "function") return member;
              if (key === "all" || key === "get") asked.push(text);
              return (member as (...args: unknown[]) => unknown).bind(inner);
            },
          });
        };
      },
    }) as Db;
    const nearest = nearPoints(watched, from, "camera", 200_000).next();
    expect(nearest.done).toBe(false);
    expect(asked.length).toBeGreaterThan(3);
    expect(asked.length).toBeLessThan(60);
    expect(asked.every((text) => !/FROM asset(_shown)? (ORDER|LIMIT)/.test(text))).toBe(true);
  });

  test("of lines and areas the nearest point counts, however far their middle is; inside an area it is 0", () => {
    const base = { status: "ok", grid: "", sample: false, name: "x" } as const;
    putShape(db, {
      ...base,
      id: "long",
      kind: "high_voltage_line",
      geometry: {
        type: "LineString",
        coordinates: [
          [105, 29.1],
          [107, 29.1],
        ],
      },
    });
    putShape(db, {
      ...base,
      id: "short",
      kind: "high_voltage_line",
      geometry: {
        type: "LineString",
        coordinates: [
          [105.3, 29.02],
          [105.31, 29.02],
        ],
      },
    });
    const from = { lng: 105.3, lat: 29 };
    const [first, second] = nearShapes(db, from, "high_voltage_line", 2, 50_000);
    expect([first?.id, second?.id]).toEqual(["short", "long"]);
    expect(second?.distanceM).toBeCloseTo(greatCircleM(from, { lng: 105.3, lat: 29.1 }), 0);
    expect(turned(second?.bearing ?? 90, 0)).toBeLessThan(0.1);
    const ring = [
      [105.29, 28.99],
      [105.31, 28.99],
      [105.31, 29.01],
      [105.29, 29.01],
      [105.29, 28.99],
    ] as const;
    putShape(db, { ...base, id: "yard", kind: "house", geometry: { type: "Polygon", coordinates: [[...ring]] } });
    expect(nearShapes(db, from, "house", 5, 500)).toMatchObject([{ id: "yard", distanceM: 0 }]);
    expect(removeShape(db, "yard")).toBe(true);
    expect(nearShapes(db, from, "house", 5, 50_000)).toEqual([]);
  });
});

describe("who and what is near on the sample desk", () => {
  let desk: TestDesk;
  beforeAll(async () => {
    desk = await openTestDesk();
    await desk.get("session.signIn", { pin: "2580" });
  });
  afterAll(async () => {
    await desk.close();
    forget(desk.profileDir);
  });
  const smoke = { lng: 105.8702, lat: 29.4471 };

  test("a fire asks for the kinds of its scenario: the grid, its worker and phone, and the nearest of each", async () => {
    const near = await desk.get("map.near", { ...smoke, category: "forest_fire" });
    expect(near.scenario).toBe("fire");
    expect(near.cover).toMatchObject({ worker: expect.stringMatching(/./), phone: expect.stringMatching(/^138/) });
    const kinds = near.nearest.filter(({ rows }) => rows.length > 0).map(({ kind }) => kind);
    for (const kind of [
      "water_tank",
      "pond",
      "hydrant",
      "voice_pole",
      "camera",
      "watch_tower",
      "fire_road",
      "road",
      "team_post",
      "shelter",
    ])
      expect(kinds).toContain(kind);
    for (const { rows } of near.nearest) {
      const far = rows.map(({ distanceM }) => distanceM);
      expect(far).toEqual(far.toSorted((a, b) => a - b));
      for (const row of rows) expect(Math.abs(row.distanceM - greatCircleM(smoke, row.at))).toBeLessThan(0.5);
    }
    for (const { radiusM, rows } of near.within)
      for (const row of rows) expect(row.distanceM).toBeLessThanOrEqual(radiusM);
    expect((await desk.get("map.near", smoke)).scenario).toBe("general");
    expect((await desk.get("map.near", { ...smoke, scenario: "flood" })).scenario).toBe("flood");
  });

  test("the legend's sum of the fire roads: 22 lines, 89.54 km", async () => {
    const { totals, shapes } = await desk.get("asset.shapes", { west: 105.7, south: 29.3, east: 106, north: 29.6 });
    expect(totals.find(({ kind }) => kind === "fire_road")).toEqual({ kind: "fire_road", count: 22, sum: 89.54 });
    expect(shapes.find(({ kind }) => kind === "fire_road")?.fields).toMatchObject({ stages: { surveyed: 100 } });
  });
});
