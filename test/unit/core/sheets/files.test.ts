import { readFileSync } from "node:fs";
import { join } from "node:path";
import { deflateRawSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { openSheets } from "#core/sheets/open-file.ts";
import { readRosterFile } from "#core/sheets/read-roster.ts";
import { readStaffFile } from "#core/sheets/read-staff.ts";
import { drawer, seed } from "#test/seed.ts";
import { days, noAnswers, officers, read, rulesOf, workbook } from "./sheet.ts";

const refusal = async (bytes: Uint8Array, fileName = "12月.xlsx") => {
  const source = { bytes, fileName, officers, mapping: noAnswers };
  const roster = await readRosterFile({ ...source, rules: rulesOf("1x24"), nearOn: "2026-11-21" });
  const staff = await readStaffFile(source);
  return [roster.ok ? "read" : roster.error.id, staff.ok ? "read" : staff.error.id];
};
const both = (id: string) => [id, id];
const text = (words: string) => new TextEncoder().encode(words);

/** A zip of the given parts, packed; nothing but what the reader looks at. */
function zip(parts: Readonly<Record<string, string | Buffer>>, flags = 0): Uint8Array {
  const bodies: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const [name, content] of Object.entries(parts)) {
    const packed = deflateRawSync(content);
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(8, 8);
    local.writeUInt32LE(packed.length, 18);
    local.writeUInt16LE(name.length, 26);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(flags, 8);
    entry.writeUInt16LE(8, 10);
    entry.writeUInt32LE(packed.length, 20);
    // What it says of its size is a lie; only unpacking tells.
    entry.writeUInt32LE(10, 24);
    entry.writeUInt16LE(name.length, 28);
    entry.writeUInt32LE(at, 42);
    bodies.push(local, Buffer.from(name), packed);
    directory.push(entry, Buffer.from(name));
    at += 30 + name.length + packed.length;
  }
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(Object.keys(parts).length, 10);
  end.writeUInt32LE(at, 16);
  return new Uint8Array(Buffer.concat([...bodies, ...directory, end]));
}

describe("RO-27: a file that cannot be taken is refused with its reason", () => {
  test("a password: a real protected workbook; an old .xls; a zip with a password", async () => {
    expect(await refusal(readFileSync(join(import.meta.dirname, "protected.xlsx")))).toEqual(both("sheet.protected"));
    const old = Buffer.alloc(4096);
    Buffer.from("d0cf11e0a1b11ae1", "hex").copy(old);
    old.write("Workbook", 1024, "utf16le");
    expect(await refusal(old, "12月.xls")).toEqual(both("sheet.old_format"));
    expect(await refusal(zip({ "xl/workbook.xml": "<workbook/>" }, 1))).toEqual(both("sheet.protected"));
  });

  test("broken: empty, cut off, no workbook, a picture, a page, noise", async () => {
    const good = await workbook({ rows: [["日期", "主班"], ...days(9, (d) => [d, "王小明"])] });
    const noise = drawer(seed);
    for (const bytes of [
      new Uint8Array(),
      good.slice(0, good.length >> 1),
      good.slice(0, good.length - 8),
      zip({ "word/document.xml": "<document/>" }),
      Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 0, 44]),
      text("<html><table><tr><td>1,2</td></tr></table></html>"),
      Uint8Array.from({ length: 5000 }, () => Math.floor(noise() * 256)),
    ])
      expect(await refusal(bytes)).toEqual(both("sheet.broken"));
  });

  test("no roster and no staff list: prices, a letter, an empty sheet", async () => {
    const prices = await workbook({
      rows: [
        ["品名", "单价"],
        ["水", 2],
        ["米", 5],
        ["面", 4],
      ],
    });
    const letter = await workbook({
      rows: [["关于做好值班工作的通知"], ["各村社区:"], ["请认真做好2026年12月值班工作。"]],
    });
    for (const bytes of [prices, letter, await workbook({ rows: [] })])
      expect(await refusal(bytes)).toEqual(["sheet.no_roster", "sheet.no_staff"]);
    expect(await refusal(text("a,b\n1,2\n"), "a.csv")).toEqual(["sheet.no_roster", "sheet.no_staff"]);
  });

  test("ten thousand rows, as workbook and as text, are refused before they are parsed", async () => {
    const rows = Array.from({ length: 10_000 }, (_, i) => [`2026-12-${1 + (i % 28)}`, "王小明", i]);
    const book = await workbook({ rows });
    const startedAt = performance.now();
    expect(await refusal(book)).toEqual(both("sheet.too_many_rows"));
    expect(await refusal(text(rows.map((row) => row.join(",")).join("\n")), "a.csv")).toEqual(
      both("sheet.too_many_rows"),
    );
    expect(performance.now() - startedAt).toBeLessThan(10_000);
    const error = await openSheets(book, "a.xlsx");
    expect(error.ok ? undefined : error.error.params).toEqual({ rows: 10_000, most: 2000 });
  });

  test("small files that unfold without end: 200 MB of nothing, a merge over the whole sheet", async () => {
    const startedAt = performance.now();
    const before = process.memoryUsage().rss;
    expect(await refusal(zip({ "xl/workbook.xml": "<workbook/>", "xl/media/a.png": Buffer.alloc(200 << 20) }))).toEqual(
      both("sheet.too_large"),
    );
    const sheet = '<worksheet><sheetData/><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells></worksheet>';
    expect(await refusal(zip({ "xl/workbook.xml": "<workbook/>", "xl/worksheets/sheet1.xml": sheet }))).toEqual(
      both("sheet.too_many_cells"),
    );
    expect(await refusal(new Uint8Array(9 << 20).fill(44))).toEqual(both("sheet.too_large"));
    expect(performance.now() - startedAt).toBeLessThan(15_000);
    expect(process.memoryUsage().rss - before).toBeLessThan(500 << 20);
  });

  test("cells that are formatted and empty are refused with what they are, not as a large file", async () => {
    const rows = [["日期", "主班"], ...days(9, (d) => [d, "王小明"])];
    const opened = await openSheets(await workbook({ name: "2026年12月", rows, bordered: 60_000 }), "a.xlsx");
    expect(opened).toMatchObject({ ok: false, error: { id: "sheet.too_many_cells", params: { most: 100_000 } } });
  });

  test("rows that are formatted and empty do not count", async () => {
    const rows = [["日期", "主班"], ...days(9, (d) => [d, "王小明"])];
    const reading = await read(await workbook({ name: "2026年12月", rows, bordered: 5000 }), "1x24");
    expect(Object.keys(reading.slots)).toHaveLength(9);
  });

  test("three hundred damaged workbooks: always an answer, never a throw", { timeout: 60_000 }, async () => {
    const good = await workbook({ name: "2026年12月", rows: [["日期", "主班"], ...days(31, (d) => [d, "王小明"])] });
    const next = drawer(seed);
    const answers = new Map<string, number>();
    for (let round = 0; round < 300; round++) {
      const bytes = Uint8Array.from(good);
      for (let hit = 0; hit < 1 + round / 60; hit++)
        bytes[Math.floor(next() * bytes.length)] = Math.floor(next() * 256);
      const [id = ""] = await refusal(round % 10 === 0 ? bytes.slice(0, Math.floor(next() * bytes.length)) : bytes);
      answers.set(id, (answers.get(id) ?? 0) + 1);
    }
    for (const id of answers.keys()) expect(id).toMatch(/^(read|sheet\.\w+)$/);
    expect(answers.get("sheet.broken")).toBeGreaterThan(30);
  });
});
