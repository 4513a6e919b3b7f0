import { beginImport, insertAssets, rowsAtOnce, settleImport } from "#core/store/asset-imports.ts";
import type { Db } from "#core/store/database.ts";
import type { Asset } from "#shared/contract.ts";
import { benchAssets } from "./data.ts";

export interface Imported {
  /** The whole import without the making of the rows, ms; the longest that one portion held the core, ms. */
  readonly importMs: number;
  readonly longestMs: number;
}

/** Brings so many assets in, portion by portion, as an import of the desk does. */
export function importAssets(db: Db, count: number): Imported {
  let importMs = 0;
  let longestMs = 0;
  const portion = <T>(work: () => T): T => {
    const before = performance.now();
    const done = work();
    const taken = performance.now() - before;
    importMs += taken;
    longestMs = Math.max(longestMs, taken);
    return done;
  };
  beginImport(db, { id: "bench", at: 0, about: {} });
  let rows: Asset[] = [];
  for (const asset of benchAssets(count)) {
    rows.push(asset);
    if (rows.length < rowsAtOnce) continue;
    portion(() => insertAssets(db, rows, "bench"));
    rows = [];
  }
  if (rows.length > 0) portion(() => insertAssets(db, rows, "bench"));
  while (portion(() => settleImport(db, "bench")));
  return { importMs, longestMs };
}
