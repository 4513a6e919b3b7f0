import { z } from "zod";
import type { Grade } from "#shared/domain/officer/officer.ts";
import { may, must, type StepRow, stepsFrom, told } from "#shared/domain/step.ts";
import type { Bilingual } from "#shared/lib/text.ts";
import type { DutyEvent, EventState } from "./event.ts";
import { partySchema } from "./given-parts.ts";
import { type Call, callSchema, callWayNames, type Task, type TaskState } from "./task.ts";

/** What is given with a step of a task: words, another party, the record of a call. */
export const taskGivenSchema = z.strictObject({
  text: z.string().trim().max(2000).optional(),
  party: partySchema.optional(),
  call: callSchema.optional(),
});
export type TaskGiven = z.infer<typeof taskGivenSchema>;

/** A step of a party. `none`: the party has no task yet. `during`: states of the event in which it may be taken. */
export interface TaskStepRow extends StepRow<TaskState | "none", keyof TaskGiven & string> {
  readonly during: readonly EventState[];
}

/** The desk's own hands; an administrator keeps the desk, not its events. */
const hands: readonly Grade[] = ["operator", "shift_leader", "leader"];
const inHand: readonly EventState[] = ["assigned", "handling", "whistled", "fed_back"];
const untilClosed: readonly EventState[] = [...inHand, "verified"];

/** The life of a party's task inside its event: buttons, forms, keys, op, district, log lines and the walk test read it. */
export const taskSteps = {
  give: {
    moves: { none: "given" },
    during: ["assigned", "handling", "whistled"],
    who: hands,
    fields: [must("party", "增派给谁", "Who"), may("text", "请对方做什么", "What is asked")],
    label: { zh: "增派", en: "Add a party" },
    log: { zh: "增派{party}协办：{text}", en: "{party} joins: {text}" },
    key: "g",
    tone: "side",
    rules: ["TK-1", "TK-2"],
  },
  acknowledge: {
    moves: { given: "acknowledged" },
    during: untilClosed,
    who: hands,
    fields: [may("text", "说明", "Note"), may("call", "通话记录", "Call")],
    label: { zh: "签收", en: "Acknowledge" },
    log: { zh: "{party}签收{call}：{text}", en: "{party} acknowledged{call}: {text}" },
    key: "q",
    tone: "next",
    rules: ["TK-3"],
  },
  arrive: {
    moves: { given: "arrived", acknowledged: "arrived" },
    during: untilClosed,
    who: hands,
    fields: [may("text", "说明", "Note"), may("call", "通话记录", "Call")],
    label: { zh: "到场", en: "Arrived" },
    log: { zh: "{party}到场{call}：{text}", en: "{party} is on the spot{call}: {text}" },
    key: "r",
    tone: "next",
    rules: ["TK-4"],
  },
  report: {
    moves: { given: "reported", acknowledged: "reported", arrived: "reported", reported: "reported" },
    during: untilClosed,
    who: hands,
    fields: [must("text", "对方怎么说", "What they say"), may("call", "通话记录", "Call")],
    label: { zh: "反馈", en: "Report" },
    log: { zh: "{party}反馈{call}：{text}", en: "{party} reports{call}: {text}" },
    key: "f",
    tone: "next",
    rules: ["TK-5"],
  },
  finish: {
    moves: { given: "finished", acknowledged: "finished", arrived: "finished", reported: "finished" },
    during: untilClosed,
    who: hands,
    fields: [must("text", "办得怎样", "What was done"), may("call", "通话记录", "Call")],
    label: { zh: "办完", en: "Finished" },
    log: { zh: "{party}办完{call}：{text}", en: "{party} finished{call}: {text}" },
    key: "e",
    tone: "next",
    rules: ["TK-6"],
  },
  tell: {
    moves: { given: "given", acknowledged: "acknowledged", arrived: "arrived", reported: "reported" },
    during: untilClosed,
    who: hands,
    fields: [must("call", "通话记录", "Call"), may("text", "告知了什么", "What was said")],
    label: { zh: "通话", en: "Call" },
    log: { zh: "与{party}通话{call}：{text}", en: "Spoke with {party}{call}: {text}" },
    key: "h",
    tone: "side",
    rules: ["TK-7"],
  },
  decline: {
    moves: { given: "declined", acknowledged: "declined" },
    during: untilClosed,
    who: hands,
    fields: [must("text", "退单理由", "Why"), may("call", "通话记录", "Call")],
    label: { zh: "退单", en: "Decline" },
    log: { zh: "{party}退单{call}：{text}", en: "{party} declined{call}: {text}" },
    key: "t",
    tone: "side",
    rules: ["TK-8"],
  },
  replace: {
    moves: {
      given: "withdrawn",
      acknowledged: "withdrawn",
      arrived: "withdrawn",
      reported: "withdrawn",
      declined: "declined",
    },
    during: inHand,
    who: hands,
    fields: [must("party", "改派给谁", "Who instead"), must("text", "改派理由", "Why")],
    label: { zh: "改派", en: "Replace" },
    log: { zh: "{party}改派为{to}：{text}", en: "{party} replaced by {to}: {text}" },
    key: "d",
    tone: "side",
    rules: ["TK-9"],
  },
  send_back: {
    moves: { finished: "acknowledged" },
    during: inHand,
    who: hands,
    fields: [must("text", "还差什么", "What is missing")],
    label: { zh: "重办", en: "Send back" },
    log: { zh: "请{party}重办：{text}", en: "Sent back to {party}: {text}" },
    key: "b",
    tone: "side",
    rules: ["TK-10"],
  },
  withdraw: {
    moves: { given: "withdrawn", acknowledged: "withdrawn", arrived: "withdrawn", reported: "withdrawn" },
    during: untilClosed,
    who: hands,
    fields: [must("text", "撤回理由", "Why")],
    label: { zh: "撤回", en: "Withdraw" },
    log: { zh: "撤回{party}的任务：{text}", en: "Task of {party} withdrawn: {text}" },
    key: "x",
    tone: "grave",
    rules: ["TK-11"],
  },
} as const satisfies Record<string, TaskStepRow>;

export type TaskAction = keyof typeof taskSteps;
export const taskActions = Object.keys(taskSteps) as TaskAction[];
export const taskStepOf = (action: TaskAction): TaskStepRow => taskSteps[action];

/** Steps that an officer of this grade may take for a task, the usual one first. */
export function taskActionsFrom(
  event: Pick<DutyEvent, "state" | "tasks">,
  task: Task | "none",
  grade: Grade,
): TaskAction[] {
  const state = task === "none" ? task : task.state;
  const lead = task !== "none" && task.role === "lead";
  const open = stepsFrom<TaskState | "none", TaskAction, keyof TaskGiven & string>(taskSteps, state, grade).filter(
    (action) =>
      taskStepOf(action).during.includes(event.state) &&
      !(lead && action === "withdraw") &&
      !(task !== "none" && action === "replace" && task.replacedBy !== ""),
  );
  // A step that leaves the task where it stands is not the usual one.
  const stays = (action: TaskAction) => (taskStepOf(action).moves[state] === state ? 1 : 0);
  const next = open.filter((action) => taskStepOf(action).tone === "next").sort((a, b) => stays(a) - stays(b));
  return [...next, ...open.filter((action) => taskStepOf(action).tone !== "next")];
}

function callWords({ way, person, phone, answer }: Call): Bilingual {
  const whom = [person, phone].filter(Boolean).join(" ");
  const words = (name: string, comma: string, quote: readonly [string, string]) =>
    [name, whom, answer && `${quote[0]}${answer}${quote[1]}`].filter(Boolean).join(comma);
  return {
    zh: `（${words(callWayNames[way].zh, "，", ["答复“", "”"])}）`,
    en: ` (${words(callWayNames[way].en.toLowerCase(), ", ", ["“", "”"])})`,
  };
}

/** The sentence of the duty log for a step of a party. */
export function taskSentence(action: TaskAction, party: string, given: TaskGiven): Bilingual {
  const call = given.call ? callWords(given.call) : { zh: "", en: "" };
  const { log } = taskStepOf(action);
  const values = { party, to: given.party?.name ?? "", text: given.text ?? "" };
  return {
    zh: told(log.zh, { ...values, call: call.zh }),
    en: told(log.en, { ...values, call: call.en }),
  };
}
