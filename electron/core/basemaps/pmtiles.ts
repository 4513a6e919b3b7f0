import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import {
  Compression,
  type Header,
  PMTiles,
  TileType as PmType,
  type RangeResponse,
  SharedPromiseCache,
  type Source,
} from "pmtiles";
import { BadPackage, checkedFacts, type TilePackage } from "./package.ts";
import { readTile, tileLimits } from "./tile-bytes.ts";

/** [D] Bounds of the parts of a package; a directory entry takes four bytes at least. */
const limits = { headBytes: 16_384, directoryBytes: 4 << 20, metadataBytes: 2 << 20, unpackedBytes: 16 << 20 } as const;

/** Opens a PMTiles file (version 3). Every length that the file names is held against its size and our bounds before it is read. */
export async function openPmtiles(path: string): Promise<TilePackage> {
  const file = openSync(path, "r");
  try {
    const { size } = fstatSync(file);
    const source = new BoundedFile(file, size, path);
    // What goes through the cache are the directories; what the archive unpacks itself are metadata and tiles.
    const directories = new SharedPromiseCache(64, true, async (bytes, compression) => {
      const plain = unpackedBuffer(Buffer.from(bytes), compression);
      checkEntries(plain);
      return exact(plain);
    });
    const archive = new PMTiles(source, directories, async (bytes, compression) =>
      exact(unpackedBuffer(Buffer.from(bytes), compression)),
    );
    const header = await archive.getHeader();
    checkHeader(header, size);
    source.header = header;
    const metadata = (await archive.getMetadata()) as { attribution?: unknown; version?: unknown } | null;
    const facts = checkedFacts({
      tiles: header.tileType === PmType.Mvt ? "vector" : "raster",
      minZoom: header.minZoom,
      maxZoom: header.maxZoom,
      bounds:
        header.minLon === 0 && header.maxLon === 0
          ? null
          : [header.minLon, header.minLat, header.maxLon, header.maxLat],
      attribution: String(metadata?.attribution ?? ""),
      date: typeof metadata?.version === "string" ? metadata.version : "",
    });
    // The way to one tile is walked once, so that a package that cannot answer is refused now and not at night.
    const middle = middleOf(header);
    await archive.getZxy(header.minZoom, ...middle);
    return {
      facts,
      tile: async (z, x, y) => {
        try {
          const found = await archive.getZxy(z, x, y);
          return found ? (readTile(Buffer.from(found.data)) ?? "broken") : undefined;
        } catch {
          return "broken";
        }
      },
      close: () => closeSync(file),
    };
  } catch (error) {
    closeSync(file);
    throw error instanceof BadPackage ? error : new BadPackage(error instanceof Error ? error.message : "PMTiles");
  }
}

function middleOf({ minZoom, centerLon, centerLat }: Header): [number, number] {
  const size = 2 ** minZoom;
  const y = (1 - Math.asinh(Math.tan((Math.max(-85, Math.min(85, centerLat)) * Math.PI) / 180)) / Math.PI) / 2;
  const inside = (value: number) => Math.max(0, Math.min(size - 1, Math.floor(value * size)));
  return [inside((centerLon + 180) / 360), inside(y)];
}

class BoundedFile implements Source {
  header: Header | undefined;
  readonly #file: number;
  readonly #size: number;
  readonly #key: string;

  constructor(file: number, size: number, key: string) {
    this.#file = file;
    this.#size = size;
    this.#key = key;
  }

  getKey = (): string => this.#key;

  getBytes = async (offset: number, length: number): Promise<RangeResponse> => {
    // The first read of the library asks for more than a small file holds.
    const wanted = this.header ? length : Math.min(length, this.#size - offset);
    const most = this.header ? Math.max(limits.directoryBytes, tileLimits.packedBytes) : limits.headBytes;
    if (!Number.isSafeInteger(offset) || !(wanted > 0) || wanted > most || offset + wanted > this.#size)
      throw new BadPackage("range");
    const bytes = Buffer.alloc(wanted);
    readSync(this.#file, bytes, 0, wanted, offset);
    return { data: exact(bytes) };
  };
}

/** The library believes the count at the head of a directory; a false one would fill the memory with entries of nothing. */
function checkEntries(directory: Buffer): void {
  let count = 0;
  for (let at = 0, shift = 0; ; at++, shift += 7) {
    const byte = directory[at];
    if (byte === undefined || shift > 35) throw new BadPackage("directory");
    count += (byte & 0x7f) * 2 ** shift;
    if (byte < 0x80) break;
  }
  if (count === 0 || count * 4 > directory.length) throw new BadPackage("directory");
}

function checkHeader(header: Header, size: number): void {
  const parts: [number, number, number][] = [
    [header.rootDirectoryOffset, header.rootDirectoryLength, limits.headBytes],
    [header.jsonMetadataOffset, header.jsonMetadataLength, limits.metadataBytes],
    [header.leafDirectoryOffset, header.leafDirectoryLength ?? 0, size],
    [header.tileDataOffset, header.tileDataLength ?? 0, size],
  ];
  for (const [offset, length, most] of parts)
    if (!Number.isSafeInteger(offset + length) || length < 0 || length > most || offset + length > size)
      throw new BadPackage("header");
  const types: readonly number[] = [PmType.Mvt, PmType.Png, PmType.Jpeg, PmType.Webp];
  if (!types.includes(header.tileType)) throw new BadPackage("tile type");
}

const exact = (bytes: Buffer): ArrayBuffer =>
  bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) as ArrayBuffer;

function unpackedBuffer(bytes: Buffer, compression: Compression): Buffer {
  const most = { maxOutputLength: limits.unpackedBytes };
  if (compression === Compression.None || compression === Compression.Unknown) return bytes;
  if (compression === Compression.Gzip) return gunzipSync(bytes, most);
  if (compression === Compression.Brotli) return brotliDecompressSync(bytes, most);
  throw new BadPackage("compression");
}
