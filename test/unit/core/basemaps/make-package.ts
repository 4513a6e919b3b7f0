import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { crc32, deflateSync, gzipSync } from "node:zlib";
import Sqlite from "better-sqlite3";

/** A picture of one colour, as small as a PNG can be. */
export function pngTile(red: number, green: number, blue: number, side = 256): Buffer {
  const part = (name: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(name, "latin1"), data]);
    const whole = Buffer.alloc(body.length + 8);
    whole.writeUInt32BE(data.length, 0);
    body.copy(whole, 4);
    whole.writeUInt32BE(crc32(body), body.length + 4);
    return whole;
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(side, 0);
  head.writeUInt32BE(side, 4);
  head.set([8, 2, 0, 0, 0], 8);
  const line = Buffer.concat([Buffer.from([0]), Buffer.alloc(side * 3, Buffer.from([red, green, blue]))]);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    part("IHDR", head),
    part("IDAT", deflateSync(Buffer.concat(Array.from({ length: side }, () => line)))),
    part("IEND", Buffer.alloc(0)),
  ]);
}

/** A vector tile with one layer of no features. */
export const vectorTile = (): Buffer => {
  const layer = Buffer.concat([Buffer.from([0x78, 2, 0x0a, 5]), Buffer.from("water"), Buffer.from([0x28, 0x80, 0x20])]);
  return gzipSync(Buffer.concat([Buffer.from([0x1a, layer.length]), layer]));
};

export const tileAt = (lng: number, lat: number, z: number): { x: number; y: number } => ({
  x: Math.floor(((lng + 180) / 360) * 2 ** z),
  y: Math.floor(((1 - Math.asinh(Math.tan((lat * Math.PI) / 180)) / Math.PI) / 2) * 2 ** z),
});

export interface PackageOptions {
  readonly zooms?: readonly number[];
  readonly tile?: (z: number, x: number, y: number) => Buffer;
  readonly metadata?: Readonly<Record<string, string>>;
  /** Statements that run at the end: what a strange package may hold. */
  readonly also?: string;
}

/** West, south, east, north of what the made packages cover: the sample street. */
export const covered = [105.8, 29.34, 105.95, 29.5] as const;

function* tilesOf(zooms: readonly number[]): Generator<{ z: number; x: number; y: number }> {
  const [west, south, east, north] = covered;
  for (const z of zooms) {
    const [from, to] = [tileAt(west, north, z), tileAt(east, south, z)];
    for (let x = from.x; x <= to.x; x++) for (let y = from.y; y <= to.y; y++) yield { z, x, y };
  }
}

export function makeMbtiles({
  zooms = [10, 11, 12, 13],
  tile = () => pngTile(180, 200, 170),
  metadata = {},
  also = "",
}: PackageOptions = {}): Buffer {
  const folder = mkdtempSync(join(tmpdir(), "zhishou-mbtiles-"));
  const path = join(folder, "a.mbtiles");
  const db = new Sqlite(path);
  db.exec(
    `CREATE TABLE metadata (name TEXT, value TEXT);
     CREATE TABLE tiles (zoom_level INTEGER, tile_column INTEGER, tile_row INTEGER, tile_data BLOB);
     CREATE UNIQUE INDEX tile_index ON tiles (zoom_level, tile_column, tile_row);`,
  );
  const said = {
    name: "测试底图",
    format: "png",
    bounds: covered.join(","),
    minzoom: "10",
    maxzoom: "13",
    attribution: "<b>测绘院</b> 2026",
    date: "2026-05-01",
    ...metadata,
  };
  for (const [name, value] of Object.entries(said)) db.prepare("INSERT INTO metadata VALUES (?, ?)").run(name, value);
  for (const { z, x, y } of tilesOf(zooms))
    db.prepare("INSERT INTO tiles VALUES (?, ?, ?, ?)").run(z, x, 2 ** z - 1 - y, tile(z, x, y));
  if (also) db.exec(also);
  db.close();
  const bytes = readFileSync(path);
  rmSync(folder, { recursive: true });
  return bytes;
}

function varint(value: number): number[] {
  const bytes: number[] = [];
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return [...bytes, rest];
    bytes.push((rest % 128) | 0x80);
  }
}

/** Place of a tile on the Hilbert curve, as the format counts: written from its specification. */
function hilbert(z: number, x: number, y: number): number {
  let [id, tx, ty] = [(4 ** z - 1) / 3, x, y];
  for (let side = 2 ** (z - 1); side >= 1; side /= 2) {
    const [rx, ry] = [(tx & side) > 0 ? 1 : 0, (ty & side) > 0 ? 1 : 0];
    id += side * side * ((3 * rx) ^ ry);
    if (ry === 0) {
      if (rx === 1) [tx, ty] = [side - 1 - (tx & (side - 1)), side - 1 - (ty & (side - 1))];
      [tx, ty] = [ty, tx];
    }
  }
  return id;
}

export function makePmtiles(
  { zooms = [10, 11, 12], tile = vectorTile }: Pick<PackageOptions, "zooms" | "tile"> = {},
  type = 1,
): Buffer {
  const placed = [...tilesOf(zooms)]
    .map((at) => ({ id: hilbert(at.z, at.x, at.y), data: tile(at.z, at.x, at.y) }))
    .sort((a, b) => a.id - b.id);
  let last = 0;
  const ids = placed.flatMap(({ id }) => {
    const step = varint(id - last);
    last = id;
    return step;
  });
  const directory = gzipSync(
    Buffer.from([
      ...varint(placed.length),
      ...ids,
      ...placed.flatMap(() => varint(1)),
      ...placed.flatMap(({ data }) => varint(data.length)),
      ...placed.flatMap((_, i) => varint(i === 0 ? 1 : 0)),
    ]),
  );
  const metadata = gzipSync(Buffer.from(JSON.stringify({ attribution: "© 测绘院", version: "2026-06" })));
  const data = Buffer.concat(placed.map((one) => one.data));
  const head = Buffer.alloc(127);
  head.write("PMTiles", "latin1");
  head[7] = 3;
  const parts: [number, number][] = [
    [127, directory.length],
    [127 + directory.length, metadata.length],
    [127 + directory.length + metadata.length, 0],
    [127 + directory.length + metadata.length, data.length],
  ];
  for (const [i, [offset, length]] of parts.entries()) {
    head.writeBigUInt64LE(BigInt(offset), 8 + i * 16);
    head.writeBigUInt64LE(BigInt(length), 16 + i * 16);
  }
  for (const at of [72, 80, 88]) head.writeBigUInt64LE(BigInt(placed.length), at);
  head.set([1, 2, type === 1 ? 2 : 1, type, zooms[0] ?? 0, zooms.at(-1) ?? 0], 96);
  const [west, south, east, north] = covered.map((degrees) => Math.round(degrees * 1e7)) as [
    number,
    number,
    number,
    number,
  ];
  for (const [i, value] of [west, south, east, north].entries()) head.writeInt32LE(value, 102 + i * 4);
  head.writeInt32LE(Math.round((west + east) / 2), 119);
  head.writeInt32LE(Math.round((south + north) / 2), 123);
  return Buffer.concat([head, directory, metadata, data]);
}
