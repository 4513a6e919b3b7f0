import { readFileSync } from "node:fs";
import { join } from "node:path";

export const resources = join(import.meta.dirname, "../../../resources");

export const read = <T>(path: string): T => JSON.parse(readFileSync(join(resources, path), "utf8")) as T;

export type Point = readonly [number, number];
export type Ring = readonly Point[];

export interface Feature {
  properties: Record<string, unknown> & { level: string; code: string; name: string; parent?: string };
  geometry: { type: string; coordinates: Point[][] };
}

export interface Assets {
  street: string;
  counts: Record<string, number>;
  columns: string[];
  kinds: string[];
  statuses: string[];
  rows: [string, number, string, number, number, number][];
}

export const streets = ["500118004", "500118001"] as const;

/** A resource is data: a missing item means a broken file, said plainly. */
export const must = <T>(item: T | undefined): T => {
  if (item === undefined) throw new Error("missing");
  return item;
};

export const outer = (feature: Feature): Ring => must(feature.geometry.coordinates[0]);

export const areasOf = (street: string, level: string): Feature[] =>
  read<{ features: Feature[] }>(`sample/${street}/areas.json`).features.filter((f) => f.properties.level === level);

export const streetRing = (street: string): Ring =>
  outer(must(read<{ features: Feature[] }>(`sample/${street}/street.geojson`).features[0]));

export const boundary = (): Ring =>
  outer(must(read<{ features: Feature[] }>("districts/500118/boundary.geojson").features[0]));

export const inside = ([x, y]: Point, ring: Ring): boolean => {
  let odd = false;
  for (let i = 0; i + 1 < ring.length; i++) {
    const [[ax, ay], [bx, by]] = [must(ring[i]), must(ring[i + 1])];
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) odd = !odd;
  }
  return odd;
};

/** Signed, in square degrees: only for comparing. */
export const area = (ring: Ring): number => {
  let sum = 0;
  for (let i = 0; i + 1 < ring.length; i++) {
    const [[ax, ay], [bx, by]] = [must(ring[i]), must(ring[i + 1])];
    sum += ax * by - bx * ay;
  }
  return sum / 2;
};

export const greatCircleKm = (line: Ring): number => {
  const rad = Math.PI / 180;
  let sum = 0;
  for (let i = 0; i + 1 < line.length; i++) {
    const [[ax, ay], [bx, by]] = [must(line[i]), must(line[i + 1])];
    const c =
      Math.sin(ay * rad) * Math.sin(by * rad) + Math.cos(ay * rad) * Math.cos(by * rad) * Math.cos((bx - ax) * rad);
    sum += 6371.0088 * Math.acos(Math.min(1, c));
  }
  return sum;
};
