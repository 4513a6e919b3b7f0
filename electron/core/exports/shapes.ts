import { type Position, polygonsOf } from "#shared/lib/geo.ts";
import type { ExportRow } from "./rows.ts";

/** Columns of the table beside the shapes: names of ten letters at most, widths in bytes. */
const fields = [
  ["code", 64],
  ["kind", 40],
  ["name", 200],
  ["status", 12],
  ["system", 20],
  ["grid", 100],
  ["remark", 254],
] as const;

/** As other programs write it; only for degrees of WGS 84: the shifted systems have no projection file. */
const wgs84 =
  'GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]';

/** Numbers of the description of 1998. */
const types = { point: 1, line: 3, area: 5 } as const;

/** A Shapefile of points, lines or areas, after the technical description of 1998, its words in UTF-8 as the .cpg says. */
export class Shapes {
  readonly #type: keyof typeof types;
  readonly #rows: ExportRow[] = [];

  constructor(type: keyof typeof types = "point") {
    this.#type = type;
  }

  get size(): number {
    return this.#rows.length;
  }

  add(row: ExportRow): void {
    this.#rows.push(row);
  }

  files(name: string, isWgs84: boolean): { name: string; data: Buffer }[] {
    const records = this.#rows.map((row) => this.#record(row));
    const whole = boxAround(this.#rows.flatMap((row) => partsOf(row).flat()));
    return [
      { name: `${name}.shp`, data: this.#shapes(records, whole) },
      { name: `${name}.shx`, data: this.#index(records, whole) },
      { name: `${name}.dbf`, data: this.#table() },
      { name: `${name}.cpg`, data: Buffer.from("UTF-8") },
      ...(isWgs84 ? [{ name: `${name}.prj`, data: Buffer.from(wgs84) }] : []),
    ];
  }

  #head(bytes: number, whole: readonly number[]): Buffer {
    const head = Buffer.alloc(100);
    head.writeInt32BE(9994, 0);
    head.writeInt32BE(bytes / 2, 24);
    head.writeInt32LE(1000, 28);
    head.writeInt32LE(types[this.#type], 32);
    for (const [i, value] of whole.entries()) head.writeDoubleLE(value, 36 + i * 8);
    return head;
  }

  /** What stands in the file for a row, without the head of its record. */
  #record(row: ExportRow): Buffer {
    if (this.#type === "point") {
      const point = Buffer.alloc(20);
      point.writeInt32LE(types.point, 0);
      point.writeDoubleLE(row.x, 4);
      point.writeDoubleLE(row.y, 12);
      return point;
    }
    const parts = partsOf(row);
    const corners = parts.flat();
    const record = Buffer.alloc(44 + parts.length * 4 + corners.length * 16);
    record.writeInt32LE(types[this.#type], 0);
    for (const [i, value] of boxAround(corners).entries()) record.writeDoubleLE(value, 4 + i * 8);
    record.writeInt32LE(parts.length, 36);
    record.writeInt32LE(corners.length, 40);
    let first = 0;
    for (const [i, part] of parts.entries()) {
      record.writeInt32LE(first, 44 + i * 4);
      first += part.length;
    }
    const from = 44 + parts.length * 4;
    for (const [i, [x, y]] of corners.entries()) {
      record.writeDoubleLE(x, from + i * 16);
      record.writeDoubleLE(y, from + i * 16 + 8);
    }
    return record;
  }

  #shapes(records: readonly Buffer[], whole: readonly number[]): Buffer {
    const heads = records.map((record, i) => {
      const head = Buffer.alloc(8);
      head.writeInt32BE(i + 1, 0);
      head.writeInt32BE(record.length / 2, 4);
      return head;
    });
    const body = Buffer.concat(records.flatMap((record, i) => [heads[i] ?? Buffer.alloc(0), record]));
    return Buffer.concat([this.#head(100 + body.length, whole), body]);
  }

  #index(records: readonly Buffer[], whole: readonly number[]): Buffer {
    const body = Buffer.alloc(records.length * 8);
    let at = 50;
    for (const [i, record] of records.entries()) {
      body.writeInt32BE(at, i * 8);
      body.writeInt32BE(record.length / 2, i * 8 + 4);
      at += 4 + record.length / 2;
    }
    return Buffer.concat([this.#head(100 + body.length, whole), body]);
  }

  #table(): Buffer {
    const width = 1 + fields.reduce((sum, [, bytes]) => sum + bytes, 0);
    const head = Buffer.alloc(32 + fields.length * 32 + 1);
    head[0] = 3;
    head.set([126, 1, 1], 1);
    head.writeUInt32LE(this.#rows.length, 4);
    head.writeUInt16LE(head.length, 8);
    head.writeUInt16LE(width, 10);
    for (const [i, [name, bytes]] of fields.entries()) {
      head.write(name, 32 + i * 32, "latin1");
      head.write("C", 32 + i * 32 + 11, "latin1");
      head[32 + i * 32 + 16] = bytes;
    }
    head[head.length - 1] = 0x0d;
    const body = Buffer.alloc(width * this.#rows.length, " ");
    for (const [i, row] of this.#rows.entries()) {
      let at = i * width + 1;
      for (const [name, bytes] of fields) {
        wholeSigns(row[name], bytes).copy(body, at);
        at += bytes;
      }
    }
    return Buffer.concat([head, body, Buffer.from([0x1a])]);
  }
}

/** The text in UTF-8, cut where a sign ends. */
function wholeSigns(text: string, most: number): Buffer {
  const bytes = Buffer.from(text, "utf8");
  if (bytes.length <= most) return bytes;
  let end = most;
  while (end > 0 && ((bytes[end] ?? 0) & 0xc0) === 0x80) end--;
  return bytes.subarray(0, end);
}

/** Rows of corners: the line, or the rings of the areas, outer ones clockwise and holes the other way, as the description asks. */
function partsOf({ x, y, geometry }: ExportRow): readonly (readonly Position[])[] {
  if (geometry?.type === "LineString") return [geometry.coordinates];
  const areas = geometry ? polygonsOf(geometry) : [];
  return areas.length > 0 ? areas.flatMap(turned) : [[[x, y]]];
}

const turned = (rings: readonly (readonly Position[])[]): (readonly Position[])[] =>
  rings.map((ring, i) => (isClockwise(ring) === (i === 0) ? ring : [...ring].reverse()));

const isClockwise = (ring: readonly Position[]): boolean =>
  ring.reduce((sum, [x, y], i) => {
    const [nextX, nextY] = ring[(i + 1) % ring.length] as Position;
    return sum + (nextX - x) * (nextY + y);
  }, 0) > 0;

/** West, south, east, north. */
function boxAround(corners: readonly Position[]): [number, number, number, number] {
  const box: [number, number, number, number] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [x, y] of corners) {
    box[0] = Math.min(box[0], x);
    box[1] = Math.min(box[1], y);
    box[2] = Math.max(box[2], x);
    box[3] = Math.max(box[3], y);
  }
  return corners.length === 0 ? [0, 0, 0, 0] : box;
}
