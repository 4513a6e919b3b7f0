import type { CoordinateSystem, Pair } from "#shared/domain/asset/coordinates.ts";
import { type DeskError, deskError, type ErrorId } from "#shared/errors.ts";
import type { RawShape } from "../geo/raw-shape.ts";

/** [D] Bounds of one import: what a district sends many times over, and no more. Bytes, unless they say otherwise. */
export const importLimits = {
  tableBytes: 1 << 30,
  /** A file that has to be in memory as a whole. */
  wholeBytes: 128 << 20,
  zipBytes: 256 << 20,
  unpackedBytes: 1 << 30,
  entries: 5_000,
  rows: 3_000_000,
  columns: 200,
  cellChars: 2_000,
  recordBytes: 1 << 20,
  /** Lines and areas come in one transaction. */
  shapes: 5_000,
  corners: 500_000,
} as const;

export type ImportFormat = "xlsx" | "csv" | "geojson" | "kml" | "gpx" | "shp";

/** One row as it stands in the file. */
export interface RawRow {
  /** Line of a table, number of a feature; from 1. */
  readonly row: number;
  readonly cells: readonly string[];
  /** Place or shape of a feature; `not_one`: several points or a mixture, `bad_shape`: a line or an area that cannot be. */
  readonly at?: Pair | RawShape | "not_one" | "bad_shape" | "none";
  /** Which of several lines that one feature drew; from 1. */
  readonly part?: number;
}

/** A file that has been opened: its columns, and its rows one after the other. */
export interface Source {
  readonly format: ImportFormat;
  readonly encoding: string;
  readonly sheets: readonly string[];
  readonly sheet: string;
  readonly columns: readonly string[];
  /** The system that the file itself names. */
  readonly system: CoordinateSystem | null;
  /** Share of the file that has been read, 0–1; `null` where nobody knows. */
  readonly progress: () => number | null;
  /** In portions: a turn of the event loop for each row would cost more than reading it. */
  readonly rows: AsyncIterable<readonly RawRow[]>;
}

/** Rows one by one as portions. */
export async function* inPortions(rows: AsyncIterable<RawRow> | Iterable<RawRow>): AsyncGenerator<readonly RawRow[]> {
  let portion: RawRow[] = [];
  for await (const row of rows) {
    portion.push(row);
    if (portion.length < 1_000) continue;
    yield portion;
    portion = [];
  }
  if (portion.length > 0) yield portion;
}

/** Ends the reading of a file that cannot be taken; it never leaves the reading thread as a throw. */
export class Unreadable extends Error {
  readonly failure: DeskError;
  constructor(id: ErrorId, params?: Record<string, string | number>) {
    super(id);
    this.failure = deskError(id, params);
  }
}

export const brokenBy = (error: unknown): Unreadable =>
  error instanceof Unreadable
    ? error
    : new Unreadable("import.broken", {
        detail: (error instanceof Error ? error.message : String(error)).slice(0, 80),
      });

export const cut = (text: string): string => text.slice(0, importLimits.cellChars);
