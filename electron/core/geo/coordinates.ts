import gcoord from "gcoord";
import type { CoordinateSystem, Pair, Place } from "#shared/domain/asset/coordinates.ts";

const codes = {
  wgs84: gcoord.WGS84,
  gcj02: gcoord.GCJ02,
  bd09: gcoord.BD09,
  mercator: gcoord.WebMercator,
} as const satisfies Record<CoordinateSystem, unknown>;

/** Widest values of each system; what lies beyond is no coordinate of it. */
const widest: Readonly<Record<CoordinateSystem, { x: number; y: number }>> = {
  wgs84: { x: 180, y: 90 },
  gcj02: { x: 180, y: 90 },
  bd09: { x: 180, y: 90 },
  mercator: { x: 20_037_508.35, y: 20_037_508.35 },
};

const isIn = (pair: Pair, system: CoordinateSystem): boolean =>
  Math.abs(pair.x) <= widest[system].x && Math.abs(pair.y) <= widest[system].y;

/** The place that a pair means; `undefined`: no pair of that system can be so. Round trips stay within 1 m. */
export function placeOf(pair: Pair, system: CoordinateSystem): Place | undefined {
  if (!isIn(pair, system)) return undefined;
  if (system === "wgs84") return { lng: pair.x, lat: pair.y };
  const [lng, lat] = gcoord.transform([pair.x, pair.y], codes[system], codes.wgs84);
  return { lng, lat };
}

/** The pair that another system has for a place. */
export function pairOf(place: Place, system: CoordinateSystem): Pair {
  if (system === "wgs84") return { x: place.lng, y: place.lat };
  const [x, y] = gcoord.transform([place.lng, place.lat], codes.wgs84, codes[system]);
  return { x, y };
}
