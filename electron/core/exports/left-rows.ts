import {
  type ImportField,
  type ImportPreview,
  importFields,
  importProblemNames,
  type ParsedOf,
} from "#shared/contract.ts";
import { deskError } from "#shared/errors.ts";
import { fail, ok } from "#shared/lib/result.ts";
import type { Answer, Desk } from "../desk.ts";
import { asideOf, type Job, jobOf, leftOf } from "../imports/job.ts";
import { readLeft } from "../imports/left-file.ts";
import { readSifted, type TakenRow } from "../imports/sifted-file.ts";
import { statusWords } from "./rows.ts";
import { type Step, startExport } from "./run.ts";
import { csvTable, type TableWriter, workbookTable } from "./writers.ts";

/** [D] A sheet of Excel holds no more. */
const workbookMost = 1_000_000;
const rowsAtOnce = 500;

/** IM-10: the rows of an import that are not taken, each with its reason, under the heads of their own file. Errors: `import.unknown`, `import.not_read`, `export.nothing`. */
export function exportLeft(desk: Desk, { importId }: ParsedOf<"export.left">): Answer<"export.left"> {
  const job = jobOf(desk);
  if (job?.state.importId !== importId) return fail(deskError("import.unknown"));
  const { preview, phase } = job.state;
  if (!preview || (phase !== "ready" && phase !== "done")) return fail(deskError("import.not_read"));
  const of = preview.rows - preview.good;
  if (of === 0) return fail(deskError("export.nothing"));
  const ending = of > workbookMost ? "csv" : "xlsx";
  const fileName = `${job.file.fileName.replace(/\.[^.]*$/, "")}_不导入的行.${ending}`;
  return ok(startExport(desk, fileName, of, (path, step) => writeLeft(desk, job, preview, path, step)));
}

async function writeLeft(desk: Desk, job: Job, preview: ImportPreview, path: string, step: Step): Promise<void> {
  const heads = ["行", "不导入的原因", ...preview.columns.map(({ name }) => name)];
  const excel = preview.rows - preview.good <= workbookMost;
  const table: TableWriter = excel ? await workbookTable(path, "不导入的行", heads) : await csvTable(path, heads);
  let portion: (string | number)[][] = [];
  let wanted = true;
  const put = async (cells: (string | number)[]) => {
    portion.push(cells);
    if (portion.length >= rowsAtOnce) await write();
  };
  const write = async () => {
    const lines = portion;
    portion = [];
    await table.write(lines);
    wanted = await step(lines.length);
  };
  for await (const { row, problem, cells } of readLeft(leftOf(job))) {
    await put([row, importProblemNames[problem].zh, ...cells]);
    if (!wanted) break;
  }
  const again = new Set(job.existing);
  const kinds = new Map(desk.tables.assetKinds.rows.map(({ code, name }) => [code, name.zh]));
  if (again.size > 0 && wanted)
    for (const rows of readSifted(asideOf(job))) {
      for (const one of rows)
        if (again.has(one.row)) await put([one.row, importProblemNames.exists.zh, ...cellsOf(one, preview, kinds)]);
      if (!wanted) break;
    }
  if (wanted) await write();
  await table.end();
}

/** A row that was understood, under the heads of its file: what the columns that were read said. */
function cellsOf(
  one: TakenRow,
  { columns, choices, swapped }: ImportPreview,
  kinds: ReadonlyMap<string, string>,
): string[] {
  const [lng, lat] = swapped ? [one.y, one.x] : [one.x, one.y];
  const said: Record<ImportField, string> = {
    code: one.code,
    kind: kinds.get(one.kind) ?? one.kind,
    name: one.name,
    status: statusWords[one.status],
    lng: String(lng),
    lat: String(lat),
    point: `${lng},${lat}`,
    grid: one.grid,
    remark: one.remark,
  };
  const cells = columns.map(() => "");
  for (const field of importFields) {
    const at = choices.columns?.[field];
    if (at !== undefined && at < cells.length) cells[at] = said[field];
  }
  return cells;
}
