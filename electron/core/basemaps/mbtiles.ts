import Sqlite from "better-sqlite3";
import { BadPackage, checkedFacts, type PackageFacts, type TilePackage } from "./package.ts";
import { readTile, tileLimits } from "./tile-bytes.ts";

const mostObjects = 100;

/**
 * Opens an MBTiles file read-only. It is a database of strangers: only tables, indexes and plain views are let in, values are
 * measured before they are read, and a tile must be found by an index.
 */
export function openMbtiles(path: string): TilePackage {
  let db: Sqlite.Database | undefined;
  try {
    db = new Sqlite(path, { readonly: true, fileMustExist: true });
    for (const pragma of [
      "trusted_schema = OFF",
      "cell_size_check = ON",
      "mmap_size = 0",
      "cache_size = -4096",
      "query_only = ON",
    ])
      db.pragma(pragma);
    checkSchema(db);
    const facts = factsOf(db);
    const size = db.prepare(
      "SELECT length(tile_data) AS size, typeof(tile_data) AS type FROM tiles WHERE zoom_level = ? AND tile_column = ? AND tile_row = ? LIMIT 1",
    );
    const data = db
      .prepare("SELECT tile_data FROM tiles WHERE zoom_level = ? AND tile_column = ? AND tile_row = ? LIMIT 1")
      .pluck();
    const opened = db;
    return {
      facts,
      tile: async (z, x, y) => {
        // Rows count from the south in this format.
        const place = [z, x, 2 ** z - 1 - y];
        try {
          const found = size.get(...place) as { size: number; type: string } | undefined;
          if (!found) return undefined;
          if (found.type !== "blob" || found.size > tileLimits.packedBytes) return "broken";
          return readTile(data.get(...place) as Buffer) ?? "broken";
        } catch {
          return "broken";
        }
      },
      close: () => opened.close(),
    };
  } catch (error) {
    db?.close();
    throw error instanceof BadPackage ? error : new BadPackage(error instanceof Error ? error.message : "SQLite");
  }
}

function checkSchema(db: Sqlite.Database): void {
  const objects = db
    .prepare("SELECT type, name, substr(coalesce(sql, ''), 1, 4000) AS sql FROM sqlite_master LIMIT ?")
    .all(mostObjects + 1) as {
    type: string;
    name: string;
    sql: string;
  }[];
  if (objects.length > mostObjects) throw new BadPackage("schema");
  for (const { type, sql } of objects) {
    if (type === "trigger" || /^\s*CREATE\s+VIRTUAL/i.test(sql)) throw new BadPackage(type);
    if (
      type === "view" &&
      (/\b(WITH|RECURSIVE|UNION|randomblob|zeroblob|printf|replicate|load_extension)\b/i.test(sql) ||
        sql.length >= 4_000)
    )
      throw new BadPackage("view");
  }
  const names = objects.filter(({ type }) => type === "table" || type === "view").map(({ name }) => name);
  if (!names.includes("tiles") || !names.includes("metadata")) throw new BadPackage("tiles");
  const columns = (db.prepare("SELECT name FROM pragma_table_info('tiles')").pluck().all() as string[]).slice(0, 50);
  if (!["zoom_level", "tile_column", "tile_row", "tile_data"].every((name) => columns.includes(name)))
    throw new BadPackage("tiles");
  const plan = db
    .prepare("EXPLAIN QUERY PLAN SELECT tile_data FROM tiles WHERE zoom_level = 1 AND tile_column = 1 AND tile_row = 1")
    .all() as { detail: string }[];
  if (plan.some(({ detail }) => /^SCAN/.test(detail)) || plan.length > 8) throw new BadPackage("index");
}

function factsOf(db: Sqlite.Database): PackageFacts {
  const rows = db
    .prepare(
      "SELECT substr(CAST(name AS TEXT), 1, 60) AS name, substr(CAST(value AS TEXT), 1, 2000) AS value FROM metadata LIMIT 100",
    )
    .all() as { name: string | null; value: string | null }[];
  const said = new Map(rows.map(({ name, value }) => [name ?? "", value ?? ""]));
  const zooms: number[] = [];
  const has = db.prepare("SELECT 1 FROM tiles WHERE zoom_level = ? LIMIT 1").pluck();
  for (let zoom = 0; zoom <= 24; zoom++) if (has.get(zoom) !== undefined) zooms.push(zoom);
  if (zooms.length === 0) throw new BadPackage("no tiles");
  const sample = db
    .prepare(
      "SELECT CASE WHEN typeof(tile_data) = 'blob' AND length(tile_data) <= ? THEN tile_data END FROM tiles WHERE zoom_level = ? LIMIT 1",
    )
    .pluck()
    .get(tileLimits.packedBytes, zooms.at(-1)) as Buffer | null;
  const tile = sample && readTile(sample);
  if (!tile) throw new BadPackage("tile");
  const bounds = said.get("bounds")?.split(",").map(Number);
  if (bounds && bounds.length !== 4) throw new BadPackage("bounds");
  return checkedFacts({
    tiles: tile.type === "vector" ? "vector" : "raster",
    minZoom: zooms[0] ?? 0,
    maxZoom: zooms.at(-1) ?? 0,
    bounds: bounds ? (bounds as [number, number, number, number]) : null,
    attribution: said.get("attribution") ?? "",
    date: said.get("date") ?? said.get("version") ?? "",
  });
}
