import type { Act } from "#shared/domain/act.ts";
import { type DeskError, deskError } from "#shared/errors.ts";
import { fail, ok, type Result } from "#shared/lib/result.ts";
import { settleClocks } from "./clock.ts";
import { type DutyEvent, laterFields } from "./event.ts";
import type { Given, ReportGiven } from "./given.ts";
import { givenSchemas } from "./given.ts";
import { mergeGiven, type Saw } from "./merge.ts";
import { ask, decide, mostHolds, resume, unmetNeed } from "./pause.ts";
import { mostTasks } from "./task.ts";
import { tasksAfter } from "./task-debts.ts";
import { type EventAction, transitionOf } from "./transitions.ts";

/** EV-1: a report makes a new event; the same id twice is refused. */
export function judgeReport(
  id: string,
  given: ReportGiven,
  act: Act,
  present: DutyEvent | undefined,
): Result<DutyEvent, DeskError> {
  if (present) return fail(deskError("event.exists"));
  const row = transitionOf("report");
  if (!row.who.includes(act.grade)) return fail(deskError("event.role", { action: row.label.zh }));
  const event: DutyEvent = {
    ...laterFields,
    id,
    ...given,
    limits: given.limits ?? null,
    state: "reported",
    board: null,
    lead: null,
    coHandlers: [],
    reportedAt: act.at,
    reportedBy: act.by,
    dueAt: null,
    whistle: null,
    result: "",
    closedAt: null,
    updatedAt: act.at,
  };
  return ok(settleClocks(undefined, event, act.at));
}

/** EV-2…EV-20: judges an action on an event as it stands and gives the event after it. The same on desk and district. */
export function judgeAction(
  event: DutyEvent | undefined,
  action: Exclude<EventAction, "report">,
  rawGiven: unknown,
  act: Act,
  saw?: Saw,
): Result<DutyEvent, DeskError> {
  if (!event) return fail(deskError("event.unknown"));
  const row = transitionOf(action);
  const to = row.moves[event.state];
  if (!to) return fail(deskError("event.not_from_here", { action: row.label.zh, state: event.state }));
  if (!row.who.includes(act.grade)) return fail(deskError("event.role", { action: row.label.zh }));
  const unmet = unmetNeed(row.needs ?? [], event, act.at);
  if (unmet) return fail(unmet);
  if (event.holds.length >= mostHolds && givesHold(action)) return fail(deskError("step.too_many"));
  const parsed = givenSchemas[action].safeParse(rawGiven);
  if (!parsed.success)
    return fail(deskError("event.missing", { action: row.label.zh }, parsed.error.issues[0]?.path.join(".")));
  const merged = mergeGiven(event, parsed.data, saw);
  if (!merged.ok) return merged;
  const given = merged.value;
  if (action === "assign" && !given.lead && !event.lead)
    return fail(deskError("event.lead_required", undefined, "lead"));
  const after: DutyEvent = { ...event, ...change(event, action, given, act), state: to, updatedAt: act.at };
  const tasks = tasksAfter(after, action, given, act);
  return tasks.length > mostTasks
    ? fail(deskError("step.too_many"))
    : ok(settleClocks(event, { ...after, tasks }, act.at));
}

const givesHold = (action: EventAction): boolean =>
  transitionOf(action).fields.some(({ name }) => name === "pauseMin" || name === "moreMin");

function change(event: DutyEvent, action: EventAction, given: Given, act: Act): Partial<DutyEvent> {
  switch (action) {
    case "assess":
      return {
        board: given.board ?? event.board,
        category: given.category ?? event.category,
        level: given.level ?? event.level,
        lead: given.lead ?? event.lead,
        coHandlers: given.coHandlers ?? event.coHandlers,
        limitMin: given.limitMin ?? event.limitMin,
        limits: given.limits ?? event.limits,
      };
    case "assign":
      return { lead: given.lead ?? event.lead, coHandlers: given.coHandlers ?? event.coHandlers };
    case "whistle":
      return {
        whistle: { kind: given.whistleKind ?? "daily", to: given.to ?? "", text: given.text ?? "", at: act.at },
      };
    case "ask_pause":
    case "ask_extend":
      return { holds: [...askedHold(event, given, act)] };
    case "pause":
    case "extend":
      return { holds: [...decide({ holds: askedHold(event, given, act) }, true, "", act)] };
    case "grant":
      return { holds: [...decide(event, true, given.note ?? "", act)] };
    case "refuse":
      return { holds: [...decide(event, false, given.reason ?? "", act)] };
    case "resume":
      return { holds: [...resume(event, act)] };
    case "close":
      return { result: given.result ?? "", closedAt: act.at };
    case "reopen":
      return { closedAt: null };
    default:
      return {};
  }
}

const askedHold = (event: DutyEvent, { pauseMin, moreMin, reason = "" }: Given, act: Act) =>
  ask(event, pauseMin === undefined ? "extend" : "pause", pauseMin ?? moreMin ?? 1, reason, act);
