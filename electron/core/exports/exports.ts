import type { ExportFormat, ParsedOf } from "#shared/contract.ts";
import type { AssetKind } from "#shared/domain/asset/kinds.ts";
import { deskError } from "#shared/errors.ts";
import { type Box, boxOf } from "#shared/lib/geo.ts";
import { fail, ok } from "#shared/lib/result.ts";
import { dayOf } from "#shared/lib/time.ts";
import type { Answer, Desk } from "../desk.ts";
import { geometryOf, type ShapeRow } from "../store/asset-shapes.ts";
import { type ExportedAsset, rowMaker } from "./rows.ts";
import { type Step, startExport } from "./run.ts";
import { shapeWriter, textWriter, type Writer, workbookWriter } from "./writers.ts";

/** [D] More than a sheet of Excel, or the memory for a Shapefile, can hold. */
const most: Partial<Record<ExportFormat, number>> = { xlsx: 1_000_000, shp: 500_000 };
const rowsAtOnce = 2_000;
/** What a format can hold beside points. */
const drawn: Readonly<Record<ExportFormat, readonly AssetKind["geometry"][]>> = {
  xlsx: [],
  csv: [],
  geojson: ["line", "area"],
  kml: ["line", "area"],
  gpx: ["line"],
  shp: ["line", "area"],
};
const endings: Readonly<Record<ExportFormat, string>> = {
  xlsx: "xlsx",
  csv: "csv",
  geojson: "geojson",
  kml: "kml",
  gpx: "gpx",
  shp: "zip",
};

type Asked = ParsedOf<"export.begin">;

function filterOf({ kinds, statuses, bounds, ids }: Asked): { where: string; values: (string | number)[] } {
  const parts = ["1"];
  const values: (string | number)[] = [];
  for (const [column, wanted] of [
    ["kind", kinds],
    ["status", statuses],
    ["id", ids],
  ] as const) {
    if (!wanted) continue;
    parts.push(`${column} IN (SELECT value FROM json_each(?))`);
    values.push(JSON.stringify(wanted));
  }
  if (bounds) {
    parts.push("lng BETWEEN ? AND ? AND lat BETWEEN ? AND ?");
    values.push(bounds.west, bounds.east, bounds.south, bounds.north);
  }
  return { where: parts.join(" AND "), values };
}

/** Rows of lines and areas that were asked for and that the format can hold; with bounds, those whose box touches them. */
function shapesFor(desk: Desk, asked: Asked): ShapeRow[] {
  const kinds = desk.tables.assetKinds.rows
    .filter(({ code, geometry }) => drawn[asked.format].includes(geometry) && (asked.kinds?.includes(code) ?? true))
    .map(({ code }) => code);
  const { bounds, ...others } = asked;
  const { where, values } = filterOf({ ...others, kinds });
  const rows = desk.db.prepare(`SELECT * FROM asset_shape WHERE ${where} ORDER BY row`).all(...values) as ShapeRow[];
  return bounds ? rows.filter((row) => touches(boxOf(geometryOf(row)), bounds)) : rows;
}

const touches = (box: Box | undefined, bounds: Box): boolean =>
  box !== undefined &&
  box.west <= bounds.east &&
  box.east >= bounds.west &&
  box.south <= bounds.north &&
  box.north >= bounds.south;

/** Errors: `export.nothing`, `export.too_many`. */
export function beginExport(desk: Desk, asked: Asked): Answer<"export.begin"> {
  const { where, values } = filterOf(asked);
  const points = desk.db
    .prepare(`SELECT count(*) FROM asset_shown WHERE ${where}`)
    .pluck()
    .get(...values) as number;
  const of = points + shapesFor(desk, asked).length;
  if (of === 0) return fail(deskError("export.nothing"));
  const limit = most[asked.format] ?? Infinity;
  if (of > limit) return fail(deskError("export.too_many", { most: limit }));
  const day = dayOf(desk.ports.now(), desk.tables.roster.offsetMin);
  const fileName = `${desk.street.name}资源_${day}.${endings[asked.format]}`;
  return ok(startExport(desk, fileName, of, (path, step) => writeAssets(desk, asked, path, step)));
}

const writerOf = (format: ExportFormat, path: string): Promise<Writer> =>
  format === "xlsx" ? workbookWriter(path) : format === "shp" ? shapeWriter(path) : textWriter(path, format);

async function writeAssets(desk: Desk, asked: Asked, path: string, step: Step): Promise<void> {
  const { where, values } = filterOf(asked);
  const toRow = rowMaker(desk.tables.assetKinds.rows, asked.system);
  const writer = await writerOf(asked.format, path);
  const portion = desk.db.prepare(
    `SELECT row, id, kind, name, status, lng, lat, grid, remark FROM asset_shown WHERE row > ? AND ${where} ORDER BY row LIMIT ${rowsAtOnce}`,
  );
  for (let after = 0; ; ) {
    const rows = portion.all(after, ...values) as (ExportedAsset & { row: number })[];
    const last = rows.at(-1);
    if (!last) break;
    after = last.row;
    await writer.write(rows.map(toRow));
    if (!(await step(rows.length))) return void (await writer.end());
  }
  const shapes = shapesFor(desk, asked);
  for (let at = 0; at < shapes.length; at += rowsAtOnce) {
    const rows = shapes.slice(at, at + rowsAtOnce).map((row) => ({ ...row, geometry: geometryOf(row) }));
    await writer.write(rows.map(toRow));
    if (!(await step(rows.length))) break;
  }
  await writer.end();
}
