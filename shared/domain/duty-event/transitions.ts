import type { Grade } from "#shared/domain/officer/officer.ts";
import type { Bilingual } from "#shared/lib/text.ts";
import type { EventState } from "./event.ts";
import { type HoldNeed, unmetNeed } from "./pause.ts";

/** What a person gives with an action. The form, the check of the input and the op's body are drawn from it. */
export interface Field {
  readonly name: FieldName;
  readonly required: boolean;
  /** Longest text, in characters, for text fields. */
  readonly max?: number;
}

export type FieldName =
  | "board"
  | "category"
  | "level"
  | "lead"
  | "coHandlers"
  | "limitMin"
  | "pauseMin"
  | "moreMin"
  | "party"
  | "via"
  | "whistleKind"
  | "to"
  | "note"
  | "text"
  | "result"
  | "reason";

export interface Transition {
  /** Where it may start and where each start leads. `none`: the event does not exist yet. */
  readonly moves: Readonly<Partial<Record<EventState | "none", EventState>>>;
  readonly who: readonly Grade[];
  /** How its clocks must stand for it. */
  readonly needs?: readonly HoldNeed[];
  readonly fields: readonly Field[];
  readonly label: Bilingual;
  /** Sentence of the duty log; `{…}` gaps are filled from the fields and the event. */
  readonly log: Bilingual;
  /** One key on the event's detail. */
  readonly key: string;
  /** `next`: the usual step; `side`: another way; `grave`: asks once more. */
  readonly tone: "next" | "side" | "grave";
  /** LS-7: may be taken on many events at once. */
  readonly together?: true;
  /** Rule ids in `shared/domain/RULES.md`. */
  readonly rules: readonly string[];
}

const everyone: readonly Grade[] = ["operator", "shift_leader", "leader"];
const leaders: readonly Grade[] = ["shift_leader", "leader"];

const must = (name: FieldName, max?: number): Field => ({ name, required: true, ...(max ? { max } : {}) });
const may = (name: FieldName, max?: number): Field => ({ name, required: false, ...(max ? { max } : {}) });

/** Where somebody is at work on an event, so that its clocks may be paused or its limit moved. */
const atWork = {
  accepted: "accepted",
  assessed: "assessed",
  assigned: "assigned",
  handling: "handling",
  whistled: "whistled",
} as const;

/** The life of a duty event: the one table that buttons, checks, ops, district, log lines and the walking test read. */
export const transitions = {
  report: {
    moves: { none: "reported" },
    who: everyone,
    fields: [],
    label: { zh: "上报", en: "Report" },
    log: { zh: "接报：{title}", en: "Reported: {title}" },
    key: "F2",
    tone: "next",
    rules: ["EV-1"],
  },
  accept: {
    moves: { reported: "accepted" },
    who: everyone,
    fields: [may("note", 500)],
    label: { zh: "受理", en: "Accept" },
    log: { zh: "受理。{note}", en: "Accepted. {note}" },
    key: "a",
    tone: "next",
    together: true,
    rules: ["EV-2"],
  },
  assess: {
    moves: { accepted: "assessed", assessed: "assessed" },
    who: everyone,
    fields: [must("board"), must("category"), must("level"), must("lead"), may("coHandlers"), may("limitMin")],
    label: { zh: "研判", en: "Assess" },
    log: {
      zh: "研判：{board}，{level}，主办 {lead}{coHandlers}",
      en: "Assessed: {board}, {level}, lead {lead}{coHandlers}",
    },
    key: "j",
    tone: "next",
    rules: ["EV-3"],
  },
  assign: {
    moves: { accepted: "assigned", assessed: "assigned" },
    who: everyone,
    fields: [may("lead"), may("coHandlers"), may("note", 500)],
    label: { zh: "分派", en: "Assign" },
    log: { zh: "分派给 {lead}{coHandlers}。{note}", en: "Assigned to {lead}{coHandlers}. {note}" },
    key: "d",
    tone: "next",
    together: true,
    rules: ["EV-4", "EV-16"],
  },
  acknowledge: {
    moves: { assigned: "handling" },
    who: everyone,
    fields: [may("party", 60), may("via", 40)],
    label: { zh: "签收", en: "Acknowledge" },
    log: { zh: "{party}签收{via}，开始处置", en: "{party} acknowledged{via} and started" },
    key: "q",
    tone: "next",
    rules: ["EV-5", "EV-17"],
  },
  feedback: {
    moves: { handling: "fed_back", whistled: "fed_back" },
    who: everyone,
    fields: [must("text", 2000)],
    label: { zh: "反馈", en: "Feedback" },
    log: { zh: "处置反馈：{text}", en: "Feedback: {text}" },
    key: "f",
    tone: "next",
    rules: ["EV-6", "EV-18"],
  },
  verify: {
    moves: { fed_back: "verified" },
    who: everyone,
    fields: [may("text", 500)],
    label: { zh: "核查通过", en: "Verify" },
    log: { zh: "核查通过。{text}", en: "Verified. {text}" },
    key: "v",
    tone: "next",
    rules: ["EV-7"],
  },
  close: {
    moves: { verified: "closed", accepted: "closed", assigned: "closed", handling: "closed", fed_back: "closed" },
    who: everyone,
    fields: [must("result", 2000)],
    label: { zh: "办结", en: "Close" },
    log: { zh: "办结：{result}{unverified}{unfinished}", en: "Closed: {result}{unverified}{unfinished}" },
    key: "c",
    tone: "next",
    together: true,
    rules: ["EV-8", "EV-9", "EV-19"],
  },
  return: {
    moves: { assigned: "assessed", whistled: "assessed", fed_back: "handling" },
    who: everyone,
    fields: [must("reason", 500)],
    label: { zh: "退回", en: "Return" },
    log: { zh: "退回：{reason}", en: "Returned: {reason}" },
    key: "t",
    tone: "side",
    rules: ["EV-10", "EV-19"],
  },
  whistle: {
    moves: { assessed: "whistled", handling: "whistled" },
    who: leaders,
    fields: [must("whistleKind"), must("to", 60), must("text", 2000)],
    label: { zh: "吹哨", en: "Whistle" },
    log: { zh: "吹哨（{whistleKind}），请 {to} 报到：{text}", en: "Whistled ({whistleKind}) for {to}: {text}" },
    key: "w",
    tone: "side",
    rules: ["EV-11"],
  },
  ask_pause: {
    moves: atWork,
    who: ["operator"],
    needs: ["nothing_asked", "running"],
    fields: [must("pauseMin"), must("reason", 500)],
    label: { zh: "申请挂起", en: "Ask to pause" },
    log: { zh: "申请挂起 {length}：{reason}", en: "Asked to pause for {length}: {reason}" },
    key: "p",
    tone: "side",
    rules: ["CL-5"],
  },
  ask_extend: {
    moves: atWork,
    who: ["operator"],
    needs: ["nothing_asked", "limit"],
    fields: [must("moreMin"), must("reason", 500)],
    label: { zh: "申请延期", en: "Ask to extend" },
    log: { zh: "申请延期 {length}：{reason}", en: "Asked to extend by {length}: {reason}" },
    key: "y",
    tone: "side",
    rules: ["CL-5"],
  },
  grant: {
    moves: atWork,
    who: leaders,
    needs: ["asked"],
    fields: [may("note", 500)],
    label: { zh: "批准申请", en: "Approve" },
    log: { zh: "批准{held}。{note}", en: "Approved the {held}. {note}" },
    key: "g",
    tone: "next",
    rules: ["CL-6"],
  },
  refuse: {
    moves: atWork,
    who: leaders,
    needs: ["asked"],
    fields: [must("reason", 500)],
    label: { zh: "不予批准", en: "Refuse" },
    log: { zh: "不批准{held}：{reason}", en: "Refused the {held}: {reason}" },
    key: "n",
    tone: "side",
    rules: ["CL-6"],
  },
  pause: {
    moves: atWork,
    who: leaders,
    needs: ["nothing_asked", "running"],
    fields: [must("pauseMin"), must("reason", 500)],
    label: { zh: "挂起", en: "Pause" },
    log: {
      zh: "挂起 {length}：{reason}（申请、批准为同一人）",
      en: "Paused for {length}: {reason} (asked for and approved by one person)",
    },
    key: "h",
    tone: "side",
    rules: ["CL-6"],
  },
  extend: {
    moves: atWork,
    who: leaders,
    needs: ["nothing_asked", "limit"],
    fields: [must("moreMin"), must("reason", 500)],
    label: { zh: "延期", en: "Extend" },
    log: {
      zh: "延期 {length}：{reason}（申请、批准为同一人）",
      en: "Extended by {length}: {reason} (asked for and approved by one person)",
    },
    key: "e",
    tone: "side",
    rules: ["CL-6"],
  },
  resume: {
    moves: atWork,
    who: everyone,
    needs: ["paused"],
    fields: [may("note", 500)],
    label: { zh: "恢复计时", en: "Resume" },
    log: { zh: "恢复计时。{note}", en: "Resumed the clocks. {note}" },
    key: "r",
    tone: "next",
    rules: ["CL-7"],
  },
  reopen: {
    moves: { closed: "accepted" },
    who: leaders,
    fields: [must("reason", 500)],
    label: { zh: "重开", en: "Reopen" },
    log: { zh: "重开：{reason}", en: "Reopened: {reason}" },
    key: "o",
    tone: "side",
    rules: ["EV-12"],
  },
  void: {
    moves: { reported: "void", accepted: "void", assessed: "void" },
    who: leaders,
    fields: [must("reason", 500)],
    label: { zh: "作废", en: "Void" },
    log: { zh: "作废：{reason}", en: "Voided: {reason}" },
    key: "x",
    tone: "grave",
    rules: ["EV-13"],
  },
} as const satisfies Record<string, Transition>;

export type EventAction = keyof typeof transitions;
export const eventActions = Object.keys(transitions) as EventAction[];

/** The row of an action, widened so that every row can be read alike. */
export const transitionOf = (action: EventAction): Transition => transitions[action];

/** Whose clocks `needs` are asked of, and when. */
export interface Standing {
  readonly event: Parameters<typeof unmetNeed>[1];
  readonly at: number;
}

/** Actions that an officer of this grade may take on an event in this state, usual steps first; with `standing` only those whose needs are met. */
export function actionsFrom(state: EventState | "none", grade: Grade, standing?: Standing): EventAction[] {
  const open = eventActions.filter((action) => {
    const row = transitionOf(action);
    if (standing && unmetNeed(row.needs ?? [], standing.event, standing.at)) return false;
    return row.moves[state] !== undefined && row.who.includes(grade);
  });
  const usual = (action: EventAction) => (transitionOf(action).tone === "next" ? 0 : 1);
  return open.sort((a, b) => usual(a) - usual(b));
}

/** [D] the six-step strip of the street; each state stands in one step. */
export const steps: readonly { readonly name: Bilingual; readonly states: readonly EventState[] }[] = [
  { name: { zh: "任务到达", en: "Arrived" }, states: ["reported"] },
  { name: { zh: "分析研判", en: "Assess" }, states: ["accepted", "assessed"] },
  { name: { zh: "分流交办", en: "Assign" }, states: ["assigned"] },
  { name: { zh: "调度处置", en: "Handle" }, states: ["handling", "whistled"] },
  { name: { zh: "反馈核查", en: "Verify" }, states: ["fed_back", "verified"] },
  { name: { zh: "考核评价", en: "Evaluate" }, states: ["closed"] },
];
