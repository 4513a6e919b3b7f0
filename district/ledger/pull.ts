import type { z } from "zod";
import type { LedgerOp } from "#shared/op/op.ts";
import type { PullAnswer, pullRequestSchema, Receipt } from "#shared/protocol/messages.ts";
import { type Db, isAway, type Store } from "../store/open.ts";

/** A page ends after the op that crosses this many characters of bodies: an answer must survive a poor link. */
const pageChars = 512 * 1024;
/** Rows that are read at once: one may be a megabyte, and most are not needed when they are that large. */
const portionRows = 128;

export type Pull = (device: { readonly id: string; readonly street: string }, asked: PullAsked) => Promise<PullAnswer>;
export type PullAsked = Pick<z.output<typeof pullRequestSchema>, "after" | "until" | "limit" | "marks" | "whole">;

/** Reads the ledger for the desks of one street and no other (PR-10). */
export function openPull({ db }: Store): Pull {
  /** PR-17: where the stretches that follow end, so that a desk can ask for several at once. */
  async function marksAfter(street: string, no: number, { limit, marks }: PullAsked): Promise<number[]> {
    const found: number[] = [];
    while (found.length < marks) {
      const end = await db
        .selectFrom("ledger")
        .select("no")
        .where("street", "=", street)
        .where("no", ">", found.at(-1) ?? no)
        .orderBy("no")
        .limit(1)
        .offset(limit - 1)
        .executeTakeFirst();
      if (!end) break;
      found.push(end.no);
    }
    return found;
  }

  /** `without`: the desk whose ops come without their bodies. */
  const rowsOf = (street: string, without: string, after: number, until: number, limit: number) =>
    db
      .selectFrom("ledger")
      .select(["no", "op_id", "kind", "v", "street", "device", "seq", "at", "by", "confirmed_at"])
      // A receipt needs no body.
      .select((eb) => eb.case().when("device", "=", without).then("").else(eb.ref("body")).end().as("body"))
      .where("street", "=", street)
      .where("no", ">", after)
      .where("no", "<=", until)
      .orderBy("no")
      .limit(limit)
      .execute();

  return async (device, asked) => {
    const ops: LedgerOp[] = [];
    const own: Receipt[] = [];
    const { after, limit } = asked;
    // Read first, and nothing beyond it: what is written meanwhile must not be passed over by the cursor.
    const head = await readHead(db);
    const until = Math.min(asked.until ?? head, head);
    let chars = 0;
    let last = after;
    let more = false;
    for (let ended = false; !ended && !more; ) {
      const left = limit + 1 - ops.length - own.length;
      const portion = await rowsOf(
        device.street,
        asked.whole ? "" : device.id,
        last,
        until,
        Math.min(portionRows, left),
      );
      ended = portion.length < Math.min(portionRows, left);
      for (const row of portion) {
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
    }
    const upTo = more ? last : Math.max(after, until);
    const from = asked.until ?? upTo;
    const marks = more || asked.until !== null ? await marksAfter(device.street, from, asked) : [];
    return { ops, own, upTo, more, marks };
  };
}

/** Highest number of the ledger, 0 when it is empty. */
export async function readHead(db: Db): Promise<number> {
  const row = await db.selectFrom("counter").select("no").where("name", "=", "ledger").executeTakeFirst();
  return row?.no ?? 0;
}

/** The head for an envelope. While the database is away it is the last that was known: a smaller one would say "restored" (PR-6). */
export function openHead({ db }: Store): () => Promise<number> {
  let known: number | undefined;
  return async () => {
    try {
      known = await readHead(db);
    } catch (error) {
      if (known === undefined || !isAway(error)) throw error;
    }
    return known;
  };
}
