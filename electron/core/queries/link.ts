import type { LinkState, LinkStatus, OutboxItem, ParsedOf } from "#shared/contract.ts";
import { sealedLine } from "#shared/domain/duty-event/confidential.ts";
import { ok } from "#shared/lib/result.ts";
import { dayMs, hourMs } from "#shared/lib/time.ts";
import { type Answer, type Desk, enrolled } from "../desk.ts";
import { sealOf } from "../session/seal.ts";
import { pcAhead } from "../session/steady-clock.ts";
import { sql } from "../store/database.ts";
import { readMeta } from "../store/meta.ts";
import { counts, type OpRow, readCursor } from "../store/outbox.ts";
import { syncOfOp } from "../store/sync-state.ts";

/** How long the screen of the link tells that the district was restored: as far as its strip of the past reaches. */
const restoredShownMs = 7 * dayMs;

export function linkStatus(desk: Desk): LinkStatus {
  const { districtUrl, districtName, deviceId, lastContactAt, head, clockOffsetMs, bytesPerSecond } = desk.sync.info();
  const cursor = readCursor(desk.db);
  const forkedAt = readMeta(desk.db, "forkedAt");
  const restoredAt = Number(readMeta(desk.db, "restoredAt") ?? Number.NaN);
  return {
    link: sinceTheLastAnswer(desk),
    districtUrl,
    districtName,
    deviceId,
    lastContactAt,
    // A core that has just started has not heard of the head yet; what came before its start is here all the same.
    head: Math.max(head, cursor),
    clockOffsetMs: pcAhead(clockOffsetMs, desk.clock),
    clock: desk.clock.trouble(),
    bytesPerSecond,
    fork:
      forkedAt === null ? null : { at: Number(forkedAt), broughtBack: Number(readMeta(desk.db, "broughtBack") ?? 0) },
    restored: desk.ports.now() - restoredAt < restoredShownMs ? { at: restoredAt } : null,
    ...counts(desk.db),
    cursor,
  };
}

/** A link that was down before this core started has been down since then, not since the start. */
function sinceTheLastAnswer(desk: Desk): LinkState {
  const link = desk.sync.state();
  if (link.state !== "offline" && link.state !== "stopped") return link;
  const lastUp = "SELECT row FROM link_turn WHERE up = 1 ORDER BY row DESC LIMIT 1";
  const down = sql(
    desk.db,
    `SELECT at FROM link_turn WHERE row > coalesce((${lastUp}), 0) ORDER BY row LIMIT 1`,
  ).get() as { at: number } | undefined;
  return { ...link, sinceAt: Math.min(link.sinceAt, down?.at ?? link.sinceAt) };
}

/** Ops of this desk: what a person must settle first, then what waits in its order, then the latest confirmed. */
export function listOutbox(desk: Desk, { limit }: ParsedOf<"link.outbox">): Answer<"link.outbox"> {
  const columns = "o.*, l.zh, l.en, l.event_id FROM op o LEFT JOIN duty_log l ON l.id = o.id";
  const rows = [
    ...sql(desk.db, `SELECT ${columns} WHERE o.state = 'refused' ORDER BY o.seq LIMIT ?`).all(limit),
    ...sql(desk.db, `SELECT ${columns} WHERE o.state = 'waiting' ORDER BY o.seq LIMIT ?`).all(limit),
    ...sql(desk.db, `SELECT ${columns} WHERE o.state = 'confirmed' ORDER BY o.seq DESC LIMIT ?`).all(limit),
  ].slice(0, limit) as ItemRow[];
  return ok({ items: rows.map((row) => itemOf(desk, row)) });
}

export interface ItemRow extends OpRow {
  readonly zh: string | null;
  readonly en: string | null;
  readonly event_id: string | null;
}

/** An op of this desk as the screens show it. */
export function itemOf(desk: Desk, row: ItemRow): OutboxItem {
  const refusal = row.refusal
    ? (JSON.parse(row.refusal) as { id: string; params?: Record<string, string | number> })
    : null;
  const seal = sealOf(desk, row.event_id);
  const onItsWay = desk.sync.sending().has(row.id) && row.state === "waiting";
  return {
    opId: row.id,
    seq: row.seq,
    at: row.at,
    kind: row.kind,
    text: seal ? sealedLine(seal.number) : { zh: row.zh ?? row.kind, en: row.en ?? row.kind },
    eventId: row.event_id,
    sync: onItsWay ? { state: "sending" } : syncOfOp(desk.db, enrolled(desk), row),
    refusal: refusal && { errorId: refusal.id, params: refusal.params ?? {} },
  };
}

/** Stretches of the last hours in which the link was up or down; a stretch before the first note is left out. */
export function linkHistory(desk: Desk, { hours }: ParsedOf<"link.history">): Answer<"link.history"> {
  const now = desk.ports.now();
  const fromAt = now - hours * hourMs;
  const before = sql(desk.db, "SELECT at, up, reason FROM link_turn WHERE at <= ? ORDER BY row DESC LIMIT 1").all(
    fromAt,
  );
  const turns = [
    ...before,
    ...sql(desk.db, "SELECT at, up, reason FROM link_turn WHERE at > ? ORDER BY row").all(fromAt),
  ] as { at: number; up: number; reason: string }[];
  const spans = turns.map(({ at, up, reason }, index) => ({
    fromAt: Math.max(at, fromAt),
    toAt: turns[index + 1]?.at ?? now,
    up: up === 1,
    reasonId: reason,
  }));
  // A PC clock that was set back must not draw a stretch that ends before it begins.
  return ok({ spans: spans.filter((span) => span.toAt > span.fromAt) });
}
