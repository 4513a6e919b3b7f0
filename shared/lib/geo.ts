/** Distances on the earth, taken as a sphere of its mean radius (error up to 0.5 %); points are WGS 84, degrees; lengths are metres. */
export interface LngLat {
  readonly lng: number;
  readonly lat: number;
}

export const earthRadiusM = 6_371_008.8;
const radian = Math.PI / 180;
const metresPerDegree = earthRadiusM * radian;

/** Great-circle distance (haversine). */
export function distanceM(a: LngLat, b: LngLat): number {
  const h =
    Math.sin(((b.lat - a.lat) * radian) / 2) ** 2 +
    Math.cos(a.lat * radian) * Math.cos(b.lat * radian) * Math.sin(((b.lng - a.lng) * radian) / 2) ** 2;
  return 2 * earthRadiusM * Math.asin(Math.min(1, Math.sqrt(h)));
}

/** Direction from `a` to `b` at `a`: degrees clockwise from north, 0 to 360. */
export function bearingDeg(a: LngLat, b: LngLat): number {
  const far = (b.lng - a.lng) * radian;
  const y = Math.sin(far) * Math.cos(b.lat * radian);
  const x =
    Math.cos(a.lat * radian) * Math.sin(b.lat * radian) -
    Math.sin(a.lat * radian) * Math.cos(b.lat * radian) * Math.cos(far);
  return (Math.atan2(y, x) / radian + 360) % 360;
}

/** [lng, lat], as GeoJSON has it. */
export type Position = readonly [number, number];
export type Geometry =
  | { readonly type: "Point"; readonly coordinates: Position }
  | { readonly type: "LineString"; readonly coordinates: readonly Position[] }
  | { readonly type: "Polygon"; readonly coordinates: readonly (readonly Position[])[] }
  | { readonly type: "MultiPolygon"; readonly coordinates: readonly (readonly (readonly Position[])[])[] };

const pointAt = ([lng, lat]: Position): LngLat => ({ lng, lat });

/** The point of a line that lies nearest; found on a plane laid at `from`, exact to a millimetre over some kilometres. */
function nearestOnLine(from: LngLat, line: readonly Position[]): LngLat | undefined {
  const east = Math.cos(from.lat * radian);
  let best: LngLat | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i < line.length; i++) {
    const [bx, by] = line[i] as Position;
    const [ax, ay] = line[Math.max(0, i - 1)] as Position;
    const [px, py] = [(ax - from.lng) * east, ay - from.lat];
    const [dx, dy] = [(bx - ax) * east, by - ay];
    const length = dx * dx + dy * dy;
    const t = length === 0 ? 0 : Math.min(1, Math.max(0, -(px * dx + py * dy) / length));
    const far = (px + t * dx) ** 2 + (py + t * dy) ** 2;
    if (far < least) {
      least = far;
      best = { lng: ax + t * (bx - ax), lat: ay + t * (by - ay) };
    }
  }
  return best;
}

function ringHolds(ring: readonly Position[], { lng, lat }: LngLat): boolean {
  let odd = false;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [xi, yi] = ring[i] as Position;
    const [xj, yj] = ring[j] as Position;
    if (yi > lat !== yj > lat && lng < ((xj - xi) * (lat - yi)) / (yj - yi) + xi) odd = !odd;
  }
  return odd;
}

/** The areas of a geometry, each its outer ring and its holes. */
export const polygonsOf = (geometry: Geometry): readonly (readonly (readonly Position[])[])[] =>
  geometry.type === "Polygon" ? [geometry.coordinates] : geometry.type === "MultiPolygon" ? geometry.coordinates : [];

/** Whether an area holds a point; its holes do not. */
export const holdsPoint = (geometry: Geometry, point: LngLat): boolean =>
  polygonsOf(geometry).some(
    ([outer, ...holes]) =>
      outer !== undefined && ringHolds(outer, point) && !holes.some((hole) => ringHolds(hole, point)),
  );

/** The point of a geometry that is nearest to `from`: `from` itself inside an area. `undefined`: it has no points. */
export function nearestPoint(geometry: Geometry, from: LngLat): LngLat | undefined {
  if (geometry.type === "Point") return pointAt(geometry.coordinates);
  if (geometry.type === "LineString") return nearestOnLine(from, geometry.coordinates);
  if (holdsPoint(geometry, from)) return from;
  const candidates = polygonsOf(geometry).flatMap((rings) => rings.flatMap((ring) => nearestOnLine(from, ring) ?? []));
  return candidates.sort((a, b) => distanceM(from, a) - distanceM(from, b))[0];
}

export interface Box {
  readonly west: number;
  readonly south: number;
  readonly east: number;
  readonly north: number;
}

/** The box around a geometry. */
export function boxOf(geometry: Geometry): Box | undefined {
  const box = { west: Infinity, south: Infinity, east: -Infinity, north: -Infinity };
  const walk = (value: unknown): void => {
    const [lng, lat] = value as unknown[];
    if (typeof lng !== "number" || typeof lat !== "number") {
      for (const inner of value as unknown[]) walk(inner);
      return;
    }
    box.west = Math.min(box.west, lng);
    box.east = Math.max(box.east, lng);
    box.south = Math.min(box.south, lat);
    box.north = Math.max(box.north, lat);
  };
  walk(geometry.coordinates);
  return box.west <= box.east ? box : undefined;
}

/** The box that surely holds everything within a distance of a point. */
export function boxAround({ lng, lat }: LngLat, radiusM: number): Box {
  const up = radiusM / metresPerDegree;
  const steepest = Math.min(89.9, Math.abs(lat) + up);
  const across = up / Math.cos(steepest * radian);
  return { west: lng - across, east: lng + across, south: lat - up, north: lat + up };
}

/** Least distance from a point to a box; 0 inside it. Never more than the true one (for boxes of some degrees). */
export function distanceToBoxM(from: LngLat, box: Box): number {
  const lat = Math.min(box.north, Math.max(box.south, from.lat));
  const lng = Math.min(box.east, Math.max(box.west, from.lng));
  if (lng === from.lng) return Math.abs(lat - from.lat) * metresPerDegree;
  // On a meridian the nearest point lies a little towards the pole: the plain distance with the smaller cosine bounds it.
  const steepest = Math.max(Math.abs(box.north), Math.abs(box.south), Math.abs(from.lat));
  const dx = (lng - from.lng) * Math.cos(Math.min(89.9, steepest) * radian);
  return Math.hypot(dx, lat - from.lat) * metresPerDegree * 0.999;
}

/** Length of a line. */
export const lengthM = (line: readonly Position[]): number =>
  line.reduce((sum, at, i) => (i === 0 ? 0 : sum + distanceM(pointAt(line[i - 1] as Position), pointAt(at))), 0);

/** A point of a geometry to pin it at: the middle of a line, the centre of gravity of the largest ring of an area. */
export function anchorOf(geometry: Geometry): LngLat | undefined {
  if (geometry.type === "Point") return pointAt(geometry.coordinates);
  if (geometry.type === "LineString") return alongLine(geometry.coordinates, lengthM(geometry.coordinates) / 2);
  let best: { area: number; at: LngLat } | undefined;
  for (const [ring = []] of polygonsOf(geometry)) {
    let [area, x, y] = [0, 0, 0];
    const [ox, oy] = ring[0] ?? [0, 0];
    for (let i = 0; i < ring.length; i++) {
      const [ax, ay] = ring[i] as Position;
      const [bx, by] = ring[(i + 1) % ring.length] as Position;
      const cross = (ax - ox) * (by - oy) - (bx - ox) * (ay - oy);
      area += cross;
      x += (ax + bx - 2 * ox) * cross;
      y += (ay + by - 2 * oy) * cross;
    }
    if (area !== 0 && Math.abs(area) > (best?.area ?? 0))
      best = { area: Math.abs(area), at: { lng: ox + x / (3 * area), lat: oy + y / (3 * area) } };
  }
  const box = boxOf(geometry);
  return best?.at ?? (box && { lng: (box.west + box.east) / 2, lat: (box.south + box.north) / 2 });
}

function alongLine(line: readonly Position[], wayM: number): LngLat | undefined {
  let left = wayM;
  for (let i = 1; i < line.length; i++) {
    const [a, b] = [pointAt(line[i - 1] as Position), pointAt(line[i] as Position)];
    const step = distanceM(a, b);
    if (left <= step && step > 0) {
      const t = left / step;
      return { lng: a.lng + t * (b.lng - a.lng), lat: a.lat + t * (b.lat - a.lat) };
    }
    left -= step;
  }
  return line.length > 0 ? pointAt(line[line.length - 1] as Position) : undefined;
}

/** Area of a polygon without its holes, m², by the spherical excess of its rings. */
export function areaM2(geometry: Geometry): number {
  const ringArea = (ring: readonly Position[]): number => {
    let sum = 0;
    for (let i = 0; i < ring.length; i++) {
      const [ax, ay] = ring[i] as Position;
      const [bx, by] = ring[(i + 1) % ring.length] as Position;
      sum += (bx - ax) * radian * (2 + Math.sin(ay * radian) + Math.sin(by * radian));
    }
    return Math.abs((sum * earthRadiusM * earthRadiusM) / 2);
  };
  return polygonsOf(geometry).reduce(
    (sum, [outer = [], ...holes]) => sum + ringArea(outer) - holes.reduce((less, hole) => less + ringArea(hole), 0),
    0,
  );
}
