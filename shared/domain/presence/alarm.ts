import { type Level, levels } from "#shared/domain/duty-event/event.ts";
import type { Bilingual } from "#shared/lib/text.ts";

/** In the meaning of the national warning levels, the gravest first. Yellow: seen once, it can wait. */
export const alarmLevels = ["red", "orange", "yellow"] as const;
export type AlarmLevel = (typeof alarmLevels)[number];

/** What can sound, the most pressing first. */
export const alarmKinds = [
  "duty_check",
  "vigilance",
  "district_word",
  "climbed",
  "event",
  "gap_now",
  "handover",
  "absent",
  "relief",
  "late",
  "swap_void",
  "gap_ahead",
  "gap_past",
] as const;
export type AlarmKind = (typeof alarmKinds)[number];

export const alarmNames: Readonly<Record<AlarmKind, Bilingual>> = {
  duty_check: { zh: "区中心查岗", en: "Duty check" },
  vigilance: { zh: "在岗核验", en: "Vigilance check" },
  event: { zh: "新事件未受理", en: "Not accepted" },
  gap_now: { zh: "有岗无人", en: "Uncovered now" },
  handover: { zh: "交接未完成", en: "Handover overdue" },
  absent: { zh: "到班未签到", en: "Not signed in" },
  relief: { zh: "接班人未签到", en: "Relief not here" },
  district_word: { zh: "区中心答复", en: "Word of the district" },
  climbed: { zh: "超时未办，已逐级上报", en: "Overdue, told higher" },
  late: { zh: "事件超时", en: "Late" },
  swap_void: { zh: "换班没有生效", en: "Swap without effect" },
  gap_ahead: { zh: "七天内有空档", en: "Gaps within 7 days" },
  gap_past: { zh: "过去一天有空档", en: "Gaps in the last day" },
};

interface InOrder {
  readonly level: AlarmLevel;
  readonly kind: AlarmKind;
  /** Of an alarm about events. */
  readonly eventLevel: Level | null;
  readonly sinceAt: number;
  readonly acknowledged: unknown;
}

/** A critical event that nobody has accepted comes right after what the desk itself is asked: a flood must not push it off the screen. */
const pressing = ({ kind, eventLevel }: InOrder): number =>
  kind === "event" && eventLevel === "critical" ? alarmKinds.indexOf("vigilance") + 0.5 : alarmKinds.indexOf(kind);
const gravity = ({ eventLevel }: InOrder): number => (eventLevel ? levels.indexOf(eventLevel) : levels.length);

/** PS-11: the gravest first; of one level the most pressing, then the gravest event, then the oldest; what a person has seen last. */
export const alarmOrder = (a: InOrder, b: InOrder): number =>
  Number(a.acknowledged !== null) - Number(b.acknowledged !== null) ||
  alarmLevels.indexOf(a.level) - alarmLevels.indexOf(b.level) ||
  pressing(a) - pressing(b) ||
  gravity(a) - gravity(b) ||
  a.sinceAt - b.sinceAt;
