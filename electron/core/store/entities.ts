import { type EntityStates, readState } from "#shared/op/kinds.ts";
import type { EntityKind } from "#shared/op/op.ts";
import { projectAsset } from "./asset-entities.ts";
import { projectAttachments } from "./attachments.ts";
import { type Db, sql } from "./database.ts";
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

/** The state that was read last, and its text: a step is asked for with what it stands on, and judged by the same. */
const readLast = new WeakMap<Db, { readonly text: string; readonly state: unknown }>();

/** What a row says; `undefined`: the entity is not there. Who has just read the same text has parsed it. */
export function takeState(db: Db, { state: text }: Pick<EntityRow, "state">): unknown {
  const last = readLast.get(db);
  readLast.delete(db);
  return last?.text === text ? last.state : (JSON.parse(text) ?? undefined);
}

/** State of an entity as the desk shows it: what the district has with the waiting ops laid on top. */
export function readEntity<K extends EntityKind>(db: Db, kind: K, id: string): EntityStates[K] | undefined {
  const row = readRow(db, kind, id);
  if (!row || row.state === "null") return undefined;
  const state = readState(kind, JSON.parse(row.state)) as EntityStates[K];
  if (kind === "event") readLast.set(db, { text: row.state, state });
  return state;
}

const kept = new WeakMap<Db, Map<string, unknown>>();
const nameOf = (kind: EntityKind, id: string): string => `${kind}/${id}`;

/**
 * The same for what every call or every beat asks for again, such as officers and the watch of a shift: kept until it is written. Within
 * a transaction nothing is kept that may still be undone.
 */
export function readKept<K extends EntityKind>(db: Db, kind: K, id: string): Readonly<EntityStates[K]> | undefined {
  let states = kept.get(db);
  if (!states) {
    states = new Map();
    kept.set(db, states);
  }
  const name = nameOf(kind, id);
  if (states.has(name)) return states.get(name) as EntityStates[K] | undefined;
  const state = readEntity(db, kind, id);
  if (!db.inTransaction) states.set(name, state);
  return state;
}

export function readAll<K extends EntityKind>(db: Db, kind: K): EntityStates[K][] {
  const rows = sql(db, "SELECT state FROM entity WHERE kind = ? AND state <> 'null' ORDER BY id")
    .pluck()
    .all(kind) as string[];
  return rows.map((state) => readState(kind, JSON.parse(state)) as EntityStates[K]);
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
  kept.get(db)?.delete(nameOf(kind, id));
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
