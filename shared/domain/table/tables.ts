import { z } from "zod";
import { boardNames, boards, eventStates, levelNames, levels, stateNames } from "#shared/domain/duty-event/event.ts";
import { longestMin } from "#shared/domain/duty-event/hours-kind.ts";
import { climbRungNames, climbRungs, clockStepNames } from "#shared/domain/duty-event/limits.ts";
import type { Bilingual } from "#shared/lib/text.ts";
import {
  type Column,
  choice,
  choices,
  code,
  flag,
  limit,
  number,
  parties,
  party,
  ref,
  text,
  time,
  words,
} from "./column.ts";
import { weekdayCodes, weekdayNames } from "./hours.ts";

/** A table of the district's rules: its columns say what a row is, how it is typed, checked, shown and written out. */
export interface TableKind<C extends Columns = Columns> {
  readonly name: Bilingual;
  /** What it is for, in a sentence. */
  readonly about: Bilingual;
  readonly columns: C;
}
export type Columns = Readonly<Record<string, Column>>;

const kind = <C extends Columns>(name: Bilingual, about: Bilingual, columns: C): TableKind<C> => ({
  name,
  about,
  columns,
});

/** A level that may be left open. */
const usualLevel = (zh: string, en: string) =>
  choice(zh, en, ["", ...levels] as const, { "": { zh: "", en: "" }, ...levelNames }, { otherwise: "" });

/** The rule tables, each with its columns in the order of the screen and of a sheet. */
export const tableKinds = {
  category: kind(
    { zh: "事件类别", en: "Categories" },
    {
      zh: "事由中出现关键词时建议哪一类、通常什么等级；哪些类别涉密；办结后多少天内再发算回潮。",
      en: "Which category and level the words of a report speak for, which are confidential, within how many days a repeat is a relapse.",
    },
    {
      code: code(),
      name: text("名称", "Name", 30, { must: true }),
      nameEn: text("英文名", "English name", 60),
      board: choice("板块", "Board", boards, boardNames),
      keywords: words("关键词", "Keywords", 20, 60),
      level: usualLevel("通常等级", "Usual level"),
      confidential: flag("涉密", "Confidential"),
      relapseDays: number("回潮天数", "Relapse days", 0, 3650),
      basis: text("依据", "Basis", 200),
    },
  ),
  responsibility: kind(
    { zh: "责任清单", en: "Responsibilities" },
    {
      zh: "某类事件由谁主办、谁协办；写了地点的一行优先于没写的。“网格：属地网格”指事发地所在网格。",
      en: "Who leads and who joins for a category; a row with a place goes before one without. “Grid：属地网格” is the grid of the place.",
    },
    {
      category: ref("类别", "Category", "category", { must: true, key: true }),
      place: text("地点（社区或网格）", "Place (community or grid)", 60, { key: true }),
      lead: party("主办", "Lead", { must: true }),
      coHandlers: parties("协办", "Co-handlers", 20),
      basis: text("依据", "Basis", 200),
    },
  ),
  clock: kind(
    { zh: "办理时限", en: "Limits" },
    {
      zh: "每类事件按等级各环节限多久；类别空着的一行管没有自己一行的类别。写“30分”“2小时”“3天”，只计工作时间的写“7小时（工作时间）”，空着为不设。",
      en: "How long each step may take, by category and level; a row without a category serves those without one. Write 30m, 2h, 3d, or 7h working for working time; blank is none.",
    },
    {
      category: ref("类别", "Category", "category", { key: true }),
      level: choice("等级", "Level", levels, levelNames, { key: true }),
      accept: limit(clockStepNames.accept),
      acknowledge: limit(clockStepNames.acknowledge),
      arrive: limit(clockStepNames.arrive),
      report: limit(clockStepNames.report),
      handle: limit(clockStepNames.handle),
      whole: limit(clockStepNames.whole),
      basis: text("依据", "Basis", 200),
    },
  ),
  hours: kind(
    { zh: "工作时间", en: "Working time" },
    {
      zh: "只计工作时间的时限按它计：每行一段，写起止钟点和哪几天上班，各行的日子要一样；放假和调休另按放假通知。",
      en: "What limits in working time count by: a stretch in each row, from when to when, and the days that are worked, the same in each; holidays go by their notice.",
    },
    {
      from: time("从", "From", { key: true }),
      to: time("到", "To"),
      weekdays: choices("上班的日子", "Days worked", weekdayCodes, weekdayNames, { must: true }),
    },
  ),
  ladder: kind(
    { zh: "逐级上报", en: "Ladder" },
    {
      zh: "超时后依次提醒谁：几分钟无人确认就报上一级；有人确认而仍未办到，过多少分钟再报上一级。每个等级都从值班台开始。",
      en: "Whom an overdue event is told: the next one after so many minutes without an answer, or when it is still not done so long after one. Each level begins with the desk.",
    },
    {
      level: choice("等级", "Level", levels, levelNames, { key: true }),
      to: choice("提醒谁", "Told to", climbRungs, climbRungNames, { key: true }),
      answerMinutes: number("无人确认几分钟", "Minutes without an answer", 1, longestMin, { must: true }),
      standMinutes: number("确认后仍未办几分钟", "Minutes after an answer", 1, longestMin, { must: true }),
    },
  ),
  template: kind(
    { zh: "事件模板", en: "Event templates" },
    {
      zh: "常见事件的现成写法。沿用另一个模板时，空着的格子取自那个模板。",
      en: "Ready words for typical events. Blank cells are taken from the template it builds on.",
    },
    {
      code: code(),
      name: text("名称", "Name", 30, { must: true }),
      from: ref("沿用", "Builds on", "template"),
      title: text("标题", "Title", 80),
      text: text("事由", "Text", 1000),
      category: ref("类别", "Category", "category"),
      level: usualLevel("等级", "Level"),
      lead: party("主办", "Lead"),
      coHandlers: parties("协办", "Co-handlers", 20),
    },
  ),
  sop: kind(
    { zh: "处置规程", en: "SOP cards" },
    {
      zh: "每类事件要逐项勾的事，按序号排。",
      en: "What is ticked off for each category, in order of number.",
    },
    {
      category: ref("类别", "Category", "category", { must: true, key: true }),
      no: number("序号", "No.", 1, 60, { must: true, key: true }),
      text: text("事项", "Item", 200, { must: true }),
      must: flag("必做", "Required"),
    },
  ),
  criteria: kind(
    { zh: "评哨标准", en: "Score criteria" },
    { zh: "镇街给部门质效评价打分的项目。", en: "What the street scores a department by." },
    {
      code: code(),
      name: text("项目", "Criterion", 30, { must: true }),
      nameEn: text("英文名", "English name", 60),
      most: number("满分", "Full marks", 1, 100, { must: true }),
      about: text("说明", "Meaning", 200),
    },
  ),
  strip: kind(
    { zh: "六步闭环", en: "Six steps" },
    {
      zh: "事件详情上方的步骤条；每个状态只属于一步。",
      en: "The strip above an event; each state stands in one step.",
    },
    {
      no: number("序号", "No.", 1, 12, { must: true, key: true }),
      name: text("步骤", "Step", 12, { must: true }),
      nameEn: text("英文名", "English name", 40),
      states: choices("状态", "States", eventStates, stateNames),
    },
  ),
} as const satisfies Record<string, TableKind>;

export type TableName = keyof typeof tableKinds;
export const tableNames = Object.keys(tableKinds) as TableName[];
export type RowOf<N extends TableName> = {
  readonly [K in keyof (typeof tableKinds)[N]["columns"]]: (typeof tableKinds)[N]["columns"][K] extends Column<infer S>
    ? z.output<S>
    : never;
};
/** A row of any table. */
export type TableRow = Readonly<Record<string, unknown>>;

export const columnsOf = (table: TableName): Columns => tableKinds[table].columns;

const drawn = (columns: Columns) =>
  z.strictObject(Object.fromEntries(Object.entries(columns).map(([key, { schema }]) => [key, schema])));

/** The check of a row, drawn from its columns. */
export const rowSchemas = Object.fromEntries(
  tableNames.map((table) => [table, drawn(columnsOf(table))]),
) as unknown as {
  readonly [N in TableName]: z.ZodType<RowOf<N>>;
};

/** What a row is called in its own table: the columns of its key. */
export const keyOf = (table: TableName, row: TableRow): string =>
  Object.entries(columnsOf(table))
    .filter(([, { key }]) => key)
    .map(([name]) => String(row[name] ?? ""))
    .join("/");
