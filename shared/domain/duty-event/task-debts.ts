import type { Act } from "#shared/domain/act.ts";
import type { Bilingual } from "#shared/lib/text.ts";
import { taskClock } from "./clock.ts";
import type { DutyEvent } from "./event.ts";
import type { Given } from "./given.ts";
import { stepped } from "./judge-task.ts";
import type { Party } from "./party.ts";
import { sameParty } from "./party.ts";
import { isTaskOpen, leadTask, newTask, openTaskOf, openTasks, type Task } from "./task.ts";
import type { EventAction } from "./transitions.ts";

/**
 * EV-16, EV-18, EV-19: what an action on the event itself does to its tasks. `event` is as the action leaves it, with the tasks
 * as they were before.
 */
export function tasksAfter(event: DutyEvent, action: EventAction, given: Given, act: Act): Task[] {
  const { tasks } = event;
  const move = (chosen: (task: Task) => boolean, to: Task["state"], text: string | undefined): Task[] =>
    tasks.map((task) => (chosen(task) ? stepped(task, to, { action, text }, act) : task));
  switch (action) {
    case "assign":
      return event.lead ? givenTo(tasks, event.lead, event.coHandlers, given.note ?? "", act) : tasks;
    case "acknowledge": {
      const one = tasks.find((task) => task.state === "given" && task.party.name === given.party) ?? leadTask(tasks);
      return move((task) => task === one && task.state === "given", "acknowledged", given.via);
    }
    case "feedback": {
      const lead = leadTask(tasks);
      return move((task) => task === lead && isTaskOpen(task.state), "finished", given.text);
    }
    case "return": {
      const lead = leadTask(tasks);
      if (event.state === "handling")
        return move((task) => task === lead && task.state === "finished", "acknowledged", given.reason);
      return move((task) => isTaskOpen(task.state), "withdrawn", given.reason);
    }
    case "close":
    case "void":
      return move((task) => isTaskOpen(task.state), "withdrawn", given.result ?? given.reason);
    default:
      return tasks;
  }
}

/** EV-16: a task for the lead and for each co-handler that has none open; who has one keeps it, in the role that is named now. */
function givenTo(before: readonly Task[], lead: Party, coHandlers: readonly Party[], ask: string, act: Act): Task[] {
  const named = [lead, ...coHandlers.filter((party) => !sameParty(party, lead))];
  let tasks = [...before];
  for (const [place, party] of named.entries()) {
    const role = place === 0 ? ("lead" as const) : ("co" as const);
    const open = openTaskOf(tasks, party);
    const task = open ? { ...open, role } : newTask(tasks, { party, role, ask }, act);
    tasks = [...tasks.filter((one) => one !== open), task];
  }
  return tasks;
}

/** EV-19: tasks that an action would withdraw, for the warning before it. */
export function withdrawnBy(event: Pick<DutyEvent, "state" | "tasks">, action: EventAction): Task[] {
  const ends = action === "close" || action === "void" || (action === "return" && event.state !== "fed_back");
  return ends ? openTasks(event.tasks) : [];
}

/** EV-20: the action that the tasks suggest for the event now; `null`: somebody is still at it. */
export function suggestedAction(event: Pick<DutyEvent, "state" | "tasks">): EventAction | null {
  const { state, tasks } = event;
  if (state !== "handling" && state !== "whistled") return null;
  return openTasks(tasks).length === 0 && leadTask(tasks)?.state === "finished" ? "feedback" : null;
}

/** Whom the event waits for: open tasks, the lead's first. */
export const waitingFor = (tasks: readonly Task[]): Task[] =>
  openTasks(tasks).sort((a, b) => Number(b.role === "lead") - Number(a.role === "lead"));

/** When a task is late, ms: with its next step or its event. `null`: it has ended, or nobody set a limit. */
export const taskDueAt = (event: DutyEvent, task: Task): number | null =>
  isTaskOpen(task.state) ? (taskClock(event, task)?.dueAt ?? null) : null;

/** When the first of an event's parties is late, ms. */
export function partyDueAt(event: DutyEvent): number | null {
  const due = event.tasks.flatMap((task) => taskDueAt(event, task) ?? []);
  return due.length > 0 ? Math.min(...due) : null;
}

/** What an event in somebody's hands waits for, in words; `null`: its state alone says it. */
export function nextOfTasks(event: Pick<DutyEvent, "state" | "tasks">): Bilingual | null {
  const lead = leadTask(event.tasks);
  if (event.state !== "assigned" && event.state !== "handling" && event.state !== "whistled") return null;
  if (lead?.state === "declined" && !lead.replacedBy)
    return { zh: `${lead.party.name}已退单，待改派`, en: `${lead.party.name} declined: replace` };
  const waiting = waitingFor(event.tasks);
  const first = waiting[0];
  if (!first) return null;
  const more = waiting.length > 1;
  const zh = first.state === "given" ? "签收" : "办完";
  const en = first.state === "given" ? "acknowledges" : "finishes";
  return {
    zh: `待${first.party.name}${more ? `等${waiting.length}方` : ""}${zh}`,
    en: `until ${first.party.name}${more ? ` (of ${waiting.length})` : ""} ${en}`,
  };
}
