import { closeSync, openSync, readSync, writeSync } from "node:fs";
import { deserialize, serialize } from "node:v8";
import type { Asset } from "#shared/contract.ts";
import type { Geometry } from "#shared/lib/geo.ts";
import { statusName, statusNo } from "../store/asset-tiles.ts";
import type { Sifted } from "./sift.ts";

/** A row that can be taken, as the look found it. */
export interface TakenRow extends Omit<Asset, "id" | "sample"> {
  /** Line of the table, number of the feature; from 1. */
  readonly row: number;
  /** Which of several lines of one feature; 0: the only one. */
  readonly part: number;
  readonly code: string;
  readonly remark: string;
  /** The pair as it came. */
  readonly x: number;
  readonly y: number;
  /** Of a line or an area. */
  readonly geometry: Geometry | null;
}

/** Rows column by column: that is written and read several times as fast as an object for each row. */
interface Portion {
  readonly rows: Float64Array;
  readonly parts: Uint16Array;
  /** Longitude, latitude, x, y of each row. */
  readonly places: Float64Array;
  readonly statuses: Uint8Array;
  readonly kinds: readonly string[];
  readonly kindOf: Uint16Array;
  /** Code, name, grid, remark of each row. */
  readonly texts: readonly string[];
  /** Lines and areas, by the place of their row. */
  readonly shapes: ReadonlyMap<number, Geometry>;
}

const headBytes = 4;

/**
 * The good rows of a file that was looked at, put aside, so that taking them neither reads nor judges the file a second time: what is
 * taken is what the officer saw. One writer, the reading thread; one reader, the core, after the look has ended.
 */
export class SiftedFile {
  readonly #file: number;
  readonly #rowsAtOnce: number;
  #rows: Sifted[] = [];

  constructor(path: string, rowsAtOnce: number) {
    this.#file = openSync(path, "w", 0o600);
    this.#rowsAtOnce = rowsAtOnce;
  }

  /** A row without a problem. */
  add(one: Sifted): void {
    this.#rows.push(one);
    if (this.#rows.length >= this.#rowsAtOnce) this.#write();
  }

  close(): void {
    if (this.#rows.length > 0) this.#write();
    closeSync(this.#file);
  }

  #write(): void {
    const bytes = serialize(packed(this.#rows));
    const head = Buffer.alloc(headBytes);
    head.writeUInt32LE(bytes.length);
    for (const part of [head, bytes]) for (let at = 0; at < part.length; ) at += writeSync(this.#file, part, at);
    this.#rows = [];
  }
}

/** Portions as they were written. */
export function* readSifted(path: string): Generator<TakenRow[]> {
  const file = openSync(path, "r");
  try {
    for (;;) {
      const head = Buffer.alloc(headBytes);
      if (readSync(file, head) < headBytes) return;
      const bytes = Buffer.alloc(head.readUInt32LE());
      for (let at = 0; at < bytes.length; ) {
        const read = readSync(file, bytes, at, bytes.length - at, null);
        if (read === 0) throw new Error("the rows put aside end too early");
        at += read;
      }
      yield unpacked(deserialize(bytes) as Portion);
    }
  } finally {
    closeSync(file);
  }
}

function packed(sifted: readonly Sifted[]): Portion {
  const kinds = [...new Set(sifted.map(({ kind }) => kind))];
  const places = new Float64Array(sifted.length * 4);
  for (const [i, { place, pair }] of sifted.entries())
    places.set([place?.lng ?? 0, place?.lat ?? 0, pair?.x ?? 0, pair?.y ?? 0], i * 4);
  return {
    rows: Float64Array.from(sifted, ({ row }) => row),
    parts: Uint16Array.from(sifted, ({ part }) => part),
    places,
    statuses: Uint8Array.from(sifted, ({ status }) => statusNo(status)),
    kinds,
    kindOf: Uint16Array.from(sifted, ({ kind }) => kinds.indexOf(kind)),
    texts: sifted.flatMap(({ code, name, grid, remark }) => [code, name, grid, remark]),
    shapes: new Map(sifted.flatMap(({ geometry }, i) => (geometry ? [[i, geometry] as const] : []))),
  };
}

function unpacked({ rows, parts, places, statuses, kinds, kindOf, texts, shapes }: Portion): TakenRow[] {
  return Array.from(rows, (row, i): TakenRow => {
    const [at, text] = [i * 4, i * 4];
    return {
      row,
      part: parts[i] ?? 0,
      code: texts[text] ?? "",
      name: texts[text + 1] ?? "",
      grid: texts[text + 2] ?? "",
      remark: texts[text + 3] ?? "",
      kind: kinds[kindOf[i] ?? 0] ?? "",
      status: statusName(statuses[i] ?? 0),
      lng: places[at] ?? 0,
      lat: places[at + 1] ?? 0,
      x: places[at + 2] ?? 0,
      y: places[at + 3] ?? 0,
      geometry: shapes.get(i) ?? null,
    };
  });
}
