import type { Act } from "#shared/domain/act.ts";
import { checkStep } from "#shared/domain/step.ts";
import { type DeskError, deskError } from "#shared/errors.ts";
import { fail, ok, type Result } from "#shared/lib/result.ts";
import type { DutyEvent } from "./event.ts";
import { type Party, sameParty } from "./party.ts";
import {
  isTaskOpen,
  leadTask,
  mostTasks,
  newTask,
  openTaskOf,
  openTasks,
  type Task,
  type TaskState,
  taskStateNames,
} from "./task.ts";
import { type TaskAction, type TaskGiven, taskStepOf } from "./task-steps.ts";

const stateNames = { ...taskStateNames, none: { zh: "未派", en: "Not given" } };

/** A task's history longer than this is refused: nobody reads it, and an op must stay small. */
const mostSteps = 100;

/** Moves a task on by one step and notes the instants that it makes. The caller has judged it. */
export function stepped(
  task: Task,
  to: TaskState,
  step: { readonly action: string; readonly text?: string | undefined; readonly call?: TaskGiven["call"] },
  act: Act,
): Task {
  const text = step.text ?? "";
  const begun = to !== "given" && to !== "declined" && to !== "withdrawn";
  return {
    ...task,
    state: to,
    acknowledgedAt: task.acknowledgedAt ?? (begun ? act.at : null),
    arrivedAt: task.arrivedAt ?? (to === "arrived" ? act.at : null),
    reportedAt: to === "reported" || to === "finished" ? act.at : task.reportedAt,
    endedAt: isTaskOpen(to) ? null : act.at,
    feedback: (to === "reported" || to === "finished") && step.action !== "tell" && text ? text : task.feedback,
    reason: to === "declined" || to === "withdrawn" || step.action === "send_back" ? text : task.reason,
    steps: [...task.steps, { action: step.action, at: act.at, by: act.by, text, call: step.call ?? null }],
  };
}

/** EV-17: lead and co-handlers of an event are those of its tasks; a lead that has begun has started the handling. */
function withTasks(event: DutyEvent, tasks: readonly Task[], at: number): DutyEvent {
  const lead = leadTask(tasks);
  const lastOf = (party: Party) => tasks.findLast((task) => sameParty(task.party, party));
  const stays = event.coHandlers.filter((party) => {
    const last = lastOf(party);
    return !last || (last.role === "co" && last.state !== "declined" && last.state !== "withdrawn");
  });
  const joined = openTasks(tasks)
    .filter(({ role, party }) => role === "co" && !stays.some((one) => sameParty(one, party)))
    .map(({ party }) => party);
  const begun = lead && lead.acknowledgedAt !== null && lead.state !== "declined";
  return {
    ...event,
    tasks: [...tasks],
    lead: lead?.party ?? event.lead,
    coHandlers: [...stays, ...joined],
    state: begun && event.state === "assigned" ? "handling" : event.state,
    updatedAt: at,
  };
}

const replaced = (tasks: readonly Task[], task: Task): Task[] => tasks.map((one) => (one.id === task.id ? task : one));

/**
 * TK-1…TK-11: judges a step of one party's task and gives the event after it. `taskId`: `null` gives a task to a party that
 * has none. The same on desk and district; steps of two tasks never stand in each other's way (EV-15).
 */
export function judgeTask(
  event: DutyEvent | undefined,
  taskId: string | null,
  action: TaskAction,
  given: TaskGiven,
  act: Act,
): Result<DutyEvent, DeskError> {
  if (!event) return fail(deskError("event.unknown"));
  const row = taskStepOf(action);
  const named = { action: row.label.zh };
  const task = event.tasks.find(({ id }) => id === taskId);
  if (taskId !== null && !task) return fail(deskError("task.unknown", named));
  const to = checkStep(row, task?.state ?? "none", stateNames, given, act);
  if (!to.ok) return to;
  if (!row.during.includes(event.state))
    return fail(deskError("event.not_from_here", { ...named, state: event.state }));
  if (given.call && given.call.at > act.at) return fail(deskError("step.missing", named, "call.at"));
  if (!task) {
    const party = given.party;
    if (!party) return fail(deskError("step.missing", named, "party"));
    if (openTaskOf(event.tasks, party)) return fail(deskError("task.already", { party: party.name }, "party"));
    if (event.tasks.length >= mostTasks) return fail(deskError("step.too_many"));
    const fresh = newTask(event.tasks, { party, role: "co", ask: (given.text ?? "").slice(0, 500) }, act);
    return ok(withTasks(event, [...event.tasks, fresh], act.at));
  }
  if (task.steps.length >= mostSteps) return fail(deskError("step.too_many"));
  if (action === "withdraw" && task.role === "lead") return fail(deskError("task.lead_stays"));
  const after = stepped(task, to.value as TaskState, { action, text: given.text, call: given.call }, act);
  if (action !== "replace") return ok(withTasks(event, replaced(event.tasks, after), act.at));
  return judgeReplace(event, task, after, given, act);
}

/** TK-9: the other party takes the role; a co-handler that becomes the lead keeps its task. */
function judgeReplace(
  event: DutyEvent,
  task: Task,
  after: Task,
  given: TaskGiven,
  act: Act,
): Result<DutyEvent, DeskError> {
  if (task.replacedBy) return fail(deskError("task.unknown", { action: taskStepOf("replace").label.zh }));
  const party = given.party ?? task.party;
  const rest = event.tasks.filter(({ id }) => id !== task.id);
  const held = openTaskOf(rest, party);
  if (held && task.role === "co") return fail(deskError("task.already", { party: party.name }, "party"));
  if (event.tasks.length >= mostTasks) return fail(deskError("step.too_many"));
  const next = held
    ? { ...held, role: task.role }
    : newTask(event.tasks, { party, role: task.role, ask: task.ask }, act);
  const gone: Task = { ...after, replacedBy: next.id };
  // The task that counts for a role stands last.
  const others = event.tasks.filter(({ id }) => id !== next.id);
  return ok(withTasks(event, [...replaced(others, gone), next], act.at));
}
