import type { Asset } from "#shared/contract.ts";
import { unitOf } from "#shared/domain/asset/tiles.ts";
import { TileChanges, type TileSink, TileSums } from "./asset-changes.ts";
import { noteAll, noteTile, noteTurned } from "./asset-news.ts";
import {
  addCounts,
  addInPlace,
  blobOfWords,
  changeLeaf,
  codeFor,
  joinTiles,
  type Placed,
  wordsOfBlob,
} from "./asset-tiles.ts";
import { type Db, sql } from "./database.ts";
import { readMeta, writeMeta } from "./meta.ts";

/**
 * Assets: the only writer of the table and of its tiles, so that what the map counts is what the table holds after every
 * transaction. Read from `asset_shown`; never write `asset`, `asset_tile` or `asset_import` elsewhere. Whoever changes assets tells
 * `desk.notify("asset")` after the commit: what changed goes along by itself (`asset-news.ts`).
 * Imports of any size: `asset-imports.ts`.
 */

/** Shape of the tiles; a desk that holds another draws them anew when it opens. */
const tilesVersion = "2";
type Row = Pick<Asset, "kind" | "status" | "lng" | "lat"> & { readonly row: number };

export const placed = (db: Db, { row, kind, status, lng, lat }: Row): Placed => ({
  row,
  ...unitOf(lng, lat),
  code: codeFor(db, kind, status),
});

const rowOf = (db: Db, id: string): Row | undefined =>
  sql(db, "SELECT row, kind, status, lng, lat FROM asset_shown WHERE id = ?").get(id) as Row | undefined;

/**
 * Adds an asset, or replaces the one of this id, wherever it stood. `lng`, `lat`: WGS 84, degrees. Its tiles change in the same
 * transaction; inside a larger one it stands or falls with that. Throws when the id belongs to an import that still loads.
 */
export function putAsset(db: Db, asset: Asset): void {
  db.transaction(() => {
    const before = rowOf(db, asset.id);
    const values = { ...asset, sample: asset.sample ? 1 : 0 };
    if (before)
      sql(
        db,
        `UPDATE asset SET kind = @kind, name = @name, status = @status, lng = @lng, lat = @lat, grid = @grid, sample = @sample
         WHERE id = @id`,
      ).run(values);
    else
      sql(
        db,
        `INSERT INTO asset (id, kind, name, status, lng, lat, grid, sample)
         VALUES (@id, @kind, @name, @status, @lng, @lat, @grid, @sample)`,
      ).run(values);
    const after = rowOf(db, asset.id) as Row;
    change(db, before && placed(db, before), placed(db, after));
  })();
}

/** Adds new assets, all or none, with their tiles: some thousands at most; more is an import. A taken id throws. */
export function addAssets(db: Db, assets: readonly Asset[]): void {
  db.transaction(() => {
    const insert = sql(
      db,
      "INSERT INTO asset (id, kind, name, status, lng, lat, grid, sample) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
    );
    const changes = new TileChanges();
    for (const { id, kind, name, status, lng, lat, grid, sample } of assets) {
      const { lastInsertRowid } = insert.run(id, kind, name, status, lng, lat, grid, sample ? 1 : 0);
      changes.add(placed(db, { row: Number(lastInsertRowid), kind, status, lng, lat }), 1);
    }
    writeChanges(db, changes);
  })();
}

/** Takes an asset off the map and out of the table; false when there is none of this id. */
export function removeAsset(db: Db, id: string): boolean {
  return db.transaction(() => {
    const before = rowOf(db, id);
    if (!before) return false;
    sql(db, "DELETE FROM asset WHERE row = ?").run(before.row);
    change(db, placed(db, before), undefined);
    return true;
  })();
}

/** Changes the status; answers the one before, or `undefined` when there is no asset of this id. */
export function setAssetStatus(db: Db, id: string, status: Asset["status"]): Asset["status"] | undefined {
  return db.transaction(() => {
    const before = rowOf(db, id);
    if (!before || before.status === status) return before?.status;
    sql(db, "UPDATE asset SET status = ? WHERE row = ?").run(status, before.row);
    change(db, placed(db, before), placed(db, { ...before, status }));
    return before.status;
  })();
}

function change(db: Db, before: Placed | undefined, after: Placed | undefined): void {
  const changes = new TileChanges();
  if (before) changes.add(before, -1);
  if (after) changes.add(after, 1);
  const stays = before && after && before.x === after.x && before.y === after.y;
  if (!stays) writeChanges(db, changes);
  else if (after.code !== before.code) {
    const turned = { row: after.row, x: after.x, y: after.y, before: before.code, after: after.code };
    writeChanges(db, changes, () => noteTurned(db, turned));
  }
}

/** Writes changes into the tiles that the map shows, and notes each leaf that changed. */
export function writeChanges(
  db: Db,
  changes: TileChanges,
  noteLeaf: (key: number) => void = (key) => noteTile(db, key),
): void {
  const sums = new TileSums(shownTiles(db, noteLeaf));
  for (const key of changes.keys()) sums.take(key, changes.changesOf(key));
  sums.finish();
}

function shownTiles(db: Db, noteLeaf: (key: number) => void): TileSink {
  const folding = hasFolding(db);
  const read = (key: number) => {
    if (folding) foldTile(db, key);
    return readTile(db, key);
  };
  return {
    leaf: (key, changes) => {
      const before = read(key);
      writeTile(db, key, before, changeLeaf(before, changes));
      noteLeaf(key);
    },
    counted: (key, changes) => {
      const before = read(key);
      writeTile(db, key, before, addInPlace(before, changes) ? before : addCounts(before, changes));
    },
  };
}

const nothing = new Int32Array(0);

function readTile(db: Db, key: number): Int32Array {
  const blob = sql(db, "SELECT marks FROM asset_tile WHERE key = ?").pluck().get(key) as Buffer | undefined;
  return blob ? wordsOfBlob(blob) : nothing;
}

function writeTile(db: Db, key: number, before: Int32Array, after: Int32Array): void {
  if (after.length === 0) sql(db, "DELETE FROM asset_tile WHERE key = ?").run(key);
  else if (before.length === 0)
    sql(db, "INSERT INTO asset_tile (key, marks) VALUES (?, ?)").run(key, blobOfWords(after));
  else sql(db, "UPDATE asset_tile SET marks = ? WHERE key = ?").run(blobOfWords(after), key);
}

/** Whether an import shows whose tiles still lie beside the others. */
export const hasFolding = (db: Db): boolean =>
  sql(db, "SELECT 1 FROM asset_import WHERE state = 'folding' LIMIT 1").get() !== undefined;

/** Adds to a tile what shown imports hold beside it. */
export function foldTile(db: Db, key: number): void {
  for (const { import: no, marks } of readAside(db, key)) {
    const before = readTile(db, key);
    writeTile(db, key, before, joinTiles(key, before, wordsOfBlob(marks)));
    sql(db, "DELETE FROM asset_tile_aside WHERE import = ? AND key = ?").run(no, key);
  }
}

const readAside = (db: Db, key: number): { import: number; marks: Buffer }[] =>
  sql(
    db,
    `SELECT a.import, a.marks FROM asset_import i CROSS JOIN asset_tile_aside a
     WHERE i.state = 'folding' AND a.import = i.no AND a.key = ?`,
  ).all(key) as { import: number; marks: Buffer }[];

/**
 * Makes the tiles anew from the table where a desk has none of this shape: the sample's first ones, and those of a profile that comes
 * from an earlier version. About two seconds for a million assets, once.
 */
export function ensureTiles(db: Db): void {
  if (readMeta(db, "assetTiles") !== tilesVersion) rebuildTiles(db);
}

export function rebuildTiles(db: Db): void {
  db.transaction(() => {
    sql(db, "DELETE FROM asset_tile").run();
    sql(db, "DELETE FROM asset_tile_aside").run();
    sql(db, "UPDATE asset_import SET state = 'done' WHERE state = 'folding'").run();
    writeChanges(db, allPlaced(db));
    noteAll(db);
    writeMeta(db, "assetTiles", tilesVersion);
  })();
}

/** Everything that shows, as if it came now. */
export function allPlaced(db: Db): TileChanges {
  const changes = new TileChanges();
  const codes = new Map<string, number>();
  // Kinds first: nothing may be written while a statement is being read.
  for (const { kind, status } of sql(db, "SELECT DISTINCT kind, status FROM asset_shown").all() as Row[])
    codes.set(`${kind} ${status}`, codeFor(db, kind, status));
  for (const one of sql(db, "SELECT row, kind, status, lng, lat FROM asset_shown").iterate() as Iterable<Row>)
    changes.add({ row: one.row, ...unitOf(one.lng, one.lat), code: codes.get(`${one.kind} ${one.status}`) ?? 0 }, 1);
  return changes;
}
