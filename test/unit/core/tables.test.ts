import excel, { type Workbook, type Worksheet } from "exceljs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type TableName, tableNames } from "#shared/domain/table/tables.ts";
import { forget, openTestDesk, type TestDesk } from "./desk.ts";

const pin = "2580";
let desk: TestDesk;
beforeAll(async () => {
  desk = await openTestDesk();
  await signIn("admin");
}, 60_000);
afterAll(async () => {
  await desk.close();
  forget(desk.profileDir);
});

async function signIn(grade: string): Promise<void> {
  const { officers } = await desk.get("session.officers");
  const officerId = officers.find((one) => one.grade === grade)?.id ?? "";
  await desk.get("session.signIn", { officerId, pin });
}
const tableOf = (table: TableName) => desk.get("table.get", { table });
const change = async (table: TableName, edit: (cells: string[][]) => string[][], note = "") => {
  const { cells, digest } = await tableOf(table);
  return desk.call("table.publish", { table, cells: edit(cells), was: digest, note });
};

describe("rule tables of a desk", () => {
  test("TB-4: before anybody set one the defaults stand, and say so", async () => {
    const { tables } = await desk.get("table.list");
    expect(tables.map(({ table, source, edition }) => [table, source, edition])).toEqual(
      tableNames.map((table) => [table, "default", 0]),
    );
    expect((await desk.get("system.tables")).categories.label).toBe("默认");
  });

  test("TB-1 TB-4: a published edition counts at once, keeps its history, and events keep what they carried", async () => {
    await signIn("operator");
    const { event } = await desk.get("event.report", { text: "楼下积水", category: "waterlogging" });
    await signIn("admin");
    const done = await change(
      "category",
      (cells) => [
        ...cells.filter(([code]) => code !== "waterlogging"),
        ["ice", "道路结冰", "Ice", "平安法治", "结冰、打滑", "紧急", "", "7", "街道办"],
      ],
      "入冬",
    );
    expect(done).toMatchObject({ ok: true, value: { edition: 1 } });
    const { categories } = await desk.get("system.tables");
    expect(categories.label).toBe("本街第1版");
    expect(categories.rows.find(({ code }) => code === "ice")).toMatchObject({
      level: "urgent",
      relapseDays: 7,
      limitMin: {},
      lead: null,
    });
    // Its events are still called by its name, not by its code.
    expect(categories.former).toEqual([{ code: "waterlogging", name: "暴雨积水", nameEn: expect.any(String) }]);
    expect((await desk.get("event.propose", { text: "桥面结冰打滑" })).category?.code).toBe("ice");
    expect((await desk.get("event.get", { id: event.id })).event).toMatchObject({
      category: "waterlogging",
      limitMin: event.limitMin,
    });
    const check = await desk.get("table.check", { table: "category", cells: (await tableOf("category")).cells });
    expect(check.problems).toContainEqual(
      expect.objectContaining({
        problem: "in_use",
        grave: false,
        params: { name: "暴雨积水", uses: expect.stringMatching(/件未办结事件在用.*；.*“责任清单”\d+ 行/) },
      }),
    );
    const { editions, differs } = await tableOf("category");
    expect(editions).toMatchObject([{ edition: 1, note: "入冬", byName: expect.stringMatching(/./) }]);
    expect(differs.map(({ change: how }) => how).toSorted()).toEqual(["added", "removed"]);
  });

  test("TB-1: the one that was not seen is not overwritten; nothing new is not an edition; the default can be set again", async () => {
    const { cells, defaults, digest } = await tableOf("category");
    expect(await desk.refusal("table.publish", { table: "category", cells: defaults, was: "0".repeat(16) })).toBe(
      "table.changed",
    );
    expect(await desk.refusal("table.publish", { table: "category", cells, was: digest })).toBe("table.same");
    expect((await desk.get("table.publish", { table: "category", cells: defaults, was: digest })).edition).toBe(2);
    expect((await tableOf("category")).differs).toEqual([]);
  });

  test("TB-8: new limits count for what is reported from then on; the ladder too; events keep theirs", async () => {
    await signIn("operator");
    const before = (await desk.get("event.report", { text: "楼下积水", category: "waterlogging" })).event;
    await signIn("admin");
    const clock = await change("clock", (cells) =>
      cells.map((row) =>
        row[0] === "暴雨积水" && row[1] === "一般"
          ? [...row.slice(0, 2), "2分", "", "", "", "", "5小时（工作时间）", ""]
          : row,
      ),
    );
    expect(clock).toMatchObject({ ok: true, value: { edition: 1 } });
    await signIn("operator");
    const after = (await desk.get("event.report", { text: "楼下积水", category: "waterlogging" })).event;
    await signIn("admin");
    expect(after).toMatchObject({
      limitMin: 300,
      limits: { accept: { min: 2 }, acknowledge: null, wholeIn: "business" },
    });
    expect((await desk.get("event.get", { id: before.id })).event.limits).toEqual(before.limits);
    const { categories, clocks } = await desk.get("system.tables");
    expect(categories.rows.find(({ code }) => code === "waterlogging")?.limitMin.normal).toBe(300);
    expect(clocks.label).toBe("本街第1版");
    await change("ladder", (cells) => cells.filter(([level, to]) => level !== "一般" || to === "值班台"));
    expect((await desk.get("system.tables")).clocks.ladder.normal.map(({ to }) => to)).toEqual(["desk"]);
    const empty = await change("ladder", (cells) => cells.filter(([level]) => level !== "一般"));
    expect(empty).toMatchObject({ ok: false, error: { id: "table.wrong" } });
  });

  test("TB-9: new working hours count for what is reported from then on; events keep the calendar of their op", async () => {
    const report = async () => {
      await signIn("operator");
      const { event } = await desk.get("event.report", { text: "楼道堆物", category: "waterlogging" });
      await signIn("admin");
      return event;
    };
    const before = await report();
    expect(before.limits?.calendar?.hours).toEqual([
      [540, 720],
      [840, 1080],
    ]);
    expect(await change("hours", () => [["8:30", "12点", "周一、周二、周三、周四、周五、周六"]])).toMatchObject({
      ok: true,
    });
    expect((await report()).limits?.calendar).toMatchObject({ hours: [[510, 720]], weekdays: [1, 2, 3, 4, 5, 6] });
    expect((await desk.get("event.get", { id: before.id })).event.limits).toEqual(before.limits);
    expect(await change("hours", () => [["22:00", "6:00", "周一"]])).toMatchObject({ error: { id: "table.wrong" } });
  });

  test("TB-3: a wrong cell keeps it from being published, and is named", async () => {
    const done = await change("sop", (cells) => [...cells, ["没有这类", "x", "", "是"]]);
    expect(done).toMatchObject({ ok: false, error: { id: "table.wrong", field: "category", params: { count: 3 } } });
    expect((await tableOf("sop")).source).toBe("default");
  });

  test("TB-7: each table goes out as a workbook and comes back as it was", async () => {
    for (const table of tableNames) {
      const { base64, fileName } = await desk.get("table.sheet", { table });
      const read = await desk.get("table.readSheet", { table, fileName, base64 });
      expect(read.cells, table).toEqual((await tableOf(table)).cells);
      expect(read.missing).toEqual([]);
    }
    const csv = Buffer.from("\ufeff责任清单\n主办,类别*,附注\n公安联勤岗,火灾消防,=1+1\n").toString("base64");
    expect(
      await desk.get("table.readSheet", { table: "responsibility", fileName: "责任.csv", base64: csv }),
    ).toMatchObject({
      cells: [["火灾消防", "", "公安联勤岗", "", ""]],
      missing: ["地点（社区或网格）", "协办", "依据"],
      unknown: ["附注"],
    });
    expect(await desk.call("table.readSheet", { table: "sop", fileName: "责任.csv", base64: csv })).toMatchObject({
      error: { id: "table.other_table", params: { table: "责任清单" } },
    });
  });

  test("TB-7: a column that the file does not have is not emptied; what is typed goes out as it is typed", async () => {
    const csv = (text: string) => Buffer.from(text).toString("base64");
    const read = (base64: string) => desk.get("table.readSheet", { table: "clock", fileName: "时限.csv", base64 });
    const { cells } = await tableOf("clock");
    const fire = cells.filter(([category]) => category === "火灾消防");
    const [first] = fire;
    const typed = [...fire.map(([category, level]) => `${category},${level},9分`), "火灾消防 ,一般,2小时"].join("\n");
    // By code too: it is the same row.
    const { code } = (await desk.get("system.tables")).categories.rows.find((row) => row.name === "火灾消防") ?? {};
    const byCode = await read(csv(`类别,等级,办结\n${code},${first?.[1]},9分`));
    expect(byCode).toMatchObject({ kept: 1, missing: ["受理", "签收", "到场", "反馈", "处置", "依据"] });
    expect(byCode.cells[0]?.slice(2)).toEqual([...(first ?? []).slice(2, 7), "9分", first?.[8]]);
    const named = await read(csv(`类别,等级,办结\n${typed}`));
    expect(named.cells.map((row) => row[2])).toEqual([...fire.map((row) => row[2]), fire.at(-1)?.[2]]);
    // A row that does not stand has nothing to keep; without its name no row is known.
    expect(await read(csv("类别,等级,办结\n没有这类,特急,9分"))).toMatchObject({ kept: 0 });
    expect((await read(csv("等级,办结,受理\n特急,9分,"))).cells[0]?.[2]).toBe("");
    const rows = [["火灾消防", "特急", "半天", "", "", "", "", "", "没写完"]];
    const { base64, fileName } = await desk.get("table.sheet", { table: "clock", cells: rows });
    expect(fileName).toBe("办理时限-未发布.xlsx");
    expect((await desk.get("table.readSheet", { table: "clock", fileName, base64 })).cells).toEqual(rows);
  });

  test("TB-7: what Excel makes of what was typed is read as it was meant, and what is not known is not read as blank", async () => {
    const sheetOf = async (fill: (sheet: Worksheet) => void) => {
      const book = new excel.Workbook();
      fill(book.addWorksheet("表"));
      return Buffer.from(await book.xlsx.writeBuffer()).toString("base64");
    };
    const read = (table: TableName, base64: string, fileName = "表.xlsx") =>
      desk.call("table.readSheet", { table, fileName, base64 });
    // A title over the whole width, and times of the day, which Excel keeps as parts of a day.
    const hours = await sheetOf((sheet) => {
      sheet.addRow(["茶山竹海街道工作时间"]);
      sheet.mergeCells("A1:C1");
      sheet.addRow(["从", "到", "上班的日子"]);
      sheet.addRow([new Date(Date.UTC(1899, 11, 30, 9)), new Date(Date.UTC(1899, 11, 30, 12, 30)), "周一、周二"]);
      for (const address of ["A3", "B3"]) sheet.getCell(address).numFmt = "h:mm";
    });
    expect(await read("hours", hours)).toMatchObject({ value: { cells: [["09:00", "12:30", "周一、周二"]] } });
    const clock = await sheetOf((sheet) => {
      sheet.addRow(["类别", "等级", "受理", "办结"]);
      sheet.addRow(["火灾消防", "特急", "", ""]);
      sheet.getCell("C2").value = { formula: "A9*2" } as never;
      sheet.getCell("D2").value = { formula: "A9*3", result: "3小时" } as never;
      sheet.addRow(["", "一般", "5分", "2天"]);
      sheet.mergeCells("A2:A3");
    });
    const sifted = await read("clock", clock);
    if (!sifted.ok) throw new Error(sifted.error.id);
    const { cells, missing } = sifted.value;
    expect(cells.map((row) => [row[0], row[1], row[2], row[7]])).toEqual([
      ["火灾消防", "特急", "=A9*2", "3小时"],
      ["火灾消防", "一般", "5分", "2天"],
    ]);
    expect(missing).toContain("签收");
    const { problems } = await desk.get("table.check", { table: "clock", cells });
    expect(problems.filter(({ grave }) => grave)).toMatchObject([{ row: 0, column: "accept", problem: "formula" }]);
    const many = await sheetOf((sheet) => {
      sheet.addRow(["代码", "项目", "满分"]);
      for (let row = 0; row < 1_001; row++) sheet.addRow([`c${row}`, "项", 5]);
    });
    expect(await read("criteria", many)).toMatchObject({
      error: { id: "table.too_many_rows", params: { rows: 1_001, most: 1_000 } },
    });
    expect(await read("hours", many)).toMatchObject({ error: { id: "table.other_table" } });
    const lines = Array.from({ length: 10_000 }, (_, row) => `c${row},项,5`);
    const csv = Buffer.from(["代码,项目,满分", ...lines].join("\n")).toString("base64");
    expect(await read("criteria", csv, "标准.csv")).toMatchObject({
      error: { id: "table.too_many_rows", params: { rows: 10_001, most: 1_000 } },
    });
    const picture = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0]).toString("base64");
    expect(await read("criteria", picture, "标准.xlsx")).toMatchObject({ error: { id: "sheet.broken" } });
  });

  test("TB-7: a file that is not this table says what to mend in it; each row that was read says where it stood", async () => {
    const read = async (fill: (book: Workbook) => void) => {
      const book = new excel.Workbook();
      fill(book);
      const base64 = Buffer.from(await book.xlsx.writeBuffer()).toString("base64");
      return desk.call("table.readSheet", { table: "category", fileName: "类别.xlsx", base64 });
    };
    const heading = ["代码", "板块", "名称"];
    const road = ["road", "民生服务", "道路破损"];
    expect(
      await read((book) => {
        book.addWorksheet("说明").addRow(["请看下一张"]);
        const sheet = book.addWorksheet("类别");
        for (const row of [["茶山竹海街道"], heading, road, [], ["lamp", "民生", "路灯"]]) sheet.addRow(row);
      }),
    ).toMatchObject({ value: { sheet: "类别", lines: [3, 5], letters: ["A", "C", "", "B", "", "", "", "", ""] } });
    expect(
      await read((book) => {
        for (const row of [["事件类别"], ["代码", "类别名称", "部门"], road]) book.addWorksheet().addRow(row);
        for (const row of [[], ["代码", "类别名称", "部门"], road]) book.getWorksheet(1)?.addRow(row);
      }),
    ).toMatchObject({ error: { id: "table.heading_lacks", params: { row: 3, columns: "名称、板块" } } });
    expect(
      await read((book) => {
        book.addWorksheet("说明").addRow(["请看下一张"]);
        const sheet = book.addWorksheet("类别", { state: "hidden" });
        for (const row of [heading, road]) sheet.addRow(row);
      }),
    ).toMatchObject({ error: { id: "table.hidden_sheet", params: { sheet: "类别" } } });
    expect(await read((book) => book.addWorksheet().addRow(["物资", "数量"]))).toMatchObject({
      error: { id: "table.no_heading", params: { columns: "代码、名称、板块" } },
    });
  });
});
