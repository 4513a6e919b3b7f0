import type { SyncState } from "#shared/contract.ts";
import type { EntityKind } from "#shared/op/op.ts";
import { type Db, sql } from "./database.ts";
import type { OpRow } from "./outbox.ts";

type Told = Pick<OpRow, "seq" | "state" | "no" | "confirmed_at" | "refusal">;

/** Where ops stand, in the words of the desk, in their order. */
export function syncOfOps(db: Db, enrolled: boolean, ops: readonly Told[]): SyncState[] {
  const before = waitingBefore(db, enrolled, ops);
  return ops.map((op) => stateOf(op, enrolled, before));
}
export const syncOfOp = (db: Db, enrolled: boolean, op: Told): SyncState =>
  syncOfOps(db, enrolled, [op])[0] as SyncState;

function stateOf(op: Told, enrolled: boolean, before: ReadonlyMap<number, number>): SyncState {
  if (op.state === "refused" || op.state === "settled")
    return { state: "refused", errorId: op.refusal ? (JSON.parse(op.refusal) as { id: string }).id : "bug" };
  if (op.no !== null) return { state: "confirmed", no: op.no, at: op.confirmed_at ?? 0 };
  return enrolled ? { state: "waiting", before: before.get(op.seq) ?? 0 } : { state: "local" };
}

/**
 * How many ops wait before each of these that waits: counted on from one to the next, so that all cost what the last one does.
 * Said only where somebody is waited for.
 */
function waitingBefore(
  db: Db,
  enrolled: boolean,
  ops: readonly { readonly seq: number | null; readonly state: OpRow["state"] }[],
): Map<number, number> {
  const seqs = enrolled ? ops.flatMap(({ seq, state }) => (seq !== null && state === "waiting" ? [seq] : [])) : [];
  const between = sql(db, "SELECT count(*) FROM op WHERE state = 'waiting' AND seq >= ? AND seq < ?").pluck();
  const before = new Map<number, number>();
  let from = 0;
  let count = 0;
  for (const seq of seqs.sort((a, b) => a - b)) {
    count += between.get(from, seq) as number;
    before.set(seq, count);
    from = seq;
  }
  return before;
}

const noOp = { seq: null, state: "confirmed", no: null, confirmed_at: null, refusal: null } as const;

/** What tells where an entity stands: its refused op, else the last that waits, else the last. */
interface Telling extends Omit<Told, "seq"> {
  readonly seq: number | null;
  readonly entity_no: number | null;
  readonly entity_at: number | null;
}

/** Where entities stand, in the order of their ids: a refusal first, then the last op that waits, else the last number. */
export function syncOfEntities(db: Db, enrolled: boolean, kind: EntityKind, ids: readonly string[]): SyncState[] {
  const rows = sql(
    db,
    `SELECT e.no AS entity_no, e.confirmed_at AS entity_at, o.seq, o.state, o.no, o.confirmed_at, o.refusal
     FROM json_each(@ids) AS asked LEFT JOIN entity AS e ON e.kind = @kind AND e.id = asked.value
     LEFT JOIN op AS o ON o.seq = (
       SELECT seq FROM op WHERE entity = @kind AND entity_id = asked.value AND state <> 'settled'
       ORDER BY state = 'refused' DESC, state = 'waiting' DESC, seq DESC LIMIT 1)
     ORDER BY asked.key`,
  ).all({ kind, ids: JSON.stringify(ids) }) as Telling[];
  const before = waitingBefore(db, enrolled, rows);
  return rows.map((row) => stateOfEntity(row, enrolled, before));
}

function stateOfEntity(
  { entity_no, entity_at, ...own }: Telling,
  enrolled: boolean,
  before: ReadonlyMap<number, number>,
): SyncState {
  if (own.seq !== null && own.state !== "confirmed") return stateOf(own as Told, enrolled, before);
  const no = Math.max(own.no ?? 0, entity_no ?? 0);
  // Confirmed once, as nothing of it waits or was recorded here; and no more since the district was restored (PR-6).
  if (no === 0) return { state: enrolled && own.seq === null ? "missing" : "local" };
  return { state: "confirmed", no, at: (no === own.no ? own.confirmed_at : entity_at) ?? 0 };
}

/** The same of one: every step asks it, and most often the op that was just recorded says all. */
export function syncOfEntity(db: Db, enrolled: boolean, kind: EntityKind, id: string): SyncState {
  const own = sql(
    db,
    `SELECT seq, state, no, confirmed_at, refusal FROM op WHERE entity = ? AND entity_id = ? AND state <> 'settled'
     ORDER BY state = 'refused' DESC, state = 'waiting' DESC, seq DESC LIMIT 1`,
  ).get(kind, id) as Told | undefined;
  if (own && own.state !== "confirmed") return syncOfOp(db, enrolled, own);
  const known = sql(db, "SELECT no, confirmed_at FROM entity WHERE kind = ? AND id = ?").get(kind, id) as
    | Pick<OpRow, "no" | "confirmed_at">
    | undefined;
  const entity = { entity_no: known?.no ?? null, entity_at: known?.confirmed_at ?? null };
  return stateOfEntity({ ...(own ?? noOp), ...entity }, enrolled, new Map());
}
