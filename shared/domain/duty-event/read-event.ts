import { type DutyEvent, laterFields } from "./event.ts";
import { newTask, type Task, type TaskState } from "./task.ts";
import { readOldWhistle } from "./whistle.ts";

/** Where a task stood in an event of the time before there were tasks. */
const leadOfOld: Readonly<Partial<Record<DutyEvent["state"], TaskState>>> = {
  assigned: "given",
  handling: "acknowledged",
  whistled: "acknowledged",
  fed_back: "finished",
  verified: "finished",
  closed: "finished",
};

/** EV-21: an event of the time before tasks has those that its state owes: lead and co-handlers as they were named. */
function tasksOfOld(event: DutyEvent): Task[] {
  const state = leadOfOld[event.state];
  if (!state || !event.lead) return [];
  const at = event.closedAt ?? event.updatedAt;
  const tasks: Task[] = [];
  for (const [place, party] of [event.lead, ...event.coHandlers].entries()) {
    const lead = place === 0;
    const own = lead || state === "given" ? state : event.state === "closed" ? "withdrawn" : "acknowledged";
    const task = newTask(tasks, { party, role: lead ? "lead" : "co", ask: "" }, { at: event.reportedAt, by: "" });
    tasks.push({
      ...task,
      state: own,
      acknowledgedAt: own === "given" || own === "withdrawn" ? null : at,
      endedAt: own === "finished" || own === "withdrawn" ? at : null,
    });
  }
  return tasks;
}

const whole = new WeakSet<DutyEvent>();

/** Nothing is missing in what a rule has made of an event that was read. */
export function markWhole(event: DutyEvent): DutyEvent {
  whole.add(event);
  return event;
}

const laterNames = Object.keys(laterFields);

/** An event as it was kept, by this version or an older one: what came later is filled in, once. One that lacks nothing is not copied. */
export function readEvent(kept: unknown): DutyEvent {
  const old = kept as DutyEvent;
  if (whole.has(old)) return old;
  const event = laterNames.every((name) => name in old) ? old : { ...laterFields, ...old };
  const tasks = "tasks" in old ? event.tasks : tasksOfOld(event);
  const whistles =
    event.whistle && event.whistles.length === 0 ? [readOldWhistle(event.whistle, event.state)] : event.whistles;
  const lacksNothing = event === old && whistles === event.whistles;
  return markWhole(lacksNothing ? event : { ...event, tasks, whistles });
}
