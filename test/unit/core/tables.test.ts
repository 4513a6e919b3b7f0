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
    expect(await desk.refusal("table.readSheet", { table: "sop", fileName: "责任.csv", base64: csv })).toBe(
      "table.no_heading",
    );
  });
});
