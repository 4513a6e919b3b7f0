import type { ExportFormat, ExportState, ParsedOf } from "#shared/contract.ts";
import { deskError } from "#shared/errors.ts";
import { fail, ok } from "#shared/lib/result.ts";
import { dayOf } from "#shared/lib/time.ts";
import { type Answer, type Desk, newId } from "../desk.ts";
import { dropFile, finishFile, holdFile } from "../files/incoming.ts";
import { turn } from "../imports/job.ts";
import { readFailure } from "../store/database.ts";
import { type ExportedAsset, rowMaker } from "./rows.ts";
import { shapeWriter, textWriter, type Writer, workbookWriter } from "./writers.ts";

/** [D] More than a sheet of Excel, or the memory for a Shapefile, can hold. */
const most: Partial<Record<ExportFormat, number>> = { xlsx: 1_000_000, shp: 500_000 };
const rowsAtOnce = 2_000;
const endings: Readonly<Record<ExportFormat, string>> = {
  xlsx: "xlsx",
  csv: "csv",
  geojson: "geojson",
  kml: "kml",
  gpx: "gpx",
  shp: "zip",
};

const running = new WeakMap<Desk["db"], ExportState>();

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

/** Errors: `export.nothing`, `export.too_many`. */
export function beginExport(desk: Desk, asked: Asked): Answer<"export.begin"> {
  const { where, values } = filterOf(asked);
  const of = desk.db
    .prepare(`SELECT count(*) FROM asset_shown WHERE ${where}`)
    .pluck()
    .get(...values) as number;
  if (of === 0) return fail(deskError("export.nothing"));
  const limit = most[asked.format] ?? Infinity;
  if (of > limit) return fail(deskError("export.too_many", { most: limit }));
  const day = dayOf(desk.ports.now(), desk.tables.roster.offsetMin);
  const { fileId, file } = holdFile(desk, `${desk.street.name}资源_${day}.${endings[asked.format]}`, 0);
  const state: ExportState = { exportId: newId(desk.ports), phase: "making", done: 0, of, fileId: null, errorId: null };
  running.set(desk.db, state);
  void make(desk, asked, state.exportId, fileId, file.path);
  return ok(state);
}

export const exportState = (desk: Desk, { exportId }: { exportId: string }): Answer<"export.state"> => {
  const state = running.get(desk.db);
  return ok({ state: state && (exportId === "" || state.exportId === exportId) ? state : null });
};

export function leaveExport(desk: Desk, { exportId }: { exportId: string }): Answer<"export.leave"> {
  const state = running.get(desk.db);
  if (state?.exportId !== exportId) return ok({});
  running.delete(desk.db);
  return state.fileId ? dropFile(desk, { fileId: state.fileId }) : ok({});
}

const writerOf = (format: ExportFormat, path: string): Promise<Writer> =>
  format === "xlsx" ? workbookWriter(path) : format === "shp" ? shapeWriter(path) : textWriter(path, format);

async function make(desk: Desk, asked: Asked, exportId: string, fileId: string, path: string): Promise<void> {
  const mine = () => running.get(desk.db)?.exportId === exportId && desk.db.open;
  const set = (change: Partial<ExportState>) => {
    const state = running.get(desk.db);
    if (state?.exportId === exportId) running.set(desk.db, { ...state, ...change });
  };
  const { where, values } = filterOf(asked);
  const toRow = rowMaker(desk.tables.assetKinds.rows, asked.system);
  try {
    const writer = await writerOf(asked.format, path);
    const portion = desk.db.prepare(
      `SELECT row, id, kind, name, status, lng, lat, grid, remark FROM asset_shown WHERE row > ? AND ${where} ORDER BY row LIMIT ${rowsAtOnce}`,
    );
    let done = 0;
    for (let after = 0; mine(); ) {
      const rows = portion.all(after, ...values) as (ExportedAsset & { row: number })[];
      const last = rows.at(-1);
      if (!last) break;
      after = last.row;
      await writer.write(rows.map(toRow));
      done += rows.length;
      set({ done });
      await turn();
    }
    await writer.end();
    if (!mine()) return void dropFile(desk, { fileId });
    finishFile(desk, fileId);
    set({ phase: "ready", fileId });
  } catch (error) {
    desk.ports.log(`export: ${error instanceof Error ? error.message : String(error)}`);
    dropFile(desk, { fileId });
    set({ phase: "failed", errorId: readFailure(error) });
  }
  if (desk.db.open) desk.notify("export");
}
