import { describe, expect, test } from "vitest";
import { day, days, read, readAnswered, rulesOf, type Value, weekday, withFormula, workbook } from "./sheet.ts";

/** Slots as `day of month shift role index`, so that an expectation can be read. */
const at = (month: string, slots: Readonly<Record<string, string>>, date: number) =>
  Object.fromEntries(
    Object.entries(slots)
      .filter(([key]) => key.startsWith(`${month}-${String(date).padStart(2, "0")}`))
      .map(([key, officer]) => [key.slice(11), officer])
      .sort(),
  );
const crew = ["王小明", "李明", "赵丽华", "周强"];
const turn = <T>(list: readonly T[], date: number): T => list[date % list.length] as T;

describe("RO-25: sheets with the days going down", () => {
  test("1: one row a day, all names in one cell with 、; merged title, real dates, remarks and signatures", async () => {
    const bytes = await workbook({
      rows: [
        ["双竹镇2026年12月值班安排表", null, null, null],
        ["日期", "星期", "值班人员", "备注"],
        ...days(31, (d) => [
          day(12, d),
          weekday(12, d),
          `张建国、陈国庆、${turn(crew, d)}、${turn(crew, d + 1)}`,
          d === 3 ? "雨天" : null,
        ]),
        ["制表人:刘敏", null, "审核:张建国", null],
      ],
      merges: ["A1:D1"],
    });
    const { first, asked, done } = await readAnswered(bytes, "1x24");
    expect(Object.keys(first.slots), "nothing before the question is answered").toEqual([]);
    expect(asked.map(({ id, proposal }) => [id, proposal])).toEqual([
      ["column:值班人员", "full/"],
      ["placing:roles", "by_grade"],
    ]);
    expect(Object.keys(done.slots)).toHaveLength(124);
    expect(at("2026-12", done.slots, 5)).toEqual({
      "full/leader_on_duty/0": "zhang",
      "full/shift_leader/0": "chen",
      "full/main_operator/0": "li",
      "full/deputy_operator/0": "zhao",
    });
    const cells = new Map(done.sheets[0]?.cells.map((cell) => [cell.cell, cell]));
    expect(cells.get("A3")).toMatchObject({ as: "date", value: "2026-12-01" });
    expect(cells.get("B3")).toMatchObject({ as: "ignored", value: "weekday" });
    expect(cells.get("C3")).toMatchObject({ as: "person", value: "zhang,chen,li,zhao" });
    expect(cells.get("D5")).toMatchObject({ text: "雨天", as: "ignored" });
    expect(cells.get("A34")).toMatchObject({ as: "ignored", value: "remark" });
    expect(done.sheets[0]?.problems).toEqual([]);
  });

  test("2: names with spaces, commas, line breaks, padded, with titles and phones, run together", async () => {
    const ways = [
      "王小明 李 明",
      "王小明,李明",
      "王小明\n李　明",
      "王小明;李明(替)",
      "王小明13800000001 李明13900000002",
      "王小明李明",
      "王小明、 李明、",
      "王小明/李明",
    ];
    const bytes = await workbook({
      rows: [["日期", "值班人员"], ...ways.map((way, index) => [day(12, index + 1), way])],
    });
    const { done } = await readAnswered(bytes, "1x24", { "column:值班人员": "full/main_operator+deputy_operator" });
    for (const index of ways.keys())
      expect(at("2026-12", done.slots, index + 1), ways[index]).toEqual({
        "full/main_operator/0": "wang",
        "full/deputy_operator/0": "li",
      });
  });

  test("3: columns for leader, day and night; dates as text without a year, the year in the file's name", async () => {
    const bytes = await workbook({
      rows: [
        ["日期", "带班领导", "白班主班", "白班副班", "夜班主班", "夜班副班", "联系电话"],
        ...days(31, (d) => [
          `12月${d}日`,
          "刘敏",
          turn(crew, d),
          turn(crew, d + 1),
          turn(crew, d + 2),
          turn(crew, d + 3),
          "023-49800000",
        ]),
      ],
    });
    const { asked, done } = await readAnswered(bytes, "2x12", {}, { fileName: "2026年值班表.xlsx" });
    expect(asked.map(({ id, proposal }) => [id, proposal])).toEqual([["column:带班领导", "*/leader_on_duty"]]);
    expect(at("2026-12", done.slots, 4)).toEqual({
      "day/deputy_operator/0": "li",
      "day/leader_on_duty/0": "liu",
      "day/main_operator/0": "wang",
      "night/deputy_operator/0": "zhou",
      "night/leader_on_duty/0": "liu",
      "night/main_operator/0": "zhao",
    });
  });

  test("4: dates as serial numbers; a heading of two rows, 白班 and 夜班 merged over 主班 and 副班", async () => {
    const bytes = await workbook({
      rows: [
        ["十二月份值班表", null, null, null, null],
        ["日期", "白班", null, "夜班", null],
        [null, "主班", "副班", "主班", "副班"],
        ...days(31, (d) => [46356 + d, ...[0, 1, 2, 3].map((step) => turn(crew, d + step))]),
      ],
      merges: ["A1:E1", "A2:A3", "B2:C2", "D2:E2"],
    });
    const reading = await read(bytes, "2x12");
    expect(reading.questions).toEqual([]);
    expect(Object.keys(reading.slots)).toHaveLength(124);
    expect(at("2026-12", reading.slots, 1)).toEqual({
      "day/main_operator/0": "li",
      "day/deputy_operator/0": "zhao",
      "night/main_operator/0": "zhou",
      "night/deputy_operator/0": "wang",
    });
  });

  test("5: day of the month only, the month in the file's name; the last row is a total", async () => {
    const bytes = await workbook({
      rows: [
        ["日", "周", "主班", "副班"],
        ...days(30, (d) => [d, weekday(11, d), turn(crew, d), turn(crew, d + 2)]),
        ["合计", null, "30", "30"],
      ],
    });
    const reading = await read(bytes, "1x24", { fileName: "值班表202611.xlsx" });
    expect(reading.questions).toEqual([]);
    expect(Object.keys(reading.slots)).toHaveLength(60);
    expect(reading.slots["2026-11-30/full/main_operator/0"]).toBe("zhao");
    expect(reading.sheets[0]?.problems).toEqual([]);
  });

  test("6: two rows a day with merged dates and a column of shifts", async () => {
    const bytes = await workbook({
      rows: [
        ["2026年12月", null, null, null, null],
        ["日期", "班次", "值班长", "主班", "副班"],
        ...days(31, (d) => [
          [`${d}日`, "白班", "陈国庆", turn(crew, d), turn(crew, d + 1)],
          [null, "夜班", "杨帆", turn(crew, d + 2), turn(crew, d + 3)],
        ]).flat(),
      ],
      merges: ["A1:E1", ...days(31, (d) => `A${1 + d * 2}:A${2 + d * 2}`)],
    });
    const reading = await read(bytes, "2x12");
    expect(reading.questions).toEqual([]);
    expect(Object.keys(reading.slots)).toHaveLength(186);
    expect(at("2026-12", reading.slots, 31)).toMatchObject({
      "night/shift_leader/0": "yang",
      "day/main_operator/0": "zhou",
    });
  });

  test("7: a list, one person a row: date, shift, role, name; GB 18030 text with commas", async () => {
    const lines = [
      "日期,班次,岗位,姓名",
      ...days(31, (d) => [
        `2026/12/${d},白班,主班,${turn(crew, d)}`,
        `2026/12/${d},夜班,副班,${turn(crew, d + 1)}`,
      ]).flat(),
    ];
    const bytes = gb18030(lines.join("\r\n"));
    const reading = await read(bytes, "2x12", { fileName: "duty.csv" });
    expect(reading.questions).toEqual([]);
    expect(at("2026-12", reading.slots, 9)).toEqual({ "day/main_operator/0": "li", "night/deputy_operator/0": "zhao" });
    expect(Object.keys(reading.slots)).toHaveLength(62);
  });

  test("8: two halves of the month side by side", async () => {
    const bytes = await workbook({
      rows: [
        ["2026年12月值班表", null, null, null, null, null],
        ["日期", "主班", "副班", "日期", "主班", "副班"],
        ...days(16, (d) => [
          d,
          turn(crew, d),
          turn(crew, d + 1),
          ...(d < 16 ? [d + 16, turn(crew, d + 16), turn(crew, d + 17)] : [null, null, null]),
        ]),
      ],
      merges: ["A1:F1"],
    });
    const reading = await read(bytes, "1x24");
    expect(reading.questions).toEqual([]);
    expect(Object.keys(reading.slots)).toHaveLength(62);
    expect(at("2026-12", reading.slots, 31)).toEqual({
      "full/main_operator/0": "zhou",
      "full/deputy_operator/0": "wang",
    });
  });

  test("9: labels inside the cell: 带班:… 值班:…", async () => {
    const bytes = await workbook({
      rows: [
        ["时间", "值班安排"],
        ...days(7, (d) => [`2026.12.${d}`, `带班领导:张建国 主班:${turn(crew, d)}\n副班:${turn(crew, d + 1)}`]),
      ],
    });
    const reading = await read(bytes, "1x24");
    expect(reading.questions).toEqual([]);
    expect(at("2026-12", reading.slots, 7)).toEqual({
      "full/leader_on_duty/0": "zhang",
      "full/main_operator/0": "zhou",
      "full/deputy_operator/0": "wang",
    });
  });

  test("10: weeks as ranges across the year's end", async () => {
    const bytes = await workbook({
      rows: [
        ["2026年12月—2027年1月带班领导安排", null],
        ["值班时间", "带班领导"],
        ["12月21日-27日", "张建国"],
        ["12月28日-1月3日", "刘敏"],
        ["1月4日—1月10日", "张建国"],
      ],
      merges: ["A1:B1"],
    });
    const reading = await read(bytes, "1x24");
    expect(reading.questions).toEqual([]);
    expect(Object.keys(reading.slots)).toHaveLength(21);
    expect([
      reading.slots["2026-12-27/full/leader_on_duty/0"],
      reading.slots["2026-12-31/full/leader_on_duty/0"],
    ]).toEqual(["zhang", "liu"]);
    expect([
      reading.slots["2027-01-03/full/leader_on_duty/0"],
      reading.slots["2027-01-10/full/leader_on_duty/0"],
    ]).toEqual(["liu", "zhang"]);
  });

  test("11: a matrix on its side: people across, days down, codes", async () => {
    const bytes = await workbook({
      rows: [
        ["12月排班表(2026)", ...crew.map(() => null)],
        ["日期", ...crew],
        ...days(31, (d) => [`${d}号`, ...crew.map((_, i) => turn(["早", "中", "晚", "休"], d + i))]),
      ],
      merges: ["A1:E1"],
    });
    const { asked, done } = await readAnswered(bytes, "3x8", { "placing:roles": "main_operator" });
    expect(asked.map(({ id }) => id)).toEqual(["placing:roles"]);
    expect(Object.keys(done.slots)).toHaveLength(93);
    expect(at("2026-12", done.slots, 1)).toEqual({
      "middle/main_operator/0": "wang",
      "night/main_operator/0": "li",
      "early/main_operator/0": "zhou",
    });
  });
});

describe("RO-25: sheets with the days going across", () => {
  const head = (month: number, count: number, left: readonly Value[], right: readonly Value[] = []) => [
    [...left, ...days(count, (d) => d), ...right],
    [...left.map(() => null), ...days(count, (d) => weekday(month, d)), ...right.map(() => null)],
  ];

  test("12: people by days, two heading rows, roles of the people, 早/中/晚/休, signature column, remarks", async () => {
    const people = [
      ["陈国庆", "值班长", "chen"],
      ["杨帆", "值班长", "yang"],
      ["王小明", "主班", "wang"],
      ["李明", "主班", "li"],
      ["赵丽华", "主班", "zhao"],
    ] as const;
    const bytes = await workbook({
      rows: [
        ["茶山竹海街道2026年12月份排班表", ...days(35, () => null)],
        ...head(12, 31, ["序号", "姓名", "岗位"], ["合计", "签名"]),
        ...people.map(([name, role], row) => [
          row + 1,
          name,
          role,
          ...days(31, (d) => turn(["早", "中", "晚", "休"], d + row)),
          23,
          null,
        ]),
        ["备注:早班8:30-16:30,中班16:30-0:30,晚班0:30-8:30", ...days(35, () => null)],
      ],
      merges: ["A1:AJ1", "A2:A3", "B2:B3", "C2:C3", "A9:AJ9"],
    });
    const reading = await read(bytes, "3x8");
    expect(reading.questions).toEqual([]);
    expect(at("2026-12", reading.slots, 1)).toEqual({
      "middle/shift_leader/0": "chen",
      "night/shift_leader/0": "yang",
      "early/main_operator/0": "li",
      "middle/main_operator/0": "zhao",
    });
    const cells = new Map(reading.sheets[0]?.cells.map((cell) => [cell.cell, cell]));
    expect(cells.get("D2")).toMatchObject({ as: "date", value: "2026-12-01" });
    expect(cells.get("D4")).toMatchObject({ text: "中", as: "code", value: "middle/" });
    expect(cells.get("C4")).toMatchObject({ as: "role", value: "shift_leader" });
    expect(cells.get("A9")).toMatchObject({ as: "ignored", value: "remark" });
    expect(reading.sheets[0]?.problems).toEqual([]);
  });

  test("13: codes A1, A2, B1, B2 are asked, with what the legend says as the suggestion", async () => {
    const codes = ["A1", "A2", "B1", "B2", "休"];
    const bytes = await workbook({
      name: "12月",
      rows: [
        ["姓名", ...days(31, (d) => `12/${d}`)],
        ...[...crew, "欧阳静"].map((name, row) => [name, ...days(31, (d) => turn(codes, d + row))]),
        ["说明:A1=白班主班;A2=白班副班;B1=夜班主班;B2=夜班副班", ...days(31, () => null)],
      ],
    });
    const { first, asked, done } = await readAnswered(bytes, "2x12", {}, { fileName: "2026.xlsx" });
    expect(first.slots).toEqual({});
    expect(asked.map(({ id, proposal }) => [id, proposal]).sort()).toEqual([
      ["code:A1", "day/main_operator"],
      ["code:A2", "day/deputy_operator"],
      ["code:B1", "night/main_operator"],
      ["code:B2", "night/deputy_operator"],
    ]);
    expect(Object.keys(done.slots)).toHaveLength(124);
    expect(at("2026-12", done.slots, 5)).toEqual({
      "day/main_operator/0": "wang",
      "day/deputy_operator/0": "li",
      "night/main_operator/0": "zhao",
      "night/deputy_operator/0": "zhou",
    });
  });

  test("14: ● in a desk of whole days; 代 is asked, 代全 is not", async () => {
    const bytes = await workbook({
      name: "2026年11月",
      rows: [
        ["姓名\\日期", ...days(30, (d) => d)],
        ...crew.map((name, row) => [name, ...days(30, (d) => (d % 4 === row ? "●" : null))]),
        ["欧阳静", "代", ...days(29, (d) => (d === 1 ? "代全" : ""))],
      ],
    });
    const { asked, done } = await readAnswered(bytes, "1x24", {
      "code:代": "full/deputy_operator",
      "placing:roles": "by_grade",
    });
    expect(asked.map(({ id }) => id).sort()).toEqual(["code:代", "placing:roles"]);
    expect(at("2026-11", done.slots, 1)).toEqual({ "full/main_operator/0": "li", "full/deputy_operator/0": "ouyang" });
    expect(at("2026-11", done.slots, 2)).toEqual({
      "full/main_operator/0": "zhao",
      "full/deputy_operator/0": "ouyang",
    });
    expect(done.sheets[0]?.cells.find(({ text }) => text === "代全")).toMatchObject({
      as: "code",
      value: "full/ stand_in",
    });
  });

  test("15: shifts and roles down the side (merged), names in the cells", async () => {
    const bytes = await workbook({
      rows: [
        ["2026年12月第一周值班表", ...days(8, () => null)],
        ["班次", "岗位", ...days(7, (d) => day(12, d))],
        ["白班", "主班", ...days(7, (d) => turn(crew, d))],
        [null, "副班", ...days(7, (d) => turn(crew, d + 1))],
        ["夜班", "主班", ...days(7, (d) => turn(crew, d + 2))],
        [null, "副班", ...days(7, (d) => (d === 7 ? "/" : turn(crew, d + 3)))],
      ],
      merges: ["A1:I1", "A3:A4", "A5:A6"],
      format: "m月d日",
    });
    const reading = await read(bytes, "2x12");
    expect(reading.questions).toEqual([]);
    expect(Object.keys(reading.slots)).toHaveLength(27);
    expect(at("2026-12", reading.slots, 2)).toEqual({
      "day/main_operator/0": "zhao",
      "day/deputy_operator/0": "zhou",
      "night/main_operator/0": "wang",
      "night/deputy_operator/0": "li",
    });
  });

  test("16: a calendar of weeks: a row of dates, under it the names, five times", async () => {
    const rows: Value[][] = [
      ["2026年2月值班表", ...days(7, () => null)],
      [null, ..."一二三四五六日"].map((one) => one),
    ];
    for (let week = 0; week < 4; week++) {
      rows.push(["日期", ...days(7, (d) => `${week * 7 + d}日`).map((one, i) => (week === 0 && i === 6 ? one : one))]);
      rows.push(["主班", ...days(7, (d) => turn(crew, week * 7 + d))]);
      rows.push(["副班", ...days(7, (d) => turn(crew, week * 7 + d + 1))]);
    }
    const bytes = await workbook({ rows, merges: ["A1:H1"] });
    const reading = await read(bytes, "1x24");
    expect(reading.questions).toEqual([]);
    expect(Object.keys(reading.slots)).toHaveLength(56);
    expect(at("2026-02", reading.slots, 28)).toEqual({
      "full/main_operator/0": "wang",
      "full/deputy_operator/0": "li",
    });
  });

  test("17: from the 26th to the 25th: the days run over the end of the year", async () => {
    const numbers = [...days(6, (d) => 25 + d), ...days(25, (d) => d)];
    const bytes = await workbook({
      rows: [
        ["2026年12月26日至2027年1月25日排班", ...numbers.map(() => null)],
        ["人员", ...numbers],
        ["王小明", ...numbers.map((_, i) => (i % 2 === 0 ? "白" : "夜"))],
        ["李明", ...numbers.map((_, i) => (i % 2 === 0 ? "夜" : "白"))],
      ],
    });
    const { done } = await readAnswered(bytes, "2x12");
    expect(done.sheets[0]?.months).toEqual(["2026-12", "2027-01"]);
    expect(Object.keys(done.slots)).toHaveLength(62);
    expect(done.slots["2026-12-26/day/main_operator/0"]).toBe("wang");
    expect(done.slots["2027-01-25/night/main_operator/0"]).toBe("li");
  });

  test("18: several sheets: two months, a hidden old one, a list of phones", async () => {
    const month = (count: number) => [["日期", "主班"], ...days(count, (d) => [d, turn(crew, d)])];
    const bytes = await workbook(
      { name: "11月", rows: month(30) },
      { name: "12月", rows: month(31) },
      { name: "10月", rows: month(31), hidden: true },
      { name: "通讯录", rows: [["姓名", "电话"], ...crew.map((name) => [name, "13800000000"])] },
    );
    const reading = await read(bytes, "1x24", { fileName: "2026年值班表.xlsx" });
    expect(reading.questions).toEqual([]);
    expect(reading.sheets.map(({ sheet, layout, hidden, months }) => [sheet, layout, hidden, months.join()])).toEqual([
      ["11月", "days_down", false, "2026-11"],
      ["12月", "days_down", false, "2026-12"],
      ["10月", "days_down", true, "2026-10"],
      ["通讯录", "none", false, ""],
    ]);
    expect(Object.keys(reading.slots)).toHaveLength(61);
  });
});

describe("RO-25: further habits of real sheets", () => {
  test("19: roles behind the names, and a shift before them: 白:王小明(主班)、李明(副班)", async () => {
    const bytes = await workbook({
      name: "2026年12月",
      rows: [["日期", "白班", "夜班"], ...days(5, (d) => [d, "王小明(主班)、李明(副班)", "主班:赵丽华 副班:周强"])],
    });
    const reading = await read(bytes, "2x12");
    expect(reading.questions).toEqual([]);
    expect(at("2026-12", reading.slots, 5)).toEqual({
      "day/main_operator/0": "wang",
      "day/deputy_operator/0": "li",
      "night/main_operator/0": "zhao",
      "night/deputy_operator/0": "zhou",
    });
  });

  test("20: a week across, 星期一(12月7日), departments merged before the names, full words as codes", async () => {
    const bytes = await workbook({
      rows: [
        ["值班表(2026.12.7-12.13)", ...days(8, () => null)],
        ["部门", "姓名", ...days(7, (d) => `星期${"一二三四五六日"[d - 1]}(12月${d + 6}日)`)],
        ["应急办", "王小明", ...days(7, (d) => (d % 2 === 0 ? "白班" : "休息"))],
        [null, "李 明", ...days(7, (d) => (d % 2 === 0 ? "公休" : "日班"))],
        ["平安办", "赵丽华", ...days(7, () => "夜班")],
      ],
      merges: ["A1:I1", "A3:A4"],
    });
    const { asked, done } = await readAnswered(bytes, "2x12");
    expect(asked.map(({ id }) => id)).toEqual(["placing:roles"]);
    expect(Object.keys(done.slots)).toHaveLength(14);
    expect(at("2026-12", done.slots, 8)).toEqual({ "day/main_operator/0": "wang", "night/main_operator/0": "zhao" });
    expect(done.sheets[0]?.problems).toEqual([]);
  });

  test("21: the weekdays over the dates, real dates shown as days, a row of totals and a blank line in the middle", async () => {
    const bytes = await workbook({
      rows: [
        [null, ...days(31, (d) => `周${weekday(12, d)}`)],
        ["姓名", ...days(31, (d) => day(12, d))],
        ["陈国庆", ...days(31, (d) => (d % 2 === 0 ? "全" : "/"))],
        [],
        ["杨帆", ...days(31, (d) => (d % 2 === 1 ? "√" : null))],
        ["合计", ...days(31, () => 1)],
      ],
      format: "d",
    });
    const { asked, done } = await readAnswered(bytes, "1x24");
    expect(asked.map(({ id }) => id)).toEqual(["placing:roles"]);
    expect(Object.keys(done.slots)).toHaveLength(31);
    expect(done.slots["2026-12-30/full/shift_leader/0"]).toBe("chen");
  });

  test("22: no headings at all: each column is asked", async () => {
    const bytes = await workbook({
      name: "12月",
      rows: days(6, (d) => [`2026-12-${d}`, turn(crew, d), turn(crew, d + 1)]),
    });
    const { first, done } = await readAnswered(bytes, "1x24", {
      "column:B": "full/main_operator",
      "column:C": "full/deputy_operator",
    });
    expect(first.slots).toEqual({});
    expect(first.questions.map(({ id }) => id)).toEqual(["column:B", "placing:roles", "column:C"]);
    expect(Object.keys(done.slots)).toHaveLength(12);
  });

  test("23: a calendar whose cells name the shift before each name", async () => {
    const bytes = await workbook({
      rows: [
        ["2026年6月值班安排", ...days(6, () => null)],
        days(7, (d) => `周${"一二三四五六日"[d - 1]}`),
        days(7, (d) => `6月${d}日`),
        days(7, (d) => `白班:${turn(crew, d)}\n夜班:${turn(crew, d + 1)}`),
        days(7, (d) => `6月${d + 7}日`),
        days(7, (d) => `白:${turn(crew, d)} 夜:${turn(crew, d + 1)}`),
      ],
      merges: ["A1:G1"],
    });
    const { asked, done } = await readAnswered(bytes, "2x12", {
      "column:白班": "day/main_operator",
      "column:夜班": "night/main_operator",
      "column:白": "day/main_operator",
      "column:夜": "night/main_operator",
    });
    expect(asked.map(({ id }) => id).sort()).toEqual([
      "column:夜",
      "column:夜班",
      "column:白",
      "column:白班",
      "placing:roles",
    ]);
    expect(Object.keys(done.slots)).toHaveLength(28);
    expect(at("2026-06", done.slots, 14)).toEqual({ "day/main_operator/0": "zhou", "night/main_operator/0": "wang" });
    expect(done.sheets[0]?.problems.filter(({ code }) => code === "weekday")).toEqual([]);
  });

  test("24: duty days told by their change times, one leader merged over the week, phones in the cells", async () => {
    const bytes = await workbook({
      rows: [
        ["2026年12月", null, null],
        ["值班时间", "带班领导", "主班"],
        ...days(7, (d) => [
          `12月${d}日8:30—12月${d + 1}日8:30`,
          d === 1 ? "张建国" : null,
          `${turn(crew, d)} 13800000000`,
        ]),
      ],
      merges: ["A1:C1", "B3:B9"],
    });
    const reading = await read(bytes, "1x24");
    expect(reading.questions).toEqual([]);
    expect(Object.keys(reading.slots)).toHaveLength(14);
    expect(at("2026-12", reading.slots, 7)).toEqual({
      "full/leader_on_duty/0": "zhang",
      "full/main_operator/0": "zhou",
    });
  });

  test("25: a desk that knows nobody yet asks every name once", async () => {
    const bytes = await workbook({
      name: "2026年12月",
      rows: [["日期", "主班"], ...days(31, (d) => [d, turn(crew, d)])],
    });
    const reading = await read(bytes, "1x24", { officers: [] });
    expect(reading.slots).toEqual({});
    expect(reading.questions.map(({ id }) => id).sort()).toEqual(crew.map((name) => `name:${name}`).sort());
  });
});

describe("asked, remembered, warned", () => {
  test("RO-25, RO-26: unknown names and a missing month are asked; the answers are kept and can be corrected", async () => {
    const bytes = await workbook({
      name: "值班",
      rows: [["日期", "主班"], ...days(10, (d) => [d, d % 2 === 0 ? "王小明" : "王晓明"])],
    });
    const first = await read(bytes, "1x24");
    expect(first.slots).toEqual({});
    expect(first.questions).toMatchObject([{ id: "month:值班", proposal: "2026-12" }]);
    const month = { v: 1, answers: { "month:值班": "2026-11" } } as const;
    const asked = (await read(bytes, "1x24", { mapping: month })).questions;
    const { done, mapping } = await readAnswered(bytes, "1x24", { "name:王晓明": "wang" }, { mapping: month });
    const name = asked.find(({ id }) => id === "name:王晓明");
    expect(name).toMatchObject({ proposal: null, cells: expect.arrayContaining(["B2"]) });
    expect(name?.choices[0]).toBe("wang");
    expect(Object.keys(done.slots)).toHaveLength(10);
    const again = await read(bytes, "1x24", { mapping: JSON.parse(JSON.stringify(mapping)) });
    expect(again).toEqual(done);
    const corrected = await read(bytes, "1x24", {
      mapping: { v: 1, answers: { ...mapping.answers, "name:王晓明": "skip" } },
    });
    expect(Object.keys(corrected.slots)).toHaveLength(5);
  });

  test("RO-25: two officers of one name are a question; so is a shift that the desk does not have", async () => {
    const two = [
      { id: "w1", name: "王伟", grade: "operator" },
      { id: "w2", name: "王伟", grade: "operator" },
    ] as const;
    const bytes = await workbook({ rows: [["日期", "班次", "主班"], ...days(3, (d) => [day(12, d), "早班", "王伟"])] });
    const reading = await read(bytes, "2x12", { officers: two });
    expect(reading.slots).toEqual({});
    expect(reading.questions.map(({ id }) => id).sort()).toEqual(["name:王伟", "shift:早班"]);
    const done = await read(bytes, "2x12", {
      officers: two,
      mapping: { v: 1, answers: { "name:王伟": "w2", "shift:早班": "day" } },
    });
    expect(done.slots["2026-12-03/day/main_operator/0"]).toBe("w2");
  });

  test("RO-25: a wrong weekday, a day that does not exist, one person twice, too many in a role are named", async () => {
    const bytes = await workbook({
      rows: [
        ["日期", "星期", "主班", "副班"],
        ["2026年11月27日", "五", "王小明", "王小明"],
        ["2026年11月28日", "日", "李明、周强", "赵丽华"],
        ["2026年11月31日", "二", "李明", "赵丽华"],
      ],
    });
    const reading = await read(bytes, "1x24");
    const codes = reading.sheets[0]?.problems.map(({ code, cell }) => `${code} ${cell}`) ?? [];
    expect(codes).toEqual(expect.arrayContaining(["weekday A3", "no_such_day A4", "twice D2", "too_many C3"]));
    expect(Object.keys(reading.slots).some((slot) => slot.includes("-31") || slot.startsWith("2026-12"))).toBe(false);
  });

  test("RO-25: people beside a date that cannot be read stand on no day, and not on the day above", async () => {
    const rows = (dates: readonly Value[]) => [
      ["日期", "主班", "副班"],
      ...dates.map((date, i) => [date, turn(crew, i), i === 0 ? null : turn(crew, i + 1)]),
    ];
    const wrong = await read(
      await workbook({ rows: rows(["2026-12-01", "13月9日", "2026-12-45", "12月3日", null, "元旦前"]) }),
      "1x24",
      { rules: rulesOf("1x24", { main_operator: 3, deputy_operator: 3 }) },
    );
    expect(at("2026-12", wrong.slots, 1)).toEqual({ "full/main_operator/0": "wang" });
    const sheet = wrong.sheets[0];
    expect(sheet?.problems).toMatchObject([
      { code: "no_such_day", cell: "A3", params: { text: "13月9日" } },
      { code: "no_such_day", cell: "A4", params: { text: "2026-12-45" } },
      { code: "twice", cell: "B6" },
      { code: "twice", cell: "B7" },
    ]);
    const unread = sheet?.cells.filter(({ as, value }) => as === "unknown" && value === "no_such_day");
    expect(unread?.map(({ cell }) => cell)).toEqual(["A3", "B3", "C3", "A4", "B4", "C4"]);
    // A row without a date, and one that names its day by a word, still belong to the day above.
    expect(Object.values(at("2026-12", wrong.slots, 3)).sort()).toEqual(["li", "wang", "zhao", "zhou"]);
    // Days of the month of which one is missing: what follows is not of the day before it.
    const gap = await read(await workbook({ name: "2026年12月", rows: rows([1, 2, 3, 4, 5, 7, 8]) }), "1x24");
    expect(at("2026-12", gap.slots, 5)).toEqual({ "full/main_operator/0": "wang", "full/deputy_operator/0": "li" });
    expect(gap.sheets[0]?.problems.map(({ code, cell }) => `${code} ${cell}`)).toEqual([
      "no_such_day A7",
      "no_such_day A8",
    ]);
  });

  test("RO-25: people below a date that cannot be read stand on no day; the days beside it stay what they are", async () => {
    const sheetOf = async (dates: readonly Value[]) => {
      const bytes = await workbook({
        name: "2026年12月",
        rows: [
          ["岗位", ...dates],
          ["主班", ...dates.map((_, i) => turn(crew, i))],
        ],
      });
      return read(bytes, "1x24");
    };
    const wrong = await sheetOf([1, 2, 3, 33, 5, 6, 7, "13月8日", 9, 10]);
    const main = (reading: typeof wrong) => days(10, (d) => at("2026-12", reading.slots, d)["full/main_operator/0"]);
    expect(main(wrong)).toEqual(["wang", "li", "zhao", undefined, "wang", "li", "zhao", undefined, "wang", "li"]);
    const named = ({ sheets }: typeof wrong) =>
      sheets[0]?.problems.filter(({ code }) => code === "no_such_day").map(({ cell }) => cell);
    expect(named(wrong)).toEqual(["E1", "I1"]);
    const unread = wrong.sheets[0]?.cells.filter(({ as, value }) => as === "unknown" && value === "no_such_day");
    expect(unread?.map(({ cell }) => cell)).toEqual(["E1", "I1", "E2", "I2"]);
    // A day that was left out breaks the line: what stands apart from the longer part is read as nothing, and named.
    const gap = await sheetOf([1, 2, 4, 5, 6, 7, 8, 9, 10]);
    expect(main(gap).slice(0, 4)).toEqual([undefined, undefined, undefined, "zhao"]);
    expect(named(gap)).toEqual(["B1", "C1"]);
  });

  test("RO-25: a formula whose file does not say what it came to is read as nothing and named by its cell", async () => {
    const book = await workbook({
      rows: [
        ["日期", "主班", "副班"],
        ["2026年12月1日", "王小明", "李明"],
        ["2026年12月2日", "赵丽华", "周强"],
      ],
    });
    const reading = await read(await withFormula(book, "B3", "B2"), "1x24");
    expect(at("2026-12", reading.slots, 2)).toEqual({ "full/deputy_operator/0": "zhou" });
    expect(reading.sheets[0]?.problems).toContainEqual({ code: "formula", cell: "B3", params: { text: "=B2" } });
    expect(reading.sheets[0]?.cells).toContainEqual({ cell: "B3", text: "=B2", as: "unknown", value: "formula" });
  });

  test("RO-25: 12.9, 12.1, 12.11 as numbers: the tenth, not the first", async () => {
    const bytes = await workbook({
      rows: [["日期", "主班"], ...[12.7, 12.8, 12.9, 12.1, 12.11].map((date, i) => [date, turn(crew, i)])],
    });
    const reading = await read(bytes, "1x24", { fileName: "2026.xlsx" });
    expect(Object.keys(reading.slots).map((slot) => slot.slice(0, 10))).toEqual([
      "2026-12-07",
      "2026-12-08",
      "2026-12-09",
      "2026-12-10",
      "2026-12-11",
    ]);
  });

  test("RO-25: every cell with text is accounted for, whatever the shape", async () => {
    const bytes = await workbook({
      rows: [
        ["2026年12月", null, null],
        ["日期", "主班", "天气"],
        ...days(31, (d) => [d, turn([...crew, "临时工甲"], d), d % 3 === 0 ? "晴" : null]),
        ["值班电话:023-49800000", null, null],
        ["签字", null, "刘敏"],
      ],
    });
    const reading = await read(bytes, "1x24", { rules: rulesOf("1x24") });
    const cells = reading.sheets[0]?.cells ?? [];
    expect(cells).toHaveLength(1 + 3 + 62 + 10 + 1 + 2);
    expect(cells.filter(({ as }) => as === "unknown").map(({ text }) => text)).toEqual(days(6, () => "临时工甲"));
  });
});

/** Two bytes for each Chinese character, found by reading every pair: Node writes no GB 18030. */
function gb18030(text: string): Uint8Array {
  const decoder = new TextDecoder("gb18030");
  const pairs = new Map<string, [number, number]>();
  for (let high = 0x81; high < 0xff; high++)
    for (let low = 0x40; low < 0xff; low++)
      if (low !== 0x7f) pairs.set(decoder.decode(Uint8Array.of(high, low)), [high, low]);
  return Uint8Array.from(
    [...text].flatMap((sign) => (sign.charCodeAt(0) < 128 ? [sign.charCodeAt(0)] : (pairs.get(sign) ?? []))),
  );
}
