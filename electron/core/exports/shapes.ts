import type { ExportRow } from "./rows.ts";

/** Columns of the table beside the points: names of ten letters at most, widths in bytes. */
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

/** A Shapefile of points, after the technical description of 1998, its words in UTF-8 as the .cpg says. */
export class Shapes {
  readonly #rows: ExportRow[] = [];

  add(row: ExportRow): void {
    this.#rows.push(row);
  }

  files(name: string, isWgs84: boolean): { name: string; data: Buffer }[] {
    return [
      { name: `${name}.shp`, data: this.#points() },
      { name: `${name}.shx`, data: this.#index() },
      { name: `${name}.dbf`, data: this.#table() },
      { name: `${name}.cpg`, data: Buffer.from("UTF-8") },
      ...(isWgs84 ? [{ name: `${name}.prj`, data: Buffer.from(wgs84) }] : []),
    ];
  }

  #head(bytes: number): Buffer {
    const head = Buffer.alloc(100);
    head.writeInt32BE(9994, 0);
    head.writeInt32BE(bytes / 2, 24);
    head.writeInt32LE(1000, 28);
    head.writeInt32LE(1, 32);
    const [xs, ys] = [this.#rows.map(({ x }) => x), this.#rows.map(({ y }) => y)];
    const least = (values: number[]) => values.reduce((a, b) => Math.min(a, b), values[0] ?? 0);
    const most = (values: number[]) => values.reduce((a, b) => Math.max(a, b), values[0] ?? 0);
    for (const [i, value] of [least(xs), least(ys), most(xs), most(ys)].entries())
      head.writeDoubleLE(value, 36 + i * 8);
    return head;
  }

  #points(): Buffer {
    const body = Buffer.alloc(this.#rows.length * 28);
    for (const [i, { x, y }] of this.#rows.entries()) {
      body.writeInt32BE(i + 1, i * 28);
      body.writeInt32BE(10, i * 28 + 4);
      body.writeInt32LE(1, i * 28 + 8);
      body.writeDoubleLE(x, i * 28 + 12);
      body.writeDoubleLE(y, i * 28 + 20);
    }
    return Buffer.concat([this.#head(100 + body.length), body]);
  }

  #index(): Buffer {
    const body = Buffer.alloc(this.#rows.length * 8);
    for (let i = 0; i < this.#rows.length; i++) {
      body.writeInt32BE(50 + i * 14, i * 8);
      body.writeInt32BE(10, i * 8 + 4);
    }
    return Buffer.concat([this.#head(100 + body.length), body]);
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
