import { describe, expect, it } from "vitest";
import {
  type Assets,
  area,
  areasOf,
  boundary,
  greatCircleKm,
  inside,
  must,
  outer,
  type Point,
  read,
  streetRing,
  streets,
} from "./read.ts";

interface FireRoads {
  total: { count: number; lengthKm: number };
  roads: {
    id: string;
    name: string;
    lengthKm: number;
    percent: number;
    passable: boolean;
    stages: { code: string; label: string; percent: number }[];
    line: Point[];
  }[];
}

describe("the district", () => {
  const { streets: all, source } = read<{ source: string; streets: { code: string; communities: unknown[] }[] }>(
    "districts/500118/divisions.json",
  );

  it("has 23 streets and 267 communities and names its source and licence", () => {
    expect(all.length).toBe(23);
    expect(all.reduce((sum, street) => sum + street.communities.length, 0)).toBe(267);
    expect(source).toContain("MIT");
    expect(read<{ source: string }>("districts/500118/boundary.geojson").source).toContain("MIT");
  });
});

describe.each(streets)("sample street %s", (street) => {
  const ring = streetRing(street);
  const communities = areasOf(street, "community");
  const grids = areasOf(street, "grid");
  const division = must(
    read<{ streets: { code: string; communities: { code: string; name: string }[] }[] }>(
      "districts/500118/divisions.json",
    ).streets.find((one) => one.code === street),
  );

  it("lies inside the district", () => {
    const outline = boundary();
    expect(ring.filter((p) => !inside(p, outline))).toEqual([]);
  });

  it("has every community of the divisions, by code and short name", () => {
    expect(communities.map((c) => c.properties.code)).toEqual(division.communities.map((c) => c.code));
    for (const c of division.communities) {
      const name = must(communities.find((one) => one.properties.code === c.code)).properties.name;
      expect(c.name.startsWith(name)).toBe(true);
      expect(name).not.toContain("委员会");
    }
  });

  it("has 4 to 8 grids in a community (24 in 星光社区), with people and phones that are plainly made up", () => {
    for (const c of communities) {
      const own = grids.filter((g) => g.properties.parent === c.properties.code);
      if (c.properties.name === "星光社区") expect(own.map((g) => g.properties.name)).toContain("第二十四网格");
      else expect(own.length >= 4 && own.length <= 8).toBe(true);
    }
    expect(new Set(grids.map((g) => g.properties.code)).size).toBe(grids.length);
    for (const { properties } of grids) {
      expect(properties.headName).toMatch(/^\p{Script=Han}{2,4}$/u);
      expect(properties.workerName).toMatch(/^\p{Script=Han}{2,4}$/u);
      expect(properties.workerPhone).toMatch(/^138 0000 \d{4}$/);
    }
  });

  it("is tiled by its grids: areas add up, and a raster of points each falls in exactly one grid", () => {
    const whole = area(ring);
    expect(grids.reduce((sum, g) => sum + area(outer(g)), 0) / whole).toBeCloseTo(1, 6);
    for (const c of communities) {
      const own = grids.filter((g) => g.properties.parent === c.properties.code);
      expect(own.reduce((sum, g) => sum + area(outer(g)), 0) / area(outer(c))).toBeCloseTo(1, 6);
    }
    const [xs, ys] = [ring.map((p) => p[0]), ring.map((p) => p[1])];
    const [west, south] = [Math.min(...xs), Math.min(...ys)];
    const [wide, high] = [Math.max(...xs) - west, Math.max(...ys) - south];
    for (let i = 0; i < 60; i++) {
      for (let j = 0; j < 60; j++) {
        const p: Point = [west + ((i + 0.4137) / 60) * wide, south + ((j + 0.5771) / 60) * high];
        const hits = grids.filter((g) => inside(p, outer(g))).length;
        expect(hits, `${p}`).toBe(inside(p, ring) ? 1 : 0);
      }
    }
  });

  it("has every asset inside it, ids once, kinds and states known, about 90 % well", () => {
    const files = street === "500118004" ? ["assets.json", "assets-extra.json"] : ["assets.json"];
    const kinds = new Set(read<{ kinds: { code: string }[] }>("defaults/asset-kinds.json").kinds.map((k) => k.code));
    const ids = new Set<string>();
    for (const file of files) {
      const assets = read<Assets>(`sample/${street}/${file}`);
      expect(assets.columns).toEqual(["id", "kind", "name", "lng", "lat", "status"]);
      for (const kind of assets.kinds) expect(kinds.has(kind), kind).toBe(true);
      for (const [id, kind, name, lng, lat, status] of assets.rows) {
        expect(ids.has(id)).toBe(false);
        ids.add(id);
        expect(inside([lng, lat], ring), name).toBe(true);
        expect(assets.kinds[kind]).toBeDefined();
        expect(assets.statuses[status]).toBeDefined();
      }
      for (const [kind, count] of Object.entries(assets.counts)) {
        expect(assets.rows.filter((row) => assets.kinds[row[1]] === kind).length).toBe(count);
      }
      const well = assets.rows.filter((row) => row[5] === 0).length / assets.rows.length;
      expect(well > 0.88).toBe(true);
      if (file === "assets.json") expect(well < 0.92).toBe(true);
    }
  });
});

describe("the forest-fire pilot", () => {
  const street = "500118004";
  const ring = streetRing(street);

  it("pins exactly 73 voice poles, 58 water tanks and 1,657 cameras: 1,788", () => {
    const assets = read<Assets>(`sample/${street}/assets.json`);
    expect(assets.counts).toEqual({ voice_pole: 73, water_tank: 58, camera: 1657 });
    expect(assets.rows.length).toBe(1788);
    expect(read<Assets>(`sample/${street}/assets-extra.json`).counts).toEqual({
      pond: 2,
      watch_tower: 3,
      hydrant: 6,
      shelter: 2,
      duty_room: 1,
      team_post: 5,
      geohazard_point: 4,
    });
  });

  it("has 22 fire roads of 89.54 km in all; the drawn length agrees within 1 %", () => {
    const { total, roads } = read<FireRoads>(`sample/${street}/fire-roads.json`);
    expect(total).toEqual({ count: 22, lengthKm: 89.54 });
    expect(roads.length).toBe(22);
    expect(roads.reduce((sum, road) => sum + Math.round(road.lengthKm * 100), 0)).toBe(8954);
    for (const road of roads) {
      expect(Math.abs(greatCircleKm(road.line) / road.lengthKm - 1), road.name).toBeLessThan(0.01);
      expect(road.line.filter((p) => !inside(p, ring))).toEqual([]);
    }
  });

  it("has stages that follow each other, and a percent that is their mean", () => {
    for (const road of read<FireRoads>(`sample/${street}/fire-roads.json`).roads) {
      const done = road.stages.map((stage) => stage.percent);
      expect(done).toEqual([...done].sort((a, b) => b - a));
      expect(road.percent).toBe(Math.round(done.reduce((a, b) => a + b, 0) / done.length));
      expect(road.passable).toBe(must(road.stages.find((stage) => stage.code === "graded")).percent === 100);
    }
  });

  it("does not overlap the second sample street", () => {
    const other = streetRing("500118001");
    expect(other.some((p) => inside(p, ring)) || ring.some((p) => inside(p, other))).toBe(false);
  });
});
