import { z } from "zod";
import type { Bilingual } from "#shared/lib/text.ts";

/** Kinds that a person writes; the others are written by the desk beside its actions, `desk` of itself. */
export const writtenKinds = ["call", "dispatch", "patrol", "instruction", "request", "check", "note"] as const;
export const logKinds = [
  ...writtenKinds,
  "event",
  "roster",
  "handover",
  "officer",
  "asset",
  "hazard",
  "presence",
  "table",
  "desk",
] as const;
export type LogKind = (typeof logKinds)[number];

export const logKindNames: Readonly<Record<LogKind, Bilingual>> = {
  call: { zh: "来电", en: "Call" },
  dispatch: { zh: "调度", en: "Dispatch" },
  patrol: { zh: "巡查", en: "Patrol" },
  instruction: { zh: "领导批示", en: "Instruction" },
  request: { zh: "请示报告", en: "Request" },
  check: { zh: "检查", en: "Check" },
  note: { zh: "记事", en: "Note" },
  event: { zh: "事件", en: "Event" },
  roster: { zh: "排班", en: "Roster" },
  handover: { zh: "交接", en: "Handover" },
  officer: { zh: "人员", en: "People" },
  asset: { zh: "设备", en: "Devices" },
  hazard: { zh: "隐患", en: "Hazards" },
  presence: { zh: "在岗", en: "Presence" },
  table: { zh: "规则表", en: "Rule tables" },
  desk: { zh: "席位", en: "Desk" },
};

/** Stands in the place of words that were erased at the end of their time. */
export const erasedText = "内容已按期限清除";

/** An entry a person wrote: never edited; `corrects` names the entry that it sets right. */
export const writtenEntrySchema = z.strictObject({
  id: z.string().min(1).max(64),
  kind: z.enum(writtenKinds),
  text: z.string().trim().min(1).max(4000),
  callerName: z.string().max(40).default(""),
  callerPhone: z.string().max(30).default(""),
  unit: z.string().max(60).default(""),
  eventId: z.string().max(64).nullable().default(null),
  corrects: z.string().max(64).nullable().default(null),
  /** Since v2: whom and what it speaks of. */
  officerIds: z.array(z.string().min(1).max(64)).max(20).default([]),
  assetIds: z.array(z.string().min(1).max(64)).max(20).default([]),
});
export type WrittenEntry = z.infer<typeof writtenEntrySchema>;
