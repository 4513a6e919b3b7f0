import { gunzipSync } from "node:zlib";

/** [D] Bounds of one tile. A tile of an honest package is some tens of kilobytes and 256 or 512 px. */
export const tileLimits = { packedBytes: 1 << 20, vectorBytes: 8 << 20, sidePx: 2_048 } as const;

export type TileType = "image/png" | "image/jpeg" | "image/webp" | "vector";

/** What the bytes of a tile are, by what they hold; `undefined`: nothing that may reach a page. Unpacks gzip, within bounds. */
export function readTile(bytes: Buffer): { type: TileType; bytes: Buffer } | undefined {
  if (bytes.length === 0 || bytes.length > tileLimits.packedBytes) return undefined;
  const size = imageSize(bytes);
  if (size) {
    const { width, height, type } = size;
    const fits = width > 0 && height > 0 && width <= tileLimits.sidePx && height <= tileLimits.sidePx;
    return fits ? { type, bytes } : undefined;
  }
  const plain = unzipped(bytes);
  return plain && looksLikeVector(plain) ? { type: "vector", bytes: plain } : undefined;
}

export function unzipped(bytes: Buffer): Buffer | undefined {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  try {
    return gunzipSync(bytes, { maxOutputLength: tileLimits.vectorBytes });
  } catch {
    return undefined;
  }
}

/** A vector tile is layers alone: field 3, each with its length, up to the last byte. */
function looksLikeVector(bytes: Buffer): boolean {
  let at = 0;
  while (at < bytes.length) {
    if (bytes[at++] !== 0x1a) return false;
    let length = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at++];
      if (byte === undefined || shift > 28) return false;
      length += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) break;
    }
    at += length;
  }
  return at === bytes.length;
}

/** Width and height that the head of a picture says; nothing is decoded. `undefined`: not a PNG, JPEG or WebP. */
export function imageSize(
  bytes: Buffer,
): { width: number; height: number; type: Exclude<TileType, "vector"> } | undefined {
  if (bytes.length > 26 && bytes.readUInt32BE(0) === 0x89504e47 && bytes.toString("latin1", 12, 16) === "IHDR")
    return { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20), type: "image/png" };
  if (bytes.length > 30 && bytes.toString("latin1", 0, 4) === "RIFF" && bytes.toString("latin1", 8, 12) === "WEBP")
    return webpSize(bytes);
  if (bytes[0] === 0xff && bytes[1] === 0xd8) return jpegSize(bytes);
  return undefined;
}

function webpSize(bytes: Buffer): { width: number; height: number; type: "image/webp" } | undefined {
  const type = "image/webp" as const;
  const kind = bytes.toString("latin1", 12, 16);
  if (kind === "VP8X") return { width: bytes.readUIntLE(24, 3) + 1, height: bytes.readUIntLE(27, 3) + 1, type };
  if (kind === "VP8 ") return { width: bytes.readUInt16LE(26) & 0x3fff, height: bytes.readUInt16LE(28) & 0x3fff, type };
  if (kind !== "VP8L") return undefined;
  const bits = bytes.readUInt32LE(21);
  return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1, type };
}

function jpegSize(bytes: Buffer): { width: number; height: number; type: "image/jpeg" } | undefined {
  for (let at = 2; at + 9 < bytes.length; ) {
    if (bytes[at] !== 0xff) return undefined;
    const marker = bytes[at + 1] ?? 0;
    if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker))
      return { height: bytes.readUInt16BE(at + 5), width: bytes.readUInt16BE(at + 7), type: "image/jpeg" };
    at += marker === 0xff ? 1 : 2 + bytes.readUInt16BE(at + 2);
  }
  return undefined;
}
