import { existsSync } from "node:fs";
import { join } from "node:path";
import { type Db, sql } from "../store/database.ts";
import { holds, readJson, type StreetPlaces } from "../tables.ts";

interface AssetsFile {
  readonly kinds: readonly string[];
  readonly statuses: readonly string[];
  readonly rows: readonly [string, number, string, number, number, number][];
}

/** Puts the sample pins into the asset table, each with the grid that holds it. */
export function insertAssets(db: Db, folder: string, places: StreetPlaces): void {
  const grids = places.areas.features.filter((area) => area.properties.level === "grid");
  const insert = sql(
    db,
    "INSERT INTO asset (id, kind, name, status, lng, lat, grid, sample) VALUES (?, ?, ?, ?, ?, ?, ?, 1)",
  );
  for (const name of ["assets.json", "assets-extra.json"]) {
    if (!existsSync(join(folder, name))) continue;
    const file = readJson<AssetsFile>(folder, name);
    for (const [id, kind, title, lng, lat, status] of file.rows) {
      const grid = grids.find((area) => holds(area, lng, lat))?.properties;
      insert.run(
        id,
        file.kinds[kind],
        title,
        file.statuses[status],
        lng,
        lat,
        grid ? `${grid.communityName}${grid.name}` : "",
      );
    }
  }
}
