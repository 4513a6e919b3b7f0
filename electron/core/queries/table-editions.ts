import type { SyncState } from "#shared/contract.ts";
import type { EditionHead, TableEdition } from "#shared/domain/table/edition.ts";
import type { TableName } from "#shared/domain/table/tables.ts";
import { type Db, sql } from "../store/database.ts";
import type { OpRow } from "../store/outbox.ts";
import { syncOfOps } from "../store/sync-state.ts";

/** An edition that stands or stood, or that the district did not take. */
export interface KnownEdition {
  readonly head: EditionHead;
  /** The op whose rows are kept here; `null`: they came before this desk kept any. */
  readonly opId: string | null;
  /** Where it stands with the district; `null`: not known. */
  readonly sync: SyncState | null;
}

interface KeptRow extends Pick<OpRow, "no" | "confirmed_at" | "refusal"> {
  readonly op_id: string;
  readonly head: string;
  /** Of an op of this desk. */
  readonly seq: number | null;
  readonly state: OpRow["state"] | null;
}

/** Every edition of a table that is known here, the newest first: those that counted, and those that the district did not take. */
export function knownEditions(
  db: Db,
  enrolled: boolean,
  table: TableName,
  present: TableEdition | undefined,
): { readonly stood: readonly KnownEdition[]; readonly refused: readonly KnownEdition[] } {
  const kept = sql(
    db,
    `SELECT t.op_id, t.head, coalesce(o.no, t.no) AS no, coalesce(o.confirmed_at, t.confirmed_at) AS confirmed_at, o.seq, o.state, o.refusal
     FROM table_edition t LEFT JOIN op o ON o.id = t.op_id WHERE t.name = ? ORDER BY t.edition DESC, t.no DESC`,
  ).all(table) as KeptRow[];
  const own = kept.filter((row): row is KeptRow & OpRow => row.seq !== null);
  const ownSync = new Map(syncOfOps(db, enrolled, own).map((sync, at) => [own[at]?.op_id, sync]));
  const known = kept.map((row) => ({
    head: JSON.parse(row.head) as EditionHead,
    opId: row.op_id,
    sync: ownSync.get(row.op_id) ?? theirSync(row),
    isRefused: row.state === "refused" || row.state === "settled",
  }));
  const said = ({ head: { edition, at, by } }: { head: EditionHead }) => `${edition}/${at}/${by}`;
  const held = new Map(known.filter((one) => !one.isRefused).map((one) => [said(one), one]));
  const heads = present ? [present.head, ...present.past] : [];
  const oldest = heads.at(-1)?.edition ?? 0;
  const plain = ({ head, opId, sync }: KnownEdition): KnownEdition => ({ head, opId, sync });
  return {
    stood: [
      ...heads.map((head) => plain({ opId: null, sync: null, ...held.get(said({ head })), head })),
      // A state names a limited number of those before it.
      ...[...held.values()].filter(({ head }) => head.edition < oldest).map(plain),
    ],
    refused: known.filter((one) => one.isRefused).map(plain),
  };
}

/** What came out of the ledger is confirmed, until the district has lost it. */
const theirSync = ({ no, confirmed_at }: KeptRow): SyncState =>
  no === null ? { state: "missing" } : { state: "confirmed", no, at: confirmed_at ?? 0 };
