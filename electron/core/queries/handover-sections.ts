import { faultStateNames } from "#shared/domain/asset/fault.ts";
import { type DutyEvent, isOpen, stateNames } from "#shared/domain/duty-event/event.ts";
import { whistleOf, whistleStateNames } from "#shared/domain/duty-event/whistle.ts";
import {
  type EventMark,
  emptyLine,
  type HandoverLine,
  type HandoverRecord,
  instructionKinds,
  type SectionCode,
  sectionCodes,
} from "#shared/domain/handover/record.ts";
import { type ReportDue, reportDue, reportKinds } from "#shared/domain/handover/reports.ts";
import { hazardGradeNames, hazardStateNames } from "#shared/domain/hazard/hazard.ts";
import type { ShiftSpan } from "#shared/domain/roster/roster.ts";
import type { Desk } from "../desk.ts";
import { sql } from "../store/database.ts";
import { readEntity } from "../store/entities.ts";
import { faultsBetween, openFaults } from "./faults.ts";
import { watchLines } from "./handover-watch.ts";
import { hazardsDue } from "./hazards.ts";
import { warningsAt } from "./warnings.ts";

/** A handover names no more than this of a kind; a street with more has another problem. */
export const mostOfAKind = 500;

const fromAbove: readonly DutyEvent["source"][] = ["district", "department", "leader"];
const unanswered: readonly DutyEvent["state"][] = [
  "reported",
  "accepted",
  "assessed",
  "assigned",
  "handling",
  "whistled",
];

export function marksOf(event: DutyEvent, isReportDue: boolean): EventMark[] {
  return [
    ...(event.state === "whistled" ? (["whistle"] as const) : []),
    ...(fromAbove.includes(event.source) && unanswered.includes(event.state) ? (["task"] as const) : []),
    ...(isReportDue ? (["report"] as const) : []),
  ];
}

/** HO-16: reports of events that are still owed, by event. */
export function reportsDue(desk: Desk, events: readonly DutyEvent[]): Map<string, ReportDue> {
  // One that names a leader asks for an instruction (HO-17): it is no report.
  const made = sql(
    desk.db,
    "SELECT at FROM duty_log WHERE event_id = ? AND kind = 'request' AND officers IN ('', '[]') ORDER BY at",
  ).pluck();
  return new Map(
    events.flatMap((event) => {
      if (!desk.tables.reports.levels.includes(event.level)) return [];
      const due = reportDue(desk.tables.reports, event, made.all(event.id) as number[]);
      return due ? [[event.id, due] as const] : [];
    }),
  );
}

export interface Known {
  readonly open: readonly DutyEvent[];
  readonly closed: readonly DutyEvent[];
  readonly reports: ReadonlyMap<string, ReportDue>;
}

export function sectionsOf(desk: Desk, span: ShiftSpan, until: number, known: Known): HandoverRecord["sections"] {
  const { open, closed, reports } = known;
  const lines: Record<SectionCode, HandoverLine[]> = {
    closed: closed.map((event) => ofEvent("closed", event, { detail: event.result, at: event.closedAt })),
    whistle: open
      .filter(({ state }) => state === "whistled")
      .map((event) => ofEvent("whistle", event, { detail: whistleWords(event), at: whistleOf(event)?.at ?? null })),
    task: open
      .filter((event) => marksOf(event, false).includes("task"))
      .map((event) => ofEvent("task", event, { detail: stateNames[event.state].zh, at: event.dueAt })),
    report: [...open, ...closed].flatMap((event) => {
      const due = reports.get(event.id);
      return due
        ? [
            ofEvent("report", event, {
              mark: reportKinds[due.kind].zh,
              detail: due.made > 0 ? `已报 ${due.made} 次` : "尚未报告",
              at: due.dueAt,
            }),
          ]
        : [];
    }),
    warning: warningsAt(desk.db, desk.ports.now()).map(({ id, level, title, toAt }) => ({
      ...plain("warning", id),
      mark: level,
      title,
      at: toAt,
    })),
    instruction: instructionsOpen(desk),
    hazard: hazardsOpen(desk, span),
    fault: faultsIn(desk, span),
    watch: watchLines(desk, span, until),
  };
  return sectionCodes.map((code) => ({ code, items: lines[code] }));
}

/** Whom the whistle waits for, and for which step. */
function whistleWords(event: DutyEvent): string {
  const whistle = whistleOf(event);
  return whistle ? `${whistle.to}（${whistleStateNames[whistle.state].zh}）` : "";
}

export const plain = (code: SectionCode, id: string): HandoverLine => emptyLine(`${code}/${id}`);

const ofEvent = (code: SectionCode, event: DutyEvent, more: Partial<HandoverLine>): HandoverLine => ({
  ...plain(code, event.id),
  number: event.number,
  title: event.title,
  eventId: event.id,
  confidential: event.confidential,
  ...more,
});

/** HO-17: instructions and requests that no later entry names; a report of an event, which names no leader, asks for nothing. */
function instructionsOpen(desk: Desk): HandoverLine[] {
  const rows = sql(
    desk.db,
    `SELECT id, at, kind, zh, event_id AS eventId FROM duty_log AS entry
     WHERE kind IN ('instruction', 'request') AND NOT (kind = 'request' AND event_id IS NOT NULL AND officers IN ('', '[]'))
       AND NOT EXISTS (SELECT 1 FROM duty_log AS later WHERE later.corrects = entry.id)
     ORDER BY at LIMIT ?`,
  ).all(mostOfAKind) as { id: string; at: number; kind: string; zh: string; eventId: string | null }[];
  return rows.flatMap(({ id, at, kind, zh, eventId }) => {
    const event = eventId === null ? undefined : readEntity(desk.db, "event", eventId);
    if (event && !isOpen(event.state)) return [];
    const mark = instructionKinds[kind === "instruction" ? "instruction" : "request"].zh;
    const confidential = event?.confidential ?? false;
    return [{ ...plain("instruction", id), mark, title: zh, at, eventId, confidential }];
  });
}

/** Open hazards whose limit ends before the next shift does. */
function hazardsOpen(desk: Desk, span: ShiftSpan): HandoverLine[] {
  const untilAt = 2 * span.endAt - span.startAt;
  return hazardsDue(desk.db, untilAt).map(({ id, number, state, grade, title, party, dueAt }) => ({
    ...plain("hazard", id),
    mark: hazardGradeNames[grade].zh,
    number,
    title,
    detail: [hazardStateNames[state].zh, party].filter(Boolean).join(" "),
    at: dueAt,
  }));
}

/** Devices that broke or were repaired in the shift, and those that are still broken. */
function faultsIn(desk: Desk, span: ShiftSpan): HandoverLine[] {
  const { db } = desk;
  const inShift = faultsBetween(db, span.startAt, span.endAt);
  const known = new Set(inShift.map(({ id }) => id));
  const older = openFaults(db, mostOfAKind).filter(({ id }) => !known.has(id));
  return [...inShift, ...older]
    .filter(({ state }) => state !== "void")
    .map(({ id, state, assetName, text, reportedAt, endedAt }) => ({
      ...plain("fault", id),
      mark: faultStateNames[state].zh,
      title: `${assetName}：${text}`,
      detail: reportedAt >= span.startAt ? "本班发现" : "",
      at: endedAt ?? reportedAt,
    }));
}
