import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { metresBetween } from "#shared/domain/asset/coordinates.ts";
import { openTestDesk, type TestDesk } from "../desk.ts";
import { chooseAgain, csvOf, made, openFile, previewOf, shifted, thingsNearby, until } from "./bring.ts";

let desk: TestDesk;
beforeAll(async () => {
  desk = await openTestDesk();
});
afterAll(() => desk.close());
beforeEach(() => desk.get("session.signIn", { pin: "2580" }));
afterEach(async () => {
  await desk.get("session.signIn", { pin: "2580" });
  for (const { importId } of (await desk.get("import.list")).imports) await desk.get("import.undo", { importId });
  while ((await desk.get("import.list")).imports.length > 0) await new Promise((resolve) => setTimeout(resolve, 10));
});

const world = { west: 100, south: 25, east: 112, north: 33, zoom: 8 };
const total = async () => (await desk.get("asset.viewport", world)).total;
const fiftyThings = thingsNearby(50);

test("IM-1 IM-3: a table in GCJ-02 is found out, taken as a whole, and stands where the things are", async () => {
  const before = await total();
  const state = await openFile(desk, "消火栓.csv", Buffer.from(csvOf(shifted(fiftyThings, "gcj02"))));
  const preview = previewOf(state);
  expect(preview).toMatchObject({
    system: "gcj02",
    systemBy: "found",
    rows: 50,
    good: 50,
    problems: [],
    warning: null,
  });
  expect(preview.choices.columns).toEqual({ code: 0, kind: 1, name: 2, lng: 3, lat: 4, remark: 5 });
  expect(preview.pins).toHaveLength(50);
  expect(await total(), "nothing is taken by looking").toBe(before);
  await desk.get("import.take", { importId: state.importId });
  await until(desk, "done");
  expect(await total()).toBe(before + 50);
  for (const thing of fiftyThings.slice(0, 10)) {
    const { asset } = await desk.get("asset.get", { id: thing.code });
    expect(asset).toMatchObject({ kind: "hydrant", name: thing.name, status: "ok", sample: false });
    expect(metresBetween(asset, thing)).toBeLessThan(1);
  }
  const { imports } = await desk.get("import.list");
  expect(imports[0]).toMatchObject({
    importId: state.importId,
    fileName: "消火栓.csv",
    system: "gcj02",
    rows: 50,
    taken: 50,
    state: "done",
    by: expect.stringMatching(/./),
  });
});

test("IM-3: choosing another system than the ground says is warned of, with the distance", async () => {
  const opened = await openFile(desk, "a.csv", Buffer.from(csvOf(shifted(fiftyThings, "gcj02"))));
  const { warning, systemBy } = previewOf(await chooseAgain(desk, opened, { system: "wgs84" }));
  expect(systemBy).toBe("officer");
  expect(warning?.system).toBe("gcj02");
  expect(warning?.offM).toBeGreaterThan(300);
  expect(warning?.offM).toBeLessThan(800);
});

test("IM-3: where nobody knows the system, nothing is taken before an officer has said it", async () => {
  const far = fiftyThings
    .slice(0, 5)
    .map((thing, i) => ({ ...thing, lng: 105.86 + i * 0.013, lat: 29.385 + ((i * 7) % 5) * 0.011 }));
  const opened = await openFile(desk, "a.csv", Buffer.from(csvOf(far)));
  expect(previewOf(opened).systemBy).toBe("unknown");
  expect(await desk.refusal("import.take", { importId: opened.importId })).toBe("import.system_open");
  const chosen = await chooseAgain(desk, opened, { system: "wgs84" });
  expect(await desk.refusal("import.take", { importId: chosen.importId })).toBe("none");
  await until(desk, "done");
});

test("IM-10: every row that is not taken is saved with its reason, and comes back once it is mended", async () => {
  const [thing] = fiftyThings as [(typeof fiftyThings)[0]];
  const rows = Array.from({ length: 150 }, (_, i) =>
    i < 140
      ? `B${i},消防栓,=缺坐标${i},,,坡道${i}`
      : i < 149
        ? `B${i},消防栓,好的${i},${thing.lng + i * 0.0005},${thing.lat},`
        : `CS-VP-001,消防栓,登记过,${thing.lng},${thing.lat},`,
  );
  const text = ["编号,类别,名称,经度,纬度,安装位置", ...rows].join("\n");
  const opened = await chooseAgain(desk, await openFile(desk, "水带.csv", Buffer.from(text)), { system: "wgs84" });
  expect(previewOf(opened)).toMatchObject({ rows: 150, good: 9 });
  const { importId } = opened;
  const sheet = await made(desk, await desk.get("export.left", { importId }));
  expect(sheet.fileName).toBe("水带_不导入的行.xlsx");
  const { Workbook } = await import("exceljs");
  const book = new Workbook();
  await book.xlsx.load(sheet.bytes.buffer as ArrayBuffer);
  const lines: unknown[][] = [];
  book.worksheets[0]?.eachRow((row) =>
    lines.push(Array.from((row.values as unknown[]).slice(1), (cell) => cell ?? "")),
  );
  expect(lines).toHaveLength(142);
  expect(lines[0]).toEqual(["行", "不导入的原因", "编号", "类别", "名称", "经度", "纬度", "安装位置"]);
  // A text that begins like a formula is a text.
  expect(lines[140]).toEqual([141, "没有坐标", "B139", "消防栓", "=缺坐标139", "", "", "坡道139"]);
  expect(lines[141]?.slice(0, 5)).toEqual([151, "编号已登记过", "CS-VP-001", "消火栓", "登记过"]);

  // After the taking it is there still; mended, the sheet is a file like any other.
  await desk.get("import.take", { importId });
  await until(desk, "done");
  expect((await made(desk, await desk.get("export.left", { importId }))).bytes.length).toBeGreaterThan(1_000);
  for (const [at, line] of lines.entries())
    if (at > 0 && at < 141) line.splice(5, 2, thing.lng - at * 0.00003, thing.lat);
  const mended = lines.slice(0, 141).map((line) => line.join(","));
  const again = await openFile(desk, "水带_不导入的行.csv", Buffer.from(mended.join("\n")));
  expect(previewOf(await chooseAgain(desk, again, { system: "wgs84" }))).toMatchObject({ rows: 140, good: 140 });
  expect(await desk.refusal("export.left", { importId })).toBe("import.unknown");
});

test("IM-2 IM-4: what is not understood is left out with its reason; words for kinds are answered once", async () => {
  const [a, b] = fiftyThings as [(typeof fiftyThings)[0], (typeof fiftyThings)[0]];
  const place = `${a.lng},${a.lat}`;
  const text = [
    "永川区茶山竹海街道设备台账,,,,,",
    "设备编号,设备类型,设备名称,经度,纬度,运行状态",
    `A1,消防栓,一号,${place},正常`,
    `A2,神秘装置,二号,${b.lng},${b.lat},正常`,
    "A3,消防栓,三号,,,正常",
    "A4,消防栓,四号,不详,29.4,正常",
    "A5,消防栓,五号,116.4,39.9,正常",
    `A1,消防栓,六号,${b.lng},${b.lat},正常`,
    `A7,消防栓,一号,${a.lng + 0.00005},${a.lat},正常`,
    `CS-VP-001,消防栓,八号,${b.lng},${b.lat},正常`,
    `A9,消防栓,九号,${b.lng + 0.002},${b.lat},忽好忽坏`,
    `,消防栓,,${b.lng + 0.003},${b.lat},离线`,
    `A11,消防栓,十一号,"105°52′05.1″E","29°28′02.9″N",故障`,
  ].join("\n");
  const opened = await chooseAgain(desk, await openFile(desk, "台账.csv", Buffer.from(text)), { system: "wgs84" });
  const preview = previewOf(opened);
  const found = Object.fromEntries(preview.problems.map(({ problem, rows }) => [problem, rows]));
  expect(found).toEqual({
    unknown_kind: [4],
    no_place: [5],
    bad_place: [6],
    outside: [7],
    twice: [8],
    near: [9],
    exists: [10],
    unknown_status: [11],
    no_name: [12],
  });
  expect(preview).toMatchObject({ rows: 11, good: 2, unknownKinds: [{ word: "神秘装置", count: 1 }] });
  const again = await chooseAgain(desk, opened, { kindWords: { 神秘装置: "pond" } });
  expect(previewOf(again).good).toBe(3);
  await desk.get("import.take", { importId: again.importId });
  await until(desk, "done");
  expect((await desk.get("asset.get", { id: "A2" })).asset.kind).toBe("pond");
  const broken = (await desk.get("asset.get", { id: "A11" })).asset;
  expect(broken.status).toBe("fault");
  expect(metresBetween(broken, { lng: 105.868083, lat: 29.467472 })).toBeLessThan(1);
  // The word is known in the next file.
  const next = await openFile(
    desk,
    "下月.csv",
    Buffer.from(`名称,类型,经度,纬度\n又一处,神秘装置,${b.lng + 0.004},${b.lat}`),
  );
  expect(previewOf(next).unknownKinds).toEqual([]);
});

test("IM-4: the columns of a file are corrected once and known the next time", async () => {
  const text = (name: string) =>
    `甲,乙,丙,丁\n${fiftyThings
      .slice(0, 20)
      .map(({ lng, lat }, i) => `${lat},${lng},${name}${i},蓄水池`)
      .join("\n")}`;
  const opened = await openFile(desk, "a.csv", Buffer.from(text("旧")));
  expect(previewOf(opened).good).toBe(0);
  const chosen = await chooseAgain(desk, opened, { system: "wgs84", columns: { lat: 0, lng: 1, name: 2, kind: 3 } });
  expect(previewOf(chosen).good).toBe(20);
  await desk.get("import.take", { importId: chosen.importId });
  await until(desk, "done");
  const next = await openFile(desk, "b.csv", Buffer.from(text("新")));
  expect(previewOf(next).choices.columns).toEqual({ lat: 0, lng: 1, name: 2, kind: 3 });
});

test("IM-6: a whole import is undone, and nothing else", async () => {
  const before = await total();
  const first = await openFile(desk, "a.csv", Buffer.from(csvOf(shifted(fiftyThings.slice(0, 30), "bd09"))));
  expect(previewOf(first).system).toBe("bd09");
  await desk.get("import.take", { importId: first.importId });
  await until(desk, "done");
  const second = await openFile(desk, "b.csv", Buffer.from(csvOf(fiftyThings.slice(30))));
  await desk.get("import.take", { importId: second.importId });
  await until(desk, "done");
  expect(await total()).toBe(before + 50);
  await desk.get("import.undo", { importId: first.importId });
  for (let i = 0; i < 200 && (await total()) > before + 20; i++)
    await new Promise((resolve) => setTimeout(resolve, 10));
  expect(await total()).toBe(before + 20);
  expect((await desk.get("import.list")).imports.map(({ importId }) => importId)).toEqual([second.importId]);
  expect(await desk.refusal("asset.get", { id: "XH-1000" })).toBe("asset.unknown");
  expect(await desk.refusal("import.undo", { importId: first.importId })).toBe("import.unknown");
  // What was brought in last is no longer told as standing once it is undone.
  expect((await desk.get("import.state")).state?.phase).toBe("done");
  await desk.get("import.undo", { importId: second.importId });
  expect((await desk.get("import.state")).state).toBeNull();
});

test("IM-5: an import that is left in the middle leaves nothing", async () => {
  const before = await total();
  const many = Array.from({ length: 40_000 }, (_, i) => ({
    ...(fiftyThings[i % 50] as (typeof fiftyThings)[0]),
    code: `M-${i}`,
    name: `点${i}`,
  }));
  const opened = await openFile(desk, "many.csv", Buffer.from(csvOf(many)));
  await desk.get("import.take", { importId: opened.importId });
  let seen = 0;
  for (let i = 0; i < 10_000 && seen === 0; i++) {
    seen = (await desk.get("import.state")).state?.done ?? 0;
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  expect(seen).toBeGreaterThan(0);
  expect(await total(), "what has come shows only with all the rest").toBe(before);
  await desk.get("import.leave", { importId: opened.importId });
  expect((await desk.get("import.state")).state).toBeNull();
  for (let i = 0; i < 300 && (await desk.call("asset.get", { id: "M-0" })).ok; i++)
    await new Promise((resolve) => setTimeout(resolve, 10));
  expect(await total()).toBe(before);
  expect((await desk.get("import.list")).imports).toEqual([]);
});

test("IM-8: an operator looks and does not take", async () => {
  const { officers } = await desk.get("officer.list");
  const operator = officers.find(({ grade }) => grade === "operator");
  await desk.get("session.signIn", { officerId: operator?.id ?? "", pin: "2580" });
  const opened = await openFile(desk, "a.csv", Buffer.from(csvOf(fiftyThings)));
  expect(await desk.refusal("import.take", { importId: opened.importId })).toBe("session.not_allowed");
});

test("IM-7: a piece out of order or too much of it is refused; the same piece twice does no harm", async () => {
  const { fileId } = await desk.get("file.begin", { fileName: "a.csv", bytes: 6 });
  const base64 = Buffer.from("abc").toString("base64");
  expect(await desk.refusal("file.piece", { fileId, offset: 3, base64 })).toBe("file.order");
  await desk.get("file.piece", { fileId, offset: 0, base64 });
  await desk.get("file.piece", { fileId, offset: 0, base64 });
  expect(await desk.refusal("import.open", { fileId })).toBe("file.unknown");
  expect(await desk.refusal("file.piece", { fileId, offset: 3, base64: Buffer.from("defg").toString("base64") })).toBe(
    "file.order",
  );
  expect(await desk.refusal("file.piece", { fileId: "no-such", offset: 0, base64 })).toBe("file.unknown");
});
