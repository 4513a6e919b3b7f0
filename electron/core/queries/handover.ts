import type { HandoverDraft, ParsedOf } from "#shared/contract.ts";
import type { Handover } from "#shared/domain/handover/handover.ts";
import { isHandedOver } from "#shared/domain/handover/handover.ts";
import { type HandoverRecord, readRecord } from "#shared/domain/handover/record.ts";
import { onDutyAt, type ShiftSpan, shiftsBetween } from "#shared/domain/roster/roster.ts";
import { deskError } from "#shared/errors.ts";
import { fail, ok } from "#shared/lib/result.ts";
import { dayMs, hourMs } from "#shared/lib/time.ts";
import { type Answer, type Desk, enrolled } from "../desk.ts";
import { checkSignatures } from "../session/handover-signature.ts";
import { handoverAsKnown, recordAsKnown } from "../session/seal.ts";
import { sql } from "../store/database.ts";
import { readAll, readEntity } from "../store/entities.ts";
import { readMeta } from "../store/meta.ts";
import { syncOfEntity } from "../store/sync-state.ts";
import { holding } from "../store/where.ts";
import { carryView } from "./carry-over.ts";
import { buildRecord, reviewOf } from "./handover-record.ts";

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
  const unsigned = ended.find((span) => !isHandedOver(readEntity(desk.db, "handover", handoverId(span))?.phase));
  return unsigned ?? onDutyAt(rules, () => undefined, now)?.span;
}

export function draftHandover(desk: Desk): Answer<"handover.draft"> {
  const draft = wholeDraft(desk);
  if (!draft.ok) return draft;
  const { record, handover } = draft.value;
  return ok({
    ...draft.value,
    record: recordAsKnown(desk, record),
    handover: handover && handoverAsKnown(desk, handover),
  });
}

/** The draft with all its words, as it is signed: what is sealed to who signs is not lost to those who may open it. */
export function wholeDraft(desk: Desk): Answer<"handover.draft"> {
  const now = desk.ports.now();
  const span = shiftToHandOver(desk, now);
  if (!span) return fail(deskError("handover.nobody"));
  const next = shiftsBetween(desk.tables.roster, span.endAt, span.endAt + dayMs).find(
    (one) => one.startAt >= span.endAt,
  );
  const handover = readEntity(desk.db, "handover", handoverId(span)) ?? null;
  const phase = handover?.phase ?? "draft";
  const isLive = phase === "draft" || phase === "withdrawn";
  const record = isLive || !handover ? buildRecord(desk, span, next) : readRecord(handover.record);
  const leaders = readAll(desk.db, "officer")
    .filter(({ active, grade }) => active && grade === "leader")
    .map(({ id, name }) => ({ officerId: id, name }));
  const draft: HandoverDraft = {
    handoverId: handoverId(span),
    phase,
    record,
    handover,
    review: isLive ? reviewOf(desk, record) : [],
    mayOffer: signers(record.outgoing, leaders),
    mayAccept: signers(record.incoming, leaders, phase === "offered" ? handover?.outgoing.officerId : undefined),
    leaders,
  };
  return ok(draft);
}

/** Who of a shift may sign: everyone but the standby, each person once. HO-21: with nobody left but who `signed` for the other side, a leader. */
function signers(people: HandoverRecord["outgoing"], leaders: HandoverDraft["leaders"], signed?: string): string[] {
  const own = people.filter(({ role }) => role !== "standby");
  const isLeft = own.some(({ officerId }) => officerId !== signed);
  return [...new Set([...own, ...(isLeft ? [] : leaders)].map(({ officerId }) => officerId))];
}

export function listHandovers(desk: Desk, input: ParsedOf<"handover.list">): Answer<"handover.list"> {
  const typed = input.search.trim();
  const rows = sql(
    desk.db,
    `SELECT state FROM entity WHERE kind = 'handover' AND state <> 'null' AND id < ? AND state LIKE ? ESCAPE '\\'
     ORDER BY id DESC`,
  )
    .pluck()
    .iterate(input.cursor ?? "9999", holding(typed)) as IterableIterator<string>;
  const found: Handover[] = [];
  for (const state of rows) {
    const handover = JSON.parse(state) as Handover;
    // CF-1: nor is one found by words that are sealed in it.
    if (typed && !JSON.stringify(handoverAsKnown(desk, handover)).toLowerCase().includes(typed.toLowerCase())) continue;
    if (found.push(handover) > input.limit) break;
  }
  const shown = found.slice(0, input.limit);
  return ok({
    handovers: shown.map(({ id, phase, record, outgoing, incoming }) => ({
      id,
      phase,
      shiftName: record.shiftName,
      on: record.on,
      outgoing: outgoing.name,
      incoming: incoming?.name ?? "",
      sync: syncOfEntity(desk.db, enrolled(desk), "handover", id),
    })),
    next: found.length > input.limit ? (shown.at(-1)?.id ?? null) : null,
  });
}

export function getHandover(desk: Desk, { id }: { id: string }): Answer<"handover.get"> {
  const handover = readEntity(desk.db, "handover", id);
  if (!handover) return fail(deskError("handover.unknown"));
  const items = readRecord(handover.record).carryOver.flatMap((one) => readEntity(desk.db, "carry", one.id) ?? []);
  return ok({
    handover: handoverAsKnown(desk, handover),
    check: checkSignatures(handover, (officerId) => readEntity(desk.db, "officer", officerId)?.publicKey),
    items: items.map((item) => carryView(desk, item)),
  });
}
