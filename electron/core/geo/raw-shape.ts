import { mostCorners } from "#shared/domain/asset/asset.ts";
import type { CoordinateSystem, Pair } from "#shared/domain/asset/coordinates.ts";
import type { Geometry, Position } from "#shared/lib/geo.ts";
import { placeOf } from "./coordinates.ts";

/** A line or an area as a file has it: pairs of the file's own system. A line has one part of one row of corners; an area its rings. */
export interface RawShape {
  readonly geometry: "line" | "area";
  readonly parts: readonly (readonly (readonly Pair[])[])[];
}

/**
 * Lines and areas of a GeoJSON geometry. The segments of one line that touch are joined; those that do not are lines of their own, since
 * nobody knows what lies between them. `bad_shape`: no line and no area can be so.
 */
export function readShapes(type: unknown, coordinates: unknown): readonly RawShape[] | "bad_shape" {
  if (!Array.isArray(coordinates)) return "bad_shape";
  if (type === "LineString" || type === "MultiLineString") {
    const lines = (type === "LineString" ? [coordinates] : coordinates).map(pairsOf);
    if (lines.length === 0 || !lines.every((line) => line !== undefined)) return "bad_shape";
    const joined = joinedLines(lines).map(thinned);
    return joined.every(isLine) ? joined.map((line) => ({ geometry: "line", parts: [[line]] })) : "bad_shape";
  }
  const polygons = type === "Polygon" ? [coordinates] : coordinates;
  const parts = polygons.map((rings: unknown) => (Array.isArray(rings) ? rings.map((ring) => ringOf(ring)) : []));
  const sound =
    parts.length > 0 && parts.every((rings) => rings.length > 0 && rings.every((ring) => ring !== undefined));
  return sound ? [{ geometry: "area", parts: parts as Pair[][][] }] : "bad_shape";
}

function pairsOf(positions: unknown): Pair[] | undefined {
  if (!Array.isArray(positions)) return undefined;
  const pairs: Pair[] = [];
  for (const position of positions as unknown[]) {
    const [x, y] = Array.isArray(position) ? (position as unknown[]) : [];
    if (typeof x !== "number" || typeof y !== "number" || !Number.isFinite(x) || !Number.isFinite(y)) return undefined;
    const last = pairs.at(-1);
    if (last?.x !== x || last.y !== y) pairs.push({ x, y });
  }
  return pairs;
}

const isLine = (line: readonly Pair[]): boolean => line.length >= 2;
const same = (a: Pair | undefined, b: Pair | undefined): boolean => a?.x === b?.x && a?.y === b?.y;

function joinedLines(lines: readonly Pair[][]): Pair[][] {
  const joined: Pair[][] = [];
  for (const line of lines) {
    const before = joined.at(-1);
    if (before && same(before.at(-1), line[0])) before.push(...line.slice(1));
    else joined.push([...line]);
  }
  return joined;
}

/** A ring that closes and encloses something. */
function ringOf(positions: unknown): readonly Pair[] | undefined {
  const open = pairsOf(positions);
  if (!open) return undefined;
  if (open.length > 1 && same(open[0], open.at(-1))) open.pop();
  const [first] = open;
  if (!first || open.length < 3) return undefined;
  const ring = [...thinned([...open, first])];
  const twice = ring.reduce((sum, { x, y }, i) => {
    const next = ring[(i + 1) % ring.length] as Pair;
    return sum + (x - first.x) * (next.y - first.y) - (next.x - first.x) * (y - first.y);
  }, 0);
  return twice === 0 || ring.length < 4 ? undefined : ring;
}

/** A track that a walker recorded each second has more corners than anybody needs: those that the line hardly feels are left out. */
function thinned(line: readonly Pair[]): readonly Pair[] {
  if (line.length <= mostCorners) return line;
  const xs = line.map(({ x }) => x);
  let within = (Math.max(...xs.slice(0, mostCorners)) - Math.min(...xs.slice(0, mostCorners)) || 1e-3) / 1e5;
  for (let thin = line; ; within *= 2) {
    thin = simplified(line, within);
    if (thin.length <= mostCorners) return thin;
  }
}

/** Douglas and Peucker's: no corner that is left out lies further from the line than `within`. */
function simplified(line: readonly Pair[], within: number): Pair[] {
  const keep = new Uint8Array(line.length);
  keep[0] = keep[line.length - 1] = 1;
  const open: [number, number][] = [[0, line.length - 1]];
  for (let range = open.pop(); range; range = open.pop()) {
    const [from, to] = range;
    const [a, b] = [line[from] as Pair, line[to] as Pair];
    const [dx, dy] = [b.x - a.x, b.y - a.y];
    const long = Math.hypot(dx, dy);
    let [far, at] = [within, -1];
    for (let i = from + 1; i < to; i++) {
      const { x, y } = line[i] as Pair;
      const off = long === 0 ? Math.hypot(x - a.x, y - a.y) : Math.abs(dx * (y - a.y) - dy * (x - a.x)) / long;
      if (off > far) [far, at] = [off, i];
    }
    if (at < 0) continue;
    keep[at] = 1;
    open.push([from, at], [at, to]);
  }
  return line.filter((_corner, i) => keep[i] === 1);
}

export const cornersOf = ({ parts }: RawShape): number =>
  parts.reduce((sum, rings) => sum + rings.reduce((more, ring) => more + ring.length, 0), 0);

/** The middle of its box: near enough to tell the system by. */
export function middleOf({ parts }: RawShape): Pair {
  const [least, most] = [
    { x: Infinity, y: Infinity },
    { x: -Infinity, y: -Infinity },
  ];
  for (const { x, y } of parts.flat(2)) {
    least.x = Math.min(least.x, x);
    least.y = Math.min(least.y, y);
    most.x = Math.max(most.x, x);
    most.y = Math.max(most.y, y);
  }
  return { x: (least.x + most.x) / 2, y: (least.y + most.y) / 2 };
}

/** The shape on the ground, WGS 84; `undefined`: a corner of it can be no place of that system. */
export function shapeIn(
  { geometry, parts }: RawShape,
  system: CoordinateSystem,
  swapped: boolean,
): Geometry | undefined {
  let sound = true;
  const position = ({ x, y }: Pair): Position => {
    const place = placeOf(swapped ? { x: y, y: x } : { x, y }, system);
    if (!place) sound = false;
    return [place?.lng ?? 0, place?.lat ?? 0];
  };
  const placed = parts.map((rings) => rings.map((ring) => ring.map(position)));
  const [first = []] = placed;
  if (!sound) return undefined;
  if (geometry === "line") return { type: "LineString", coordinates: first[0] ?? [] };
  return placed.length === 1 ? { type: "Polygon", coordinates: first } : { type: "MultiPolygon", coordinates: placed };
}
