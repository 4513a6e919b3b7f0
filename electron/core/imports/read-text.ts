import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import { type Parser, parse } from "csv-parse";
import { findHeadings } from "./headings.ts";
import { brokenBy, importLimits, type RawRow, type Source, Unreadable } from "./source.ts";

export type Encoding = "utf-8" | "utf-16le" | "utf-16be" | "gb18030";

/** What the bytes of a text are, by their mark or by what they can be; nobody is asked. */
export async function encodingOf(path: string): Promise<Encoding> {
  const head = await headOf(path, 4096);
  if (head[0] === 0xff && head[1] === 0xfe) return "utf-16le";
  if (head[0] === 0xfe && head[1] === 0xff) return "utf-16be";
  const zerosAt = (side: number) => head.filter((byte, index) => byte === 0 && index % 2 === side).length;
  const [even, odd] = [zerosAt(0), zerosAt(1)];
  // Commas, digits and line ends of UTF-16 have a zero beside them, always on the same side.
  if (odd > head.length / 20 && even < odd / 20) return "utf-16le";
  if (even > head.length / 20 && odd < even / 20) return "utf-16be";
  // The first word that is not English may stand in the last line: only the whole file tells.
  const decoder = new TextDecoder("utf-8", { fatal: true });
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 }))
      decoder.decode(chunk as Buffer, { stream: true });
    decoder.decode();
    return "utf-8";
  } catch {
    return "gb18030";
  }
}

export async function headOf(path: string, bytes: number): Promise<Buffer> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(bytes), 0, bytes, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

/** The sign between the cells: the one that stands most often in the first lines. */
export function delimiterOf(text: string): string | undefined {
  const bare = text.replace(/"(?:[^"]|"")*"/g, "");
  const count = (sign: string) => bare.split(sign).length - 1;
  const [best] = ["\t", ",", ";", "|"].map((sign) => ({ sign, count: count(sign) })).sort((a, b) => b.count - a.count);
  return best && best.count > 0 ? best.sign : undefined;
}

/** Text with commas, semicolons, tabs or bars between: read as a stream, however long. */
export async function openTable(path: string, bytes: number): Promise<Source> {
  const encoding = await encodingOf(path);
  const decoder = new TextDecoder(encoding, { fatal: encoding !== "gb18030" });
  const start = new TextDecoder(encoding).decode(await headOf(path, 64 * 1024));
  if (start.includes("\0") || /^\s*<(!doctype|html|\?xml)/i.test(start)) throw new Unreadable("import.unknown_format");
  const delimiter = delimiterOf(start);
  if (delimiter === undefined) throw new Unreadable("import.no_table");
  let seen = 0;
  const parser = parse({
    delimiter,
    bom: true,
    relax_quotes: true,
    relax_column_count: true,
    skip_empty_lines: false,
    max_record_size: importLimits.recordBytes,
  });
  const input = createReadStream(path, { highWaterMark: 1 << 18 });
  void (async () => {
    try {
      for await (const chunk of input) {
        seen += (chunk as Buffer).length;
        const ready =
          encoding === "utf-8" ? parser.write(chunk) : parser.write(decoder.decode(chunk as Buffer, { stream: true }));
        if (!ready) await new Promise((resolve) => parser.once("drain", resolve));
        if (parser.destroyed) return;
      }
      parser.end();
    } catch (error) {
      parser.destroy(error as Error);
    }
  })();
  async function* lines(): AsyncGenerator<readonly RawRow[]> {
    let row = 0;
    for await (const records of recordsOf(parser)) {
      const portion: RawRow[] = [];
      for (const cells of records) {
        row++;
        if (row > importLimits.rows) throw new Unreadable("import.too_many_rows", { most: importLimits.rows });
        if (cells.length > importLimits.columns)
          throw new Unreadable("import.too_many_columns", { most: importLimits.columns });
        if (cells.length > 1 || cells[0] !== "") portion.push({ row, cells });
      }
      if (portion.length > 0) yield portion;
    }
  }
  const { columns, rows } = await findHeadings(lines());
  return { format: "csv", encoding, sheets: [], sheet: "", columns, system: null, progress: () => seen / bytes, rows };
}

/** What a parser has ready, as much at a time as it has. */
async function* recordsOf(parser: Parser): AsyncGenerator<string[][]> {
  let over = false;
  let failure: unknown;
  let wake = () => {};
  const turn = () => wake();
  parser.on("readable", turn);
  parser.once("end", () => {
    over = true;
    wake();
  });
  parser.once("error", (error) => {
    failure = error;
    wake();
  });
  for (;;) {
    const records: string[][] = [];
    while (records.length < 1_000) {
      const record = parser.read() as string[] | null;
      if (record === null) break;
      records.push(record);
    }
    if (records.length > 0) yield records;
    else if (failure !== undefined) throw brokenBy(failure);
    else if (over) return;
    else
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
  }
}
