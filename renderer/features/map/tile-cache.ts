import { callDesk, onTiles } from "#renderer/bridge/desk.ts";
import { leafLevel, type Turned, tileAt, tileKey, tileOfKey } from "#shared/domain/asset/tiles.ts";
import { type Tile, tilesAbove, tilesOf, turnedTile } from "./tile.ts";

/** Which assets are shown; `undefined`: all of them. */
export interface AssetFilter {
  readonly kinds?: readonly string[];
  readonly statuses?: readonly string[];
  /** Every kind or every status is off. */
  readonly nothing: boolean;
}

/** More tiles than this are not kept: some ten screens with what lies around them. */
const mostKept = 300;

/** How long what was turned by a notice waits to be asked for, and once for many notices. */
const calmMs = 250;

/** Hears which tiles have come, or come again. */
export type TileListener = (keys: readonly number[]) => void;

/**
 * The tiles that the page holds: asked for in one call each time the view needs some, kept while they are near, asked again when a
 * notice names them. What is shown stays until its successor has come, so that nothing blinks.
 */
export class TileCache {
  readonly #tiles = new Map<number, Tile>();
  readonly #stale = new Set<number>();
  /** Turned by a notice: counts are right, the middle of a cell is about right until they are asked for in a calm moment. */
  readonly #turned = new Set<number>();
  #calm: ReturnType<typeof setTimeout> | undefined;
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
  /** Another number: something is asked for, has come or is no longer true. While it stands, a second look finds what the first found. */
  revision = 0;

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
    if (!this.#hears) onTiles((changed, turned) => this.#hear(changed, turned));
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
    this.revision += 1;
    const level = tileOfKey(keys[0] ?? 0).level;
    const outcome = await callDesk("asset.tiles", { level, keys: [...keys] });
    const changed = keys.filter((key) => this.#asked.get(key));
    for (const key of keys) {
      this.#asked.delete(key);
      this.#stale.delete(key);
      this.#turned.delete(key);
    }
    this.revision += 1;
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
    this.revision += 1;
    for (const listener of [...this.#listeners]) listener(keys);
  }

  #hear(changed: readonly number[] | "all", turned: readonly Turned[]): void {
    if (turned.length > 0) this.#turn(turned);
    if (changed.length > 0) this.#forget(changed);
  }

  /** An asset turned where it stands: its tiles show it now. What is being asked for, or filtered by the core, is asked for again. */
  #turn(turned: readonly Turned[]): void {
    const shown = new Set<number>();
    for (const one of turned) {
      for (const key of tilesAbove(tileKey(leafLevel, tileAt(leafLevel, one.x), tileAt(leafLevel, one.y)))) {
        const tile = this.#tiles.get(key);
        if (this.#asked.has(key)) this.#asked.set(key, true);
        else if (tile && !this.#stale.has(key)) {
          this.#tiles.set(key, turnedTile(tile, one));
          shown.add(key);
        }
        this.#filtered.delete(key);
      }
    }
    for (const key of shown) this.#turned.add(key);
    this.#calm ??= setTimeout(() => {
      this.#calm = undefined;
      const late = [...this.#turned];
      this.#turned.clear();
      for (const key of late) this.#stale.add(key);
      this.revision += 1;
      const seen = new Set(this.#inView);
      if (this.#listeners.size > 0) this.ahead(late.filter((key) => seen.has(key)));
    }, calmMs);
    this.#tell([...shown]);
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
    this.revision += 1;
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
      this.#turned.delete(key);
    }
  }
}

/** The tiles of this page. They outlive the map place: coming back to it asks for nothing. */
export const pageTiles = new TileCache();

const wordsOf = (words: Int32Array | readonly number[]): Int32Array =>
  words instanceof Int32Array ? words : Int32Array.from(words);
