import type { Point } from "./marks.ts";

/** Length of the equator in metres over the 256 px of zoom 0: web Mercator. */
const metresPerPixelAtZero = 40_075_016.686 / 256;

export const metresPerPixel = (lat: number, zoom: number): number =>
  (metresPerPixelAtZero * Math.cos((lat * Math.PI) / 180)) / 2 ** zoom;

/** The longest round length (1, 2 or 5 × 10ⁿ m) that fits into `maxPx`. */
export function scaleBar(lat: number, zoom: number, maxPx: number): { metres: number; px: number } {
  const perPixel = metresPerPixel(lat, zoom);
  const most = perPixel * maxPx;
  const power = 10 ** Math.floor(Math.log10(most));
  const metres = ([5, 2, 1].find((step) => step * power <= most) ?? 1) * power;
  return { metres, px: Math.round(metres / perPixel) };
}

/** A length as figure and unit: metres below one kilometre, then kilometres with one decimal. */
export const lengthOf = (metres: number): { unit: "m" | "km"; value: string } =>
  metres < 1000
    ? { unit: "m", value: String(Math.round(metres)) }
    : { unit: "km", value: (metres / 1000).toFixed(metres < 10_000 && metres % 1000 !== 0 ? 1 : 0) };

/** Degrees with five decimals, about one metre: what is read out on the phone. */
export const degrees = (value: number): string => value.toFixed(5);

/** The point rounded to what is shown and recorded. */
export const rounded = (point: Point): Point => ({ lng: Number(degrees(point.lng)), lat: Number(degrees(point.lat)) });
