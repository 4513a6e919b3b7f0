import { type Db, sql } from "./database.ts";
import { areInitials, holdsInitials } from "./initials.ts";
import { holding } from "./where.ts";

export interface NamedAsset {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  readonly lng: number;
  readonly lat: number;
}

/** Rows whose names are read in one portion: some five milliseconds. */
const portionRows = 4_000;
const columns = "id, name, kind, lng, lat";

/**
 * Points and lines of the map whose name or id holds `typed`, then those whose name holds it as initials of its pinyin. No
 * index knows initials: all names are looked through, in portions, each `yield` the end of one. Grids and communities are
 * places, not assets.
 */
export function* assetsNamed(db: Db, typed: string, limit: number): Generator<void, NamedAsset[]> {
  const like = holding(typed);
  const found = new Map<string, NamedAsset>();
  for (const table of ["asset_shown", "asset_shape"]) {
    const rows = sql(
      db,
      `SELECT ${columns} FROM ${table} WHERE (name LIKE @like ESCAPE '\\' OR id LIKE @like ESCAPE '\\')
       AND kind NOT IN ('community', 'grid') LIMIT @limit`,
    ).all({ like, limit }) as NamedAsset[];
    for (const row of rows) found.set(row.id, row);
  }
  if (!areInitials(typed)) return [...found.values()];
  for (const table of ["asset_shown", "asset_shape"]) {
    const names = sql(db, `SELECT row, name FROM ${table} WHERE row > ? ORDER BY row LIMIT ${portionRows}`).raw();
    const whole = sql(db, `SELECT ${columns} FROM ${table} WHERE row = ? AND kind NOT IN ('community', 'grid')`);
    for (let after = 0; found.size < limit; ) {
      const portion = names.all(after) as [number, string][];
      for (const [row, name] of portion) {
        if (found.size >= limit || !holdsInitials(name, typed)) continue;
        const asset = whole.get(row) as NamedAsset | undefined;
        if (asset) found.set(asset.id, asset);
      }
      if (portion.length < portionRows) break;
      after = portion.at(-1)?.[0] ?? 0;
      yield;
    }
  }
  return [...found.values()];
}
