import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Asset } from "#shared/contract.ts";
import { addAssets } from "../store/assets.ts";
import type { Db } from "../store/database.ts";
import { holds, readJson, type StreetPlaces } from "../tables.ts";

interface AssetsFile {
  readonly kinds: readonly string[];
  readonly statuses: readonly Asset["status"][];
  readonly rows: readonly [string, number, string, number, number, number][];
}

/** Puts the sample pins on the map, each with the grid that holds it. */
export function insertSampleAssets(db: Db, folder: string, places: StreetPlaces): void {
  const grids = places.areas.features.filter((area) => area.properties.level === "grid");
  const files = ["assets.json", "assets-extra.json"].filter((name) => existsSync(join(folder, name)));
  addAssets(
    db,
    files.flatMap((name) => {
      const file = readJson<AssetsFile>(folder, name);
      return file.rows.map(([id, kind, title, lng, lat, status]) => {
        const grid = grids.find((area) => holds(area, lng, lat))?.properties;
        return {
          id,
          kind: file.kinds[kind] ?? "",
          name: title,
          status: file.statuses[status] ?? "ok",
          lng,
          lat,
          grid: grid ? `${grid.communityName}${grid.name}` : "",
          sample: true,
        };
      });
    }),
  );
}
