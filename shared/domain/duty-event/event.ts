import { z } from "zod";
import { attachmentSchema } from "#shared/domain/attachment/attachment.ts";
import type { Bilingual } from "#shared/lib/text.ts";
import { partySchema } from "./given-parts.ts";
import { sopSchema } from "./sop-card.ts";
import { taskSchema } from "./task.ts";

export { type Party, partyKindNames } from "./party.ts";

import { linkSchema, mergedSchema, mostLinks } from "./bond.ts";
import { borderSchema } from "./border.ts";
import { climbSchema, climbsKept } from "./climbs.ts";
import { dispatchedSchema } from "./dispatched.ts";
import { limitsSchema } from "./limits.ts";
import { marksSchema, noMarks } from "./marks.ts";
import { holdSchema, mostHolds } from "./pause.ts";
import { pointSchema } from "./point.ts";
import { reviewSchema } from "./review.ts";
import { mostUrges, urgeSchema } from "./urge.ts";
import { mostWhistles, oldWhistleSchema, whistleSchema } from "./whistle.ts";

/** Where a duty event stands. `none` is before its report and never stored. */
export const eventStates = [
  "reported",
  "accepted",
  "assessed",
  "assigned",
  "handling",
  "whistled",
  "fed_back",
  "verified",
  "closed",
  "void",
  "merged",
] as const;
export type EventState = (typeof eventStates)[number];

export const stateNames: Readonly<Record<EventState, Bilingual>> = {
  reported: { zh: "待受理", en: "To accept" },
  accepted: { zh: "待研判", en: "To assess" },
  assessed: { zh: "待分派", en: "To assign" },
  assigned: { zh: "待签收", en: "To acknowledge" },
  handling: { zh: "处置中", en: "In hand" },
  whistled: { zh: "已吹哨", en: "Whistled" },
  fed_back: { zh: "待核查", en: "To verify" },
  verified: { zh: "待办结", en: "To close" },
  closed: { zh: "已办结", en: "Closed" },
  void: { zh: "已作废", en: "Void" },
  merged: { zh: "已并入", en: "Merged" },
};

/** States in which nobody owes anything any more. */
export const endStates: readonly EventState[] = ["closed", "void", "merged"];

export const isOpen = (state: EventState): boolean => !endStates.includes(state);

/** Ended without having been handled: void, or gone on inside another event. */
export const isGone = (state: EventState): boolean => state === "void" || state === "merged";

export const levels = ["critical", "urgent", "normal"] as const;
export type Level = (typeof levels)[number];
export const levelNames: Readonly<Record<Level, Bilingual>> = {
  critical: { zh: "特急", en: "Critical" },
  urgent: { zh: "紧急", en: "Urgent" },
  normal: { zh: "一般", en: "Normal" },
};

export const sources = [
  "phone",
  "grid_worker",
  "citizen_appeal",
  "device",
  "patrol",
  "district",
  "department",
  "leader",
] as const;
export type Source = (typeof sources)[number];
export const sourceNames: Readonly<Record<Source, Bilingual>> = {
  phone: { zh: "电话", en: "Phone" },
  grid_worker: { zh: "网格上报", en: "Grid worker" },
  citizen_appeal: { zh: "民呼我为", en: "Citizen appeal" },
  device: { zh: "感知设备", en: "Device" },
  patrol: { zh: "巡查", en: "Patrol" },
  district: { zh: "区中心下派", en: "District" },
  department: { zh: "部门移交", en: "Department" },
  leader: { zh: "领导交办", en: "Leader" },
};

export const boards = ["party", "economy", "livelihood", "safety"] as const;
export type Board = (typeof boards)[number];
export const boardNames: Readonly<Record<Board, Bilingual>> = {
  party: { zh: "党的建设", en: "Party building" },
  economy: { zh: "经济发展", en: "Economy" },
  livelihood: { zh: "民生服务", en: "Livelihood" },
  safety: { zh: "平安法治", en: "Safety and law" },
};

export const placeSchema = z.strictObject({
  text: z.string().max(200).default(""),
  point: pointSchema.nullable().default(null),
  community: z.string().max(60).default(""),
  grid: z.string().max(60).default(""),
});
export type Place = z.infer<typeof placeSchema>;

const instant = z.number().int().nonnegative();

/**
 * A duty event as both ends hold it: the sum of its ops. A field that came later has a default: by it an event of an older
 * version is read (`readEvent`).
 */
export const dutyEventSchema = z.strictObject({
  id: z.string().min(1).max(64),
  /** What people say on the phone: day, desk letter and running number, e.g. `20261121-A003`. */
  number: z.string().min(1).max(40),
  state: z.enum(eventStates),
  level: z.enum(levels),
  /** Code in the category table of the desk; empty while nobody has said. */
  category: z.string().max(40),
  title: z.string().min(1).max(80),
  text: z.string().max(4000),
  source: z.enum(sources),
  confidential: z.boolean(),
  callerName: z.string().max(40),
  callerPhone: z.string().max(30),
  place: placeSchema,
  board: z.enum(boards).nullable(),
  lead: partySchema.nullable(),
  coHandlers: z.array(partySchema).max(20),
  reportedAt: instant,
  reportedBy: z.string().max(64),
  /** Minutes from the report until it should be closed, from category × level; `null`: no limit set. */
  limitMin: z.number().int().positive().nullable(),
  dueAt: instant.nullable(),
  /** Only in events that were whistled before `whistles` were kept (WH-8); no longer written. */
  whistle: oldWhistleSchema.nullable(),
  result: z.string().max(2000),
  closedAt: instant.nullable(),
  updatedAt: instant,
  /** Shown as 示例 wherever it appears. */
  sample: z.boolean(),
  /** Photos, recordings and documents, those that were taken back too. */
  attachments: z.array(attachmentSchema).default([]),
  /** What each party owes: lead and co-handlers, in the order they were given, ended ones too. */
  tasks: z.array(taskSchema).default([]),
  /** Limits of its steps, as its op brought them; `null`: only the whole has one. */
  limits: limitsSchema.nullable().default(null),
  /** When its steps began and ended: what its clocks run by. */
  marks: marksSchema.default(noMarks),
  /** Clocks that ran out, and to whom it was told, the oldest first. */
  climbs: z.array(climbSchema).max(climbsKept).default([]),
  /** Pauses and extensions of its clocks, asked for and decided, the oldest first. */
  holds: z.array(holdSchema).max(mostHolds).default([]),
  /** Its SOP card, since somebody ticked on it. */
  sop: sopSchema.nullable().default(null),
  /** Every whistle for this event, oldest first. */
  whistles: z.array(whistleSchema).max(mostWhistles).default([]),
  border: borderSchema.nullable().default(null),
  merged: mergedSchema.nullable().default(null),
  links: z.array(linkSchema).max(mostLinks).default([]),
  urges: z.array(urgeSchema).max(mostUrges).default([]),
  review: reviewSchema.nullable().default(null),
  /** What the district added that sent it down; `null`: it came another way. */
  dispatch: dispatchedSchema.nullable().default(null),
});
export type DutyEvent = z.infer<typeof dutyEventSchema>;

type Shape = typeof dutyEventSchema.shape;
type LaterFields = { [K in keyof Shape as Shape[K] extends z.ZodDefault ? K : never]: z.output<Shape[K]> };

/** The fields that came after the first form of an event, as they are before anything has happened in them. */
export const laterFields = Object.fromEntries(
  Object.entries(dutyEventSchema.shape)
    .filter(([, field]) => field instanceof z.ZodDefault)
    .map(([name, field]) => [name, field.parse(undefined)]),
) as LaterFields;
