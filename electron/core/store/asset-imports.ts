import type { Asset } from "#shared/contract.ts";
import type { FieldValues } from "#shared/domain/asset/kinds.ts";
import { unitOf } from "#shared/domain/asset/tiles.ts";
import { TileChanges, TileSums } from "./asset-changes.ts";
import { noteAll } from "./asset-news.ts";
import { insertShape, type NewShape, removeShapesOf } from "./asset-shapes.ts";
import { addCounts, blobOfWords, changeLeaf, codeFor, type Placed } from "./asset-tiles.ts";
import { foldTile, placed, writeChanges } from "./assets.ts";
import { type Db, sql } from "./database.ts";

/**
 * Imports of any size in portions, each a short transaction, so that the desk answers between them:
 *
 *   beginImport(db, { id, at, about });
 *   for (portion of rows) { insertAssets(db, portion, id); await turn(); }
 *   while (settleImport(db, id)) await turn();
 *   desk.notify("asset");
 *
 * Nothing of it shows until ONE transaction inside `settleImport` shows all of it. A desk that ends before that finds nothing of
 * it: `sweepImports` takes the rest away at the next start. `dropImport` undoes a whole import, whichever state it is in.
 */

/** An asset with what its import says beside it: system and pair as they came (`gcj02 106.12 29.31`), a remark. */
export type ImportedAsset = Asset & { readonly received?: string; readonly remark?: string };

/** A line or an area of an import. `fields`: what its kind registers. */
export type ImportedShape = NewShape & { readonly remark: string; readonly fields: FieldValues };

/** Rows that one portion may write, so that it takes some tens of milliseconds. */
export const rowsAtOnce = 5_000;
const tilesAtOnce = 400;

interface Import {
  readonly no: number;
  readonly state: "loading" | "folding" | "done" | "leaving";
  readonly first_row: number | null;
  readonly last_row: number | null;
}

/** What a loading import has counted so far; lost with the process, and then the import is swept away. */
interface Loading {
  readonly changes: TileChanges;
  settling?: { readonly keys: number[]; next: number; readonly sums: TileSums };
}
const loadings = new WeakMap<Db, Map<number, Loading>>();

function loadingOf(db: Db, no: number): Loading | undefined {
  return loadings.get(db)?.get(no);
}

const readImport = (db: Db, id: string): Import | undefined =>
  sql(db, "SELECT no, state, first_row, last_row FROM asset_import WHERE id = ?").get(id) as Import | undefined;

/** Begins an import. `about` is kept with it: where the rows came from, for whoever wants to undo it. Throws when the id is taken. */
export function beginImport(db: Db, { id, at, about }: { id: string; at: number; about: unknown }): void {
  const { lastInsertRowid } = sql(
    db,
    "INSERT INTO asset_import (id, at, about, state) VALUES (?, ?, ?, 'loading')",
  ).run(id, at, JSON.stringify(about));
  const here = loadings.get(db) ?? new Map<number, Loading>();
  loadings.set(db, here);
  here.set(Number(lastInsertRowid), { changes: new TileChanges() });
}

/**
 * Adds rows to an import that was begun in this process; best `rowsAtOnce` at a time. None of them shows yet. A row whose id is taken
 * is left out: somebody else's asset stays as it is.
 */
export function insertAssets(db: Db, rows: readonly ImportedAsset[], importId: string): void {
  const one = readImport(db, importId);
  const loading = one && loadingOf(db, one.no);
  if (!one || !loading || loading.settling) throw new Error(`import ${importId} takes no more rows`);
  const insert = sql(
    db,
    `INSERT INTO asset (id, kind, name, status, lng, lat, grid, sample, import, received, remark)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING`,
  );
  const codes = new Map<string, number>();
  const come: Placed[] = [];
  const drawn = new Set(sql(db, "SELECT id FROM asset_shape").pluck().all());
  db.transaction(() => {
    for (const { id, kind, name, status, lng, lat, grid, sample, received, remark } of rows) {
      const named = `${kind} ${status}`;
      const code = codes.get(named) ?? codeFor(db, kind, status);
      codes.set(named, code);
      const facts = [id, kind, name, status, lng, lat, grid, sample ? 1 : 0, one.no, received ?? "", remark ?? ""];
      if (drawn.has(id)) continue;
      const { changes, lastInsertRowid } = insert.run(facts);
      if (changes > 0) come.push({ row: Number(lastInsertRowid), ...unitOf(lng, lat), code });
    }
    sql(
      db,
      `UPDATE asset_import SET count = count + ?, first_row = min(coalesce(first_row, ?), ?), last_row = max(coalesce(last_row, 0), ?)
       WHERE no = ?`,
    ).run(come.length, come[0]?.row ?? null, come[0]?.row ?? null, come.at(-1)?.row ?? 0, one.no);
  })();
  for (const placedOne of come) loading.changes.add(placedOne, 1);
}

/** Those of the ids that an asset has already, shown or loading. */
export function takenIds(db: Db, ids: readonly string[]): string[] {
  const named = JSON.stringify(ids);
  return sql(
    db,
    `SELECT id FROM asset WHERE id IN (SELECT value FROM json_each(?))
     UNION SELECT id FROM asset_shape WHERE id IN (SELECT value FROM json_each(?))`,
  )
    .pluck()
    .all(named, named) as string[];
}

/**
 * One portion of the work after the last row; true while there is more. First the tiles are counted aside, then one transaction shows
 * the whole import, then its tiles are folded into the others. Assets of a shown import are like all others at once. Lines and areas
 * come in the transaction that shows it: they are some thousands at most.
 */
export function settleImport(db: Db, importId: string, shapes: readonly ImportedShape[] = []): boolean {
  const one = readImport(db, importId);
  if (!one) throw new Error(`there is no import ${importId}`);
  if (one.state === "folding") return foldPortion(db, one.no);
  if (one.state !== "loading") return false;
  const loading = loadingOf(db, one.no);
  if (!loading) throw new Error(`import ${importId} was begun by another process: it can only be dropped`);
  loading.settling ??= { keys: loading.changes.keys(), next: 0, sums: new TileSums(tilesAside(db, one.no)) };
  const { settling, changes } = loading;
  db.transaction(() => {
    let budget = rowsAtOnce * 4;
    while (budget > 0 && settling.next < settling.keys.length) {
      const key = settling.keys[settling.next++] as number;
      const come = changes.changesOf(key);
      settling.sums.take(key, come);
      changes.forget(key);
      budget -= 20 + come.length / 3;
    }
    if (settling.next < settling.keys.length) return;
    settling.sums.finish();
    const drawn = shapes.filter((shape) => insertShape(db, shape, one.no)).length;
    sql(db, "UPDATE asset_import SET state = 'folding', count = count + ? WHERE no = ?").run(drawn, one.no);
    noteAll(db);
  })();
  if (settling.next >= settling.keys.length) loadings.get(db)?.delete(one.no);
  return true;
}

function tilesAside(db: Db, no: number) {
  const none = new Int32Array(0);
  const write = (key: number, words: Int32Array) =>
    sql(db, "INSERT INTO asset_tile_aside (import, key, marks) VALUES (?, ?, ?)").run(no, key, blobOfWords(words));
  return {
    leaf: (key: number, changes: Int32Array) => write(key, changeLeaf(none, changes)),
    counted: (key: number, changes: Int32Array) => write(key, addCounts(none, changes)),
  };
}

function foldPortion(db: Db, no: number): boolean {
  return db.transaction(() => {
    const keys = sql(db, "SELECT key FROM asset_tile_aside WHERE import = ? ORDER BY key LIMIT ?")
      .pluck()
      .all(no, tilesAtOnce) as number[];
    const upTo = keys.at(-1) ?? 0;
    const shared = sql(
      db,
      "SELECT a.key FROM asset_tile_aside a JOIN asset_tile t ON t.key = a.key WHERE a.import = ? AND a.key <= ?",
    )
      .pluck()
      .all(no, upTo) as number[];
    for (const key of shared) foldTile(db, key);
    // Where nothing stood before, which is nearly everywhere in a large import, the tile is moved as it is.
    sql(
      db,
      "INSERT INTO asset_tile (key, marks) SELECT key, marks FROM asset_tile_aside WHERE import = ? AND key <= ?",
    ).run(no, upTo);
    sql(db, "DELETE FROM asset_tile_aside WHERE import = ? AND key <= ?").run(no, upTo);
    if (keys.length === tilesAtOnce) return true;
    sql(db, "UPDATE asset_import SET state = 'done' WHERE no = ?").run(no);
    return false;
  })();
}

/**
 * Undoes a portion of an import; true while there is more. Of one that still loads nothing was seen and nothing is; of one that
 * shows, the assets go portion by portion, the map exact after each, also with what was changed on them since.
 */
export function dropImport(db: Db, importId: string): boolean {
  const one = readImport(db, importId);
  if (!one) return false;
  if (one.state === "folding") {
    foldPortion(db, one.no);
    return true;
  }
  loadings.get(db)?.delete(one.no);
  return db.transaction(() => {
    const rows = sql(
      db,
      "SELECT row, kind, status, lng, lat FROM asset WHERE row BETWEEN ? AND ? AND import = ? ORDER BY row DESC LIMIT ?",
    ).all(one.first_row ?? 0, one.last_row ?? -1, one.no, rowsAtOnce) as Parameters<typeof placed>[1][];
    for (const { row } of rows) sql(db, "DELETE FROM asset WHERE row = ?").run(row);
    if (one.state === "loading") {
      sql(
        db,
        "DELETE FROM asset_tile_aside WHERE import = @no AND key IN (SELECT key FROM asset_tile_aside WHERE import = @no LIMIT 2000)",
      ).run({ no: one.no });
    } else {
      const changes = new TileChanges();
      for (const row of rows) changes.add(placed(db, row), -1);
      writeChanges(db, changes);
      removeShapesOf(db, one.no);
    }
    sql(db, "UPDATE asset_import SET state = ?, last_row = ? WHERE no = ?").run(
      one.state === "loading" ? "loading" : "leaving",
      (rows.at(-1)?.row ?? (one.last_row ?? 0) + 1) - 1,
      one.no,
    );
    const aside = sql(db, "SELECT 1 FROM asset_tile_aside WHERE import = ? LIMIT 1").get(one.no);
    if (rows.length === rowsAtOnce || aside) return true;
    sql(db, "DELETE FROM asset_import WHERE no = ?").run(one.no);
    return false;
  })();
}

/** One portion of what an earlier run of the desk left unfinished; true while there is more. */
export function sweepImports(db: Db): boolean {
  const left = sql(db, "SELECT no, id, state FROM asset_import WHERE state <> 'done' ORDER BY no").all() as {
    no: number;
    id: string;
    state: Import["state"];
  }[];
  const one = left.find(({ no }) => !loadingOf(db, no));
  if (!one) return false;
  if (one.state === "folding") foldPortion(db, one.no);
  else dropImport(db, one.id);
  return true;
}
