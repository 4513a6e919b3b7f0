import type { ChainEntry, LogReceipt } from "#shared/domain/duty-log/chain-entry.ts";
import { ok } from "#shared/lib/result.ts";
import type { Answer, Desk } from "../desk.ts";
import { chainHead } from "../store/chain.ts";
import { sql } from "../store/database.ts";

/** LG-6: how far the district's receipts reach, and what it said of this log; read from the end, not checked. */
export function proofOfLog(desk: Desk): Answer<"log.proof"> {
  const { db } = desk;
  const head = chainHead(db);
  const read = (where: string): LogReceipt | null => {
    const text = sql(db, `SELECT receipt FROM chain_receipt WHERE ${where} LIMIT 1`).pluck().get();
    return text === undefined ? null : (JSON.parse(text as string) as LogReceipt);
  };
  const reached = read("outcome = 'extends' ORDER BY seq DESC");
  const said = read("outcome = 'fork' ORDER BY row DESC") ?? read("row = (SELECT max(row) FROM chain_receipt)");
  const next = sql(db, "SELECT entry FROM chain WHERE seq = ?")
    .pluck()
    .get((reached?.seq ?? 0) + 1) as string | undefined;
  return ok({
    entries: head?.seq ?? 0,
    shortCode: head?.shortCode ?? "",
    witnessed: reached?.seq ?? 0,
    witnessedAt: reached?.at ?? null,
    unwitnessedSince: next === undefined ? null : (JSON.parse(next) as ChainEntry).wall,
    trouble:
      said && said.outcome !== "extends"
        ? { outcome: said.outcome, at: said.at, seq: said.seq, knownSeq: said.knownSeq }
        : null,
  });
}
