import type { HandoverDraft } from "#shared/contract.ts";
import { stateNames } from "#shared/domain/duty-event/event.ts";
import { actionsFrom, transitionOf } from "#shared/domain/duty-event/transitions.ts";
import type { Handover, HandoverRecord } from "#shared/domain/handover/handover.ts";
import { onDutyAt, type ShiftSpan, shiftsBetween } from "#shared/domain/roster/roster.ts";
import { deskError } from "#shared/errors.ts";
import { fail, ok } from "#shared/lib/result.ts";
import { dayMs, hourMs } from "#shared/lib/time.ts";
import { type Answer, type Desk, enrolled } from "../desk.ts";
import { sql } from "../store/database.ts";
import { readAll, readEntity } from "../store/entities.ts";
import { rosterBetween } from "../store/layers.ts";
import { readMeta } from "../store/meta.ts";
import { counts, syncOfEntity } from "../store/outbox.ts";
import { officersById, shiftView } from "./people.ts";
import { warningsAt } from "./warnings.ts";

/** How long after its end an unsigned shift still comes first on the handover screen. */
const overdueShownMs = 6 * hourMs;

export const handoverId = (span: Pick<ShiftSpan, "on" | "shift">): string => `${span.on}/${span.shift}`;

/** The shift that hands over now: one that ended unsigned or half signed, else the current one. */
export function shiftToHandOver(desk: Desk, now: number): ShiftSpan | undefined {
  const rules = desk.tables.roster;
  const since = Number(readMeta(desk.db, "since") ?? 0);
  const ended = shiftsBetween(rules, now - overdueShownMs, now).filter(
    (span) => span.endAt <= now && span.endAt > Math.max(since, now - overdueShownMs),
  );
  const unsealed = ended.find((span) => readEntity(desk.db, "handover", handoverId(span))?.phase !== "sealed");
  return unsealed ?? onDutyAt(rules, () => undefined, now)?.span;
}

/** People of a shift as they go into the record: with their names, as they were. */
export function peopleIn(
  { db, tables }: Pick<Desk, "db" | "tables">,
  span: ShiftSpan,
  /** The outgoing as they stand at the end, the incoming as they begin. */
  at: number,
): HandoverRecord["outgoing"] {
  const roster = rosterBetween(db, tables.roster, span.startAt, span.endAt);
  const { people } = shiftView(roster, officersById(db), span, at);
  return people.map(({ role, officerId, name }) => ({ role, officerId, name }));
}

function buildRecord(desk: Desk, span: ShiftSpan, next: ShiftSpan | undefined): HandoverRecord {
  const now = desk.ports.now();
  const until = Math.min(now, span.endAt);
  const log = (where: string) =>
    sql(
      desk.db,
      `SELECT count(*) FROM duty_log WHERE kind = 'event' AND action = ? AND at >= ? AND at <= ? ${where}`,
    ).pluck();
  const open = (
    sql(desk.db, "SELECT id FROM duty_event WHERE open = 1 ORDER BY level, due_at, row LIMIT 500")
      .pluck()
      .all() as string[]
  ).flatMap((id) => readEntity(desk.db, "event", id) ?? []);
  return {
    on: span.on,
    shift: span.shift,
    shiftName: span.name.zh,
    startAt: span.startAt,
    dueAt: span.endAt,
    outgoing: peopleIn(desk, span, span.endAt - 1),
    incoming: next ? peopleIn(desk, next, next.startAt) : [],
    opened: log("").get("report", span.startAt, until) as number,
    closed: log("").get("close", span.startAt, until) as number,
    openEvents: open.map(({ id, number, title, state, level, dueAt, lead }) => {
      const step = actionsFrom(state, "leader")[0];
      const next = step ? transitionOf(step).label.zh : stateNames[state].zh;
      return { eventId: id, number, title, state, level, dueAt, lead: lead?.name ?? "", next };
    }),
    whistles: open
      .filter(({ state }) => state === "whistled")
      .map(({ id, number, title, whistle }) => ({ eventId: id, number, title, to: whistle?.to ?? "" })),
    instructions: (
      sql(desk.db, "SELECT at, zh AS text FROM duty_log WHERE kind = 'instruction' AND at >= ? ORDER BY at").all(
        span.startAt,
      ) as { at: number; text: string }[]
    ).slice(0, 50),
    warnings: warningsAt(desk.db, now).map(({ level, title }) => ({ level, title })),
    unconfirmed: counts(desk.db).waiting,
    checklist: desk.tables.checklist.items.map((item) => ({ item, ok: false, note: "" })),
    remarks: "",
    carryOver: [],
  };
}

export function draftHandover(desk: Desk): Answer<"handover.draft"> {
  const now = desk.ports.now();
  const span = shiftToHandOver(desk, now);
  if (!span) return fail(deskError("handover.nobody"));
  const next = shiftsBetween(desk.tables.roster, span.endAt, span.endAt + dayMs).find(
    (one) => one.startAt >= span.endAt,
  );
  const handover = readEntity(desk.db, "handover", handoverId(span)) ?? null;
  const record = handover?.record ?? buildRecord(desk, span, next);
  const draft: HandoverDraft = {
    handoverId: handoverId(span),
    phase: handover?.phase ?? "draft",
    record,
    handover,
    mayOffer: signers(record.outgoing),
    mayAccept: signers(record.incoming),
  };
  return ok(draft);
}

/** Who of a shift may sign: everyone but the standby; each person once. */
function signers(people: HandoverRecord["outgoing"]): string[] {
  return [...new Set(people.filter(({ role }) => role !== "standby").map(({ officerId }) => officerId))];
}

export function listHandovers(desk: Desk): Answer<"handover.list"> {
  const handovers = readAll(desk.db, "handover").reverse().slice(0, 100);
  return ok({
    handovers: handovers.map(({ id, phase, record, outgoing, incoming }) => ({
      id,
      phase,
      shiftName: record.shiftName,
      on: record.on,
      outgoing: outgoing.name,
      incoming: incoming?.name ?? "",
      sync: syncOfEntity(desk.db, enrolled(desk), "handover", id),
    })),
  });
}

export function getHandover(desk: Desk, { id }: { id: string }): Answer<"handover.get"> {
  const handover: Handover | undefined = readEntity(desk.db, "handover", id);
  return handover ? ok({ handover }) : fail(deskError("handover.nobody"));
}
