import { type EntityStates, readState } from "#shared/op/kinds.ts";
import type { EntityKind } from "#shared/op/op.ts";
import { projectAsset } from "./asset-entities.ts";
import { projectAttachments } from "./attachments.ts";
import { type Db, newsSoFar, sql } from "./database.ts";
import { projectBonds } from "./event-bonds.ts";
import { projectEvent } from "./event-index.ts";
import { projectFault } from "./fault-index.ts";
import { projectHazard } from "./hazard-index.ts";

export interface EntityRow {
  readonly state: string;
  readonly confirmed: string | null;
  readonly no: number | null;
}

export function readRow(db: Db, kind: EntityKind, id: string): EntityRow | undefined {
  return sql(db, "SELECT state, confirmed, no FROM entity WHERE kind = ? AND id = ?").get(kind, id) as
    | EntityRow
    | undefined;
}

/** State of an entity as the desk shows it: what the district has with the waiting ops laid on top. */
export function readEntity<K extends EntityKind>(db: Db, kind: K, id: string): EntityStates[K] | undefined {
  const row = readRow(db, kind, id);
  return row && row.state !== "null" ? (readState(kind, JSON.parse(row.state)) as EntityStates[K]) : undefined;
}

const readBefore = new WeakMap<Db, { readonly news: number; readonly states: Map<string, unknown> }>();

/** The same for what every beat asks for again, read once as long as nothing is written: a watch of a busy shift is large. */
export function readAgain<K extends EntityKind>(db: Db, kind: K, id: string): EntityStates[K] | undefined {
  // What a transaction has written may be undone.
  if (db.inTransaction) return readEntity(db, kind, id);
  const news = newsSoFar(db);
  const before = readBefore.get(db);
  const states = before?.news === news ? before.states : new Map<string, unknown>();
  if (states !== before?.states) readBefore.set(db, { news, states });
  const name = `${kind}/${id}`;
  if (!states.has(name)) states.set(name, readEntity(db, kind, id));
  return states.get(name) as EntityStates[K] | undefined;
}

export function readAll<K extends EntityKind>(db: Db, kind: K): EntityStates[K][] {
  const rows = sql(db, "SELECT state FROM entity WHERE kind = ? AND state <> 'null' ORDER BY id")
    .pluck()
    .all(kind) as string[];
  return rows.map((state) => readState(kind, JSON.parse(state)) as EntityStates[K]);
}

const officers = new WeakMap<Db, Map<string, EntityStates["officer"] | undefined>>();
const forgetOfficers = (db: Db): void => void officers.delete(db);

/** An officer as the desk knows them now. Every call asks; so they are kept until one is written, and what may still be undone is not kept. */
export function readOfficer(db: Db, id: string): Readonly<EntityStates["officer"]> | undefined {
  const known = officers.get(db) ?? new Map<string, EntityStates["officer"] | undefined>();
  if (known.has(id)) return known.get(id);
  const officer = readEntity(db, "officer", id);
  if (!db.inTransaction) officers.set(db, known.set(id, officer));
  return officer;
}

/** The district's number of the last op that made a confirmed state, and when it had it. */
export interface Stamp {
  readonly no: number;
  readonly confirmedAt: number;
}

/**
 * Writes a state and what is drawn from it. `undefined`: the entity is not there (its only op was refused). Without a stamp
 * the one that it has stays. `before`: its row, by who has just read it; `null`: nobody has written it.
 * Answers whether it looks different since.
 */
export function writeEntity(
  db: Db,
  kind: EntityKind,
  id: string,
  state: unknown,
  confirmed: string | null,
  stamp: Stamp | null = null,
  before?: Pick<EntityRow, "state"> | null,
): boolean {
  const text = JSON.stringify(state ?? null);
  const isNew = before === null;
  const [no, at] = stamp ? [stamp.no, stamp.confirmedAt] : [null, null];
  // The district has said what was shown already: nothing is to be drawn anew.
  const same = `UPDATE entity SET confirmed = ?, no = coalesce(?, no), confirmed_at = coalesce(?, confirmed_at)
    WHERE kind = ? AND id = ? AND state = ?`;
  if (!isNew && (before?.state ?? text) === text && sql(db, same).run(confirmed, no, at, kind, id, text).changes > 0)
    return false;
  const was = kind === "asset" && !isNew ? readEntity(db, "asset", id) : undefined;
  sql(
    db,
    `INSERT INTO entity (kind, id, state, confirmed, no, confirmed_at) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (kind, id) DO UPDATE SET state = excluded.state, confirmed = excluded.confirmed,
     no = coalesce(excluded.no, no), confirmed_at = coalesce(excluded.confirmed_at, confirmed_at)`,
  ).run(kind, id, text, confirmed, no, at);
  if (kind === "officer") forgetOfficers(db);
  if (kind === "event") {
    const event = readState(kind, state) as EntityStates["event"] | undefined;
    projectEvent(db, id, event, isNew);
    projectAttachments(db, id, event, isNew);
    projectBonds(db, id, event, isNew);
  }
  if (kind === "asset") projectAsset(db, id, state as EntityStates["asset"] | undefined, was);
  if (kind === "fault") projectFault(db, id, state as EntityStates["fault"] | undefined);
  if (kind === "hazard") projectHazard(db, id, state as EntityStates["hazard"] | undefined);
  return true;
}
