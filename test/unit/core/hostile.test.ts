import { inflateRawSync } from "node:zlib";
import { DOMParser } from "@xmldom/xmldom";
import { parse } from "csv-parse/sync";
import excel from "exceljs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type EventColumn, eventColumns, type InputOf } from "#shared/contract.ts";
import { forXml, wellFormed } from "#shared/lib/text.ts";
import { hourMs, minuteMs } from "#shared/lib/time.ts";
import { hostileStrings } from "#test/hostile.ts";
import { answeredDraft } from "../../handover-input.ts";
import { forget, openTestDesk, saturday, type TestDesk } from "./desk.ts";

/** Strings that want to be something else than text, through the whole core: stored, searched, exported, printed. */
const pin = "2580";
let desk: TestDesk;
const ids: string[] = [];

beforeAll(async () => {
  desk = await openTestDesk({ now: saturday + 6 * hourMs + 23 * minuteMs });
  await desk.get("session.signIn", { pin });
}, 30_000);
afterAll(async () => {
  await desk.close();
  forget(desk.profileDir);
});

/** A lone half of a character cannot be written as UTF-8. */
const kept = (text: string) => wellFormed(text.trim());

test("every field of an event, a task and an entry keeps 500 hostile strings as they came, and they are found by themselves", async () => {
  for (const text of hostileStrings) {
    const { event } = await desk.get("event.report", {
      text,
      title: text.slice(0, 80),
      callerName: text.slice(0, 40),
      callerPhone: text.slice(0, 30),
      place: { text: text.slice(0, 200) },
    });
    ids.push(event.id);
    const { event: read } = await desk.get("event.get", { id: event.id });
    expect(read.text).toBe(kept(text));
    expect(JSON.stringify(read)).not.toMatch(/\\ud[89a-f]/);
    for (const search of [text.slice(0, 80), text.slice(-40)]) {
      await desk.get("event.list", { view: "all", search, limit: 1 });
      await desk.get("find", { text: search, limit: 5 });
      await desk.get("intake.places", { text: search, limit: 3 });
    }
    await desk.get("intake.think", { text, phone: text.slice(0, 30), level: "normal", category: "", place: {} });
  }
  for (const [index, text] of hostileStrings.entries()) {
    const eventId = ids[index] ?? "";
    const name = `甲${text}`.slice(0, 60);
    await desk.get("log.write", {
      kind: "call",
      text,
      callerName: text.slice(0, 40),
      unit: text.slice(0, 60),
      eventId,
    });
    if (index % 5 > 0) continue;
    const lead = { kind: "department" as const, name };
    await desk.get("event.transition", { id: eventId, action: "accept", given: { note: text.slice(0, 400) } });
    await desk.get("event.transition", { id: eventId, action: "assign", given: { lead } });
    await desk.get("task.act", {
      eventId,
      taskId: `department:${name.trim()}`,
      action: "report",
      given: { text: `乙${text}`.slice(0, 1_900) },
    });
  }
  // A title is cut where a character ends, or no handover could be signed any more.
  const { event } = await desk.get("event.report", { text: `${"长".repeat(28)}🚒🚒🚒` });
  expect(event.title).toBe(`${"长".repeat(28)}…`);
  expect((await desk.get("log.check")).fault).toBeNull();
}, 60_000);

async function exported(format: "csv" | "xlsx"): Promise<Buffer> {
  const asked: InputOf<"export.events"> = {
    format,
    selection: { view: "all" },
    columns: [...eventColumns] as EventColumn[],
  };
  let state = await desk.get("export.events", asked);
  while (state.phase === "making") {
    await new Promise((resolve) => setTimeout(resolve, 10));
    state = (await desk.get("export.state", { exportId: state.exportId })).state ?? state;
  }
  const parts: Buffer[] = [];
  for (let offset = 0, bytes = 1; offset < bytes; offset += parts.at(-1)?.length ?? bytes) {
    const piece = await desk.get("file.read", { fileId: state.fileId ?? "", offset });
    bytes = piece.bytes;
    parts.push(Buffer.from(piece.base64, "base64"));
  }
  return Buffer.concat(parts);
}

test("LS-6: in Excel and CSV they are text, each in its cell, and none is a formula", async () => {
  const lines = parse(await exported("csv"), { bom: true }) as string[][];
  const { total } = await desk.get("event.list", { view: "all", from: 0, limit: 1 });
  expect(lines).toHaveLength(total + 1);
  expect(lines.flat().filter((cell) => /^[=+\-@\t\r＝＋－＠]/.test(cell))).toEqual([]);
  const book = new excel.Workbook();
  await book.xlsx.load((await exported("xlsx")) as never);
  const sheet = book.getWorksheet("事件");
  expect(sheet?.rowCount).toBe(total + 1);
  const kinds = new Set<number>();
  sheet?.eachRow((row) => row.eachCell((cell) => void kinds.add(cell.type)));
  const plain = [excel.ValueType.String, excel.ValueType.Number, excel.ValueType.Date];
  expect([...kinds].filter((kind) => !plain.includes(kind))).toEqual([]);
});

test("LS-8: on the paper of a list each is one line of text", async () => {
  const lists = [
    await desk.get("paper.events", { name: "全部\u202e\n", selection: { view: "all" }, columns: [...eventColumns] }),
    await desk.get("paper.tasks", { view: "all" }),
  ];
  for (const { columns, rows, ...head } of lists) {
    expect(rows.length).toBeGreaterThan(1);
    for (const row of rows) expect(row).toHaveLength(columns.length);
    for (const text of [...rows.flat(), head.under, head.office])
      expect(text).not.toMatch(/\p{Cc}|[\u202a-\u202e\u2066-\u2069]/u);
  }
});

test("TL-1 TL-2: the course of each goes on paper as lines that nothing in them can break", async () => {
  for (const id of ids) {
    const { text, sheet, fileName } = await desk.get("event.timeline", { id });
    expect(fileName).not.toMatch(/[\\/:*?"<>|]|\p{Cc}/u);
    expect(text.replaceAll("\n", "")).not.toMatch(/\p{Cc}|[\u202a-\u202e\u2066-\u2069]/u);
    expect(sheet.parts[0]?.rows.length).toBeGreaterThan(1);
  }
});

test("HO-4: a handover that carries them is signed, and its Word sheet is sound XML", async () => {
  const draft = await desk.get("handover.draft");
  const sign = { handoverId: draft.handoverId, pin };
  const outgoing = draft.mayOffer[0] ?? "";
  const words = answeredDraft(draft);
  await desk.get("handover.sign", { ...sign, side: "outgoing", officerId: outgoing, ...words });
  const incoming = draft.mayAccept.find((id) => id !== outgoing) ?? "";
  await desk.get("handover.sign", { ...sign, side: "incoming", officerId: incoming });
  const { base64 } = await desk.get("handover.word", { id: draft.handoverId });
  const xml = documentOf(Buffer.from(base64, "base64"));
  expect(xml).toContain("桥面");
  const problems: string[] = [];
  new DOMParser({ onError: (level, problem) => void problems.push(`${level}: ${problem}`) }).parseFromString(
    xml,
    "text/xml",
  );
  expect(problems.filter((problem) => !problem.startsWith("warning"))).toEqual([]);
});

test("TB-7: rule tables, their editions, own views and reasons of opening keep them as text, and a table comes back out of Excel as it went", async () => {
  const { officers } = await desk.get("session.officers");
  const admin = officers.find(({ grade }) => grade === "admin")?.id ?? "";
  const shown = hostileStrings
    .map((text) => text.replace(/\s+/g, " ").trim().slice(0, 30).trim())
    .filter((text) => text.length > 1);
  await desk.get("session.signIn", { officerId: admin, pin });
  const { cells, digest } = await desk.get("table.get", { table: "template", language: "zh" });
  const columns = cells[0]?.length ?? 0;
  const rows = shown.map((text, index) => {
    const row = Array.from({ length: columns }, (_, column) => cells[0]?.[column] ?? "");
    row[0] = `hostile_${index}`;
    row[1] = text;
    return row;
  });
  const { problems } = await desk.get("table.check", { table: "template", cells: [...cells, ...rows] });
  const bad = new Set(problems.filter(({ grave }) => grave).map(({ row }) => row));
  const all = [...cells, ...rows].filter((_, index) => !bad.has(index));
  expect(all.length).toBeGreaterThan(cells.length + 450);
  await desk.get("table.publish", { table: "template", cells: all, was: digest, note: shown[3] ?? "" });
  const { editions, cells: kept } = await desk.get("table.get", { table: "template", language: "zh" });
  expect(editions[0]?.note).toBe(shown[3]);
  const file = await desk.get("table.sheet", { table: "template" });
  expect(await strangeKinds(file.base64)).toEqual([]);
  const back = await desk.get("table.readSheet", { table: "template", fileName: file.fileName, base64: file.base64 });
  // A sheet holds no control signs: they alone are left out.
  const inSheet = (cell: string) => forXml(cell).replaceAll("\u007f", "").trim();
  expect(back.cells).toEqual(kept.map((row) => row.map(inSheet)));

  const leader = officers.find(({ grade }) => grade === "leader")?.id ?? "";
  await desk.get("session.signIn", {
    officerId: officers.find(({ grade }) => grade === "shift_leader")?.id ?? "",
    pin,
  });
  const { event } = await desk.get("event.report", { text: "孩子", confidential: true });
  await desk.get("session.signIn", { officerId: leader, pin });
  for (let at = 0; at < shown.length; at += 12) {
    const names = shown.slice(at, at + 12).map((text) => text.slice(0, 20).trim());
    const views = names.map((name, index) => ({ id: `v${index}`, name, selection: { view: "all" as const } }));
    await desk.get("event.setLook", { views });
    expect((await desk.get("event.look")).views.map(({ name }) => name)).toEqual(names.map(wellFormed));
  }
  for (const reason of shown.slice(0, 60)) await desk.get("event.open", { id: event.id, reason });
  expect((await desk.get("log.check")).fault).toBeNull();
});

test("a month and its gaps go out whole, whatever the people are called and whatever the reasons are", async () => {
  const { officers } = await desk.get("session.officers");
  await desk.get("session.signIn", { officerId: officers.find(({ grade }) => grade === "admin")?.id ?? "", pin });
  const names = hostileStrings.map((text) => text.trim().slice(0, 40).trim()).filter((text) => text.length > 0);
  const month = "2026-11";
  for (let at = 0; at < names.length; at += officers.length) {
    for (const [index, { id }] of officers.entries()) {
      const name = names[at + index];
      if (name) await desk.get("officer.edit", { id, name });
    }
    for (const layout of ["days", "people"] as const)
      expect(await strangeKinds((await desk.get("roster.excel", { month, layout })).base64)).toEqual([]);
    expect(await strangeKinds((await desk.get("roster.gapsFile")).base64)).toEqual([]);
  }
});

/** Kinds of cells in a workbook that are neither text nor a figure. */
async function strangeKinds(base64: string): Promise<string[]> {
  const book = new excel.Workbook();
  await book.xlsx.load(Buffer.from(base64, "base64") as never);
  const kinds = new Set<number>();
  book.eachSheet((sheet) => sheet.eachRow((row) => row.eachCell((cell) => void kinds.add(cell.type))));
  const plain = [excel.ValueType.String, excel.ValueType.Number, excel.ValueType.Merge, excel.ValueType.Null];
  return [...kinds].filter((kind) => !plain.includes(kind)).map((kind) => excel.ValueType[kind] ?? "");
}

/** The text of a Word document: the one entry of the archive that is asked for. */
function documentOf(zip: Buffer): string {
  const name = "word/document.xml";
  let at = zip.lastIndexOf("PK\u0001\u0002");
  for (at = zip.indexOf("PK\u0001\u0002"); at >= 0; at = zip.indexOf("PK\u0001\u0002", at + 4)) {
    const length = zip.readUInt16LE(at + 28);
    if (zip.toString("utf8", at + 46, at + 46 + length) !== name) continue;
    const from = zip.readUInt32LE(at + 42);
    const begins = from + 30 + zip.readUInt16LE(from + 26) + zip.readUInt16LE(from + 28);
    return inflateRawSync(zip.subarray(begins, begins + zip.readUInt32LE(at + 20))).toString("utf8");
  }
  throw new Error(`no ${name}`);
}
