import { z } from "zod";
import type { Bilingual } from "#shared/lib/text.ts";
import { partySchema } from "./given-parts.ts";
import { type Party, sameParty } from "./party.ts";

/** Where the task of one party stands. */
export const taskStates = [
  "given",
  "acknowledged",
  "arrived",
  "reported",
  "finished",
  "declined",
  "withdrawn",
] as const;
export type TaskState = (typeof taskStates)[number];

export const taskStateNames: Readonly<Record<TaskState, Bilingual>> = {
  given: { zh: "待签收", en: "To acknowledge" },
  acknowledged: { zh: "已签收", en: "Acknowledged" },
  arrived: { zh: "已到场", en: "On the spot" },
  reported: { zh: "已反馈", en: "Reported" },
  finished: { zh: "已办完", en: "Finished" },
  declined: { zh: "已退单", en: "Declined" },
  withdrawn: { zh: "已撤回", en: "Withdrawn" },
};

export const openTaskStates: readonly TaskState[] = ["given", "acknowledged", "arrived", "reported"];
export const isTaskOpen = (state: TaskState): boolean => openTaskStates.includes(state);

export const taskRoles = ["lead", "co"] as const;
export type TaskRole = (typeof taskRoles)[number];
export const taskRoleNames: Readonly<Record<TaskRole, Bilingual>> = {
  lead: { zh: "主办", en: "Lead" },
  co: { zh: "协办", en: "With" },
};

/** By what way a party was told or has answered. */
export const callWays = ["phone", "radio", "message", "present", "system"] as const;
export type CallWay = (typeof callWays)[number];
export const callWayNames: Readonly<Record<CallWay, Bilingual>> = {
  phone: { zh: "电话", en: "Phone" },
  radio: { zh: "对讲机", en: "Radio" },
  message: { zh: "消息", en: "Message" },
  present: { zh: "当面", en: "In person" },
  system: { zh: "系统", en: "System" },
};

const instant = z.number().int().nonnegative();

/** Who of a party was spoken to, by what number, when (ms), and what was answered. */
export const callSchema = z.strictObject({
  way: z.enum(callWays),
  person: z.string().trim().max(40),
  phone: z.string().trim().max(30),
  at: instant,
  answer: z.string().trim().max(500),
});
export type Call = z.infer<typeof callSchema>;

/** One line of what happened to a task. `by`: officer id; the machine's hand is never one. */
export const taskStepSchema = z.strictObject({
  action: z.string().min(1).max(20),
  at: instant,
  by: z.string().max(64),
  text: z.string().max(2000),
  call: callSchema.nullable(),
});

/** What one party owes to an event: the lead's or a co-handler's. All instants are ms; `null`: not yet. */
export const taskSchema = z.strictObject({
  /** Within its event; made of the party, so that both ends name it alike (TK-2). */
  id: z.string().min(1).max(100),
  party: partySchema,
  role: z.enum(taskRoles),
  /** What is asked of the party; empty: what the event says. */
  ask: z.string().max(500),
  state: z.enum(taskStates),
  givenAt: instant,
  givenBy: z.string().max(64),
  acknowledgedAt: instant.nullable(),
  arrivedAt: instant.nullable(),
  reportedAt: instant.nullable(),
  endedAt: instant.nullable(),
  /** The party's last word on the matter. */
  feedback: z.string().max(2000),
  /** Why it was declined, withdrawn, replaced or sent back. */
  reason: z.string().max(2000),
  /** Task of the party that took its place; empty: none did. */
  replacedBy: z.string().max(100),
  steps: z.array(taskStepSchema).max(100),
});
export type Task = z.infer<typeof taskSchema>;

/** Tasks of one event, ended ones too. More are refused: an event must stay small. */
export const mostTasks = 60;

/** TK-2: the party names its task; given again after an end, with the number of the round. */
export function taskIdOf(tasks: readonly Task[], party: Party): string {
  const before = tasks.filter((task) => sameParty(task.party, party)).length;
  return `${party.kind}:${party.name}${before === 0 ? "" : `#${before + 1}`}`;
}

export const openTaskOf = (tasks: readonly Task[], party: Party): Task | undefined =>
  tasks.find((task) => isTaskOpen(task.state) && sameParty(task.party, party));

export const openTasks = (tasks: readonly Task[]): Task[] => tasks.filter((task) => isTaskOpen(task.state));

/** The lead's task as it counts now: the last that was given. */
export const leadTask = (tasks: readonly Task[]): Task | undefined => tasks.findLast((task) => task.role === "lead");

export function newTask(
  tasks: readonly Task[],
  facts: Pick<Task, "party" | "role" | "ask">,
  act: { readonly at: number; readonly by: string },
): Task {
  return {
    id: taskIdOf(tasks, facts.party),
    ...facts,
    state: "given",
    givenAt: act.at,
    givenBy: act.by,
    acknowledgedAt: null,
    arrivedAt: null,
    reportedAt: null,
    endedAt: null,
    feedback: "",
    reason: "",
    replacedBy: "",
    steps: [],
  };
}
