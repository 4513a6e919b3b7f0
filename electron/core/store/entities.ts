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

/** State of an entity as the desk shows it: what the district has with the waiting ops laid on top. */
export function readEntity<K extends EntityKind>(db: Db, kind: K, id: string): EntityStates[K] | undefined {
  const row = readRow(db, kind, id);
  return row && row.state !== "null" ? (readState(kind, JSON.parse(row.state)) as EntityStates[K]) : undefined;
}

export function readAll<K extends EntityKind>(db: Db, kind: K): EntityStates[K][] {
  const rows = sql(db, "SELECT state FROM entity WHERE kind = ? AND state <> 'null' ORDER BY id")
    .pluck()
    .all(kind) as string[];
  return rows.map((state) => readState(kind, JSON.parse(state)) as EntityStates[K]);
}

/** Writes a state and what is drawn from it. `undefined`: the entity is not there (its only op was refused). */
export function writeEntity(db: Db, kind: EntityKind, id: string, state: unknown, confirmed: string | null): void {
  const text = JSON.stringify(state ?? null);
  // The district has said what was shown already: nothing is to be drawn anew.
  const same = "UPDATE entity SET confirmed = ? WHERE kind = ? AND id = ? AND state = ?";
  if (sql(db, same).run(confirmed, kind, id, text).changes > 0) return;
  const before = kind === "asset" ? readEntity(db, "asset", id) : undefined;
  sql(
    db,
    `INSERT INTO entity (kind, id, state, confirmed) VALUES (?, ?, ?, ?)
     ON CONFLICT (kind, id) DO UPDATE SET state = excluded.state, confirmed = excluded.confirmed`,
  ).run(kind, id, text, confirmed);
  if (kind === "event") {
    const event = readState(kind, state) as EntityStates["event"] | undefined;
    projectEvent(db, id, event);
    projectAttachments(db, id, event);
    projectBonds(db, id, event);
  }
  if (kind === "asset") projectAsset(db, id, state as EntityStates["asset"] | undefined, before);
  if (kind === "fault") projectFault(db, id, state as EntityStates["fault"] | undefined);
  if (kind === "hazard") projectHazard(db, id, state as EntityStates["hazard"] | undefined);
}

/** Notes the district's number of the last op that made the confirmed state. */
export function stampEntity(db: Db, kind: EntityKind, id: string, no: number, confirmedAt: number): void {
  sql(db, "UPDATE entity SET no = ?, confirmed_at = ? WHERE kind = ? AND id = ?").run(no, confirmedAt, kind, id);
}
