/** Lines and areas that came with an import: which one, and what its file remarked. */
export const shapeImports = `
ALTER TABLE asset_shape ADD COLUMN import INTEGER NOT NULL DEFAULT 0;
ALTER TABLE asset_shape ADD COLUMN remark TEXT NOT NULL DEFAULT '';
CREATE INDEX asset_shape_import ON asset_shape (import) WHERE import > 0;
`;
