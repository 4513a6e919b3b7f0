import type { ImportChoices, ImportField, ImportPreview, ImportProblem } from "#shared/contract.ts";
import type { CoordinateSystem } from "#shared/domain/asset/coordinates.ts";
import type { AssetKind } from "#shared/domain/asset/kinds.ts";
import { type Geometry, polygonsOf } from "#shared/lib/geo.ts";
import { Detector, type LoosePin, meanOff } from "../geo/detect.ts";
import type { KnownGround } from "../geo/known-places.ts";
import { guessColumns } from "./fields.ts";
import type { LeftRow } from "./left-file.ts";
import { openSource } from "./open-source.ts";
import { pairOf, type SiftChoices, type Sifted, Sifter } from "./sift.ts";
import { importLimits, type RawRow, type Source, Unreadable } from "./source.ts";

export interface Task {
  readonly path: string;
  /** Where the good rows are put aside for the taking. */
  readonly aside: string;
  /** Where the others are, as they stand in the file, with their reasons. */
  readonly left: string;
  readonly choices: ImportChoices;
  readonly kinds: readonly AssetKind[];
  readonly ground: KnownGround;
  /** Things that stand already, for the names. */
  readonly standing: readonly {
    readonly kind: string;
    readonly name: string;
    readonly lng: number;
    readonly lat: number;
  }[];
}

/** What a look at a whole file has found, without what only the desk's table knows. */
export type Look = Omit<ImportPreview, "first" | "pins"> & {
  readonly first: readonly Sifted[];
  readonly pins: ImportPreview["pins"];
};

/** Rows that the system is told from, shown at first, and drawn on the map. */
const mostProbed = 2_000;
const mostShown = 100;
const mostPins = 2_000;
const mostNamedRows = 5;
/** Lines and areas drawn in the preview, and corners of each. */
const mostOutlines = 300;
const mostOutlineCorners = 120;
const mostWords = 50;

/** A file opened with its choices settled: what the officer said, else the file, else the ground. */
export class OpenImport {
  readonly source: Source;
  readonly settled: SiftChoices;
  readonly sifter: Sifter;
  readonly #start: readonly RawRow[];
  readonly #rest: AsyncIterator<readonly RawRow[]>;
  readonly #facts: Pick<ImportPreview, "system" | "systemBy" | "swapped" | "warning" | "placed" | "columns">;
  readonly #choices: ImportChoices;

  private constructor(task: Task, source: Source, start: readonly RawRow[], rest: AsyncIterator<readonly RawRow[]>) {
    this.source = source;
    this.#start = start;
    this.#rest = rest;
    const columns = kept(task.choices.columns, source.columns.length) ?? guessColumns(source.columns);
    const placed = start.some(({ at }) => at !== undefined && at !== "none");
    const probe = start.flatMap((raw): LoosePin[] => {
      const pair = pairOf(raw, { columns, swapped: false });
      const cell = (field: ImportField) =>
        columns[field] === undefined ? "" : (raw.cells[columns[field] as number] ?? "").trim();
      return typeof pair === "string" ? [] : [{ ...pair, name: cell("name"), grid: cell("grid") }];
    });
    const found = new Detector(task.ground).find(probe);
    const swapped = task.choices.swapped ?? found.swapped;
    const named = task.choices.system ?? source.system;
    const system: CoordinateSystem = named ?? found.system ?? "wgs84";
    const turned = found.swapped ? probe.map(({ x, y }) => ({ x: y, y: x })) : probe;
    this.#choices = { ...task.choices, columns };
    this.#facts = {
      system,
      systemBy: task.choices.system ? "officer" : source.system ? "file" : found.system ? "found" : "unknown",
      swapped,
      // Between two systems of degrees lies their distance; metres taken for degrees lead off the map at once.
      warning:
        found.system && found.system !== system
          ? {
              system: found.system,
              offM: Math.round(Math.abs(meanOff(turned, found.system) - meanOff(turned, system))) || 0,
            }
          : null,
      placed,
      columns: source.columns.map((name, index) => ({
        name,
        samples: start
          .flatMap(({ cells }) => cells[index]?.trim() || [])
          .slice(0, 3)
          .map((text) => text.slice(0, 40)),
      })),
    };
    const { kind, kindWords, takeOutside, takeNear } = task.choices;
    this.settled = { kind, kindWords, takeOutside, takeNear, columns, system, swapped };
    this.sifter = new Sifter(this.settled, task.kinds, task.ground);
    for (const { kind: of, name, lng, lat } of task.standing)
      if (name !== "") this.sifter.met.isNear(`${of}|${name}`, { lng, lat });
  }

  static async open(task: Task): Promise<OpenImport> {
    const source = await openSource(task.path, task.choices.sheet || undefined);
    const rest = source.rows[Symbol.asyncIterator]();
    const start: RawRow[] = [];
    while (start.length < mostProbed) {
      const next = await rest.next();
      if (next.done) break;
      start.push(...next.value);
    }
    if (start.length === 0) throw new Unreadable("import.empty");
    return new OpenImport(task, source, start, rest);
  }

  async *#raw(): AsyncGenerator<readonly RawRow[]> {
    yield this.#start;
    for (let next = await this.#rest.next(); !next.done; next = await this.#rest.next()) yield next.value;
  }

  /** Reads it to the end and sums up; `aside` gets the good rows, `left` the others, `portion` hears their codes, thousands at a time. */
  async look(
    aside: (good: Sifted) => void,
    left: (row: LeftRow) => void,
    portion: (codes: readonly { row: number; code: string }[], read: number) => Promise<void>,
  ): Promise<Look> {
    const problems = new Map<ImportProblem, { count: number; rows: number[] }>();
    const words = new Map<string, number>();
    const first: Sifted[] = [];
    let pins: [number, number, number][] = [];
    const outlines: ImportPreview["outlines"] = [];
    let every = 1;
    let codes: { row: number; code: string }[] = [];
    let [rows, good, beyondStreet] = [0, 0, 0];
    const kindColumn = this.settled.columns.kind;
    for await (const raws of this.#raw())
      for (const raw of raws) {
        const one = this.sifter.take(raw);
        rows++;
        if (first.length < mostShown) first.push(one);
        if (one.problem === null) {
          good++;
          aside(one);
          if (one.beyondStreet) beyondStreet++;
          if (one.code !== "") codes.push({ row: one.row, code: one.code });
        } else {
          left({ row: one.row, problem: one.problem, cells: raw.cells });
          const known = problems.get(one.problem) ?? { count: 0, rows: [] };
          known.count++;
          if (known.rows.length < mostNamedRows) known.rows.push(one.row);
          problems.set(one.problem, known);
          const word =
            one.problem === "unknown_kind" && kindColumn !== undefined
              ? (raw.cells[kindColumn] ?? "").trim().slice(0, 60)
              : "";
          if (word !== "" && (words.has(word) || words.size < mostWords)) words.set(word, (words.get(word) ?? 0) + 1);
        }
        if (one.geometry && outlines.length < mostOutlines)
          outlines.push({ lines: outlineOf(one.geometry), sound: one.problem === null });
        if (one.place && rows % every === 0) pins.push([one.place.lng, one.place.lat, one.problem === null ? 1 : 0]);
        if (pins.length > mostPins) {
          pins = pins.filter((_, index) => index % 2 === 0);
          every *= 2;
        }
        if (codes.length >= portionRows || rows % portionRows === 0) {
          await portion(codes, rows);
          codes = [];
        }
      }
    await portion(codes, rows);
    return {
      ...this.#facts,
      format: this.source.format,
      encoding: this.source.encoding,
      sheets: [...this.source.sheets],
      choices: { ...this.#choices, sheet: this.source.sheet },
      rows,
      good,
      beyondStreet,
      problems: [...problems].map(([problem, { count, rows: named }]) => ({ problem, count, rows: named })),
      unknownKinds: [...words].sort((a, b) => b[1] - a[1]).map(([word, count]) => ({ word, count })),
      first,
      pins,
      outlines,
    };
  }
}

/** What the preview draws of a line or an area: its rows of corners, roughly. */
function outlineOf(geometry: Geometry): [number, number][][] {
  const lines = geometry.type === "LineString" ? [geometry.coordinates] : polygonsOf(geometry).flat();
  return lines.map((line) => {
    const every = Math.ceil(line.length / mostOutlineCorners);
    return line
      .filter((_, i) => i % every === 0 || i === line.length - 1)
      .map(([lng, lat]): [number, number] => [lng, lat]);
  });
}

/** Rows that one message carries. */
export const portionRows = 4_000;

/** Columns as chosen; a number beyond the columns of this file was chosen for another one. */
function kept(chosen: ImportChoices["columns"], width: number): Partial<Record<ImportField, number>> | undefined {
  if (chosen === null) return undefined;
  return Object.fromEntries(
    Object.entries(chosen).filter(
      ([, column]) => column !== undefined && column < Math.min(width, importLimits.columns),
    ),
  );
}
