/**
 * The square world of the map, the same for the store and for the page: web Mercator in whole units, cut into tiles.
 * A unit is one pixel of zoom 19 (0.3 m at the equator); a tile is 256 px of its own zoom; a cell is 64 px: 4 × 4 cells in a tile.
 */

/** Highest and lowest level that is counted beforehand; below the leaf there is nothing to count, only assets. */
export const topLevel = 8;
export const leafLevel = 16;
/** The world is 2²⁷ units wide and high. */
const worldBits = 27;
const worldUnits = 2 ** worldBits;
const cellBits = 2;
const steepest = 85.0511287798066;

export interface Unit {
  readonly x: number;
  readonly y: number;
}

const clamped = (value: number): number => Math.min(worldUnits - 1, Math.max(0, Math.floor(value)));

/** WGS 84, degrees, to units. What lies outside the square world is put on its edge. */
export function unitOf(lng: number, lat: number): Unit {
  const phi = (Math.max(-steepest, Math.min(steepest, lat)) * Math.PI) / 180;
  return {
    x: clamped(((lng + 180) / 360) * worldUnits),
    y: clamped((0.5 - Math.log(Math.tan(Math.PI / 4 + phi / 2)) / (2 * Math.PI)) * worldUnits),
  };
}

/** The middle of a unit, in degrees. */
export function pointOf(x: number, y: number): { lng: number; lat: number } {
  const n = Math.PI * (1 - (2 * (y + 0.5)) / worldUnits);
  return {
    lng: ((x + 0.5) / worldUnits) * 360 - 180,
    lat: (Math.atan(Math.sinh(n)) * 180) / Math.PI,
  };
}

/** Place of the tile that holds a unit, along one axis. */
export const tileAt = (level: number, unit: number): number => unit >> (worldBits - level);
/** Place of the cell that holds a unit, along one axis. */
export const cellAt = (level: number, unit: number): number => unit >> (worldBits - level - cellBits);
/** How wide a tile of this level is, in units. */
export const tileUnits = (level: number): number => 2 ** (worldBits - level);

/** How many steps a place inside a cell has: a quarter of a pixel. */
const steps = 256;
/** Where in its cell a unit lies, 0 to 255. */
export const stepInCell = (level: number, unit: number): number =>
  (unit >> (worldBits - level - cellBits - 8)) & (steps - 1);
/** The unit that a mean of steps in a cell speaks of. */
export const unitInCell = (level: number, cell: number, meanStep: number): number =>
  Math.floor((cell + (meanStep + 0.5) / steps) * 2 ** (worldBits - level - cellBits));

const side = 2 ** leafLevel;

/** One number for a tile, whatever its level; tiles of one row lie side by side. */
export const tileKey = (level: number, x: number, y: number): number => (level * side + y) * side + x;

export function tileOfKey(key: number): { level: number; x: number; y: number } {
  const row = Math.floor(key / side);
  return { level: Math.floor(row / side), x: key % side, y: row % side };
}

/** The level whose cells are 64 to 128 px wide at a zoom of the map. */
export const levelFor = (zoom: number): number => Math.min(leafLevel, Math.max(topLevel, Math.floor(zoom)));

/** What an asset is, in one number: kind (as numbered by the store) and status. */
export const codeOf = (kind: number, status: number): number => kind * 4 + status;
export const kindOfCode = (code: number): number => code >> 2;
export const statusOfCode = (code: number): number => code & 3;

/** An asset that became another kind or has another status where it stands; place in units. */
export interface Turned extends Unit {
  readonly row: number;
  /** Codes. */
  readonly before: number;
  readonly after: number;
}
