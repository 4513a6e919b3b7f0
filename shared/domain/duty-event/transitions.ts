import type { Grade } from "#shared/domain/officer/officer.ts";
import type { ErrorId } from "#shared/errors.ts";
import type { Bilingual } from "#shared/lib/text.ts";
import { isChosen, mostLinks } from "./bond.ts";
import { isAgreed, isBordered, isNotBordered } from "./border.ts";
import { mayReturn } from "./dispatched.ts";
import type { DutyEvent, EventState } from "./event.ts";
import { type HoldNeed, needsMet } from "./pause.ts";
import { wantsReview } from "./review.ts";
import { isUrgedOpen, mostUrges } from "./urge.ts";
import { type WhistleStep, whistleAllows } from "./whistle.ts";

/** What a person gives with an action. The form, the check of the input and the op's body are drawn from it. */
export interface Field {
  readonly name: FieldName;
  readonly required: boolean;
  /** Longest text, in characters, for text fields. */
  readonly max?: number;
  /** The desk fills it in; no form asks for it. */
  readonly made?: true;
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
  | "reason"
  | "whistleKindName"
  | "toldBy"
  | "people"
  | "side"
  | "scores"
  | "border"
  | "oneOff"
  | "upkeep"
  | "agreedBy"
  | "agreedOn"
  | "into"
  | "other"
  | "linkKind"
  | "parts"
  | "happened"
  | "well"
  | "change"
  | "measures"
  | "confidential";

/** What must hold of the event beside its state, and what is said where it does not. */
export interface Condition {
  readonly holds: (event: DutyEvent) => boolean;
  readonly error: ErrorId | ((event: DutyEvent) => ErrorId);
}

export interface Transition {
  /** Where it may start and where each start leads. `none`: the event does not exist yet; `before`: back to where it stood. */
  readonly moves: Readonly<Partial<Record<EventState | "none", EventState | "before">>>;
  readonly when?: Condition;
  /** The step that it is in the life of the event's whistle, from the states named here (all, where none is). */
  readonly whistle?: { readonly step: WhistleStep; readonly from?: readonly EventState[] };
  readonly who: readonly Grade[];
  /** How its clocks must stand for it. */
  readonly needs?: readonly HoldNeed[];
  readonly fields: readonly Field[];
  readonly label: Bilingual;
  /** Sentence of the duty log; `{…}` gaps are filled from the fields and the event. */
  readonly log: Bilingual;
  /** One key on the event's detail. */
  readonly key: string;
  /** `next`: the usual step; `side`: another way; `rare`: stands under 更多; `grave`: asks once more. */
  readonly tone: "next" | "side" | "rare" | "grave";
  /** A rare one comes forward while this holds. */
  readonly forward?: (event: DutyEvent) => boolean;
  /** LS-7: may be taken on many events at once. */
  readonly together?: true;
  /** Rule ids in `shared/domain/RULES.md`. */
  readonly rules: readonly string[];
}

const everyone: readonly Grade[] = ["operator", "shift_leader", "leader"];
const leaders: readonly Grade[] = ["shift_leader", "leader"];

/** Every state in which somebody still owes something, each leading to itself: the action changes no state. */
const staysOpen = {
  reported: "reported",
  accepted: "accepted",
  assessed: "assessed",
  assigned: "assigned",
  handling: "handling",
  whistled: "whistled",
  fed_back: "fed_back",
  verified: "verified",
} as const satisfies Transition["moves"];
const whileWhistled = { whistled: "whistled" } as const satisfies Transition["moves"];

const must = (name: FieldName, max?: number): Field => ({ name, required: true, ...(max ? { max } : {}) });
const may = (name: FieldName, max?: number): Field => ({ name, required: false, ...(max ? { max } : {}) });
const made = (name: FieldName, required = false): Field => ({ name, required, made: true });

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
    fields: [
      must("board"),
      must("category"),
      must("level"),
      must("lead"),
      may("coHandlers"),
      may("limitMin"),
      made("confidential"),
    ],
    label: { zh: "研判", en: "Assess" },
    log: {
      zh: "研判：{board}，{level}，主办 {lead}{coHandlers}{secret}",
      en: "Assessed: {board}, {level}, lead {lead}{coHandlers}{secret}",
    },
    key: "j",
    tone: "next",
    rules: ["EV-3", "CF-4"],
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
    whistle: { step: "feedback", from: ["whistled"] },
    fields: [must("text", 2000), may("toldBy", 60)],
    label: { zh: "反馈", en: "Feedback" },
    log: { zh: "处置反馈{told}：{text}", en: "Feedback{told}: {text}" },
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
    when: { holds: isAgreed, error: "event.border_agreement" },
    who: everyone,
    fields: [must("result", 2000)],
    label: { zh: "办结", en: "Close" },
    log: { zh: "办结：{result}{unverified}{unfinished}", en: "Closed: {result}{unverified}{unfinished}" },
    key: "c",
    tone: "next",
    together: true,
    rules: ["EV-8", "EV-9", "EV-19", "BO-3"],
  },
  return: {
    moves: { assigned: "assessed", whistled: "assessed", fed_back: "handling" },
    whistle: { step: "return", from: ["whistled"] },
    who: everyone,
    fields: [must("reason", 500), may("toldBy", 60)],
    label: { zh: "退回", en: "Return" },
    log: { zh: "退回{told}：{reason}", en: "Returned{told}: {reason}" },
    key: "t",
    tone: "side",
    rules: ["EV-10", "EV-19"],
  },
  hand_back: {
    moves: { reported: "reported", accepted: "accepted", assessed: "assessed" },
    when: {
      holds: mayReturn,
      error: ({ dispatch }) => (dispatch ? "event.return_waits" : "event.not_dispatched"),
    },
    who: leaders,
    fields: [must("reason", 500)],
    label: { zh: "申请退回", en: "Ask to return" },
    log: { zh: "申请退回区中心：{reason}", en: "Asked the district to take it back: {reason}" },
    key: "t",
    tone: "side",
    rules: ["DS-3"],
  },
  whistle: {
    moves: { assessed: "whistled", handling: "whistled" },
    whistle: { step: "call" },
    who: leaders,
    fields: [must("whistleKind"), must("to", 60), must("text", 2000), made("whistleKindName")],
    label: { zh: "吹哨", en: "Whistle" },
    log: { zh: "吹哨（{whistleKind}），请 {to} 报到：{text}", en: "Whistled ({whistleKind}) for {to}: {text}" },
    key: "w",
    tone: "side",
    rules: ["EV-11", "WH-1"],
  },
  route: {
    moves: whileWhistled,
    whistle: { step: "route" },
    who: everyone,
    fields: [must("to", 60), must("toldBy", 60), may("text", 500)],
    label: { zh: "派哨", en: "Route" },
    log: { zh: "派哨给 {to}{told}。{text}", en: "Routed to {to}{told}. {text}" },
    key: "2",
    tone: "side",
    rules: ["WH-2", "WH-3"],
  },
  report_in: {
    moves: whileWhistled,
    whistle: { step: "report_in" },
    who: everyone,
    fields: [must("people", 200), must("toldBy", 60), may("text", 500)],
    label: { zh: "应哨", en: "Report in" },
    log: { zh: "应哨报到：{people}{told}。{text}", en: "Reported in: {people}{told}. {text}" },
    key: "3",
    tone: "side",
    rules: ["WH-2", "WH-3"],
  },
  rate: {
    moves: {
      accepted: "accepted",
      assigned: "assigned",
      handling: "handling",
      fed_back: "fed_back",
      verified: "verified",
      closed: "closed",
    },
    whistle: { step: "rate" },
    who: leaders,
    fields: [must("scores"), may("text", 1000)],
    label: { zh: "评哨", en: "Score" },
    log: { zh: "评哨：{scored}。{text}", en: "Scored: {scored}. {text}" },
    key: "5",
    tone: "side",
    rules: ["WH-5"],
  },
  dispute: {
    moves: whileWhistled,
    whistle: { step: "dispute" },
    who: everyone,
    fields: [must("side"), must("text", 1000), may("toldBy", 60)],
    label: { zh: "争议", en: "Dispute" },
    log: { zh: "管辖争议，{side}提出{told}：{text}", en: "Jurisdiction disputed by {side}{told}: {text}" },
    key: "6",
    tone: "rare",
    rules: ["WH-4"],
  },
  decide: {
    moves: whileWhistled,
    whistle: { step: "decide" },
    who: everyone,
    fields: [must("to", 60), must("text", 1000), must("toldBy", 60)],
    label: { zh: "裁定", en: "Decision" },
    log: { zh: "争议裁定：由 {to} 办理{told}。{text}", en: "Decided: {to} takes it{told}. {text}" },
    key: "7",
    tone: "side",
    rules: ["WH-4"],
  },
  withdraw: {
    moves: { whistled: "before" },
    whistle: { step: "withdraw" },
    who: leaders,
    fields: [must("reason", 500)],
    label: { zh: "撤哨", en: "Withdraw whistle" },
    log: { zh: "撤哨：{reason}", en: "Whistle withdrawn: {reason}" },
    key: "8",
    tone: "rare",
    rules: ["WH-6"],
  },
  urge: {
    moves: staysOpen,
    when: { holds: ({ urges }) => urges.length < mostUrges, error: "event.too_many" },
    who: everyone,
    fields: [must("to", 60), may("via", 40), must("text", 500)],
    label: { zh: "催办", en: "Urge" },
    log: { zh: "催办 {to}{via}：{text}", en: "Urged {to}{via}: {text}" },
    key: "u",
    tone: "rare",
    together: true,
    rules: ["UR-1"],
  },
  supervise: {
    moves: staysOpen,
    when: { holds: ({ urges }) => urges.length < mostUrges, error: "event.too_many" },
    who: leaders,
    fields: [must("to", 60), may("via", 40), must("text", 500)],
    label: { zh: "督办", en: "Supervise" },
    log: { zh: "督办 {to}{via}：{text}", en: "Supervised {to}{via}: {text}" },
    key: "s",
    tone: "rare",
    rules: ["UR-1"],
  },
  answer_urge: {
    moves: { ...staysOpen, closed: "closed" },
    when: { holds: isUrgedOpen, error: "event.nothing_urged" },
    who: everyone,
    fields: [must("to", 60), must("text", 500)],
    label: { zh: "催办答复", en: "Answer to urging" },
    log: { zh: "{to} 答复催办：{text}", en: "{to} answered: {text}" },
    key: "b",
    tone: "rare",
    forward: isUrgedOpen,
    rules: ["UR-2"],
  },
  mark_border: {
    moves: staysOpen,
    when: { holds: isNotBordered, error: "event.border_marked" },
    who: everyone,
    fields: [must("border", 60), may("text", 500)],
    label: { zh: "跨区", en: "Cross-district" },
    log: { zh: "标为跨区事项，对方：{border}。{text}", en: "Marked as crossing the boundary with {border}. {text}" },
    key: "k",
    tone: "rare",
    rules: ["BO-1"],
  },
  agree: {
    moves: staysOpen,
    when: { holds: isBordered, error: "event.border_unmarked" },
    who: everyone,
    fields: [must("oneOff", 200), must("upkeep", 200), must("agreedBy", 200), must("agreedOn", 20), may("text", 500)],
    label: { zh: "跨区协议", en: "Agreement" },
    log: {
      zh: "跨区协议（{agreedOn}，{agreedBy}）：一次处置 {oneOff}；日常管护 {upkeep}。{text}",
      en: "Agreement ({agreedOn}, {agreedBy}): work once {oneOff}; upkeep {upkeep}. {text}",
    },
    key: "k",
    tone: "rare",
    forward: (event) => !isAgreed(event),
    rules: ["BO-2"],
  },
  unmark_border: {
    moves: staysOpen,
    when: { holds: isBordered, error: "event.border_unmarked" },
    who: leaders,
    fields: [must("reason", 500)],
    label: { zh: "取消跨区", en: "Not cross-district" },
    log: { zh: "取消跨区标记：{reason}", en: "No longer marked as crossing a boundary: {reason}" },
    key: "0",
    tone: "rare",
    rules: ["BO-1"],
  },
  seal: {
    moves: staysOpen,
    when: { holds: ({ confidential }) => !confidential, error: "event.confidential_already" },
    who: everyone,
    fields: [must("reason", 500)],
    label: { zh: "转为涉密", en: "Make confidential" },
    log: { zh: "转为涉密：{reason}", en: "Made confidential: {reason}" },
    key: "o",
    tone: "rare",
    rules: ["CF-4"],
  },
  merge: {
    moves: {
      reported: "merged",
      accepted: "merged",
      assessed: "merged",
      assigned: "merged",
      handling: "merged",
      whistled: "merged",
      fed_back: "merged",
      verified: "merged",
    },
    who: everyone,
    fields: [must("into"), may("text", 500)],
    label: { zh: "并案", en: "Merge" },
    log: { zh: "并入 {into}，{clock}。{text}", en: "Merged into {into}, {clock}. {text}" },
    key: "m",
    tone: "rare",
    rules: ["BO-4"],
  },
  unmerge: {
    moves: { merged: "before" },
    who: everyone,
    fields: [may("text", 500)],
    label: { zh: "撤销并案", en: "Undo merge" },
    log: { zh: "撤销并案，恢复为{state}。{text}", en: "Merge undone, again {state}. {text}" },
    key: "u",
    tone: "side",
    rules: ["BO-5"],
  },
  split: {
    moves: staysOpen,
    who: everyone,
    fields: [must("parts")],
    label: { zh: "拆分", en: "Split" },
    log: { zh: "拆分出 {parts}", en: "Split off {parts}" },
    key: "z",
    tone: "rare",
    rules: ["BO-7"],
  },
  link: {
    moves: { ...staysOpen, closed: "closed" },
    when: { holds: ({ links }) => links.length < mostLinks, error: "event.too_many" },
    who: everyone,
    fields: [must("other"), must("linkKind"), may("text", 200)],
    label: { zh: "关联", en: "Link" },
    log: { zh: "关联 {other}（{linkKind}）。{text}", en: "Linked to {other} ({linkKind}). {text}" },
    key: "l",
    tone: "rare",
    rules: ["BO-6"],
  },
  unlink: {
    moves: { ...staysOpen, closed: "closed" },
    when: { holds: ({ links }) => links.some(isChosen), error: "event.not_linked" },
    who: everyone,
    fields: [must("other")],
    label: { zh: "取消关联", en: "Unlink" },
    log: { zh: "取消与 {other} 的关联", en: "No longer linked to {other}" },
    key: "4",
    tone: "rare",
    rules: ["BO-6"],
  },
  review: {
    moves: { closed: "closed" },
    who: everyone,
    fields: [must("happened", 2000), may("well", 2000), may("change", 2000), may("measures")],
    label: { zh: "复盘", en: "Review" },
    log: { zh: "复盘：{happened}{measured}", en: "Reviewed: {happened}{measured}" },
    key: "z",
    tone: "rare",
    forward: wantsReview,
    rules: ["RV-1"],
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
    when: {
      holds: (event) => isNotBordered(event) && event.dispatch === null,
      error: ({ dispatch }) => (dispatch ? "event.dispatch_void" : "event.border_void"),
    },
    who: leaders,
    fields: [must("reason", 500)],
    label: { zh: "作废", en: "Void" },
    log: { zh: "作废：{reason}", en: "Voided: {reason}" },
    key: "x",
    tone: "grave",
    rules: ["EV-13", "BO-3", "DS-3"],
  },
} as const satisfies Record<string, Transition>;

export type EventAction = keyof typeof transitions;
export const eventActions = Object.keys(transitions) as EventAction[];

/** The row of an action, widened so that every row can be read alike. */
export const transitionOf = (action: EventAction): Transition => transitions[action];

/** Whether the event allows an action beside its state and its clocks: what its row asks of it, and the life of its whistle. */
export function isReady(action: EventAction, event: DutyEvent): boolean {
  const { when, whistle } = transitionOf(action);
  if (when && !when.holds(event)) return false;
  return !whistle || !(whistle.from?.includes(event.state) ?? true) || whistleAllows(event, whistle.step);
}

/** The event that an action would be taken on, and when. */
export interface Standing {
  readonly event: DutyEvent;
  readonly at: number;
}

const tones: readonly Transition["tone"][] = ["next", "side", "rare", "grave"];
const usualFirst = tones.flatMap((tone) => eventActions.filter((action) => transitionOf(action).tone === tone));
const rightsIn = new Map<string, readonly EventAction[]>();

/** What state and grade allow: looked up, as every answer about an event asks. */
function allowedIn(state: EventState | "none", grade: Grade): readonly EventAction[] {
  const name = `${state} ${grade}`;
  const known = rightsIn.get(name);
  if (known) return known;
  const allowed = usualFirst.filter((action) => {
    const { moves, who } = transitionOf(action);
    return moves[state] !== undefined && who.includes(grade);
  });
  rightsIn.set(name, allowed);
  return allowed;
}

/** Actions that an officer of this grade may take in this state, usual steps first; with `standing` only those that this event allows now. */
export const actionsFrom = (state: EventState | "none", grade: Grade, standing?: Standing): EventAction[] =>
  allowedIn(state, grade).filter(
    (action) =>
      !standing ||
      (isReady(action, standing.event) && needsMet(transitionOf(action).needs ?? [], standing.event, standing.at)),
  );

/** [D] the six-step strip of the street; each state stands in one step. */
export const steps: readonly { readonly name: Bilingual; readonly states: readonly EventState[] }[] = [
  { name: { zh: "任务到达", en: "Arrived" }, states: ["reported"] },
  { name: { zh: "分析研判", en: "Assess" }, states: ["accepted", "assessed"] },
  { name: { zh: "分流交办", en: "Assign" }, states: ["assigned"] },
  { name: { zh: "调度处置", en: "Handle" }, states: ["handling", "whistled"] },
  { name: { zh: "反馈核查", en: "Verify" }, states: ["fed_back", "verified"] },
  { name: { zh: "考核评价", en: "Evaluate" }, states: ["closed"] },
];
