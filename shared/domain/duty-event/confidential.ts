import type { Act } from "#shared/domain/act.ts";
import type { Grade } from "#shared/domain/officer/officer.ts";
import { type DeskError, deskError } from "#shared/errors.ts";
import { fail, ok, type Result } from "#shared/lib/result.ts";
import type { Bilingual } from "#shared/lib/text.ts";
import { type DutyEvent, laterFields } from "./event.ts";
import { sealedName, sealedTitle } from "./sealed-name.ts";
import type { Task } from "./task.ts";

/** Stands for a line of the log that speaks of such an event. */
export const sealedLine = (number: string): Bilingual => ({
  zh: `${sealedName.zh} ${number}\uff0c内容不在此显示`,
  en: `${sealedName.en} ${number}, not shown here`,
});

/** [D] Grades that may open any confidential event; whoever reported one may open that one. */
const openers: readonly Grade[] = ["shift_leader", "leader"];

/** CF-1: who has the right to a confidential event. */
export const mayOpen = (
  event: Pick<DutyEvent, "reportedBy">,
  officer: { readonly id: string; readonly grade: Grade },
) => openers.includes(officer.grade) || event.reportedBy === officer.id;

/**
 * CF-1: what is left of a confidential event for who lacks the right: where it stands, what it needs and who handles it.
 * Everything else is as in an event in which nothing was said, also fields that come later.
 */
export function sealed(event: DutyEvent): DutyEvent {
  return {
    ...event,
    ...laterFields,
    limits: event.limits,
    marks: event.marks,
    // Its clocks stand or run by them; why is one of its words.
    holds: event.holds.map((hold) => ({
      ...hold,
      reason: "",
      decided: hold.decided && { ...hold.decided, words: "" },
    })),
    // How far its parties and its procedure are, is where it stands: shown as empty, that would be a false word.
    tasks: event.tasks.map(sealedTask),
    sop: event.sop && { ...event.sop, ticks: event.sop.ticks.map((tick) => ({ ...tick, note: "" })) },
    title: sealedTitle,
    text: "",
    callerName: "",
    callerPhone: "",
    place: { text: "", point: null, community: "", grid: "" },
    whistle: event.whistle && { ...event.whistle, text: "" },
    result: "",
  };
}

/** CF-1: a party's task without what was said in its course. */
export const sealedTask = (task: Task): Task => ({ ...task, ask: "", feedback: "", reason: "", steps: [] });

/** CF-2: opening one is an act with a reason, by who has the right; the event itself stays as it is. */
export function judgeOpen(event: DutyEvent | undefined, act: Act): Result<DutyEvent, DeskError> {
  if (!event) return fail(deskError("event.unknown"));
  return mayOpen(event, { id: act.by, grade: act.grade }) ? ok(event) : fail(deskError("event.sealed"));
}
