import { type DutyEvent, type EventState, laterFields } from "#shared/domain/duty-event/event.ts";
import type { Given, ReportGiven } from "#shared/domain/duty-event/given.ts";
import type { EventAction } from "#shared/domain/duty-event/transitions.ts";
import type { Whistle } from "#shared/domain/duty-event/whistle.ts";
import { type HandoverStatement, noStatement, type SignGiven } from "#shared/domain/handover/handover.ts";
import type { FormOneRecord, HandoverRecord, SignedRecord } from "#shared/domain/handover/record.ts";
import type { Op } from "#shared/op/op.ts";

/** 21 November 2026, 09:05 in China. */
export const at = Date.UTC(2026, 10, 21, 1, 5);
export const minute = 60_000;

export const reportGiven: ReportGiven = {
  number: "20261121-A001",
  source: "grid_worker",
  title: "301路公交增开班次",
  text: "星光社区第二十四网格居民反映301路公交早高峰拥挤",
  level: "normal",
  category: "transport",
  confidential: false,
  callerName: "",
  callerPhone: "",
  place: { text: "星光社区", point: null, community: "星光社区", grid: "第二十四网格" },
  limitMin: 120,
  sample: false,
};

export function eventIn(state: EventState, more: Partial<DutyEvent> = {}): DutyEvent {
  const ended = state === "closed";
  return {
    ...laterFields,
    id: "event-1",
    ...reportGiven,
    ...laterFields,
    state,
    board: null,
    lead: null,
    coHandlers: [],
    reportedAt: at,
    reportedBy: "officer-1",
    dueAt: at + 120 * minute,
    whistle: null,
    result: ended ? "已增开两班" : "",
    closedAt: ended ? at + 60 * minute : null,
    updatedAt: at,
    ...more,
  };
}

/** Enough for each action to be judged by state and grade alone. */
export const fullGiven: Record<Exclude<EventAction, "report">, Given> = {
  accept: { note: "已电话核实" },
  assess: { board: "livelihood", category: "transport", level: "urgent", lead: { kind: "post", name: "交通巡逻岗" } },
  assign: { lead: { kind: "joint_post", name: "综合执法岗" } },
  acknowledge: { party: "综合执法岗", via: "电话" },
  feedback: { text: "已到现场" },
  verify: { text: "回访满意" },
  close: { result: "已增开两班" },
  return: { reason: "不在职责范围" },
  whistle: { whistleKind: "difficult", to: "区交通运输委", text: "请求增开班次" },
  ask_pause: { pauseMin: 3 * 1440, reason: "等待招标" },
  ask_extend: { moreMin: 1440, reason: "材料未到" },
  grant: { note: "同意" },
  refuse: { reason: "不能再拖" },
  pause: { pauseMin: 60, reason: "等待天亮" },
  extend: { moreMin: 120, reason: "增派人手" },
  resume: {},
  reopen: { reason: "问题又出现" },
  void: { reason: "重复登记" },
  hand_back: { reason: "不在本街道范围内" },
  route: { to: "区城市管理局", toldBy: "区中心钱调度" },
  report_in: { people: "区城市管理局执法二队 3 人", toldBy: "钱调度" },
  rate: { scores: [{ code: "timeliness", name: "时效", points: 4, most: 5 }], text: "到得快" },
  dispute: { side: "department", text: "不在管养清单内" },
  decide: { to: "区交通运输委", text: "按属地由交通运输委办", toldBy: "钱调度" },
  withdraw: { reason: "已自行解决" },
  urge: { to: "区交通运输委", text: "请今天到场" },
  supervise: { to: "区交通运输委", text: "明早报告" },
  answer_urge: { to: "区交通运输委", text: "下午三点到" },
  mark_border: { border: "邻区商圈街道" },
  agree: { oneOff: "我方清理 200 米", upkeep: "对方日常管护", agreedBy: "两街道分管领导", agreedOn: "2026-11-20" },
  unmark_border: { reason: "经核在本街范围内" },
  seal: { reason: "涉及未成年人" },
  merge: { into: { eventId: "event-0", number: "20261121-A000", reportedAt: at - minute } },
  unmerge: {},
  split: { parts: ["路面破损", "路灯不亮"] },
  link: { other: { eventId: "event-0", number: "20261121-A000" }, linkKind: "same_cause" },
  unlink: { other: { eventId: "event-0", number: "20261121-A000" } },
  review: {
    happened: "16:30 落水，5 分钟救起",
    measures: [{ text: "加设护栏", who: "建设环保岗", dueOn: "2026-12-01" }],
  },
};

/** A whistle as `whistle` of `fullGiven` leaves it. */
export const calledWhistle: Whistle = {
  kind: "difficult",
  kindName: "疑难",
  to: "区交通运输委",
  text: "请求增开班次",
  at,
  by: "officer-1",
  from: "handling",
  state: "called",
  steps: [{ step: "call", at, by: "officer-1", toldBy: "", to: "区交通运输委", people: "", text: "请求增开班次" }],
  score: null,
};

/** What an event must hold for an action to be judged by state and grade alone. */
export function ready(action: EventAction): Partial<DutyEvent> {
  const by = "officer-1";
  const border = { side: "邻区", text: "", at, by, agreement: null };
  switch (action) {
    case "decide":
      return { whistles: [{ ...calledWhistle, state: "disputed" }] };
    case "rate":
      return { whistles: [{ ...calledWhistle, state: "fed_back" }] };
    case "agree":
    case "unmark_border":
      return { border, whistles: [calledWhistle] };
    case "answer_urge":
      return {
        urges: [{ kind: "urge", to: "区交通运输委", via: "", text: "", at, by, answer: null }],
        whistles: [calledWhistle],
      };
    case "hand_back":
      return { dispatch: { operator: "钱调度", requirement: "", returns: [], recalled: null } };
    case "unlink":
      return {
        links: [{ eventId: "event-0", number: "20261121-A000", kind: "related", text: "", at, by }],
        whistles: [calledWhistle],
      };
    case "unmerge":
      return {
        merged: { eventId: "event-0", number: "20261121-A000", from: "handling", text: "", at, by },
        closedAt: at,
      };
    default:
      return { whistles: [calledWhistle] };
  }
}

export const record: HandoverRecord = {
  form: 2,
  on: "2026-11-21",
  shift: "day",
  shiftName: "白班",
  startAt: at,
  dueAt: at + 720 * minute,
  outgoing: [{ role: "shift_leader", officerId: "officer-1", name: "王值班" }],
  incoming: [
    { role: "shift_leader", officerId: "officer-2", name: "李接班" },
    { role: "main_operator", officerId: "officer-3", name: "陈主班" },
  ],
  office: { streetName: "茶山竹海街道", deskName: "一号席", offsetMin: 480, sample: false },
  limits: { earlyMin: 30, lateMin: 10 },
  opened: 3,
  closed: 1,
  openEvents: [],
  sections: [],
  unconfirmed: { waiting: 0, recorded: 9, oldestAt: null },
  checklist: [{ item: "大屏", ok: true, note: "", required: true }],
  keys: [{ item: "值班室钥匙", unit: "把", count: 2, ok: true, note: "", required: true }],
  remarks: "",
  carryOver: [],
  chain: null,
};

/** As desks signed before there was a form 2. */
export const formOne: FormOneRecord = {
  on: "2026-11-21",
  shift: "day",
  shiftName: "白班",
  startAt: at,
  dueAt: at + 720 * minute,
  outgoing: record.outgoing,
  incoming: record.incoming,
  opened: 3,
  closed: 1,
  openEvents: [],
  whistles: [{ eventId: "event-1", number: "20261121-A001", title: "301路", to: "区交通运输委" }],
  instructions: [{ at, text: "盯紧水位" }],
  warnings: [{ level: "yellow", title: "大雾黄色预警" }],
  unconfirmed: 2,
  checklist: [{ item: "大屏", ok: false, note: "" }],
  remarks: "旧格式",
  carryOver: [{ text: "看护涝点", eventId: null, toOfficerId: "officer-3" }],
};

interface Signing {
  readonly record?: SignedRecord;
  readonly hash?: string;
  /** When it is signed; the end of the shift unless told. */
  readonly signedAt?: number;
  readonly statement?: Partial<HandoverStatement>;
}

export function signing(side: "outgoing" | "incoming", officerId: string, more: Signing = {}): SignGiven {
  const { hash = "a".repeat(64), signedAt = record.dueAt, statement = {} } = more;
  return {
    handoverId: "2026-11-21/day",
    side,
    record: side === "outgoing" ? (more.record ?? record) : null,
    signature: {
      officerId,
      name: officerId,
      at: signedAt,
      recordHash: hash,
      statementHash: "c".repeat(64),
      signature: "sig",
      publicKey: "key",
    },
    statement: { ...noStatement, ...statement },
  };
}

export function opOf(kind: string, body: unknown, more: Partial<Op> = {}): Op {
  return {
    id: "01935c3e-0000-7000-8000-000000000001",
    kind,
    v: 1,
    street: "500118004",
    device: "desk-1",
    seq: 1,
    at,
    by: "officer-1",
    body,
    ...more,
  };
}
