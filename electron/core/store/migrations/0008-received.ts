/** What an import brings beside the place: the pair as it came and a remark. Basemaps that this desk has taken in. */
export const received = `
-- System and pair as they came, 'gcj02 106.12 29.31'; empty: the place is the pair, WGS 84.
ALTER TABLE asset ADD COLUMN received TEXT NOT NULL DEFAULT '';
ALTER TABLE asset ADD COLUMN remark TEXT NOT NULL DEFAULT '';

-- about: basemaps/basemaps.ts; the files lie in the folder basemaps of the profile, under the id.
CREATE TABLE basemap (id TEXT PRIMARY KEY, at INTEGER NOT NULL, about TEXT NOT NULL) STRICT, WITHOUT ROWID;
`;
