import {
  cellAt,
  codeOf,
  kindOfCode,
  leafLevel,
  levelFor,
  statusOfCode,
  tileAt,
  tileKey,
  tileOfKey,
} from "#shared/domain/asset/tiles.ts";
import { rowWords, type Tile } from "./tile.ts";
import { type AssetFilter, pageTiles, type TileCache } from "./tile-cache.ts";

/** More assets than this in view are drawn as clusters. */
const mostSingles = 2000;
/** Units of the map per pixel of zoom 0, as a power of two. */
const unitZoom = 19;

/** What is drawn later lies on top: well, not heard from, broken. */
const rank = [0, 2, 1];

/** One mark on the canvas; x and y in units. `row` 0: a cluster. */
export interface FieldMark {
  readonly x: number;
  readonly y: number;
  /** Number of the kind; −1: several kinds. */
  readonly kind: number;
  /** 0 well, 1 fault, 2 offline; of a cluster: the worst. */
  readonly status: number;
  readonly count: number;
  readonly row: number;
  readonly fault: number;
  readonly offline: number;
}

export interface UnitView {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  readonly zoom: number;
}

/** What is drawn of the assets: kept while the view stays on the same tiles, made anew when tiles come or the filter turns. */
export class AssetField {
  readonly #cache: TileCache;
  readonly #onCome: () => void;
  readonly #unfollow: () => void;
  #filter: AssetFilter = { nothing: false };
  #inView: ReadonlySet<number> = new Set();
  #wanted: ReadonlySet<number> | undefined;
  #made = "";
  /** The look that found everything: tiles of the view, state of the tiles. Until one of them changes there is nothing to look for. */
  #looked = "";
  #version = 0;
  #ring: number | undefined;
  /** In painting order: what is well, then what is not. */
  marks: readonly FieldMark[] = [];
  readonly #clusters = new Map<Tile, { readonly name: string; readonly marks: readonly FieldMark[] }>();

  constructor(onCome: () => void, cache: TileCache = pageTiles) {
    this.#onCome = onCome;
    this.#cache = cache;
    this.#unfollow = cache.follow((keys) => {
      // What came for later is nothing to paint now.
      if (!keys.some((key) => this.#inView.has(key))) return;
      this.#version += 1;
      this.#onCome();
    });
  }

  end(): void {
    this.#unfollow();
    if (this.#ring !== undefined) cancelIdleCallback(this.#ring);
  }

  get kinds(): readonly string[] {
    return this.#cache.kinds;
  }

  set filter(filter: AssetFilter) {
    this.#filter = filter;
    this.#version += 1;
    this.#onCome();
  }

  /**
   * Looks at a view: asks for what is missing and brings `marks` up to date with what is there. Answers which marks these are (another
   * name: others) and whether they are all there is.
   */
  look(view: UnitView): { readonly made: string; readonly whole: boolean } {
    if (this.#filter.nothing) {
      this.marks = [];
      this.#made = "nothing";
      return { made: this.#made, whole: true };
    }
    const level = levelFor(view.zoom);
    const { least, most } = tilesIn(level, view, 0);
    const name = `${this.#version} ${Math.floor(view.zoom)} ${tileKey(level, least.x, least.y)} ${tileKey(level, most.x, most.y)}`;
    const looked = `${this.#cache.revision} ${name}`;
    if (looked === this.#looked) return { made: this.#made, whole: true };
    this.#looked = "";
    const keys = keysIn(level, view, 0);
    const whole = this.#cache.want(keys);
    if (whole) this.#askRing(level, view);
    if (whole) this.#looked = `${this.#cache.revision} ${name}`;
    if (name === this.#made) return { made: name, whole };
    this.#inView = new Set(keys);
    const tiles = keys.flatMap((key) => this.#cache.get(key) ?? []);
    // Until the first tile of a new level has come, the old marks stay.
    if (tiles.length === 0 && !whole) return { made: this.#made, whole };
    this.#made = name;
    this.#wanted = this.#codes();
    this.marks = this.#marksOf(tiles, view);
    return { made: name, whole };
  }

  /** The exact view first; then, when the page has nothing else to do, the tiles around it, so that a pan finds them there. */
  #askRing(level: number, view: UnitView): void {
    if (this.#ring !== undefined) return;
    this.#ring = requestIdleCallback(() => {
      this.#ring = undefined;
      this.#cache.ahead(keysIn(level, view, 1));
    });
  }

  #codes(): ReadonlySet<number> | undefined {
    const { kinds, statuses } = this.#filter;
    if (!kinds && !statuses) return undefined;
    return new Set(
      this.#cache.kinds.flatMap((kind, no) =>
        kinds && !kinds.includes(kind)
          ? []
          : ["ok", "fault", "offline"].flatMap((status, s) =>
              !statuses || statuses.includes(status) ? codeOf(no, s) : [],
            ),
      ),
    );
  }

  #marksOf(tiles: readonly Tile[], view: UnitView): FieldMark[] {
    const count = tiles.reduce((sum, tile) => sum + countOf(tile, this.#wanted), 0);
    const near = view.zoom >= leafLevel + 1;
    // Nearer than the lowest level, its cells are too wide: the assets themselves are gathered.
    const marks =
      (count <= mostSingles ? this.#singlesOf(tiles) : undefined) ??
      tiles.flatMap((tile) => (near ? this.#nearClusters(tile, Math.floor(view.zoom)) : this.#clustersOf(tile)));
    return marks.sort((a, b) => (rank[a.status] ?? 0) - (rank[b.status] ?? 0));
  }

  /** The assets themselves; `undefined` until those of crowded tiles have come. */
  #singlesOf(tiles: readonly Tile[]): FieldMark[] | undefined {
    const marks: FieldMark[] = [];
    for (const tile of tiles) {
      if (countOf(tile, this.#wanted) === 0) continue;
      const rows = tile.singles ?? this.#cache.filtered(tile.key, this.#filter);
      if (!rows) return undefined;
      for (let at = 0; at < rows.length; at += rowWords) {
        const code = rows[at + 2] as number;
        if (!this.#wanted || this.#wanted.has(code)) marks.push(single(rows, at, code));
      }
    }
    return marks;
  }

  #nearClusters(tile: Tile, level: number): readonly FieldMark[] {
    const rows = tile.singles ?? this.#cache.filtered(tile.key, this.#filter);
    return rows ? gathered(rows, false, level, this.#wanted) : this.#clustersOf(tile);
  }

  #clustersOf(tile: Tile): readonly FieldMark[] {
    const name = JSON.stringify(this.#filter);
    const known = this.#clusters.get(tile);
    if (known?.name === name) return known.marks;
    const marks = clustersOf(tile, this.#wanted);
    this.#clusters.set(tile, { name, marks });
    if (this.#clusters.size > 400) this.#clusters.delete(this.#clusters.keys().next().value as Tile);
    return marks;
  }
}

/** How many of the wanted a tile holds. */
function countOf(tile: Tile, wanted: ReadonlySet<number> | undefined): number {
  const counted = tile.cells.length > 0;
  const rows = counted ? tile.cells : (tile.singles ?? tile.cells);
  let count = 0;
  for (let at = 0; at < rows.length; at += rowWords)
    if (!wanted || wanted.has(rows[at + 2] as number)) count += counted ? (rows[at + 3] as number) : 1;
  return count;
}
function single(rows: Int32Array, at: number, code: number): FieldMark {
  const status = statusOfCode(code);
  return {
    x: rows[at] as number,
    y: rows[at + 1] as number,
    kind: kindOfCode(code),
    status,
    count: 1,
    row: rows[at + 3] as number,
    fault: status === 1 ? 1 : 0,
    offline: status === 2 ? 1 : 0,
  };
}

interface Growing {
  x: number;
  y: number;
  kind: number;
  count: number;
  fault: number;
  offline: number;
}

/** One mark for each cell of a tile, whatever lies in it: its middle, its count, how many of them are not well. */
export function clustersOf(tile: Tile, wanted: ReadonlySet<number> | undefined): FieldMark[] {
  const counted = tile.cells.length > 0;
  return gathered(counted ? tile.cells : (tile.singles ?? tile.cells), counted, tileOfKey(tile.key).level, wanted);
}

function gathered(
  rows: Int32Array,
  counted: boolean,
  level: number,
  wanted: ReadonlySet<number> | undefined,
): FieldMark[] {
  const cells = new Map<number, Growing>();
  for (let at = 0; at < rows.length; at += rowWords) {
    const code = rows[at + 2] as number;
    if (wanted && !wanted.has(code)) continue;
    const [x, y] = [rows[at] as number, rows[at + 1] as number];
    const count = counted ? (rows[at + 3] as number) : 1;
    const place = cellAt(level, y) * 2 ** 23 + cellAt(level, x);
    let cell = cells.get(place);
    if (!cell) {
      cell = { x: 0, y: 0, kind: kindOfCode(code), count: 0, fault: 0, offline: 0 };
      cells.set(place, cell);
    }
    cell.x += x * count;
    cell.y += y * count;
    cell.count += count;
    if (cell.kind !== kindOfCode(code)) cell.kind = -1;
    if (statusOfCode(code) === 1) cell.fault += count;
    else if (statusOfCode(code) === 2) cell.offline += count;
  }
  return [...cells.values()].map((cell) => ({
    ...cell,
    x: cell.x / cell.count,
    y: cell.y / cell.count,
    status: cell.fault > 0 ? 1 : cell.offline > 0 ? 2 : 0,
    row: 0,
  }));
}

/** First and last tile that a view touches, with so many more on each side. */
function tilesIn(level: number, view: UnitView, more: number) {
  const end = 2 ** level - 1;
  const at = (unit: number, by: number) => Math.min(end, Math.max(0, tileAt(level, Math.max(0, unit)) + by));
  return {
    least: { x: at(view.left, -more), y: at(view.top, -more) },
    most: { x: at(view.right, more), y: at(view.bottom, more) },
  };
}

/** Keys of the tiles that a view touches, with so many more on each side. */
export function keysIn(level: number, view: UnitView, more: number): number[] {
  const { least, most } = tilesIn(level, view, more);
  const keys: number[] = [];
  for (let y = least.y; y <= most.y; y++) for (let x = least.x; x <= most.x; x++) keys.push(tileKey(level, x, y));
  return keys;
}

/** Pixels of the map's world for a unit, at a zoom. */
export const pixelsPerUnit = (zoom: number): number => 2 ** (zoom - unitZoom);
