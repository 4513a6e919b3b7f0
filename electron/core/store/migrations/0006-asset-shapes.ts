/** Lines and areas of the map, and what is registered of an asset beside what the map draws. */
export const assetShapes = `
-- Lines and areas; points are in 'asset'. geometry: GeoJSON, WGS 84. Written by store/asset-shapes.ts alone.
CREATE TABLE asset_shape (
  row INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, name TEXT NOT NULL, status TEXT NOT NULL,
  lng REAL NOT NULL, lat REAL NOT NULL, grid TEXT NOT NULL, sample INTEGER NOT NULL, geometry TEXT NOT NULL
) STRICT;
CREATE INDEX asset_shape_kind ON asset_shape (kind, id);
CREATE VIRTUAL TABLE asset_shape_box USING rtree(row, west, east, south, north);

-- fields: by the codes of the kind's row. seen_at: last sign of life of a device.
CREATE TABLE asset_more (asset_id TEXT PRIMARY KEY, fields TEXT NOT NULL, seen_at INTEGER) STRICT, WITHOUT ROWID;
`;
