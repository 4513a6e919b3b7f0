import canonicalize from "canonicalize";
import { chainAlg } from "#shared/domain/duty-log/chain-entry.ts";
import type { WitnessAnswer, WitnessRequest } from "#shared/protocol/messages.ts";
import { chainHead } from "./chain.ts";
import { isReceiptSigned } from "./chain-check.ts";
import { type Db, sql } from "./database.ts";

interface KeptReceipt {
  readonly seq: number;
  readonly outcome: string;
  readonly receipt: string;
}

const lastReceipt = (db: Db): KeptReceipt | undefined =>
  sql(db, "SELECT seq, outcome, receipt FROM chain_receipt ORDER BY row DESC LIMIT 1").get() as KeptReceipt | undefined;

const headAt = (db: Db, seq: number): string | undefined =>
  sql(db, "SELECT hash FROM chain WHERE seq = ?").pluck().get(seq) as string | undefined;

/** PR-20: what to show the district now. The entries shown are read from the chain as it is, not from the receipts. */
export function unwitnessed(db: Db, seqs: readonly number[]): WitnessRequest | null {
  const head = chainHead(db);
  const last = lastReceipt(db);
  if (!head) return null;
  if (last && (JSON.parse(last.receipt) as { head: string }).head === head.hash) return null;
  const wanted = new Set([...seqs, ...(last ? [last.seq] : [])].filter((seq) => seq < head.seq));
  const shown = [...wanted].slice(0, 8).flatMap((seq) => {
    const hash = headAt(db, seq);
    return hash ? [{ seq, head: hash }] : [];
  });
  return { stream: head.stream, seq: head.seq, head: head.hash, shown };
}

/** Keeps a receipt of the district that speaks of this log as it is; anything else is not kept. */
export function keepReceipt(db: Db, answer: WitnessAnswer, server: string): boolean {
  if (answer.outcome !== "receipt") return false;
  const { receipt, sig, key } = answer;
  const fits =
    receipt.alg === chainAlg &&
    receipt.server === server &&
    receipt.stream === chainHead(db)?.stream &&
    headAt(db, receipt.seq) === receipt.head &&
    isReceiptSigned(receipt, sig, key);
  if (!fits) return false;
  sql(
    db,
    "INSERT INTO chain_receipt (seq, outcome, receipt, sig, key) VALUES (?, ?, ?, ?, ?) ON CONFLICT (receipt) DO NOTHING",
  ).run(receipt.seq, receipt.outcome, canonicalize(receipt), sig, key);
  return true;
}
