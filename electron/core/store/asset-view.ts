import { cellAt, leafLevel, tileKey, tileOfKey, tileUnits, unitInCell } from "#shared/domain/asset/tiles.ts";
import {
  cellWords,
  codeOfCell,
  codeOfLeaf,
  joinTiles,
  leafWords,
  type Placed,
  placedIn,
  placeOfCell,
  wordsOfBlob,
} from "./asset-tiles.ts";
import { hasFolding } from "./assets.ts";
import { type Db, sql } from "./database.ts";

/** Reads of the tiles: never a scan of the table, whatever is looked at. */

/** A rectangle of tiles or of units, all four edges inside. */
export interface Rect {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Which codes are wanted; `undefined`: all. */
export type Wanted = ReadonlySet<number> | undefined;

/** Assets of one code in one cell: how many, and their middle in units. */
export interface Gathered {
  readonly count: number;
  readonly code: number;
  readonly x: number;
  readonly y: number;
}

export interface ViewSink {
  /** Several of one code whose cell lies inside whole. */
  counted(gathered: Gathered): void;
  /** One asset inside. */
  single(one: Placed): void;
}

const nothing = new Int32Array(0);

/** The tiles of one level in a rectangle of tiles, those that hold something. */
export function* tilesIn(db: Db, level: number, tiles: Rect): Generator<{ key: number; words: Int32Array }> {
  const aside = hasFolding(db) ? asideIn(db, level, tiles) : undefined;
  for (let y = tiles.top; y <= tiles.bottom; y++) {
    const rows = sql(db, "SELECT key, marks FROM asset_tile WHERE key BETWEEN ? AND ?").all(
      tileKey(level, tiles.left, y),
      tileKey(level, tiles.right, y),
    ) as { key: number; marks: Buffer }[];
    for (const { key, marks } of rows) {
      const more = aside?.get(key);
      aside?.delete(key);
      const words = wordsOfBlob(marks);
      yield { key, words: more ? joinTiles(key, words, more) : words };
    }
  }
  for (const [key, words] of aside ?? []) yield { key, words };
}

function asideIn(db: Db, level: number, tiles: Rect): Map<number, Int32Array> {
  const found = new Map<number, Int32Array>();
  for (let y = tiles.top; y <= tiles.bottom; y++) {
    const rows = sql(
      db,
      `SELECT a.key, a.marks FROM asset_import i CROSS JOIN asset_tile_aside a
       WHERE i.state = 'folding' AND a.import = i.no AND a.key BETWEEN ? AND ?`,
    ).all(tileKey(level, tiles.left, y), tileKey(level, tiles.right, y)) as { key: number; marks: Buffer }[];
    for (const { key, marks } of rows) {
      const before = found.get(key);
      found.set(key, before ? joinTiles(key, before, wordsOfBlob(marks)) : wordsOfBlob(marks));
    }
  }
  return found;
}

export function tileAtKey(db: Db, key: number): Int32Array {
  const { level, x, y } = tileOfKey(key);
  for (const { words } of tilesIn(db, level, { left: x, top: y, right: x, bottom: y })) return words;
  return nothing;
}

/**
 * Walks what lies in a rectangle of units, beginning with the tiles of `level`. Cells that lie inside whole are given as counted, or,
 * with `singles`, asset by asset; cells that the edge cuts are walked down to their assets. Nothing is given that lies outside.
 */
export function walkUnits(db: Db, level: number, units: Rect, wanted: Wanted, singles: boolean, sink: ViewSink): void {
  const size = tileUnits(level);
  const tiles = {
    left: Math.floor(units.left / size),
    top: Math.floor(units.top / size),
    right: Math.floor(units.right / size),
    bottom: Math.floor(units.bottom / size),
  };
  for (const { key, words } of tilesIn(db, level, tiles)) walkTile(db, key, words, units, wanted, singles, sink);
}

function walkTile(
  db: Db,
  key: number,
  words: Int32Array,
  units: Rect,
  wanted: Wanted,
  singles: boolean,
  sink: ViewSink,
): void {
  const { level, x, y } = tileOfKey(key);
  if (level === leafLevel) {
    for (const one of placedIn(key, words))
      if (
        one.x >= units.left &&
        one.x <= units.right &&
        one.y >= units.top &&
        one.y <= units.bottom &&
        (!wanted || wanted.has(one.code))
      )
        sink.single(one);
    return;
  }
  const side = tileUnits(level) / 4;
  const below = new Set<number>();
  for (let at = 0; at < words.length; at += cellWords) {
    const name = words[at] as number;
    const code = codeOfCell(name);
    if (wanted && !wanted.has(code)) continue;
    const place = placeOfCell(name);
    const [cellX, cellY] = [x * 4 + (place & 3), y * 4 + (place >> 2)];
    const [left, top] = [cellX * side, cellY * side];
    const [right, bottom] = [left + side - 1, top + side - 1];
    if (left > units.right || right < units.left || top > units.bottom || bottom < units.top) continue;
    const inside = left >= units.left && right <= units.right && top >= units.top && bottom <= units.bottom;
    if (inside && !singles) {
      const count = words[at + 1] as number;
      sink.counted({
        count,
        code,
        x: unitInCell(level, cellX, (words[at + 2] as number) / count),
        y: unitInCell(level, cellY, (words[at + 3] as number) / count),
      });
    } else below.add(childKey(level, cellX, cellY));
  }
  for (const child of below) walkTile(db, child, tileAtKey(db, child), units, wanted, singles, sink);
}

/** The tile with which to go on below a cell: the cell itself two levels down, or the leaf that holds it. */
const childKey = (level: number, cellX: number, cellY: number): number =>
  level + 2 <= leafLevel ? tileKey(level + 2, cellX, cellY) : tileKey(leafLevel, cellX >> 1, cellY >> 1);

/** How many of the wanted lie in a tile. */
export function countIn(key: number, words: Int32Array, wanted: Wanted): number {
  const leaf = tileOfKey(key).level === leafLevel;
  let count = 0;
  for (let at = 0; at < words.length; at += leaf ? leafWords : cellWords) {
    const code = leaf ? codeOfLeaf(words[at + 1] as number) : codeOfCell(words[at] as number);
    if (!wanted || wanted.has(code)) count += leaf ? 1 : (words[at + 1] as number);
  }
  return count;
}

/** Rows of all assets in a rectangle of units; in no order. For questions about what is near. */
export function rowsIn(db: Db, units: Rect, wanted?: Wanted): number[] {
  const rows: number[] = [];
  const level = levelWide(units);
  walkUnits(db, level, units, wanted, true, { counted: () => {}, single: ({ row }) => rows.push(row) });
  return rows;
}

/** A level at which the rectangle is a few tiles. */
function levelWide({ left, right, top, bottom }: Rect): number {
  const widest = Math.max(right - left, bottom - top);
  let level = leafLevel;
  while (level > 8 && tileUnits(level) * 4 < widest) level--;
  return level;
}

export const cellOf = (level: number, one: { x: number; y: number }): number =>
  cellAt(level, one.y) * 2 ** 20 + cellAt(level, one.x);
