import { rmSync } from "node:fs";
import {
  type ImportChoices,
  type ImportPreview,
  type ImportRow,
  type ImportState,
  importChoicesSchema,
} from "#shared/contract.ts";
import type { CoordinateSystem } from "#shared/domain/asset/coordinates.ts";
import type { AssetKind, FieldValues } from "#shared/domain/asset/kinds.ts";
import { type DeskError, deskError } from "#shared/errors.ts";
import { lengthM } from "#shared/lib/geo.ts";
import { type Desk, newId } from "../desk.ts";
import { forgetFile, type HeldFile } from "../files/incoming.ts";
import { groundOf } from "../geo/ground.ts";
import {
  beginImport,
  dropImport,
  type ImportedAsset,
  type ImportedShape,
  insertAssets,
  settleImport,
  takenIds,
} from "../store/asset-imports.ts";
import { readFailure, sql } from "../store/database.ts";
import { turn } from "../turn.ts";
import type { Look, Task } from "./look.ts";
import { type Reader, startReader } from "./reader.ts";
import { recallHeadings, recallWords, remember } from "./remembered.ts";
import { readSifted, type TakenRow } from "./sifted-file.ts";

/** One import under way: it outlives the page that began it, and ends with the desk. */
export interface Job {
  state: ImportState;
  choices: ImportChoices;
  readonly fileId: string;
  readonly file: HeldFile;
  readonly by: string;
  reader: Reader | undefined;
  /** Whether the headings were looked up among the remembered ones. */
  recalled: boolean;
  /** Work of an earlier choice must not write into the state of a later one. */
  turn: number;
  /** Highest row of the assets when the file was looked at: what came since was not held against it. */
  seenRow: number;
  /** Rows whose code stands here already. */
  existing: number[];
}

/** What is kept with an import that stands. */
export interface About {
  readonly by: string;
  readonly fileName: string;
  readonly format: string;
  readonly system: CoordinateSystem;
  readonly rows: number;
}

const jobs = new WeakMap<Desk["db"], Job>();
const mostStanding = 500_000;
const mostKnown = 20_000;
const noticeEveryMs = 250;

export const jobOf = (desk: Desk): Job | undefined => jobs.get(desk.db);

export function startJob(desk: Desk, fileId: string, file: HeldFile, by: string): Job {
  const job: Job = {
    state: {
      importId: newId(desk.ports),
      fileName: file.fileName,
      phase: "reading",
      done: 0,
      of: null,
      percent: 0,
      error: null,
      preview: null,
    },
    choices: importChoicesSchema.parse({ kindWords: recallWords(desk.db) }),
    fileId,
    file,
    by,
    reader: undefined,
    recalled: false,
    turn: 0,
    seenRow: 0,
    existing: [],
  };
  jobs.set(desk.db, job);
  void look(desk, job);
  return job;
}

export async function endJob(desk: Desk, job: Job): Promise<void> {
  job.turn++;
  await job.reader?.cancel();
  if (jobs.get(desk.db) === job) jobs.delete(desk.db);
  forgetFile(desk, job.fileId);
  for (const path of [job.file.path, asideOf(job), leftOf(job)]) rmSync(path, { force: true, maxRetries: 3 });
  desk.notify("import");
}

export const asideOf = (job: Job): string => `${job.file.path}.rows`;
export const leftOf = (job: Job): string => `${job.file.path}.left`;
/** Grows with each asset that comes, whatever its shape. */
const lastRow = (desk: Desk): number =>
  sql(desk.db, "SELECT coalesce((SELECT max(row) FROM asset), 0) + coalesce((SELECT max(row) FROM asset_shape), 0)")
    .pluck()
    .get() as number;

function teller(desk: Desk): (now?: boolean) => void {
  let toldAt = 0;
  return (now = false) => {
    const at = desk.ports.monotonic();
    if (!now && at - toldAt < noticeEveryMs) return;
    toldAt = at;
    desk.notify("import");
  };
}

/** Reads the whole file and shows what it would bring. */
export async function look(desk: Desk, job: Job): Promise<void> {
  const mine = ++job.turn;
  const tell = teller(desk);
  const set = (change: Partial<ImportState>, now = false) => {
    job.state = { ...job.state, ...change };
    tell(now);
  };
  set({ phase: "reading", done: 0, of: null, percent: 0, error: null }, true);
  await job.reader?.cancel();
  job.seenRow = lastRow(desk);
  const task = await taskOf(desk, job);
  if (job.turn !== mine || !desk.db.open) return;
  job.reader = startReader(task);
  const existing: number[] = [];
  for await (const message of job.reader.messages) {
    if (job.turn !== mine || !desk.db.open) return;
    if (message.kind === "failed") return set({ phase: "failed", error: errorOf(message.error) }, true);
    if (message.kind === "codes") {
      const taken = new Set(
        takenIds(
          desk.db,
          message.codes.map(({ code }) => code),
        ),
      );
      for (const { row, code } of message.codes) if (taken.has(code)) existing.push(row);
      set({ done: message.read, percent: message.percent });
      await turn();
    }
    if (message.kind === "look") {
      const remembered = job.recalled ? undefined : recallHeadings(desk.db, message.look.columns);
      job.recalled = true;
      if (remembered && JSON.stringify(remembered.columns) !== JSON.stringify(message.look.choices.columns)) {
        job.choices = { ...job.choices, ...remembered };
        return look(desk, job);
      }
      job.existing = existing;
      set(
        {
          phase: "ready",
          done: message.look.rows,
          of: message.look.rows,
          percent: 100,
          preview: previewOf(message.look, existing),
        },
        true,
      );
    }
  }
}

function previewOf(found: Look, existing: readonly number[]): ImportPreview {
  const exist = existing.length;
  const again = new Set(existing);
  const first = found.first.map(
    ({ row, code, kind, name, status, grid, place, problem }): ImportRow => ({
      row,
      code,
      kind,
      name,
      status,
      grid,
      lng: place && Number(place.lng.toFixed(6)),
      lat: place && Number(place.lat.toFixed(6)),
      problem: problem ?? (again.has(row) ? "exists" : null),
    }),
  );
  const problems =
    exist > 0
      ? [...found.problems, { problem: "exists" as const, count: exist, rows: existing.slice(0, 5) }]
      : found.problems;
  return { ...found, first, good: found.good - exist, problems };
}

/** Takes the good rows, portion by portion; all of them show at the end, at once. */
export async function take(desk: Desk, job: Job): Promise<void> {
  // Somebody has added to the map since: what stands there now is held against the file too.
  if (lastRow(desk) !== job.seenRow) await look(desk, job);
  const preview = job.state.preview;
  if (!preview || job.state.phase !== "ready") return;
  const mine = ++job.turn;
  const tell = teller(desk);
  const { importId } = job.state;
  const set = (change: Partial<ImportState>, now = false) => {
    job.state = { ...job.state, ...change };
    tell(now);
  };
  set({ phase: "taking", done: 0, of: preview.good, percent: null }, true);
  const stopped = () => job.turn !== mine || !desk.db.open;
  const about: About = {
    by: job.by,
    fileName: job.file.fileName,
    format: preview.format,
    system: preview.system,
    rows: preview.rows,
  };
  let failure: DeskError | undefined;
  try {
    beginImport(desk.db, { id: importId, at: desk.ports.now(), about });
    const shapes: ImportedShape[] = [];
    for (const rows of readSifted(asideOf(job))) {
      insertAssets(desk.db, assetsOf(rows, importId, preview.system), importId);
      shapes.push(...shapesOf(rows, importId, desk.tables.assetKinds.rows));
      set({ done: Math.min(preview.good, job.state.done + rows.length) });
      await turn();
      if (stopped()) break;
    }
    while (!stopped() && settleImport(desk.db, importId, shapes)) await turn();
  } catch (error) {
    failure = deskError(readFailure(error));
    desk.ports.log(`import: ${failure.id}: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (!desk.db.open) return;
  if (failure || stopped()) {
    while (desk.db.open && dropImport(desk.db, importId)) await turn();
    if (failure) set({ phase: "failed", error: errorOf(failure) }, true);
    return;
  }
  remember(desk.db, preview.columns, preview.choices);
  desk.notify("asset", "import");
  set({ phase: "done", done: preview.good }, true);
}

const idOf = ({ code, row, part }: TakenRow, importId: string): string =>
  code || `${importId.slice(-8)}-${row}${part > 0 ? `-${part}` : ""}`;

/** Rows with a place as assets of the desk. */
function assetsOf(rows: readonly TakenRow[], importId: string, system: CoordinateSystem): ImportedAsset[] {
  return rows.flatMap((one) => {
    if (one.geometry) return [];
    const { kind, name, status, lng, lat, grid, x, y, remark } = one;
    const id = idOf(one, importId);
    const received = system === "wgs84" ? "" : `${system} ${x} ${y}`;
    return { id, kind, name: name || id, status, lng, lat, grid, sample: false, remark, received };
  });
}

/** Rows with a line or an area. What the legend adds up of a line is measured here. */
function shapesOf(rows: readonly TakenRow[], importId: string, kinds: readonly AssetKind[]): ImportedShape[] {
  return rows.flatMap((one) => {
    const { kind, name, status, grid, geometry, remark } = one;
    if (!geometry) return [];
    const id = idOf(one, importId);
    const row = kinds.find(({ code }) => code === kind);
    const total = row?.fields.find(({ code, unit }) => code === row.total && unit?.en === "km");
    const kilometres = geometry.type === "LineString" ? Math.round(lengthM(geometry.coordinates) / 10) / 100 : 0;
    const fields: FieldValues = total && kilometres > 0 ? { [total.code]: kilometres } : {};
    return { id, kind, name: name || id, status, grid, geometry, remark, sample: false, fields };
  });
}

const errorOf = ({ id, params }: DeskError): ImportState["error"] => ({ id, params: { ...params } });

async function taskOf(desk: Desk, job: Job): Promise<Task> {
  const standing: Task["standing"][number][] = [];
  const portion = sql(
    desk.db,
    "SELECT row, kind, name, lng, lat FROM asset_shown WHERE row > ? ORDER BY row LIMIT 5000",
  );
  for (let after = 0; standing.length < mostStanding && desk.db.open; ) {
    const rows = portion.all(after) as ({ row: number } & Task["standing"][number])[];
    const last = rows.at(-1);
    if (!last) break;
    after = last.row;
    for (const { kind, name, lng, lat } of rows) standing.push({ kind, name, lng, lat });
    await turn();
  }
  standing.push(...(sql(desk.db, "SELECT kind, name, lng, lat FROM asset_shape").all() as Task["standing"][number][]));
  const every = Math.ceil(standing.length / mostKnown) || 1;
  const known = standing.filter((_, index) => index % every === 0).map(({ name, lng, lat }) => ({ name, lng, lat }));
  return {
    path: job.file.path,
    aside: asideOf(job),
    left: leftOf(job),
    choices: job.choices,
    kinds: desk.tables.assetKinds.rows,
    ground: groundOf(desk, known),
    standing,
  };
}
