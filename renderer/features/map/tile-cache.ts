import { callDesk, onTiles } from "#renderer/bridge/desk.ts";
import { leafLevel, tileKey, tileOfKey, topLevel } from "#shared/domain/asset/tiles.ts";

/** Rows of a tile are four words: `x, y, code, count` of a cell, `x, y, code, row` of an asset. */
export const rowWords = 4;

/** Which assets are shown; `undefined`: all of them. */
export interface AssetFilter {
  readonly kinds?: readonly string[];
  readonly statuses?: readonly string[];
  /** Every kind or every status is off. */
  readonly nothing: boolean;
}

export interface Tile {
  readonly key: number;
  /** Counts by cell and code; none in a tile of the lowest level that brings its assets. */
  readonly cells: Int32Array;
  /** The assets themselves; absent where they are too many to come along. */
  readonly singles: Int32Array | undefined;
}

/** More tiles than this are not kept: some ten screens with what lies around them. */
const mostKept = 300;

/** Hears which tiles have come, or come again. */
export type TileListener = (keys: readonly number[]) => void;

/**
 * The tiles that the page holds: asked for in one call each time the view needs some, kept while they are near, asked again when a
 * notice names them. What is shown stays until its successor has come, so that nothing blinks.
 */
export class TileCache {
  readonly #tiles = new Map<number, Tile>();
  readonly #stale = new Set<number>();
  /** Being asked for; true: changed since, so that the answer may be old. */
  readonly #asked = new Map<number, boolean>();
  /** Assets of crowded tiles for one filter, where so few of them pass it that they are drawn one by one. */
  readonly #filtered = new Map<number, Int32Array | "asked">();
  #filteredFor = "";
  readonly #listeners = new Set<TileListener>();
  #hears = false;
  /** What the view shows: changed, these are asked for at once. */
  #inView: readonly number[] = [];
  kinds: readonly string[] = [];

  /** Tells when tiles have come. Ends with what it returns; the tiles stay, and go on hearing what changes from the first one on. */
  follow(listener: TileListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  get(key: number): Tile | undefined {
    return this.#tiles.get(key);
  }

  /** Asks for those that are missing or stale. True when there is nothing to wait for. */
  want(keys: readonly number[]): boolean {
    this.#inView = keys;
    return this.ahead(keys);
  }

  /** The same for what may be wanted next. */
  ahead(keys: readonly number[]): boolean {
    const missing = keys.filter((key) => (!this.#tiles.has(key) || this.#stale.has(key)) && !this.#asked.has(key));
    for (const key of keys) this.#touch(key);
    if (!this.#hears) onTiles((changed) => this.#forget(changed));
    this.#hears = true;
    if (missing.length > 0) void this.#ask(missing);
    return missing.length === 0 && !keys.some((key) => this.#asked.has(key));
  }

  /** The assets of a crowded tile that pass a filter; asks for them the first time. */
  filtered(key: number, filter: AssetFilter): Int32Array | undefined {
    const name = JSON.stringify(filter);
    if (name !== this.#filteredFor) this.#filtered.clear();
    this.#filteredFor = name;
    const known = this.#filtered.get(key);
    if (known === undefined) void this.#askFiltered(key, filter, name);
    return known === "asked" ? undefined : known;
  }

  async #ask(keys: readonly number[]): Promise<void> {
    for (const key of keys) this.#asked.set(key, false);
    const level = tileOfKey(keys[0] ?? 0).level;
    const outcome = await callDesk("asset.tiles", { level, keys: [...keys] });
    const changed = keys.filter((key) => this.#asked.get(key));
    for (const key of keys) {
      this.#asked.delete(key);
      this.#stale.delete(key);
    }
    if (!outcome.ok) return;
    this.kinds = outcome.value.kinds;
    for (const tile of tilesOf(level, wordsOf(outcome.value.words))) this.#tiles.set(tile.key, tile);
    for (const key of changed) this.#stale.add(key);
    this.#letGo();
    this.#tell(keys);
  }

  async #askFiltered(key: number, { kinds, statuses }: AssetFilter, name: string): Promise<void> {
    this.#filtered.set(key, "asked");
    const { level } = tileOfKey(key);
    const singles = {
      ...(kinds ? { kinds: [...kinds] } : {}),
      ...(statuses ? { statuses: [...statuses] as ("ok" | "fault" | "offline")[] } : {}),
    };
    const outcome = await callDesk("asset.tiles", { level, keys: [key], singles });
    if (!outcome.ok || name !== this.#filteredFor || this.#filtered.get(key) !== "asked") return;
    const [tile] = tilesOf(level, wordsOf(outcome.value.words));
    if (tile?.singles) this.#filtered.set(key, tile.singles);
    this.#tell([key]);
  }

  #tell(keys: readonly number[]): void {
    for (const listener of [...this.#listeners]) listener(keys);
  }

  /** Of each changed leaf, every tile above it: nothing else is asked again. */
  #forget(changed: readonly number[] | "all"): void {
    const keys = changed === "all" ? [...this.#tiles.keys(), ...this.#asked.keys()] : changed.flatMap(tilesAbove);
    for (const key of keys) {
      if (this.#tiles.has(key)) this.#stale.add(key);
      if (this.#asked.has(key)) this.#asked.set(key, true);
      this.#filtered.delete(key);
    }
    if (changed === "all") this.#filtered.clear();
    if (this.#listeners.size === 0) return;
    // Before anything else that the notice makes the page ask: a frame later it would stand behind all of it.
    this.ahead(this.#inView);
  }

  /** The map keeps its order: what was used last goes last. */
  #touch(key: number): void {
    const tile = this.#tiles.get(key);
    if (!tile) return;
    this.#tiles.delete(key);
    this.#tiles.set(key, tile);
  }

  #letGo(): void {
    for (const key of this.#tiles.keys()) {
      if (this.#tiles.size <= mostKept) return;
      this.#tiles.delete(key);
      this.#stale.delete(key);
    }
  }
}

/** The tiles of this page. They outlive the map place: coming back to it asks for nothing. */
export const pageTiles = new TileCache();

const tilesAbove = (leaf: number): number[] => {
  const { x, y } = tileOfKey(leaf);
  return Array.from({ length: leafLevel - topLevel + 1 }, (_none, up) => tileKey(leafLevel - up, x >> up, y >> up));
};

const wordsOf = (words: Int32Array | readonly number[]): Int32Array =>
  words instanceof Int32Array ? words : Int32Array.from(words);

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
