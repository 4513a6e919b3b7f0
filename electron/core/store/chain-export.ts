import { createHash, sign } from "node:crypto";
import canonicalize from "canonicalize";
import { chainHead } from "./chain.ts";
import { bodyText } from "./chain-body.ts";
import { readChainKey } from "./chain-key.ts";
import { type Db, sql } from "./database.ts";

interface Row {
  readonly hash: string;
  readonly entry: string;
  readonly sig: string;
  readonly log_id: string;
  readonly salt: string | null;
  readonly desk_facts: string | null;
}

/**
 * The chain as a file for others to verify: one canonical JSON object a line. A heading, every entry with its body, the
 * receipts with the keys of the districts that signed them, and a seal over all bytes before it, signed by this desk, so
 * that a file which was cut or changed on its way is found out even where no receipt reaches.
 */
export function* exportChain(db: Db, madeAt: number): Generator<string> {
  const head = chainHead(db);
  if (!head) return;
  const digest = createHash("sha256");
  const line = (value: unknown): string => {
    const text = `${canonicalize(value)}\n`;
    digest.update(text);
    return text;
  };
  yield line({ export: { v: 1, stream: head.stream, entries: head.seq, head: head.hash, madeAt } });
  const rows = db.prepare("SELECT hash, entry, sig, log_id, salt, desk_facts FROM chain ORDER BY seq");
  // Read page by page: between two lines the desk may record.
  for (const row of rows.all() as Row[]) {
    const body = row.salt === null ? null : (bodyText(db, row.log_id, row.desk_facts) ?? null);
    yield line({ entry: JSON.parse(row.entry), hash: row.hash, sig: row.sig, salt: row.salt, body });
  }
  for (const { receipt, sig } of sql(db, "SELECT receipt, sig FROM chain_receipt ORDER BY row").all() as {
    receipt: string;
    sig: string;
  }[])
    yield line({ receipt: JSON.parse(receipt), sig });
  for (const trust of trustedKeys(db)) yield line({ trust });
  const seal = { v: 1, digest: digest.digest("hex") };
  const hash = createHash("sha256")
    .update("duty-export-v1\0")
    .update(canonicalize(seal) ?? "");
  yield `${canonicalize({ seal, sig: sign(null, hash.digest(), readChainKey(db).privateKey).toString("base64") })}\n`;
}

/** Keys of the districts whose receipts this desk holds, as it learnt them over the pinned link. */
export function trustedKeys(db: Db): { readonly server: string; readonly key: string }[] {
  const rows = sql(db, "SELECT DISTINCT json_extract(receipt, '$.server') AS server, key FROM chain_receipt").all();
  return rows as { server: string; key: string }[];
}
