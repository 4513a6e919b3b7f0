import type { Act } from "#shared/domain/act.ts";
import { type DeskError, deskError } from "#shared/errors.ts";
import { fail, ok, type Result } from "#shared/lib/result.ts";
import { isChosen, mayLead, mergedSchema } from "./bond.ts";
import { sendsAway } from "./border.ts";
import { settleClocks } from "./clock.ts";
import { type DutyEvent, type EventState, laterFields } from "./event.ts";
import type { Given, ReportGiven } from "./given.ts";
import { givenSchemas } from "./given.ts";
import { mergeGiven, type Saw } from "./merge.ts";
import { ask, decide, mostHolds, resume, unmetNeed } from "./pause.ts";
import { mostTasks } from "./task.ts";
import { tasksAfter } from "./task-debts.ts";
import { type EventAction, isReady, transitionOf } from "./transitions.ts";
import { answerUrges, owesAnswer } from "./urge.ts";
import { stepWhistle, whistleFor, whistleOf, whistleStateNames } from "./whistle.ts";

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
  const { splitFrom, ...facts } = given;
  const event: DutyEvent = {
    ...laterFields,
    id,
    ...facts,
    limits: given.limits ?? null,
    links: splitFrom ? [{ ...splitFrom, kind: "split_from", text: "", at: act.at, by: act.by }] : [],
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
  const to = targetOf(event, row.moves[event.state]);
  if (!to) return fail(deskError("event.not_from_here", { action: row.label.zh, state: event.state }));
  if (!row.who.includes(act.grade)) return fail(deskError("event.role", { action: row.label.zh }));
  const unmet = unmetNeed(row.needs ?? [], event, act.at);
  if (unmet) return fail(unmet);
  if (event.holds.length >= mostHolds && givesHold(action)) return fail(deskError("step.too_many"));
  if (!isReady(action, event)) return notReady(event, action);
  const parsed = givenSchemas[action].safeParse(rawGiven);
  if (!parsed.success)
    return fail(deskError("event.missing", { action: row.label.zh }, parsed.error.issues[0]?.path.join(".")));
  const merged = mergeGiven(event, parsed.data, saw);
  if (!merged.ok) return merged;
  const given = merged.value;
  if (action === "assign" && !given.lead && !event.lead)
    return fail(deskError("event.lead_required", undefined, "lead"));
  const wrong = wrongWith(event, given, action);
  if (wrong) return fail(wrong);
  const after: DutyEvent = { ...event, ...change(event, action, given, act), state: to, updatedAt: act.at };
  const tasks = tasksAfter(after, action, given, act);
  return tasks.length > mostTasks
    ? fail(deskError("step.too_many"))
    : ok(settleClocks(event, { ...after, tasks }, act.at));
}

const givesHold = (action: EventAction): boolean =>
  transitionOf(action).fields.some(({ name }) => name === "pauseMin" || name === "moreMin");

/** Where a row leads: `before` is where the event stood before it was whistled or merged. */
function targetOf(event: DutyEvent, to: EventState | "before" | undefined): EventState | undefined {
  if (to !== "before") return to;
  return event.state === "merged" ? event.merged?.from : whistleOf(event)?.from;
}

function notReady(event: DutyEvent, action: EventAction): Result<never, DeskError> {
  const { when, whistle, label } = transitionOf(action);
  if (when && !when.holds(event))
    return fail(
      deskError(typeof when.error === "string" ? when.error : when.error(event), {
        action: label.zh,
        side: event.border?.side ?? "",
      }),
    );
  const stands = whistle && whistleFor(event, whistle.step);
  if (!stands) return fail(deskError("whistle.none", { action: label.zh }));
  return fail(deskError("whistle.not_from_here", { action: label.zh, whistle: whistleStateNames[stands.state].zh }));
}

/** What is wrong with what was given, beyond its form. */
function wrongWith(event: DutyEvent, given: Given, action: EventAction): DeskError | undefined {
  if ((action === "close" || action === "return") && sendsAway(event, given.result ?? given.reason ?? ""))
    return deskError(
      "event.border_sent_away",
      { side: event.border?.side ?? "" },
      action === "close" ? "result" : "reason",
    );
  if (given.into && !mayLead(given.into, event))
    return deskError("event.merge_order", { into: given.into.number }, "into");
  if (action === "link" && given.other?.eventId === event.id) return deskError("event.link_self", undefined, "other");
  if (action === "unlink" && !event.links.some((link) => link.eventId === given.other?.eventId && isChosen(link)))
    return deskError("event.not_linked", undefined, "other");
  if (action === "answer_urge" && !owesAnswer(event).includes(given.to ?? ""))
    return deskError("event.nothing_urged", undefined, "to");
  return undefined;
}

function change(event: DutyEvent, action: EventAction, given: Given, act: Act): Partial<DutyEvent> {
  const { whistle } = transitionOf(action);
  const whistles =
    whistle && (whistle.from?.includes(event.state) ?? true)
      ? { whistles: stepWhistle(event, whistle.step, given, act), whistle: null }
      : {};
  return { ...whistles, ...facts(event, action, given, act) };
}

function facts(event: DutyEvent, action: EventAction, given: Given, act: Act): Partial<DutyEvent> {
  const { at, by } = act;
  const text = given.text ?? "";
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
        confidential: event.confidential || given.confidential === true,
      };
    case "seal":
      return { confidential: true };
    case "assign":
      return { lead: given.lead ?? event.lead, coHandlers: given.coHandlers ?? event.coHandlers };
    case "urge":
    case "supervise":
      return {
        urges: [...event.urges, { kind: action, to: given.to ?? "", via: given.via ?? "", text, at, by, answer: null }],
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
    case "answer_urge":
      return { urges: answerUrges(event.urges, given.to ?? "", { text, at, by }) };
    case "mark_border":
      return { border: { side: given.border ?? "", text, at, by, agreement: null } };
    case "unmark_border":
      return { border: null };
    case "agree": {
      const { oneOff = "", upkeep = "", agreedBy = "", agreedOn = "" } = given;
      return {
        border: event.border && { ...event.border, agreement: { oneOff, upkeep, agreedBy, agreedOn, text, at, by } },
      };
    }
    case "merge": {
      const from = mergedSchema.shape.from.parse(event.state);
      const { eventId = "", number = "" } = given.into ?? {};
      return { merged: { eventId, number, from, text, at, by }, closedAt: at };
    }
    case "unmerge":
      return { merged: null, closedAt: null };
    case "link": {
      const { eventId = "", number = "" } = given.other ?? {};
      const others = event.links.filter((link) => link.eventId !== eventId || !isChosen(link));
      return { links: [...others, { eventId, number, kind: given.linkKind ?? "related", text, at, by }] };
    }
    case "unlink":
      return { links: event.links.filter((link) => link.eventId !== given.other?.eventId || !isChosen(link)) };
    case "review": {
      const { happened = "", well = "", change: toChange = "", measures = [] } = given;
      return { review: { happened, well, change: toChange, measures, at, by } };
    }
    case "hand_back": {
      const asked = { reason: given.reason ?? "", at, by, answer: null };
      return { dispatch: event.dispatch && { ...event.dispatch, returns: [...event.dispatch.returns, asked] } };
    }
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
