import Sqlite from "better-sqlite3";
import type { OnlineBasemap } from "#shared/contract.ts";
import { readTile, type TileType, tileLimits } from "./tile-bytes.ts";

/** [D] What is kept of one online basemap, bytes; beyond it the oldest tiles go. */
const keptMost = 1 << 30;
const fetchLimitMs = 10_000;
/** Fetches at a time, and how long a host that did not answer is left alone. */
const fetchesMost = 6;
const restMs = 15_000;

type Place = { readonly layer: number; readonly z: number; readonly x: number; readonly y: number };

/** Tiles of an online basemap as they were seen: a file of its own, so that it can grow and go without the desk's database. */
export class TileCache {
  readonly #db: Sqlite.Database;

  constructor(path: string) {
    this.#db = new Sqlite(path);
    // A tile that is lost is fetched again: nothing here is worth a wait for the disk.
    this.#db.pragma("journal_mode = WAL");
    this.#db.pragma("synchronous = OFF");
    this.#db.exec(
      `CREATE TABLE IF NOT EXISTS tile (
         layer INTEGER NOT NULL, z INTEGER NOT NULL, x INTEGER NOT NULL, y INTEGER NOT NULL, at INTEGER NOT NULL, data BLOB NOT NULL,
         PRIMARY KEY (layer, z, x, y)
       ) STRICT`,
    );
  }

  get({ layer, z, x, y }: Place): Buffer | undefined {
    return this.#db
      .prepare("SELECT data FROM tile WHERE layer = ? AND z = ? AND x = ? AND y = ?")
      .pluck()
      .get(layer, z, x, y) as Buffer | undefined;
  }

  put({ layer, z, x, y }: Place, at: number, data: Buffer): void {
    this.#db
      .prepare("INSERT OR REPLACE INTO tile (layer, z, x, y, at, data) VALUES (?, ?, ?, ?, ?, ?)")
      .run(layer, z, x, y, at, data);
    if (this.size().bytes > keptMost)
      this.#db
        .prepare("DELETE FROM tile WHERE at <= (SELECT max(at) FROM (SELECT at FROM tile ORDER BY at LIMIT 2000))")
        .run();
  }

  size(): { bytes: number; kept: number } {
    const pages = (name: string) => this.#db.pragma(name, { simple: true }) as number;
    return {
      bytes: (pages("page_count") - pages("freelist_count")) * pages("page_size"),
      kept: this.#db.prepare("SELECT count(*) FROM tile").pluck().get() as number,
    };
  }

  close(): void {
    this.#db.close();
  }
}

export type FetchTile = (url: string, signal: AbortSignal) => Promise<Response>;

/** One online basemap: what is kept answers at once; what is not is fetched, kept, and given. */
export class OnlineTiles {
  readonly cache: TileCache;
  readonly #about: OnlineBasemap;
  readonly #now: () => number;
  readonly #fetch: FetchTile;
  readonly #under = new Map<string, Promise<Buffer | "none" | undefined>>();
  readonly #waiting: (() => void)[] = [];
  #running = 0;
  #restUntil = 0;

  constructor(
    about: OnlineBasemap,
    path: string,
    now: () => number,
    fetchTile: FetchTile = (url, signal) => fetch(url, { signal, redirect: "follow" }),
  ) {
    this.#about = about;
    this.cache = new TileCache(path);
    this.#now = now;
    this.#fetch = fetchTile;
  }

  async tile(place: Place): Promise<{ type: TileType; bytes: Buffer } | "none" | "not_kept" | "broken"> {
    const kept = this.cache.get(place);
    if (kept) return readTile(kept) ?? "broken";
    const key = `${place.layer}/${place.z}/${place.x}/${place.y}`;
    const fetched = this.#under.get(key) ?? this.#bring(place).finally(() => this.#under.delete(key));
    this.#under.set(key, fetched);
    const bytes = await fetched;
    if (bytes === "none") return "none";
    return bytes ? (readTile(bytes) ?? "broken") : "not_kept";
  }

  async #bring(place: Place): Promise<Buffer | "none" | undefined> {
    const url = addressOf(this.#about, place);
    if (!url || this.#now() < this.#restUntil) return undefined;
    while (this.#running >= fetchesMost) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    this.#running++;
    try {
      const answer = await this.#fetch(url, AbortSignal.timeout(fetchLimitMs));
      if (answer.status === 404 || answer.status === 204) return "none";
      if (!answer.ok || Number(answer.headers.get("content-length") ?? 0) > tileLimits.packedBytes) return undefined;
      const bytes = await bodyOf(answer);
      if (!bytes || !readTile(bytes)) return undefined;
      this.cache.put(place, this.#now(), bytes);
      return bytes;
    } catch {
      // No network: the other tiles of this view need not find it out one by one.
      this.#restUntil = this.#now() + restMs;
      return undefined;
    } finally {
      this.#running--;
      this.#waiting.shift()?.();
    }
  }
}

async function bodyOf(answer: Response): Promise<Buffer | undefined> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of answer.body ?? []) {
    size += part.length;
    if (size > tileLimits.packedBytes) return undefined;
    parts.push(part);
  }
  return Buffer.concat(parts);
}

/** The address of a tile; `undefined`: the template is none of the web, or a key is missing. */
export function addressOf(
  { templates, subdomains, key }: Pick<OnlineBasemap, "templates" | "subdomains" | "key">,
  { layer, z, x, y }: Place,
): string | undefined {
  const template = templates[layer];
  if (!template || (template.includes("{key}") && key === "")) return undefined;
  const hosts = [...subdomains];
  const words: Record<string, string> = {
    z: String(z),
    x: String(x),
    y: String(y),
    "-y": String(2 ** z - 1 - y),
    s: hosts[(x + y) % Math.max(1, hosts.length)] ?? "",
    key: encodeURIComponent(key),
  };
  const url = template.replace(/\{(-?\w+)\}/g, (gap, name: string) => words[name] ?? gap);
  return URL.canParse(url) && /^https?:$/.test(new URL(url).protocol) ? url : undefined;
}

/** Whether a template can be used: on the web, and with a place for the tile. */
export const isTemplate = (template: string): boolean =>
  ["{z}", "{x}"].every((gap) => template.includes(gap)) &&
  /\{-?y\}/.test(template) &&
  addressOf({ templates: [template], subdomains: "0", key: "k" }, { layer: 0, z: 1, x: 0, y: 0 }) !== undefined;
