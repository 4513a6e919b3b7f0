/**
 * Systems in which coordinates reach a desk. `wgs84` is also CGCS2000: they differ by less than a decimetre. `gcj02` is what
 * phones and most Chinese web maps give, `bd09` the one of Baidu; `mercator` is web Mercator in metres (EPSG:3857).
 */
export const coordinateSystems = ["wgs84", "gcj02", "bd09", "mercator"] as const;
export type CoordinateSystem = (typeof coordinateSystems)[number];

/** WGS 84, degrees. */
export interface Place {
  readonly lng: number;
  readonly lat: number;
}

/** A pair as it came: `x` east, `y` north, in degrees or (web Mercator) metres of its system. */
export interface Pair {
  readonly x: number;
  readonly y: number;
}

/** Radius of the sphere on which the desk measures, metres (IUGG mean radius). */
const earthRadius = 6_371_008.8;
const radians = (degrees: number): number => (degrees * Math.PI) / 180;

/** Great-circle distance, metres. */
export function metresBetween(a: Place, b: Place): number {
  const north = Math.sin(radians(b.lat - a.lat) / 2) ** 2;
  const east = Math.sin(radians(b.lng - a.lng) / 2) ** 2;
  const half = north + Math.cos(radians(a.lat)) * Math.cos(radians(b.lat)) * east;
  return 2 * earthRadius * Math.asin(Math.min(1, Math.sqrt(half)));
}
