import type { Grade } from "#shared/domain/officer/officer.ts";
import { applyOp, type EntityStates, targetOf } from "#shared/op/kinds.ts";
import type { EntityKind, LedgerOp, Op } from "#shared/op/op.ts";
import type { Settled } from "#shared/protocol/messages.ts";
import { gradeOf } from "./commit.ts";
import { type Db, sql } from "./database.ts";
import { stampLog, writeLog } from "./duty-log.ts";
import { type EntityRow, readRow, type Stamp, writeEntity } from "./entities.ts";
import { drawBeside, drawLogWords } from "./log-words.ts";
import { readMeta, writeMeta } from "./meta.ts";
import { bringBack, deviceOf, takeSeq } from "./own-ops.ts";
import { writeRosterChanges } from "./roster-changes.ts";
import { keepEdition } from "./table-editions.ts";

export interface OpRow {
  readonly seq: number;
  readonly id: string;
  readonly kind: string;
  readonly v: number;
  readonly street: string;
  readonly at: number;
  readonly by: string;
  readonly body: string;
  readonly entity: EntityKind;
  readonly entity_id: string;
  readonly state: "waiting" | "confirmed" | "refused" | "settled";
  readonly no: number | null;
  readonly confirmed_at: number | null;
  readonly refusal: string | null;
}

export const opOf = (row: OpRow, device: string): Op => ({
  id: row.id,
  kind: row.kind,
  v: row.v,
  street: row.street,
  device,
  seq: row.seq,
  at: row.at,
  by: row.by,
  body: JSON.parse(row.body),
});

/** Ops that the district has neither confirmed nor refused, oldest first, beyond the number `after`. */
export function waitingOps(db: Db, device: string, limit: number, after = 0): Op[] {
  const rows = sql(db, "SELECT * FROM op WHERE state = 'waiting' AND seq > ? ORDER BY seq LIMIT ?").all(
    after,
    limit,
  ) as OpRow[];
  return rows.map((row) => opOf(row, device));
}

/**
 * PR-16: waiting ops of 特急 events, in their order. An op whose author's own record still waits here stays in its turn, and
 * with it every later op of its event: nothing goes ahead of what it rests on.
 */
export function urgentOps(db: Db, device: string, limit: number): Op[] {
  // After a long outage much waits and little of it is urgent; over the years much was urgent and little of it waits.
  const waiting = sql(db, "SELECT count(*) FROM op WHERE state = 'waiting'").pluck().get() as number;
  if (waiting === 0) return [];
  // Whether more were urgent than wait, and not how many: this is asked with each piece that is sent.
  const urgent = sql(db, "SELECT count(*) FROM (SELECT 1 FROM duty_event WHERE level = 0 LIMIT ?)");
  const from =
    (urgent.pluck().get(waiting + 1) as number) > waiting
      ? "op o INDEXED BY op_waiting CROSS JOIN duty_event d"
      : "duty_event d CROSS JOIN op o INDEXED BY op_entity";
  const rows = sql(
    db,
    `SELECT o.* FROM ${from} ON d.id = o.entity_id AND d.level = 0
     WHERE o.state = 'waiting' AND o.entity = 'event' ORDER BY o.seq LIMIT ?`,
  ).all(limit) as OpRow[];
  if (rows.length === 0) return [];
  const unsettled = new Set(
    sql(db, "SELECT DISTINCT entity_id FROM op WHERE state = 'waiting' AND entity = 'officer'")
      .pluck()
      .all() as string[],
  );
  const held = new Set<string>();
  return rows
    .filter((row) => {
      if (unsettled.has(row.by)) held.add(row.entity_id);
      return !held.has(row.entity_id);
    })
    .map((row) => opOf(row, device));
}

export function counts(db: Db) {
  const one = (text: string) => sql(db, text).pluck().get() as number | null;
  const waiting = one("SELECT count(*) FROM op WHERE state = 'waiting'") ?? 0;
  const refused = one("SELECT count(*) FROM op WHERE state = 'refused'") ?? 0;
  const settled = one("SELECT count(*) FROM op WHERE state = 'settled'") ?? 0;
  const recorded = (one("SELECT max(seq) FROM op") ?? 0) - Number(readMeta(db, "seqGap") ?? 0);
  return {
    waiting,
    refused,
    recorded,
    confirmed: recorded - waiting - refused - settled,
    oldestWaitingAt: one("SELECT at FROM op WHERE state = 'waiting' ORDER BY seq LIMIT 1") ?? null,
  };
}

export const readCursor = (db: Db): number => Number(readMeta(db, "cursor") ?? 0);

/** Answers what the op changed; `undefined`: no op of this desk waited for this. */
function confirmOp(db: Db, opId: string, no: number, confirmedAt: number): EntityKind | undefined {
  // Most of what is pulled is another desk's: looking takes a quarter of what an update that finds nothing takes.
  if (sql(db, "SELECT 1 FROM op WHERE id = ?").get(opId) === undefined) return undefined;
  const kind = sql(
    db,
    "UPDATE op SET state = 'confirmed', no = ?, confirmed_at = ?, refusal = NULL WHERE id = ? AND no IS NULL RETURNING entity",
  )
    .pluck()
    .get(no, confirmedAt, opId) as EntityKind | undefined;
  if (kind) stampLog(db, opId, no, confirmedAt);
  return kind;
}

/**
 * What the district said of pushed ops, in one transaction (PR-5). A refused op stays with its reason (OP-4). Answers which
 * kinds look different since.
 */
export function settlePush(db: Db, results: readonly Settled[]): Set<EntityKind> {
  const kinds = new Set<EntityKind>();
  db.transaction(() => {
    for (const result of results) {
      if (result.seq !== undefined) takeSeq(db, result.opId, result.seq);
      if (result.outcome === "accepted" || result.outcome === "duplicate") {
        const kind = confirmOp(db, result.opId, result.no, result.confirmedAt);
        if (kind) kinds.add(kind);
      }
      if (result.outcome !== "refused") continue;
      const row = sql(db, "SELECT * FROM op WHERE id = ? AND state = 'waiting'").get(result.opId) as OpRow | undefined;
      if (!row) continue;
      sql(db, "UPDATE op SET state = 'refused', refusal = ? WHERE seq = ?").run(JSON.stringify(result.error), row.seq);
      layAgain(db, row.entity, row.entity_id, confirmedOf(db, row.entity, row.entity_id));
      kinds.add(row.entity);
    }
  })();
  return kinds;
}

/** Beyond so many that wait, nobody looks of which kinds they are. */
const lookedAtMost = 200;

/** Kinds of which something waits to be confirmed; `null`: too much waits to look through. */
export function kindsThatWait(db: Db): EntityKind[] | null {
  const kinds = sql(db, "SELECT entity FROM op WHERE state = 'waiting' ORDER BY seq LIMIT ?")
    .pluck()
    .all(lookedAtMost + 1) as EntityKind[];
  return kinds.length > lookedAtMost ? null : [...new Set(kinds)];
}

/** State of an entity as the district has it, or `undefined`. */
const confirmedOf = (db: Db, kind: EntityKind, id: string): unknown => confirmedIn(readRow(db, kind, id));

const confirmedIn = (row: EntityRow | undefined): unknown =>
  row ? (JSON.parse(row.confirmed ?? row.state) ?? undefined) : undefined;

/** The right of an author as the district knew it: what waits here has not changed it there. */
function confirmedGradeOf(db: Db, officerId: string): Grade | undefined {
  const officer = confirmedOf(db, "officer", officerId) as EntityStates["officer"] | undefined;
  return officer?.active ? officer.grade : undefined;
}

/** Lays this desk's ops that are not yet in the confirmed state on top of it. One that no longer passes is left out here and refused by the district. Answers whether it looks different since. */
function layAgain(db: Db, kind: EntityKind, id: string, confirmed: unknown, stamp: Stamp | null = null): boolean {
  const rows = sql(
    db,
    "SELECT * FROM op WHERE entity = ? AND entity_id = ? AND (state = 'waiting' OR (state = 'confirmed' AND no > ?)) ORDER BY seq",
  ).all(kind, id, readCursor(db)) as OpRow[];
  let state = confirmed;
  for (const row of rows) {
    const applied = applyOp(opOf(row, "here"), state, gradeOf(db, row.by));
    if (!applied.ok) continue;
    state = applied.value.state;
    keepEdition(db, row.id, kind, state);
  }
  return writeEntity(db, kind, id, state, rows.length > 0 ? JSON.stringify(confirmed ?? null) : null, stamp);
}

/**
 * Applies what was pulled, moves the cursor and lays the waiting ops on top again: one transaction (PR-9).
 * An op that this version cannot read or apply is kept as deferred (PR-11). Answers which kinds look different since.
 */
export function applyPulled(db: Db, ops: readonly LedgerOp[], upTo: number): Set<EntityKind> {
  return db.transaction(() => {
    const fold = newFold(db);
    const cursor = readCursor(db);
    for (const op of ops) if (op.no > cursor) foldPulled(db, op, fold);
    if (upTo > cursor) writeMeta(db, "cursor", String(upTo));
    drawTouched(db, fold);
    drawBeside(db, ops.length);
    return fold.changed;
  })();
}

/** Ops of the ledger while they are folded, in one transaction. */
interface Fold {
  /** Entities that they have changed, as they are in the ledger now. */
  readonly touched: Map<string, Touched>;
  /** Rights of authors, until an op changes an officer. */
  readonly grades: Map<string, Grade | undefined>;
  /** The device that this desk is enrolled as. */
  readonly device: string;
  /** Kinds that look different since. A receipt of what the desk had shown and knew to be confirmed changes nothing. */
  readonly changed: Set<EntityKind>;
}

interface Touched {
  readonly kind: EntityKind;
  readonly id: string;
  readonly confirmed: unknown;
  /** The last op that touched it. */
  readonly stamp: Stamp;
  /** This desk has nothing of it yet, so no op of its own either. */
  readonly isNew: boolean;
}

const newFold = (db: Db): Fold => ({ touched: new Map(), grades: new Map(), device: deviceOf(db), changed: new Set() });

function confirmedGradeIn({ grades }: Fold, db: Db, officerId: string): Grade | undefined {
  if (!grades.has(officerId)) grades.set(officerId, confirmedGradeOf(db, officerId));
  return grades.get(officerId);
}

function foldPulled(db: Db, op: LedgerOp, fold: Fold): void {
  const { touched } = fold;
  const target = targetOf(op);
  const isHeld = target.ok && op.device === fold.device && bringBack(db, op, target.value.entity, target.value.id);
  const settled = confirmOp(db, op.id, op.no, op.confirmedAt);
  if (settled) fold.changed.add(settled);
  if (!target.ok) {
    defer(db, op, target.error.id);
    return;
  }
  const { entity: kind, id } = target.value;
  const key = `${kind}/${id}`;
  const before = touched.get(key);
  const row = before ? undefined : readRow(db, kind, id);
  const confirmed = before ? before.confirmed : confirmedIn(row);
  const applied = applyOp(op, confirmed, confirmedGradeIn(fold, db, op.by), target);
  if (!applied.ok) {
    defer(db, op, applied.error.id);
    return;
  }
  const { state } = applied.value;
  // Officers judge the ops after them, so their state must stand at once; all else is drawn once, when all is folded.
  if (kind === "officer") {
    if (writeEntity(db, kind, id, state, JSON.stringify(state))) fold.changed.add(kind);
    fold.grades.clear();
  }
  const isNew = kind !== "officer" && (before ? before.isNew : row === undefined);
  touched.set(key, { kind, id, confirmed: state, stamp: op, isNew });
  keepEdition(db, op.id, kind, state, op);
  // The line of an op that was here came with it.
  if (isHeld) return;
  fold.changed.add(kind);
  const { log } = applied.value;
  writeLog(db, op, log);
  writeRosterChanges(db, op, log);
}

function drawTouched(db: Db, { touched, changed }: Fold): void {
  for (const { kind, id, confirmed, stamp, isNew } of touched.values()) {
    const isOther = isNew
      ? writeEntity(db, kind, id, confirmed, null, stamp, null)
      : layAgain(db, kind, id, confirmed, stamp);
    if (isOther) changed.add(kind);
  }
}

function defer(db: Db, op: LedgerOp, reason: string): void {
  sql(db, "INSERT INTO deferred_op (no, op, reason) VALUES (?, ?, ?) ON CONFLICT (no) DO NOTHING").run(
    op.no,
    JSON.stringify(op),
    reason,
  );
}

/** After an update: applies the deferred ops that this version can read, oldest first. */
export function applyDeferred(db: Db): void {
  const rows = sql(db, "SELECT op FROM deferred_op ORDER BY no").pluck().all() as string[];
  if (rows.length === 0) return;
  db.transaction(() => {
    sql(db, "DELETE FROM deferred_op").run();
    const fold = newFold(db);
    for (const text of rows) foldPulled(db, JSON.parse(text) as LedgerOp, fold);
    drawTouched(db, fold);
    drawLogWords(db);
  })();
}

/**
 * The district was restored from a backup (PR-6): every confirmed op waits again, and what the district has is learnt
 * anew from its first number. Nothing shown is taken away meanwhile.
 */
export function startEpoch(db: Db, epoch: string, at: number): void {
  db.transaction(() => {
    const enrolment = JSON.parse(readMeta(db, "enrolment") ?? "{}") as { epoch?: string };
    if (enrolment.epoch !== undefined) writeMeta(db, "enrolment", JSON.stringify({ ...enrolment, epoch }));
    sql(db, "UPDATE op SET state = 'waiting', no = NULL, confirmed_at = NULL WHERE state = 'confirmed'").run();
    sql(db, "UPDATE entity SET confirmed = 'null', no = NULL, confirmed_at = NULL").run();
    sql(db, "UPDATE duty_log SET no = NULL, confirmed_at = NULL").run();
    sql(db, "UPDATE table_edition SET no = NULL, confirmed_at = NULL").run();
    // PR-23: what it held may be gone with the rest; it is asked again.
    sql(db, "UPDATE content SET held_at = NULL, upload = NULL").run();
    writeMeta(db, "cursor", "0");
    // A desk that has a new name says everything again under it, and no district was restored (PR-13).
    const isRenamed = readMeta(db, "renamed") !== null && enrolment.epoch === epoch;
    if (!isRenamed) writeMeta(db, "restoredAt", String(at));
    sql(db, "DELETE FROM meta WHERE key = 'renamed'").run();
  })();
}
