import type { z } from "zod";
import type { LedgerOp } from "#shared/op/op.ts";
import type { PullAnswer, pullRequestSchema, Receipt } from "#shared/protocol/messages.ts";
import type { Db } from "../store/open.ts";

/** A page ends after the op that crosses this many characters of bodies: an answer must survive a poor link. */
const pageChars = 512 * 1024;

interface Row extends Omit<LedgerOp, "body" | "id" | "confirmedAt"> {
  op_id: string;
  body: string;
  confirmed_at: number;
}

export type Pull = (device: { readonly id: string; readonly street: string }, asked: PullAsked) => PullAnswer;
export type PullAsked = Pick<z.output<typeof pullRequestSchema>, "after" | "until" | "limit" | "marks" | "whole">;

/** Reads the ledger for the desks of one street and no other (PR-10). */
export function openPull(db: Db): Pull {
  const rows = db.prepare("SELECT * FROM ledger WHERE street = ? AND no > ? AND no <= ? ORDER BY no LIMIT ?");
  const nth = db.prepare("SELECT no FROM ledger WHERE street = ? AND no > ? ORDER BY no LIMIT 1 OFFSET ?").pluck();
  const head = openHead(db);

  /** PR-17: where the stretches that follow end, so that a desk can ask for several at once. */
  function marksAfter(street: string, no: number, { limit, marks }: PullAsked): number[] {
    const found: number[] = [];
    while (found.length < marks) {
      const end = nth.get(street, found.at(-1) ?? no, limit - 1) as number | undefined;
      if (end === undefined) break;
      found.push(end);
    }
    return found;
  }

  const page = db.transaction((device: { readonly id: string; readonly street: string }, asked: PullAsked) => {
    const ops: LedgerOp[] = [];
    const own: Receipt[] = [];
    const { after, limit } = asked;
    const until = asked.until ?? Number.MAX_SAFE_INTEGER;
    let chars = 0;
    let last = after;
    let more = false;
    for (const row of rows.iterate(device.street, after, until, limit + 1) as Iterable<Row>) {
      if (ops.length + own.length === limit || chars > pageChars) {
        more = true;
        break;
      }
      last = row.no;
      // PR-15: the desk holds its own ops; the number is all that it has to learn.
      if (row.device === device.id && !asked.whole) {
        own.push([row.no, row.seq, row.op_id.slice(-8), row.confirmed_at]);
        continue;
      }
      chars += row.body.length;
      const { op_id, confirmed_at, body, ...rest } = row;
      ops.push({ ...rest, id: op_id, body: JSON.parse(body), confirmedAt: confirmed_at });
    }
    const upTo = more ? last : Math.max(after, Math.min(until, head()));
    const from = asked.until ?? upTo;
    return { ops, own, upTo, more, marks: more || asked.until !== null ? marksAfter(device.street, from, asked) : [] };
  });
  return page;
}

/** Highest number of the ledger, 0 when it is empty. */
export function openHead(db: Db): () => number {
  const max = db.prepare("SELECT coalesce(max(no), 0) FROM ledger").pluck();
  return () => max.get() as number;
}
