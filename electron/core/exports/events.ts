import type { ParsedOf } from "#shared/contract.ts";
import { deskError } from "#shared/errors.ts";
import { fail, ok } from "#shared/lib/result.ts";
import { dayOf } from "#shared/lib/time.ts";
import type { Answer, Desk } from "../desk.ts";
import { rowsOfSelection } from "../queries/event-list.ts";
import { rowsAt } from "../queries/events.ts";
import { rowsOfIds } from "../store/event-line.ts";
import { eventCells, eventHeadings, maskedColumns } from "./event-cells.ts";
import { type Step, startExport } from "./run.ts";
import { csvTable, workbookTable } from "./writers.ts";

type Asked = ParsedOf<"export.events">;

/** [D] A sheet of Excel holds no more. */
const workbookMost = 1_000_000;
/** Some milliseconds of writing between two turns. */
const rowsAtOnce = 200;

const maskWord = "（涉密，不导出）";

/** LS-6: the events of a view as the list shows them, all pages. Errors: `export.nothing`, `export.too_many`. */
export async function exportEvents(desk: Desk, asked: Asked): Promise<Answer<"export.events">> {
  const rows = asked.ids ? rowsOfIds(desk.db, asked.ids) : await rowsNow(desk, asked);
  if (rows.length === 0) return fail(deskError("export.nothing"));
  if (asked.format === "xlsx" && rows.length > workbookMost)
    return fail(deskError("export.too_many", { most: workbookMost }));
  const day = dayOf(desk.ports.now(), desk.tables.roster.offsetMin);
  const fileName = `${desk.street.name}事件_${day}.${asked.format}`;
  return ok(startExport(desk, fileName, rows.length, (path, step) => writeEvents(desk, asked, rows, path, step)));
}

/** As the list stands now: what changes while the file is written does not move its lines. */
async function rowsNow(desk: Desk, { selection }: Asked): Promise<number[]> {
  const order = await rowsOfSelection(desk, selection);
  return [...order.rows.subarray(0, order.length)];
}

async function writeEvents(
  desk: Desk,
  { format, columns }: Asked,
  rows: readonly number[],
  path: string,
  step: Step,
): Promise<void> {
  const heads = columns.map((column) => eventHeadings[column]);
  const table = format === "xlsx" ? await workbookTable(path, "事件", heads) : await csvTable(path, heads);
  const cellOf = eventCells(desk);
  for (let from = 0, wanted = true; wanted && from < rows.length; from += rowsAtOnce) {
    const portion = rowsAt(desk, rows.slice(from, from + rowsAtOnce));
    await table.write(
      portion.map((event) =>
        columns.map((column) => (event.confidential && maskedColumns.has(column) ? maskWord : cellOf[column](event))),
      ),
    );
    wanted = await step(Math.min(rowsAtOnce, rows.length - from));
  }
  await table.end();
}
