import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readDefaultTables } from "#core/tables.ts";
import type { Party } from "#shared/domain/duty-event/event.ts";
import { takenOut } from "#shared/domain/table/categories-ever.ts";
import { type CheckContext, readTable, writeTable } from "#shared/domain/table/check.ts";
import type { NamedRow } from "#shared/domain/table/column.ts";
import {
  bytesOf,
  judgeTable,
  mostBytes,
  rowChanges,
  type TableEdition,
  tableDigest,
  tableEditionSchema,
} from "#shared/domain/table/edition.ts";
import { workTimeOf } from "#shared/domain/table/hours.ts";
import { laddersOf } from "#shared/domain/table/ladder.ts";
import { columnsOf, type RowOf, type TableName, type TableRow, tableNames } from "#shared/domain/table/tables.ts";
import { responsibleFor, wholeTemplate } from "#shared/domain/table/use.ts";
import { applyOp } from "#shared/op/kinds.ts";
import { resources } from "../resources/read.ts";
import { at, opOf } from "./samples.ts";

const defaults = readDefaultTables(resources);
const parties: Party[] = [
  { kind: "post", name: "交通巡逻岗" },
  { kind: "joint_post", name: "公安联勤岗" },
  { kind: "team", name: "防汛抢险队" },
];
const context: CheckContext = {
  parties,
  rows: (table) =>
    (defaults[table as TableName] as readonly Partial<NamedRow>[]).flatMap(({ code, name, nameEn }) =>
      code ? [{ code, name: name ?? code, ...(nameEn ? { nameEn } : {}) }] : [],
    ),
  inUse: {},
  named: {},
  former: [],
  earlier: () => [],
  language: "zh",
};
const admin = { at, by: "officer-1", grade: "admin" } as const;
const criteria = (most: number): TableRow[] => [{ code: "speed", name: "时效", nameEn: "", most, about: "" }];
const set = (rows: TableRow[], present?: TableEdition, was = present ? tableDigest(present.rows) : "0".repeat(16)) =>
  judgeTable(present, { table: "criteria", rows, was, note: "" }, admin, "street");
const must = <T>(made: { ok: true; value: T } | { ok: false; error: { id: string } }): T => {
  if (!made.ok) throw new Error(made.error.id);
  return made.value;
};

describe("an edition", () => {
  test("TB-1: the next one is numbered, says who, when and what it changed, and stands over the one that was seen", () => {
    const first = must(set(criteria(25)));
    expect(first.head).toMatchObject({ edition: 1, from: "street", by: "officer-1", at, rows: 1, changes: [] });
    const second = must(
      set([...criteria(30), { code: "result", name: "效果", nameEn: "", most: 70, about: "" }], first),
    );
    expect(second.head).toMatchObject({ edition: 2, added: 1, changed: 1, removed: 0 });
    expect(second.head.changes).toContainEqual({ key: "speed", change: "changed", columns: ["most"] });
    expect(second.past).toEqual([first.head]);
    expect(set(criteria(40), second, tableDigest(first.rows))).toMatchObject({ error: { id: "table.changed" } });
  });

  test("TB-4: a category of the street's own keeps its name when an edition takes it out, until one brings it back", () => {
    const row = (code: string, name: string): TableRow => ({ ...defaults.category[0], code, name, nameEn: "" });
    const next = (rows: TableRow[], present?: TableEdition) =>
      must(
        judgeTable(
          present,
          { table: "category", rows, was: present ? tableDigest(present.rows) : "0".repeat(16), note: "" },
          admin,
          "street",
        ),
      );
    const first = next([row("ice", "道路结冰"), row("snow", "积雪")]);
    expect(first.gone).toBeUndefined();
    const second = next([row("snow", "积雪")], first);
    expect(second.gone).toEqual([{ code: "ice", name: "道路结冰", nameEn: "" }]);
    const third = next([row("fog", "大雾")], second);
    expect(third.gone?.map(({ code }) => code)).toEqual(["snow", "ice"]);
    expect(next([row("ice", "结冰路段")], third).gone?.map(({ code }) => code)).toEqual(["fog", "snow"]);
    expect(tableEditionSchema.safeParse(third).success).toBe(true);
  });

  test("TB-4: a category that was taken out twice is called as it was the last time; one that stands is not among them", () => {
    const named = (code: string, name: string) => ({ code, name, nameEn: "", level: "normal" });
    const once = [named("ice", "结冰路段"), named("snow", "积雪"), named("fog", "大雾"), named("ice", "道路结冰")];
    expect(takenOut([named("fog", "浓雾")], once)).toEqual([
      { code: "ice", name: "结冰路段", nameEn: "" },
      { code: "snow", name: "积雪", nameEn: "" },
    ]);
  });

  test("TB-1: nobody but an administrator sets it for a street; the district sets it over whatever stands, in its own name", () => {
    const body = { table: "criteria", rows: criteria(25), was: null, note: "" };
    for (const grade of ["operator", "shift_leader", "leader"] as const)
      expect(applyOp(opOf("table.set", body), undefined, grade)).toMatchObject({
        error: { id: "session.not_allowed" },
      });
    const stands = must(set(criteria(10)));
    expect(applyOp(opOf("table.district", body), stands, "admin")).toMatchObject({ error: { id: "op.author" } });
    const own = opOf("table.district", body, { by: "district", device: "district-500118004" });
    expect(applyOp(own, stands, undefined)).toMatchObject({
      value: {
        state: { head: { edition: 2, from: "district" } },
        log: { text: { zh: expect.stringContaining("评哨标准第 2 版") } },
      },
    });
  });

  test("TB-2: what does not fit one op is refused with its bounds; a key twice is named", () => {
    const wide = Array.from(
      { length: 900 },
      (_, index): TableRow => ({ ...criteria(1)[0], code: `c${index}`, about: "长".repeat(200) }),
    );
    expect(bytesOf(wide)).toBeGreaterThan(mostBytes);
    expect(set(wide)).toMatchObject({ error: { id: "table.too_large", params: { rows: 1000 } } });
    expect(set([...criteria(1), ...criteria(2)])).toMatchObject({
      error: { id: "table.twice", params: { key: "speed" } },
    });
    const many = opOf("table.set", { table: "criteria", rows: Array(1001).fill(criteria(1)[0]), was: null });
    expect(applyOp(many, undefined, "admin")).toMatchObject({ error: { id: "input.invalid" } });
  });

  test("TB-1: the digest knows content, not the order of fields; a new order of rows is another table but no change of a row", () => {
    const [one, two] = [...criteria(1), { code: "b", name: "乙", nameEn: "", most: 2, about: "" }];
    expect(tableDigest([Object.fromEntries(Object.entries(one ?? {}).reverse())])).toBe(tableDigest([one as TableRow]));
    expect(tableDigest([two as TableRow, one as TableRow])).not.toBe(tableDigest([one as TableRow, two as TableRow]));
    expect(rowChanges("criteria", [one as TableRow, two as TableRow], [two as TableRow, one as TableRow])).toEqual([]);
  });
});

describe("cells", () => {
  test("TB-3 TB-4: every default table is read as it is written, in either language, without one problem that keeps it from standing", () => {
    for (const table of tableNames)
      for (const language of ["zh", "en"] as const) {
        const cells = writeTable(table, defaults[table], { ...context, language });
        const read = readTable(table, cells, context);
        expect(
          read.problems.filter(({ grave }) => grave),
          table,
        ).toEqual([]);
        expect(read.rows, table).toEqual(defaults[table]);
      }
  });

  test("TB-3: what is not understood is named by its cell", () => {
    const cells = [
      ["speed", "时效", "", "25", ""],
      ["SPEED!", "", "", "二十", "x".repeat(201)],
      ["", "", "", "", ""],
      ["speed", "重", "", "101", ""],
    ];
    const { problems, rows } = readTable("criteria", cells, context);
    expect(problems.map(({ row, column, problem }) => [row, column, problem])).toEqual([
      [1, "code", "not_code"],
      [1, "name", "required"],
      [1, "most", "not_number"],
      [1, "about", "too_long"],
      [3, "most", "out_of_range"],
      [3, "code", "twice"],
    ]);
    expect(rows).toHaveLength(3);
    // A rare character takes the room of two: too long is said to be too long, by as many as fit.
    expect(readTable("criteria", [["rare", "时效", "", "25", "𠀀".repeat(101)]], context).problems).toMatchObject([
      { column: "about", problem: "too_long", params: { max: 100 } },
    ]);
    expect(readTable("criteria", [["rare", "时效", "", "25", "𠀀".repeat(100)]], context).problems).toEqual([]);
    // A category that is not there is not the blank one, whose row stands beside it.
    const limits = [
      ["没有这类", "特急", "", "", "", "", "", "1天", ""],
      ["", "特急", "", "", "", "", "", "2天", ""],
    ];
    expect(readTable("clock", limits, context).problems.filter(({ grave }) => grave)).toMatchObject([
      { row: 0, column: "category", problem: "unknown_ref" },
    ]);
    expect(readTable("criteria", [["", ""]], context).problems).toMatchObject([{ row: null, problem: "empty" }]);
  });

  test("TB-3: parties and categories are typed by name; who is in no directory is taken and said", () => {
    const [head] = writeTable(
      "responsibility",
      [
        {
          category: "waterlogging",
          place: "",
          lead: parties[1],
          coHandlers: [{ kind: "department", name: "区水利局" }],
          basis: "",
        },
      ],
      context,
    );
    expect(head).toEqual(["暴雨积水", "", "公安联勤岗", "部门：区水利局", ""]);
    const read = readTable("responsibility", [["暴雨积水", "", "网格：属地网格", "自家队伍、防汛抢险队", ""]], context);
    expect(read.rows).toEqual([
      {
        category: "waterlogging",
        place: "",
        lead: { kind: "grid", name: "属地网格" },
        coHandlers: [
          { kind: "post", name: "自家队伍" },
          { kind: "team", name: "防汛抢险队" },
        ],
        basis: "",
      },
    ]);
    expect(read.problems.filter(({ row }) => row === 0)).toMatchObject([
      { column: "coHandlers", problem: "unknown_party", grave: false, params: { typed: "自家队伍" } },
    ]);
    expect(readTable("responsibility", [["没有这类", "", "公安联勤岗", "", ""]], context).problems[0]).toMatchObject({
      column: "category",
      problem: "unknown_ref",
      grave: true,
    });
  });

  test("TB-3: a circle of templates, a state in no step, a category without a lead or still in use are told", () => {
    const template = (code: string, from: string) => [code, code, from, "", "", "", "", "", ""];
    const circle = readTable(
      "template",
      [template("a", "b"), template("b", "c"), template("c", "a"), template("d", "a")],
      context,
    );
    expect(circle.problems.map(({ row, problem }) => [row, problem])).toEqual(
      [0, 1, 2, 3].map((row) => [row, "cyclic"]),
    );
    // Which way it goes round is said: where it is broken is for a person to choose.
    expect(circle.problems.map(({ params }) => params.way)).toEqual(["a→b→c→a", "b→c→a→b", "c→a→b→c", "d→a→b→c→a"]);
    const strip = readTable(
      "strip",
      [
        ["1", "来了", "", "待受理、待研判"],
        ["2", "办", "", "待受理"],
      ],
      context,
    );
    expect(strip.problems).toContainEqual({
      row: 1,
      column: "states",
      problem: "state_twice",
      grave: true,
      params: { name: "待受理" },
    });
    expect(strip.problems.filter(({ problem }) => problem === "state_missing").length).toBe(7);
    const used = readTable("category", [["ice", "结冰", "", "平安法治", "", "", "", ""]], {
      ...context,
      inUse: { fire_alarm: 3, old: 1 },
      named: { fire_alarm: { responsibility: 1, clock: 3 }, environment: { template: 2 }, ice: { sop: 1 } },
      former: [{ code: "old", name: "旧类别" }],
    });
    const uses = Object.fromEntries(used.problems.map(({ params }) => [params.name, params.uses]));
    expect(used.problems.every(({ problem, grave }) => problem === "in_use" && !grave)).toBe(true);
    expect(uses).toEqual({
      火灾消防: "还有 3 件未办结事件在用，那些事件不受影响；“责任清单”1 行、“办理时限”3 行写着它，再也用不上，请一并改",
      旧类别: "还有 1 件未办结事件在用，那些事件不受影响",
      生态环境: "“事件模板”2 行写着它，再也用不上，请一并改",
    });
    const bare = readTable("responsibility", [["火灾消防", "某社区", "公安联勤岗", "", ""]], context);
    expect(bare.problems.filter(({ problem }) => problem === "uncovered")).toHaveLength(defaults.category.length);
  });

  test("TB-3: full-width figures are figures; a formula without its outcome is called one, and only doubted among words", () => {
    const read = (...typed: string[]) => readTable("category", [typed], context);
    const { rows, problems } = read("ｌａｍｐ２", "路灯", "", "民生服务", "", "", "Ｙ", "３０", "");
    expect(problems.filter(({ row }) => row !== null)).toEqual([]);
    expect(rows).toMatchObject([{ code: "lamp2", confidential: true, relapseDays: 30 }]);
    expect(readTable("clock", [["", "特急", "３分", "", "", "", "", "", ""]], context).rows).toMatchObject([
      { accept: { min: 3 } },
    ]);
    expect(
      read("lamp", '=A2&"灯"', "", "民生服务", "", "", "", "=10*3", "")
        .problems.filter(({ row }) => row !== null)
        .map(({ column, problem, grave, params }) => [column, problem, grave, params.typed]),
    ).toEqual([
      ["name", "formula", false, '=A2&"灯"'],
      ["relapseDays", "formula", true, "=10*3"],
    ]);
    // What a spreadsheet writes where it could not reckon is nobody's word.
    expect(
      read("lamp", "#REF!", "#N/A", "民生服务", "路灯、#NAME?", "", "", "", "")
        .problems.filter(({ row }) => row !== null)
        .map(({ column, problem, grave, params }) => [column, problem, grave, params.typed]),
    ).toEqual([
      ["name", "miscalculated", true, "#REF!"],
      ["nameEn", "miscalculated", true, "#N/A"],
      ["keywords", "miscalculated", true, "#NAME?"],
    ]);
    expect(readTable("criteria", [["a1", "时效", "", "#VALUE!", ""]], context).problems).toMatchObject([
      { column: "most", problem: "miscalculated" },
    ]);
    expect(readTable("criteria", [["a1", "#1 楼时效", "", "5", "见 #REF!"]], context).problems).toEqual([]);
  });

  test("TB-8: a limit is typed as people say it; none, none at all, one beyond a year or longer than the whole is told", () => {
    const row = (accept: string, whole: string, category = "", level = "特急") =>
      readTable("clock", [[category, level, accept, "", "", "", "", whole, ""]], context);
    const limits = (accept: string) => row(accept, "").rows[0]?.accept;
    expect(limits("30分")).toEqual({ min: 30, in: "round_the_clock" });
    expect(limits("45")).toEqual({ min: 45, in: "round_the_clock" });
    expect(limits("1天 2小时30分钟")).toEqual({ min: 1590, in: "round_the_clock" });
    expect(limits("7 小时(工作时间)")).toEqual({ min: 420, in: "business" });
    expect(limits("7h working")).toEqual({ min: 420, in: "business" });
    expect([limits(""), limits("不设")]).toEqual([null, null]);
    const told = (...given: Parameters<typeof row>) =>
      row(...given).problems.flatMap(({ column, problem, grave }) => (grave ? [[column, problem]] : []));
    expect(told("0", "")).toEqual([["accept", "limit_range"]]);
    expect(told("400天", "")).toEqual([["accept", "limit_range"]]);
    expect(told("一会儿", "")).toEqual([["accept", "not_limit"]]);
    expect(told("2天（工作时间）", "")).toEqual([["accept", "not_limit"]]);
    expect(told("2小时", "1小时")).toEqual([["accept", "longer"]]);
    expect(told("2小时（工作时间）", "1小时")).toEqual([]);
    expect(told("", "1小时", "没有这类")).toEqual([["category", "unknown_ref"]]);
    expect(row("", "1小时").problems).toMatchObject([
      { problem: "rest_missing", grave: false, params: { name: "紧急" } },
      { problem: "rest_missing", grave: false, params: { name: "一般" } },
    ]);
  });

  test("TB-9: working time is typed as people say it; a stretch that ends before it begins, meets another or has days of its own is told", () => {
    const { rows, problems } = readTable(
      "hours",
      [
        ["14点", "17点半", "周一、周二、Wed"],
        ["0830", "12：00", "Wed,Mon,周二"],
      ],
      context,
    );
    expect(problems).toEqual([]);
    expect(workTimeOf(rows as RowOf<"hours">[])).toEqual({
      hours: [
        { from: "08:30", to: "12:00" },
        { from: "14:00", to: "17:30" },
      ],
      weekdays: [1, 2, 3],
    });
    const told = (...typed: [string, string, string][]) =>
      readTable("hours", typed, context).problems.map(({ row, column, problem }) => [row, column, problem]);
    expect(told(["22:00", "06:00", "周一"])).toEqual([[0, "to", "backwards"]]);
    expect(told(["8", "12", "周一"], ["11:59", "13", "周一"])).toEqual([[1, "from", "overlap"]]);
    expect(told(["8", "12", "周一"], ["12", "13", "周一、周六"])).toEqual([[1, "weekdays", "other_days"]]);
    // Days that were not understood are not told as other days too.
    expect(told(["8", "12", "周一"], ["12", "13", "周一、周八"])).toEqual([[1, "weekdays", "unknown_choice"]]);
    // Words that are no time of the day are not midnight.
    for (const words of ["上午九点", "0.375", "中午", "长".repeat(5000)])
      expect(told([words, "12", "周一"])).toEqual([[0, "from", "not_time"]]);
    expect(told(["25", "", ""])).toEqual([
      [0, "from", "not_time"],
      [0, "to", "required"],
      [0, "weekdays", "required"],
    ]);
    expect(told(...[1, 2, 3, 4, 5].map((at): [string, string, string] => [`${at}`, `${at + 1}`, "周日"]))).toEqual([
      [null, "from", "stretches"],
    ]);
  });

  test("WH-5: a table of more criteria than a score holds is not published", () => {
    const typed = (count: number) => Array.from({ length: count }, (_, at) => [`c${at}`, `项${at}`, "", "5", ""]);
    expect(readTable("criteria", typed(12), context).problems).toEqual([]);
    expect(readTable("criteria", typed(13), context).problems).toMatchObject([
      { row: 12, problem: "criteria_most", grave: true, params: { most: 12 } },
    ]);
  });

  test("TB-8: each level has a ladder that begins with the desk, in whatever order its rungs are typed", () => {
    const rungs = [
      ["特急", "区中心", "10", "30"],
      ["特急", "值班台", "1", "3"],
      ["紧急", "值班长", "5", "15"],
    ];
    const { rows, problems } = readTable("ladder", rungs, context);
    expect(problems.map(({ problem, grave, params }) => [problem, grave, params.name])).toEqual([
      ["ladder_start", true, "紧急"],
      ["ladder_missing", true, "一般"],
    ]);
    expect(laddersOf(rows as RowOf<"ladder">[]).critical.map(({ to }) => to)).toEqual(["desk", "district"]);
    expect(readTable("ladder", [["特急", "值班台", "0", "3"]], context).problems).toContainEqual(
      expect.objectContaining({ column: "answerMinutes", problem: "out_of_range" }),
    );
  });

  test("TB-3: whatever is typed, reading never throws, and what it accepts is written and read back the same", () => {
    const typed = fc.constantFrom(
      "",
      "是",
      "特急",
      "暴雨积水",
      "网格：x",
      "=1+1",
      "a、b，c",
      "9999999999",
      "公安联勤岗",
      "\u202e<b>",
    );
    fc.assert(
      fc.property(
        fc.constantFrom(...tableNames),
        fc.array(fc.array(fc.oneof(typed, fc.string({ maxLength: 12 })), { maxLength: 10 }), { maxLength: 5 }),
        (table, cells) => {
          const first = readTable(table, cells, context);
          if (first.problems.some(({ grave }) => grave)) return;
          const again = readTable(table, writeTable(table, first.rows, context), context);
          expect(again.rows).toEqual(first.rows);
          expect(Object.keys(first.rows[0] ?? {})).toEqual(Object.keys(columnsOf(table)));
        },
      ),
      { seed: 20261121, numRuns: 400 },
    );
  });
});

describe("what tables say of an event", () => {
  const row = (place: string, name: string, coHandlers: Party[] = []) =>
    ({ category: "waterlogging", place, lead: { kind: "post", name } as Party, coHandlers, basis: "" }) as const;
  const rows = [
    row("", "全街岗", [{ kind: "grid", name: "属地网格" }]),
    row("星光社区", "社区岗"),
    row("星光社区第三网格", "网格岗"),
  ];

  test("TB-5: the grid's row goes before the community's, that before the street's; nobody is made up", () => {
    const of = (community: string, grid: string) =>
      responsibleFor(rows, "waterlogging", { community, grid })?.lead.name;
    expect(of("星光社区", "第三网格")).toBe("网格岗");
    expect(of("星光社区", "第四网格")).toBe("社区岗");
    expect(of("别的社区", "第一网格")).toBe("全街岗");
    expect(responsibleFor(rows, "fire_alarm", { community: "", grid: "" })).toBeNull();
  });

  test("TB-5: 属地网格 is the grid of the place; without a grid it is nobody", () => {
    const at = (grid: string) => responsibleFor(rows, "waterlogging", { community: "别的社区", grid })?.coHandlers;
    expect(at("第一网格")).toEqual([{ kind: "grid", name: "别的社区第一网格" }]);
    expect(at("")).toEqual([]);
  });

  test("TB-6: blank cells come from the template below, and a circle ends", () => {
    const { template } = defaults;
    expect(wholeTemplate(template, "waterlogging_trapped")).toMatchObject({
      category: "waterlogging",
      level: "critical",
      title: "积水有人被困",
    });
    const circle = [
      { ...template[0], code: "a", from: "b", title: "" },
      { ...template[0], code: "b", from: "a", title: "乙" },
    ] as typeof template;
    expect(wholeTemplate(circle, "a")).toMatchObject({ code: "a", title: "乙" });
    expect(wholeTemplate(circle, "none")).toBeNull();
  });
});
