import { z } from "zod";
import type { LogKind } from "#shared/domain/duty-log/duty-log.ts";
import { logKindNames } from "#shared/domain/duty-log/duty-log.ts";
import { type SheetTable, sheetTableSchema } from "#shared/domain/sheet-table.ts";
import { oneLine } from "#shared/lib/text.ts";
import { onTheWall } from "#shared/lib/time.ts";
import { type LinkKind, linkKindNames } from "./bond.ts";
import { boardNames, type DutyEvent, isGone, isOpen, levelNames, sourceNames, stateNames } from "./event.ts";
import { lengthText } from "./gaps.ts";
import { eventActions, transitionOf } from "./transitions.ts";
import { dwellsOf, totalOf, type Whistle, whistleStateNames, whistleStepNames } from "./whistle.ts";

/** The course of an event for paper and file. Paper speaks Chinese; nothing in it depends on when it is drawn once the event has ended. */
export const eventSheetSchema = z.object({
  office: z.string(),
  title: z.string(),
  under: z.string(),
  /** What the reader must know first: made up, confidential, still open. */
  stamps: z.array(z.string()),
  facts: z.array(z.object({ name: z.string(), text: z.string() })),
  parts: z.array(sheetTableSchema.extend({ title: z.string() })),
});
export type EventSheet = z.infer<typeof eventSheetSchema>;
type Part = EventSheet["parts"][number];

/** One line of the log as the sheet needs it. `who`: name of the officer, or of the machine. */
export interface SheetLine {
  readonly at: number;
  readonly who: string;
  readonly kind: LogKind;
  readonly action: string;
  readonly text: string;
}

export interface EventSheetSource {
  readonly event: DutyEvent;
  readonly office: { readonly streetName: string; readonly offsetMin: number };
  readonly category: string;
  readonly lines: readonly SheetLine[];
  readonly merged: readonly {
    readonly number: string;
    readonly title: string;
    readonly reportedAt: number;
    readonly callerName: string;
    readonly text: string;
  }[];
  readonly links: readonly {
    readonly number: string;
    readonly title: string;
    readonly kind: LinkKind;
    readonly way: "there" | "back";
    readonly text: string;
  }[];
  /** What a person is called who is known by an id. */
  readonly nameOf: (id: string) => string;
  /** Now, for what still runs. */
  readonly at: number;
}

/** Columns by name; short ones with the share of the sheet that they need. */
const columns = (...named: readonly (string | readonly [name: string, share: number])[]): SheetTable["columns"] =>
  named.map((one) => {
    const [name, share] = typeof one === "string" ? [one, null] : one;
    return { name, share, figures: name === "时间" || name === "编号" };
  });

const masked = "（涉密，不打印）";
const none = "无";

/** `2026-11-21 14:03:22` in the zone of the office. */
const clockText = (at: number, offsetMin: number): string =>
  onTheWall(at, offsetMin).toISOString().slice(0, 19).replace("T", " ");

/** TL-1, TL-2: everything that happened to an event, in order; of a confidential one the steps and times without their words. */
export function eventSheet(source: EventSheetSource): EventSheet {
  const { event, office } = source;
  const hidden = event.confidential;
  const open = isOpen(event.state);
  return {
    office: `${office.streetName}治理中心`,
    title: "事件办理经过",
    under: `${event.number} ${hidden ? masked : event.title}`,
    stamps: [open ? "尚未办结" : "", hidden ? "涉密" : "", event.sample ? "示例数据" : ""].filter(Boolean),
    facts: factsOf(source).map((fact) => ({ ...fact, text: fact.text || none })),
    parts: [
      courseOf(source),
      ...event.whistles.map((whistle, index) => whistlePart(source, whistle, index + 1)),
      ...(hidden ? [] : restOf(source)),
    ].filter(({ rows }) => rows.length > 0),
  };
}

function factsOf({ event, office, category }: EventSheetSource): { name: string; text: string }[] {
  const time = (at: number | null) => (at === null ? "" : clockText(at, office.offsetMin));
  const hide = (text: string) => (event.confidential && text ? masked : text);
  const { place } = event;
  const leftMs = event.dueAt === null || event.closedAt === null ? null : event.dueAt - event.closedAt;
  const kept =
    leftMs === null || isGone(event.state) ? "" : leftMs < 0 ? `，超时 ${lengthText(-leftMs, "zh")}` : "，按时";
  return [
    { name: "状态", text: stateNames[event.state].zh + (event.merged ? ` ${event.merged.number}` : "") },
    { name: "等级", text: levelNames[event.level].zh },
    { name: "类别", text: category },
    { name: "板块", text: event.board ? boardNames[event.board].zh : "" },
    { name: "来源", text: sourceNames[event.source].zh },
    { name: "来电人", text: hide([event.callerName, event.callerPhone].filter(Boolean).join(" ")) },
    {
      name: "地点",
      text: hide([place.text, [place.community, place.grid].filter(Boolean).join(" ")].filter(Boolean).join("\uff0c")),
    },
    { name: "事由", text: hide(event.text) },
    { name: "主办", text: event.lead?.name ?? "" },
    { name: "协办", text: event.coHandlers.map(({ name }) => name).join("\u3001") },
    { name: "上报", text: time(event.reportedAt) },
    { name: "到期", text: event.dueAt === null ? "无时限" : time(event.dueAt) },
    { name: "结束", text: time(event.closedAt) },
    {
      name: "用时",
      text: event.closedAt === null ? "" : lengthText(Math.max(0, event.closedAt - event.reportedAt), "zh") + kept,
    },
    { name: "结果", text: hide(event.result) },
  ];
}

function courseOf({ event, lines, office }: EventSheetSource): Part {
  const rows = lines.map((line, index) => {
    const before = lines[index - 1];
    const action = eventActions.find((one) => one === line.action);
    const step = action ? transitionOf(action).label.zh : logKindNames[line.kind].zh;
    const since = before ? `+${lengthText(Math.max(0, line.at - before.at), "zh")}` : "";
    return [clockText(line.at, office.offsetMin), event.confidential ? `${step}${masked}` : line.text, line.who, since];
  });
  return { title: "办理经过", columns: columns(["时间", 18], "内容", ["经手", 14], ["距上一条", 13]), rows };
}

function whistlePart({ event, office, at, nameOf }: EventSheetSource, whistle: Whistle, no: number): Part {
  const hide = (text: string) => (event.confidential && text ? masked : text);
  const rows = dwellsOf(whistle, at).map(({ past, dwellMs }) => [
    clockText(past.at, office.offsetMin),
    whistleStepNames[past.step].zh,
    hide([past.to, past.people, past.text].filter(Boolean).join("\uff0c")),
    past.toldBy ? `${nameOf(past.by)}（${past.toldBy} 告知）` : nameOf(past.by),
    dwellMs === null ? "" : lengthText(dwellMs, "zh"),
  ]);
  const { score } = whistle;
  const total = score && totalOf(score.points);
  const marks = score?.points.map(({ name, points, most }) => `${name} ${points}/${most}`).join("\u3001") ?? "";
  const scored = total ? `，得 ${total.given}/${total.most} 分（${marks}）` : "";
  const title = `第 ${no} 次吹哨（${whistle.kindName}），${whistle.to}，${whistleStateNames[whistle.state].zh}${scored}`;
  return { title, columns: columns(["时间", 18], ["环节", 12], "内容", ["经手", 14], ["停留", 13]), rows };
}

function restOf({ event, office, merged, links, nameOf }: EventSheetSource): Part[] {
  const time = (at: number) => clockText(at, office.offsetMin);
  const { border, urges, review } = event;
  const agreement = border?.agreement;
  return [
    {
      title: "跨区协议",
      columns: columns(["对方", 14], "一次处置", "日常管护", ["商定", 18]),
      rows: border
        ? [
            [
              border.side,
              agreement?.oneOff ?? "尚未商定",
              agreement?.upkeep ?? "",
              agreement ? `${agreement.agreedOn} ${agreement.agreedBy}` : "",
            ],
          ]
        : [],
    },
    {
      title: "并入本件",
      columns: columns(["编号", 15], ["上报", 18], ["来电人", 12], "事由"),
      rows: merged.map((one) => [one.number, time(one.reportedAt), one.callerName, one.text || one.title]),
    },
    {
      title: "关联事件",
      columns: columns(["关系", 12], ["编号", 15], "标题", "说明"),
      rows: links.map((one) => [linkKindNames[one.kind][one.way].zh, one.number, one.title, one.text]),
    },
    {
      title: "催办督办",
      columns: columns(["时间", 18], ["对象", 18], "内容", "答复"),
      rows: urges.map((one) => [
        time(one.at),
        `${one.kind === "urge" ? "催办" : "督办"} ${one.to}`,
        one.text,
        one.answer ? `${time(one.answer.at)} ${one.answer.text}` : "未答复",
      ]),
    },
    {
      title: "复盘",
      columns: columns(["项目", 16], "内容"),
      rows: review
        ? [
            ["发生了什么", review.happened],
            ["做得好的", review.well || none],
            ["要改的", review.change || none],
            ["复盘人", `${nameOf(review.by)} ${time(review.at)}`],
          ]
        : [],
    },
    {
      title: "整改措施",
      columns: columns("措施", ["责任人", 16], ["完成期限", 14]),
      rows: review?.measures.map(({ text, who, dueOn }) => [text, who, dueOn]) ?? [],
    },
  ];
}

/** TL-1: the same sheet as plain text; its form is kept stable, two exports of the same course are the same to the byte. */
export function sheetText(sheet: EventSheet): string {
  const head = [sheet.office, sheet.title, oneLine(sheet.under), ...sheet.stamps.map((stamp) => `【${stamp}】`), ""];
  const facts = sheet.facts.map(({ name, text }) => `${name}：${oneLine(text)}`);
  const parts = sheet.parts.flatMap(({ title, rows }) => [
    "",
    `〔${oneLine(title)}〕`,
    ...rows.map((row) => row.map(oneLine).filter(Boolean).join("  ")),
  ]);
  return `${[...head, ...facts, ...parts].join("\n")}\n`;
}
