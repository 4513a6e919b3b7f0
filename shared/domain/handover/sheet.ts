import { type EventState, levelNames, stateNames } from "#shared/domain/duty-event/event.ts";
import { grouped } from "#shared/domain/duty-log/chain-entry.ts";
import { type DutyRole, roleNames } from "#shared/domain/roster/roster.ts";
import { minuteMs } from "#shared/lib/time.ts";
import { toCrockford } from "#shared/protocol/code.ts";
import { type Handover, type HandoverSide, noStatement, timingOf } from "./handover.ts";
import {
  answered,
  type HandoverLine,
  type HandoverRecord,
  linesOf,
  readRecord,
  type SectionCode,
  stoodKey,
} from "./record.ts";

/**
 * The sheet of a handover, as blocks that paper, PDF and Word draw alike. HO-14: it is made of what was signed and of the
 * words in this file, of nothing else: printed again years later it is the same. Paper speaks Chinese.
 */
export interface Sheet {
  readonly office: string;
  readonly title: string;
  readonly under: string;
  /** What the reader must know first: a draft, one signature missing, made up. */
  readonly stamps: readonly string[];
  readonly blocks: readonly SheetBlock[];
  readonly signatures: readonly SheetSignature[];
  readonly code: { readonly name: string; readonly short: string; readonly qr: string } | null;
  readonly foot: readonly string[];
}

export type SheetBlock =
  | { readonly kind: "facts"; readonly rows: readonly { readonly name: string; readonly lines: readonly string[] }[] }
  | {
      readonly kind: "table";
      readonly title: string;
      /** `width` in percent of the page. */
      readonly columns: readonly { readonly name: string; readonly width: number }[];
      readonly rows: readonly { readonly cells: readonly string[]; readonly eventId: string }[];
    };

export interface SheetSignature {
  readonly side: string;
  readonly name: string;
  readonly at: string;
  readonly notes: readonly string[];
}

const maskWord = "（涉密，不打印）";
const none = "无";
const warningWords: Readonly<Record<string, string>> = { blue: "蓝色", yellow: "黄色", orange: "橙色", red: "红色" };
const markWords = { whistle: "已吹哨", task: "上级交办", report: "信息待报" } as const;
const sectionNames: readonly (readonly [SectionCode, string])[] = [
  ["warning", "生效预警"],
  ["whistle", "吹哨待应"],
  ["task", "上级交办未回复"],
  ["report", "应报信息"],
  ["instruction", "批示请示未办结"],
  ["hazard", "隐患到期"],
  ["fault", "设备故障"],
  ["watch", "在岗核验与查岗"],
  ["closed", "本班办结"],
];

/** `2026年11月21日 20:30`, in the zone of the record. */
function clock(at: number, offsetMin: number): { day: string; short: string; time: string; second: string } {
  const date = new Date(at + offsetMin * minuteMs);
  const two = (value: number) => String(value).padStart(2, "0");
  const time = `${two(date.getUTCHours())}:${two(date.getUTCMinutes())}`;
  return {
    day: `${date.getUTCFullYear()}年${date.getUTCMonth() + 1}月${date.getUTCDate()}日`,
    short: `${two(date.getUTCMonth() + 1)}-${two(date.getUTCDate())} ${time}`,
    time,
    second: `${time}:${two(date.getUTCSeconds())}`,
  };
}

/** Sixteen signs of a hash (80 bits), as they are read out and compared: `7KQ2-M9XD-TR4H-8WZP`. */
export function shortCode(hex: string): string {
  const bytes = Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
  return grouped(toCrockford(bytes, 16));
}

/** A record that nobody has signed yet prints as a draft. */
export interface SheetSource {
  readonly id: string;
  readonly record: HandoverRecord;
  readonly handover: Handover | null;
}

/** `masked`: titles of confidential matters stay out, as everywhere outside the desk's own screen. */
export function sheetOf({ id, record: whole, handover }: SheetSource, { masked }: { readonly masked: boolean }): Sheet {
  const record = masked ? maskedRecord(whole) : whole;
  const { office } = record;
  const time = (at: number) => clock(at, office.offsetMin);
  const from = time(record.startAt);
  const to = time(record.dueAt);
  return {
    office: `${office.streetName}治理中心`,
    title: "值班交接班记录",
    under: `${from.day} ${record.shiftName}（${from.time} 至 ${from.day === to.day ? "" : `${to.day} `}${to.time}）`,
    stamps: stampsOf(record, handover),
    blocks: [
      { kind: "facts", rows: headRows(record) },
      eventTable(record),
      {
        kind: "facts",
        rows: [...sectionRows(record), ...writtenRows(record, handover === null), ...dissentRows(record, handover)],
      },
    ],
    signatures: [signatureOf("outgoing", handover, record), signatureOf("incoming", handover, record)],
    code: handover && codeOf(id, record, handover),
    foot: handover ? footOf(record, handover) : [],
  };
}

/** The sheet of a handover as it was signed, for paper and export. */
export const sheetOfSigned = (handover: Handover): Sheet =>
  sheetOf({ id: handover.id, record: readRecord(handover.record), handover }, { masked: true });

interface Mask {
  readonly isHidden: (one: { readonly confidential: boolean; readonly eventId: string | null }) => boolean;
  /** What stands for a title, and for an item that is left over. */
  readonly title: string;
  readonly item: string;
}
const onPaper: Mask = { isHidden: ({ confidential }) => confidential, title: maskWord, item: `涉密事项${maskWord}` };

/** A record without the words of its confidential matters. */
export function maskedRecord(record: HandoverRecord, { isHidden, title, item }: Mask = onPaper): HandoverRecord {
  const mask = <T extends Parameters<Mask["isHidden"]>[0]>(one: T, over: Partial<T>): T =>
    isHidden(one) ? { ...one, ...over } : one;
  return {
    ...record,
    openEvents: record.openEvents.map((event) => mask(event, { title, note: "" })),
    sections: record.sections.map(({ code, items }) => ({
      code,
      items: items.map((line) => mask(line, { title, detail: "", note: "" })),
    })),
    carryOver: record.carryOver.map((one) => mask(one, { text: item })),
  };
}

function stampsOf({ office }: HandoverRecord, handover: Handover | null): string[] {
  const phase = handover?.phase ?? "draft";
  const word = {
    draft: "草稿，双方未签字",
    offered: "接班一方尚未签字",
    withdrawn: "交班签字已撤回",
    contested: "有异议，待裁定",
    sealed: "",
  }[phase];
  return [word, office.sample ? "示例数据" : ""].filter(Boolean);
}

const crew = (people: HandoverRecord["outgoing"]): string =>
  people.map(({ role, name }) => `${roleNames[role].zh} ${name}`).join("；") || "值班表上没有人";

/** HO-20: it stands beside the names of those who hand over. */
const isStood = ({ key }: HandoverLine): boolean => key.startsWith(stoodKey);

function headRows(record: HandoverRecord) {
  const { openEvents, opened, closed } = record;
  const stood = linesOf(record, "watch")
    .filter(isStood)
    .map((line) => lineText(line, "watch", record.office.offsetMin));
  const late = openEvents.filter(({ dueAt }) => dueAt !== null && dueAt < record.dueAt).length;
  return [
    { name: "交班人员", lines: [crew(record.outgoing), ...stood] },
    { name: "接班人员", lines: [crew(record.incoming)] },
    {
      name: "本班情况",
      lines: [
        `新增 ${opened} 件，办结 ${closed} 件，移交未办结 ${openEvents.length} 件，其中到交班时超时 ${late} 件。`,
      ],
    },
  ];
}

function eventTable(record: HandoverRecord): SheetBlock {
  const columns = [
    { name: "编号", width: 15 },
    { name: "级别", width: 7 },
    { name: "事件", width: 29 },
    { name: "状态", width: 9 },
    { name: "时限", width: 13 },
    { name: "下一步", width: 10 },
    { name: "主办", width: 17 },
  ];
  const rows = record.openEvents.map((event) => {
    const marks = event.marks.map((mark) => markWords[mark]).join("、");
    const note = event.note ? `（${event.note}）` : "";
    const cells = [
      event.number,
      levelNames[event.level as keyof typeof levelNames]?.zh ?? event.level,
      [event.title, marks && `【${marks}】`, note].filter(Boolean).join(""),
      stateNames[event.state as EventState]?.zh ?? event.state,
      event.dueAt === null ? "无时限" : clock(event.dueAt, record.office.offsetMin).short,
      event.next,
      event.lead || "未分派",
    ];
    return { cells, eventId: event.eventId };
  });
  return { kind: "table", title: `未办结事件 ${record.openEvents.length} 件`, columns, rows };
}

function lineText(line: HandoverLine, code: SectionCode, offsetMin: number): string {
  const word = code === "warning" ? (warningWords[line.mark] ?? line.mark) : line.mark;
  const title = line.title.replace(/。$/, "");
  const mark = title.includes(word) ? "" : word;
  const when = line.at === null ? "" : `${timeWords[code] ?? ""}${clock(line.at, offsetMin).short}`;
  const head = [mark, line.number, title].filter(Boolean).join(" ");
  return [head, when, line.detail, line.note && `（${line.note}）`].filter(Boolean).join("，");
}
const timeWords: Partial<Record<SectionCode, string>> = {
  warning: "至 ",
  report: "应于 ",
  task: "时限 ",
  hazard: "到期 ",
};

function sectionRows(record: HandoverRecord) {
  return sectionNames.map(([code, name]) => {
    const lines = linesOf(record, code)
      .filter((line) => !isStood(line))
      .map((line) => lineText(line, code, record.office.offsetMin));
    return { name, lines: lines.length > 0 ? lines : [none] };
  });
}

function writtenRows(record: HandoverRecord, isDraft: boolean) {
  const { checklist, keys, carryOver, unconfirmed, office } = record;
  /** HO-5: nobody has looked yet; what is signed has none of these. */
  const isOpen = (one: { ok: boolean; note: string; required: boolean }) => isDraft && one.required && !answered(one);
  const amiss = checklist.filter((one) => !one.ok && (one.required || one.note) && !isOpen(one));
  const unseen = checklist.filter(isOpen).map(({ item }) => item);
  const uncounted = keys.filter(isOpen).map(({ item }) => item);
  const fine = checklist.filter(({ ok }) => ok).map(({ item, note }) => (note ? `${item}（${note}）` : item));
  const keyText = ({ item, unit, count, ok, note }: HandoverRecord["keys"][number]) =>
    `${item}${count === null ? "" : ` ${count} ${unit}`}${ok ? "" : "（异常）"}${note ? `（${note}）` : ""}`;
  const oldest =
    unconfirmed.oldestAt === null ? "" : `，最早一条记于 ${clock(unconfirmed.oldestAt, office.offsetMin).short}`;
  return [
    {
      name: "设备检查",
      lines: [
        fine.length > 0 ? `正常：${fine.join("、")}` : "",
        amiss.length > 0 ? `异常：${amiss.map(({ item, note }) => `${item}（${note}）`).join("、")}` : "",
        unseen.length > 0 ? `尚未检查：${unseen.join("、")}` : "",
      ].filter(Boolean),
    },
    {
      name: "钥匙物品",
      lines: [
        keys
          .filter((one) => (one.ok || one.note || one.required) && !isOpen(one))
          .map(keyText)
          .join("；") || (uncounted.length > 0 ? "" : none),
        uncounted.length > 0 ? `尚未清点：${uncounted.join("、")}` : "",
      ].filter(Boolean),
    },
    {
      name: "遗留事项",
      lines:
        carryOver.length === 0
          ? [none]
          : carryOver.map((one, index) => `${index + 1}. ${one.text}。由 ${one.toName || "下一班"} 接办`),
    },
    {
      name: "区中心确认",
      lines: [
        unconfirmed.waiting === 0
          ? "交班时本席位记录均已得到区中心确认。"
          : `本席位 ${unconfirmed.recorded} 条记录中有 ${unconfirmed.waiting} 条区中心尚未确认${oldest}。`,
      ],
    },
    { name: "备注", lines: record.remarks ? record.remarks.split("\n") : [none] },
  ];
}

/** Objections of the incoming side and what a leader decided; no rows where there was none. */
function dissentRows(record: HandoverRecord, handover: Handover | null) {
  const said = handover?.statements?.incoming;
  const lines = [
    ...(said?.remarks ? [said.remarks] : []),
    ...(said?.refused ?? []).map(({ carryId, reason }) => {
      const item = record.carryOver.find(({ id }) => id === carryId);
      return `不接“${item?.text ?? ""}”：${reason}`;
    }),
  ];
  const decision = handover?.decision;
  return [
    ...(lines.length > 0 ? [{ name: "接班异议", lines }] : []),
    ...(decision
      ? [
          {
            name: "领导裁定",
            lines: [`${decision.text}（${decision.name} ${clock(decision.at, record.office.offsetMin).short}）`],
          },
        ]
      : []),
  ];
}

function signatureOf(side: HandoverSide, handover: Handover | null, record: HandoverRecord): SheetSignature {
  const name = side === "outgoing" ? "交班人" : "接班人";
  const signature = handover?.[side];
  if (!handover || !signature) return { side: name, name: "", at: "未签字", notes: [] };
  const { kind, minutes } = timingOf(handover.record, signature.at);
  const { reason, absent } = handover.statements?.[side] ?? noStatement;
  const at = clock(signature.at, record.office.offsetMin);
  const isOfSide = record[side].some(({ officerId }) => officerId === signature.officerId);
  return {
    side: name,
    name: signature.name,
    at: `${at.day} ${at.second}`,
    notes: [
      kind === "on_time"
        ? ""
        : `比应交时间${kind === "early" ? "早" : "晚"} ${minutes} 分钟${reason ? `：${reason}` : ""}`,
      ...absent.map((one) => `${roleNames[one.role as DutyRole]?.zh ?? ""} ${one.name} 缺席：${one.why}`),
      absent.length > 0 ? "由带班领导代签" : isOfSide ? "" : "本方没有另外的人可签，由带班领导代签",
    ].filter(Boolean),
  };
}

function codeOf(id: string, record: HandoverRecord, { outgoing }: Handover): Sheet["code"] {
  const { chain } = record;
  const parts = ["ZHISHOU", id, "R", outgoing.recordHash, ...(chain ? ["C", String(chain.no), chain.head] : [])];
  return {
    name: chain ? "值班日志链码" : "记录码",
    short: shortCode(chain?.head ?? outgoing.recordHash),
    qr: parts.join("/").toUpperCase(),
  };
}

function footOf(record: HandoverRecord, { outgoing, withdrawn }: Handover): string[] {
  return [
    `记录码（SHA-256）：${outgoing.recordHash}`,
    ...(record.chain ? [`值班日志链：第 ${record.chain.no} 条 ${record.chain.head}`] : []),
    ...(withdrawn ?? []).map(
      ({ name, at, text }) => `${name} ${clock(at, record.office.offsetMin).short} 撤回过一次交班签字：${text}`,
    ),
  ];
}
