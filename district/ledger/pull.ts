import type { LedgerOp } from "#shared/op/op.ts";
import type { PullAnswer } from "#shared/protocol/messages.ts";
import type { Db } from "../store/open.ts";

/** A page ends after the op that crosses this many characters of bodies: an answer must survive a poor link. */
const pageChars = 512 * 1024;

interface Row extends Omit<LedgerOp, "body" | "id" | "confirmedAt"> {
  op_id: string;
  body: string;
  confirmed_at: number;
}

export type Pull = (street: string, after: number, limit: number) => PullAnswer;

/** Reads the ledger for the desks of one street and no other (PR-10). */
export function openPull(db: Db): Pull {
  const rows = db.prepare("SELECT * FROM ledger WHERE street = ? AND no > ? ORDER BY no LIMIT ?");
  const head = openHead(db);
  const page = db.transaction((street: string, after: number, limit: number): PullAnswer => {
    const ops: LedgerOp[] = [];
    let chars = 0;
    let more = false;
    for (const row of rows.iterate(street, after, limit + 1) as Iterable<Row>) {
      if (ops.length === limit || chars > pageChars) {
        more = true;
        break;
      }
      chars += row.body.length;
      const { op_id, confirmed_at, body, ...rest } = row;
      ops.push({ ...rest, id: op_id, body: JSON.parse(body), confirmedAt: confirmed_at });
    }
    const last = ops.at(-1);
    return { ops, upTo: more && last ? last.no : Math.max(after, head()), more };
  });
  return page;
}

/** Highest number of the ledger, 0 when it is empty. */
export function openHead(db: Db): () => number {
  const max = db.prepare("SELECT coalesce(max(no), 0) FROM ledger").pluck();
  return () => max.get() as number;
}
