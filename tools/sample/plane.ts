import { at, type Random } from "./numbers.ts";

export type Point = readonly [number, number];
export type Line = readonly Point[];

const earthRadiusM = 6371008.8;
const metresPerDegree = (earthRadiusM * Math.PI) / 180;

export interface Frame {
  toLngLat(p: Point): Point;
  toMetres(p: Point): Point;
}

/** Local metres east and north of a centre. Out: 5 decimals, about 1 m. */
export const frameAt = ([lng0, lat0]: Point): Frame => {
  const perLng = metresPerDegree * Math.cos((lat0 * Math.PI) / 180);
  const cut = (n: number): number => Math.round(n * 1e5) / 1e5;
  return {
    toLngLat: ([x, y]) => [cut(lng0 + x / perLng), cut(lat0 + y / metresPerDegree)],
    toMetres: ([lng, lat]) => [(lng - lng0) * perLng, (lat - lat0) * metresPerDegree],
  };
};

export const distance = (a: Point, b: Point): number => Math.sqrt((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2);

export const mix = (a: Point, b: Point, t: number): Point => [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t];

export const pairs = (line: Line, closed: boolean): [Point, Point][] => {
  const out: [Point, Point][] = [];
  for (let i = 0; i + 1 < line.length; i++) out.push([at(line, i), at(line, i + 1)]);
  if (closed) out.push([at(line, -1), at(line, 0)]);
  return out;
};

export const centroid = (ring: Line): Point => {
  let [area, x, y] = [0, 0, 0];
  for (const [a, b] of pairs(ring, true)) {
    const cross = a[0] * b[1] - b[0] * a[1];
    area += cross;
    x += (a[0] + b[0]) * cross;
    y += (a[1] + b[1]) * cross;
  }
  return [x / (3 * area), y / (3 * area)];
};

export const inside = (p: Point, ring: Line): boolean => {
  let odd = false;
  for (let i = 0; i < ring.length; i++) {
    const [a, b] = [at(ring, i - 1), at(ring, i)];
    if (a[1] > p[1] !== b[1] > p[1] && p[0] < ((b[0] - a[0]) * (p[1] - a[1])) / (b[1] - a[1]) + a[0]) odd = !odd;
  }
  return odd;
};

export const nearestOn = (p: Point, line: Line, closed = false): { point: Point; distance: number; along: Point } => {
  let best = { point: at(line, 0), distance: Number.POSITIVE_INFINITY, along: [1, 0] as Point };
  for (let i = closed ? 0 : 1; i < line.length; i++) {
    const [a, b] = [at(line, i - 1), at(line, i)];
    const length = distance(a, b);
    if (length === 0) continue;
    const along: Point = [(b[0] - a[0]) / length, (b[1] - a[1]) / length];
    const t = Math.min(length, Math.max(0, (p[0] - a[0]) * along[0] + (p[1] - a[1]) * along[1]));
    const point = mix(a, b, t / length);
    const d = distance(p, point);
    if (d < best.distance) best = { point, distance: d, along };
  }
  return best;
};

export const lengthOf = (line: Line): number => pairs(line, false).reduce((sum, [a, b]) => sum + distance(a, b), 0);

/** The point at a given way along the line, and the direction there. */
export const pointAlong = (line: Line, way: number): { point: Point; along: Point } => {
  let left = way;
  for (const [a, b] of pairs(line, false)) {
    const length = distance(a, b);
    const along: Point = [(b[0] - a[0]) / length, (b[1] - a[1]) / length];
    if (left <= length) return { point: mix(a, b, left / length), along };
    left -= length;
  }
  return { point: at(line, -1), along: [1, 0] };
};

/** The cells of the seeds within a convex outline: each seed keeps the side of every bisector it lies on. */
export const voronoi = (outline: Line, seeds: Line): Line[] =>
  seeds.map((seed) => {
    let cell = [...outline];
    for (const other of seeds) {
      if (other === seed) continue;
      const side = (p: Point): number => distance(p, other) ** 2 - distance(p, seed) ** 2;
      const kept: Point[] = [];
      for (const [a, b] of pairs(cell, true)) {
        const [sa, sb] = [side(a), side(b)];
        if (sa >= 0) kept.push(a);
        if (sa >= 0 !== sb >= 0) kept.push(mix(a, b, sa / (sa - sb)));
      }
      cell = kept;
    }
    return cell;
  });

/** Spread seeds in a convex outline: drawn by density, then moved to the middle of their cells some rounds (Lloyd). */
export const spread = (
  outline: Line,
  count: number,
  rounds: number,
  random: Random,
  density: (p: Point) => number,
): Line => {
  const [xs, ys] = [outline.map((p) => p[0]), outline.map((p) => p[1])];
  let seeds: Point[] = [];
  while (seeds.length < count) {
    const p: Point = [
      random.between(Math.min(...xs), Math.max(...xs)),
      random.between(Math.min(...ys), Math.max(...ys)),
    ];
    if (inside(p, outline) && random.next() < density(p)) seeds.push(p);
  }
  for (let i = 0; i < rounds; i++) seeds = voronoi(outline, seeds).map(centroid);
  return seeds;
};

/** The outer ring of a set of rings that share edges: the directed edges without a twin, joined. */
export const dissolve = (rings: readonly Line[]): Line => {
  const key = (p: Point): string => `${p[0]},${p[1]}`;
  const edges = new Map<string, [Point, Point]>();
  for (const ring of rings) for (const [a, b] of pairs(ring, true)) edges.set(`${key(a)}>${key(b)}`, [a, b]);
  const next = new Map<string, Point>();
  for (const [a, b] of edges.values()) {
    if (edges.has(`${key(b)}>${key(a)}`)) continue;
    if (next.has(key(a))) throw new Error("an outline touches itself");
    next.set(key(a), b);
  }
  const first = [...edges.values()].map(([a]) => a).find((a) => next.has(key(a)));
  if (!first) throw new Error("no outline");
  const out: Point[] = [];
  for (let p: Point = first; out.length === 0 || key(p) !== key(first); ) {
    out.push(p);
    const follow = next.get(key(p));
    if (!follow) throw new Error("an outline is open");
    p = follow;
  }
  if (out.length !== next.size) throw new Error("an outline has more than one ring");
  return out;
};

/** Douglas-Peucker: leave out points that lie within `tolerance` metres of the line without them. */
export const thin = (line: Line, tolerance: number): Line => {
  if (line.length < 3) return line;
  const chord: Line = [at(line, 0), at(line, -1)];
  let [far, where] = [0, 0];
  line.forEach((p, i) => {
    const d = nearestOn(p, chord).distance;
    if (d > far) [far, where] = [d, i];
  });
  if (far <= tolerance) return chord;
  return [...thin(line.slice(0, where + 1), tolerance).slice(0, -1), ...thin(line.slice(where), tolerance)];
};

export const cutAt = (line: Line, way: number): Line => {
  const out: Point[] = [at(line, 0)];
  let left = way;
  for (const [a, b] of pairs(line, false)) {
    const length = distance(a, b);
    if (left <= length) return [...out, mix(a, b, left / length)];
    left -= length;
    out.push(b);
  }
  return out;
};
