import { zoneMinutes } from "#renderer/text/format.ts";
import type { Party } from "#shared/domain/duty-event/party.ts";
import type { CallWay, Task } from "#shared/domain/duty-event/task.ts";
import { type TaskAction, type TaskGiven, taskStepOf } from "#shared/domain/duty-event/task-steps.ts";
import { dayMs, dayOf, instantOf } from "#shared/lib/time.ts";

/** What stands in the form of a step before it is judged. `way` empty: no call is recorded; `time` empty: now. */
export interface EnteredStep {
  readonly text: string;
  readonly party: Party | null;
  readonly way: CallWay | "";
  readonly person: string;
  readonly phone: string;
  /** `HH:MM` on the desk's clock, within the last day. */
  readonly time: string;
  readonly answer: string;
}

const blank: EnteredStep = { text: "", party: null, way: "", person: "", phone: "", time: "", answer: "" };

/** The form as it opens: the person and number that were spoken to last stand there already. */
export function prefillStep(action: TaskAction, task: Task | undefined): EnteredStep {
  const last = task?.steps.findLast((step) => step.call !== null)?.call;
  return {
    ...blank,
    way: action === "tell" ? (last?.way ?? "phone") : "",
    person: last?.person ?? "",
    phone: last?.phone ?? "",
  };
}

/** The instant of a time of day that is not ahead of `now`: today, or else yesterday. */
export function lastInstantOf(time: string, now: number): number | null {
  const [hour = Number.NaN, minute = Number.NaN] = time.split(/[:：]/u).map(Number);
  if (!(hour >= 0 && hour < 24 && minute >= 0 && minute < 60)) return null;
  const zone = zoneMinutes();
  const at = instantOf(dayOf(now, zone), hour * 60 + minute, zone);
  return at <= now ? at : at - dayMs;
}

export type StepProblem = "text" | "party" | "time" | "call";

/** TK-7: a call that names neither whom nor what records nothing but that a key was pressed. */
const saysNothing = ({ person, phone, answer, text }: EnteredStep): boolean =>
  ![person, phone, answer, text].some((words) => words.trim());

/** What is missing, field by field; empty: the step can be sent. */
export function problemsOfStep(action: TaskAction, entered: EnteredStep, now: number): StepProblem[] {
  const needs = (name: "text" | "party") =>
    taskStepOf(action).fields.some((field) => field.name === name && field.required);
  return [
    ...(needs("text") && !entered.text.trim() ? (["text"] as const) : []),
    ...(needs("party") && !entered.party ? (["party"] as const) : []),
    ...(action === "tell" && saysNothing(entered) ? (["call"] as const) : []),
    ...(entered.way && entered.time.trim() && lastInstantOf(entered.time.trim(), now) === null
      ? (["time"] as const)
      : []),
  ];
}

/** What is sent; a time that is not given is now. */
export function givenOfStep(action: TaskAction, entered: EnteredStep, now: number): TaskGiven {
  const { text, party, way, person, phone, time, answer } = entered;
  const takes = (name: keyof TaskGiven) => taskStepOf(action).fields.some((field) => field.name === name);
  return {
    ...(text.trim() ? { text: text.trim() } : {}),
    ...(takes("party") && party ? { party } : {}),
    ...(takes("call") && way
      ? {
          call: {
            way,
            person: person.trim(),
            phone: phone.trim(),
            at: lastInstantOf(time.trim(), now) ?? now,
            answer: answer.trim(),
          },
        }
      : {}),
  };
}

/** One key is enough: nothing must be given. */
export const stepsAtOnce = (action: TaskAction): boolean =>
  taskStepOf(action).tone !== "grave" && taskStepOf(action).fields.every((field) => !field.required);

export const stepDraftKey = (eventId: string, taskId: string | null, action: TaskAction): string =>
  `task:${eventId}:${taskId ?? ""}:${action}`;

/** Reads kept words over the fresh form; what cannot be read is left aside. */
export function readStepDraft(kept: string | null, fresh: EnteredStep): EnteredStep | null {
  if (!kept) return null;
  try {
    return { ...fresh, ...(JSON.parse(kept) as Partial<EnteredStep>) };
  } catch {
    return null;
  }
}
