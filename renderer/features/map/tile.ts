import { cellAt, leafLevel, type Turned, tileKey, tileOfKey, topLevel } from "#shared/domain/asset/tiles.ts";

/** Tiles of the map as the page holds them. */

/** Rows of a tile are four words: `x, y, code, count` of a cell, `x, y, code, row` of an asset. */
export const rowWords = 4;

export interface Tile {
  readonly key: number;
  /** Counts by cell and code; none in a tile of the lowest level that brings its assets. */
  readonly cells: Int32Array;
  /** The assets themselves; absent where they are too many to come along. */
  readonly singles: Int32Array | undefined;
}

/** The tiles of all levels that hold a leaf, itself among them. */
export const tilesAbove = (leaf: number): number[] => {
  const { x, y } = tileOfKey(leaf);
  return Array.from({ length: leafLevel - topLevel + 1 }, (_none, up) => tileKey(leafLevel - up, x >> up, y >> up));
};

/** A tile in which one asset is of another code. */
export function turnedTile(tile: Tile, { row, x, y, before, after }: Turned): Tile {
  const singles = tile.singles?.slice();
  for (let at = 0; singles && at < singles.length; at += rowWords) if (singles[at + 3] === row) singles[at + 2] = after;
  return { ...tile, cells: turnedCells(tile, { x, y, before, after }), singles };
}

/** One less of the code before, one more of the other, in the cell where the asset stands. */
function turnedCells({ key, cells }: Tile, { x, y, before, after }: Omit<Turned, "row">): Int32Array {
  if (cells.length === 0) return cells;
  const { level } = tileOfKey(key);
  const rows: number[] = [];
  let come = false;
  for (let at = 0; at < cells.length; at += rowWords) {
    const [rowX = 0, rowY = 0, code = 0, count = 0] = cells.subarray(at, at + rowWords);
    const here = cellAt(level, rowX) === cellAt(level, x) && cellAt(level, rowY) === cellAt(level, y);
    const sign = !here ? 0 : code === before ? -1 : code === after ? 1 : 0;
    if (sign === 1) come = true;
    const now = count + sign;
    const middle = (of: number, one: number) => (sign === 0 ? of : Math.round((of * count + one * sign) / now));
    if (now > 0) rows.push(middle(rowX, x), middle(rowY, y), code, now);
  }
  if (!come) rows.push(x, y, after, 1);
  return Int32Array.from(rows);
}

/** Cuts the one row of words of an answer into its tiles. */
export function tilesOf(level: number, words: Int32Array): Tile[] {
  const tiles: Tile[] = [];
  let at = 0;
  while (at < words.length) {
    const [x = 0, y = 0, cells = 0, singles = 0] = words.subarray(at, at + rowWords);
    const from = at + rowWords;
    const middle = from + cells * rowWords;
    at = middle + Math.max(0, singles) * rowWords;
    // Copies of their own: a tile that stays must not keep the whole answer.
    tiles.push({
      key: tileKey(level, x, y),
      cells: words.slice(from, middle),
      singles: singles < 0 ? undefined : words.slice(middle, at),
    });
  }
  return tiles;
}
