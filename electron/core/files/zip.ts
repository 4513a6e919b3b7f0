import { crc32, deflateRawSync, inflateRawSync } from "node:zlib";

/** One file of an archive, still packed. */
export interface ZipEntry {
  readonly name: string;
  readonly locked: boolean;
  readonly method: number;
  readonly packed: Buffer;
}

/** Files of a zip by its directory at the end; `undefined`: the archive is broken. Nothing is unpacked yet. */
export function entriesOf(bytes: Buffer, most: number): ZipEntry[] | "too_many" | undefined {
  const end = bytes.lastIndexOf(Buffer.from("PK\x05\x06", "latin1"));
  if (end < 0 || end + 22 > bytes.length) return undefined;
  const count = bytes.readUInt16LE(end + 10);
  if (count > most) return "too_many";
  const entries: ZipEntry[] = [];
  let at = bytes.readUInt32LE(end + 16);
  for (let entry = 0; entry < count; entry++) {
    if (at + 46 > bytes.length || bytes.readUInt32LE(at) !== 0x02014b50) return undefined;
    const [flags, method, size] = [
      bytes.readUInt16LE(at + 8),
      bytes.readUInt16LE(at + 10),
      bytes.readUInt32LE(at + 20),
    ];
    const [nameLength, extra, comment] = [28, 30, 32].map((offset) => bytes.readUInt16LE(at + offset)) as [
      number,
      number,
      number,
    ];
    const local = bytes.readUInt32LE(at + 42);
    // Archives of Chinese systems say GBK by saying nothing.
    const name = new TextDecoder(flags & 0x800 ? "utf-8" : "gb18030").decode(
      bytes.subarray(at + 46, at + 46 + nameLength),
    );
    at += 46 + nameLength + extra + comment;
    if (local + 30 > bytes.length) return undefined;
    const from = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    entries.push({ name, locked: (flags & 1) === 1, method, packed: bytes.subarray(from, from + size) });
  }
  return entries;
}

/** Unpacks one file, never more than `most` bytes of it, whatever the archive says of its size. */
export function unpack(
  { packed, method }: Pick<ZipEntry, "packed" | "method">,
  most: number,
): Buffer | "too_large" | "broken" {
  if (method === 0) return packed.length > most ? "too_large" : packed;
  if (method !== 8) return "broken";
  try {
    return inflateRawSync(packed, { maxOutputLength: Math.max(1, most) });
  } catch (error) {
    return error instanceof RangeError ? "too_large" : "broken";
  }
}

/** Packs files into a zip; names in UTF-8. For files of an export: no more than 4 GiB together. */
export function packZip(files: readonly { readonly name: string; readonly data: Buffer }[]): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, data } of files) {
    const packed = deflateRawSync(data);
    const title = Buffer.from(name, "utf8");
    const head = Buffer.alloc(26);
    head.writeUInt16LE(20, 0);
    head.writeUInt16LE(0x800, 2);
    head.writeUInt16LE(8, 4);
    head.writeUInt32LE(0x21_00_00, 6);
    head.writeUInt32LE(crc32(data), 10);
    head.writeUInt32LE(packed.length, 14);
    head.writeUInt32LE(data.length, 18);
    head.writeUInt16LE(title.length, 22);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    const local = Buffer.concat([Buffer.from("PK\x03\x04", "latin1"), head, title, packed]);
    directory.push(Buffer.concat([Buffer.from("PK\x01\x02\x14\x00", "latin1"), head, tail, title]));
    parts.push(local);
    offset += local.length;
  }
  const listed = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(files.length, 4);
  end.writeUInt16LE(files.length, 6);
  end.writeUInt32LE(listed.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...parts, listed, Buffer.from("PK\x05\x06", "latin1"), end]);
}
