import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Asset } from "#shared/contract.ts";
import { minuteMs } from "#shared/lib/time.ts";
import { coverOf } from "../queries/cover.ts";
import { writeMore } from "../store/asset-shapes.ts";
import { addAssets } from "../store/assets.ts";
import type { Db } from "../store/database.ts";
import { readJson } from "../tables.ts";

interface AssetsFile {
  readonly kinds: readonly string[];
  readonly statuses: readonly Asset["status"][];
  readonly rows: readonly [string, number, string, number, number, number][];
}

/** Puts the sample pins on the map, each with the grid that holds it; devices that went silent say since when. Grids come first. */
export function insertSampleAssets(db: Db, folder: string, now: number): void {
  const files = ["assets.json", "assets-extra.json"].filter((name) => existsSync(join(folder, name)));
  const assets = files.flatMap((name) => {
    const file = readJson<AssetsFile>(folder, name);
    return file.rows.map(([id, kind, title, lng, lat, status]) => {
      const cover = coverOf({ db }, lng, lat);
      return {
        id,
        kind: file.kinds[kind] ?? "",
        name: title,
        status: file.statuses[status] ?? "ok",
        lng,
        lat,
        grid: cover ? `${cover.community}${cover.grid}` : "",
        sample: true,
      } satisfies Asset;
    });
  });
  addAssets(db, assets);
  assets
    .filter(({ status }) => status === "offline")
    .forEach(({ id }, i) => {
      writeMore(db, id, { fields: {}, seenAt: now - (40 + 37 * i) * minuteMs });
    });
}
