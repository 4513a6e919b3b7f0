import type { Grade } from "#shared/domain/officer/officer.ts";
import type { DeskError } from "#shared/errors.ts";
import { ok, type Result } from "#shared/lib/result.ts";
import { applyOp, type BodyOf, type OpKind, opKinds, type StateOf, targetOf } from "#shared/op/kinds.ts";
import type { EntityKind, Op } from "#shared/op/op.ts";
import { atomically } from "./atomically.ts";
import { chainLine, placeAt, readyChain } from "./chain.ts";
import type { DrawnOp } from "./chain-body.ts";
import { type Db, sql } from "./database.ts";
import { writeLog } from "./duty-log.ts";
import { readKept, readRow, takeState, writeEntity } from "./entities.ts";
import { writeRosterChanges } from "./roster-changes.ts";
import { keepEdition } from "./table-editions.ts";

/** What the recording of an op needs beside the database. */
export interface Author {
  readonly by: string;
  readonly at: number;
  readonly street: string;
  readonly newId: () => string;
}

export interface Recorded<State> {
  readonly opId: string;
  readonly state: State;
}

/** The right of an author as this desk knows it. */
export function gradeOf(db: Db, officerId: string): Grade | undefined {
  const officer = readKept(db, "officer", officerId);
  return officer?.active ? officer.grade : undefined;
}

/**
 * Adds an op to the outbox as `waiting`. `device` is filled in when it is sent: an op may be older than the enrolment.
 * Answers what of it was written that the chain proves.
 */
function writeOp(db: Db, op: Op, entity: EntityKind, entityId: string): DrawnOp {
  const { kind, v, at, by } = op;
  const body = JSON.stringify(op.body);
  sql(
    db,
    `INSERT INTO op (seq, id, kind, v, street, at, by, body, entity, entity_id, state)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'waiting')`,
  ).run(op.seq, op.id, kind, v, op.street, at, by, body, entity, entityId);
  return { kind, v, at, by, body };
}

export const nextSeq = (db: Db): number =>
  (sql(db, "SELECT coalesce(max(seq), 0) + 1 FROM op").pluck().get() as number) || 1;

/**
 * OP-3: records one change: judged by its rule, then state, log line, op and entry of the chain (LG-2) in ONE transaction, durable when it returns.
 * Call it inside a larger transaction to record several changes as one: what it throws there is that one's to undo.
 * Errors: the rule's, or `profile.disk_full` with nothing written.
 */
export function record<K extends OpKind>(
  db: Db,
  kind: K,
  body: BodyOf<K>,
  author: Author,
): Result<Recorded<StateOf<K>>, DeskError> {
  const op: Op = {
    id: author.newId(),
    kind,
    v: opKinds[kind].v,
    street: author.street,
    device: "here",
    seq: 0,
    at: author.at,
    by: author.by,
    body,
  };
  const judged = (): Result<Recorded<StateOf<K>>, DeskError> => {
    const target = targetOf(op);
    if (!target.ok) return target;
    const { entity, id } = target.value;
    const row = readRow(db, entity, id);
    const present = row && takeState(db, row);
    const grade = gradeOf(db, author.by);
    const applied = applyOp(op, present, grade, target);
    if (!applied.ok) return applied;
    const { state, log } = applied.value;
    const moment = readyChain(db, author.street);
    const whole = { ...op, seq: nextSeq(db), body: target.value.body };
    const sent = writeOp(db, whole, entity, id);
    writeEntity(db, entity, id, state, row ? (row.confirmed ?? row.state) : "null", null, row ?? null);
    const drawn = writeLog(db, whole, log, placeAt(moment));
    const { corrects = null, lineId = null } = target.value.body as { corrects?: string | null; lineId?: string };
    const written = drawn && { line: drawn, op: sent };
    const line = { kind, officer: author.by, grade: grade ?? "", logId: op.id, written };
    chainLine(db, moment, line, { corrects, erases: kind === "log.erase" ? lineId : null });
    writeRosterChanges(db, op, log);
    keepEdition(db, op.id, entity, state);
    return ok({ opId: op.id, state: state as StateOf<K> });
  };
  // A part of a larger one needs no undo of its own.
  return db.inTransaction ? judged() : atomically(db, judged);
}
