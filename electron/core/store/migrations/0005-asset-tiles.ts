/** The map of millions: counts of every tile kept beside the assets, and imports that show all at once or not at all. */
export const assetTiles = `
-- A number for each kind that an asset ever had, so that a count needs no text.
CREATE TABLE asset_kind (no INTEGER PRIMARY KEY, code TEXT NOT NULL UNIQUE) STRICT;

-- What lies in each tile of the map (store/asset-tiles.ts): of levels 8 to 16 the counts by cell, kind and status, of level 17
-- the assets themselves. Written by store/assets.ts alone, in the transaction of the asset.
CREATE TABLE asset_tile (key INTEGER PRIMARY KEY, marks BLOB NOT NULL) STRICT;

-- 'loading': nothing of it shows; 'folding': it shows, and its tiles are still beside the others; 'leaving': being undone.
CREATE TABLE asset_import (
  no INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, at INTEGER NOT NULL, about TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('loading', 'folding', 'done', 'leaving')),
  count INTEGER NOT NULL DEFAULT 0, first_row INTEGER, last_row INTEGER
) STRICT;
CREATE TABLE asset_tile_aside (
  import INTEGER NOT NULL, key INTEGER NOT NULL, marks BLOB NOT NULL, PRIMARY KEY (import, key)
) STRICT;

-- 0: not imported.
ALTER TABLE asset ADD COLUMN import INTEGER NOT NULL DEFAULT 0;
DROP INDEX asset_place;
-- Every reader reads this: what an unfinished import has brought is not there yet.
CREATE VIEW asset_shown AS SELECT * FROM asset
  WHERE import NOT IN (SELECT no FROM asset_import WHERE state = 'loading');
`;
