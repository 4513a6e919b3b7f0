import { createHash, createPublicKey, type KeyObject, verify } from "node:crypto";
import canonicalize from "canonicalize";
import {
  type ChainEntry,
  type ChainFault,
  clockJumpMs,
  type LogReceipt,
  noHash,
  receiptTag,
} from "#shared/domain/duty-log/chain-entry.ts";
import { hashEntry } from "./chain.ts";
import { bodyText, digestOlder, hashBody } from "./chain-body.ts";
import { streamOf } from "./chain-key.ts";
import { type Db, sql } from "./database.ts";
import { readMeta } from "./meta.ts";

interface Fault {
  readonly seq: number;
  readonly why: ChainFault;
}

export interface ChainVerdict {
  readonly stream: string;
  readonly entries: number;
  readonly head: string;
  /** The fault at the lowest number, if any. */
  readonly fault: Fault | null;
  /** Highest entry that a receipt covers; 0: none. */
  readonly witnessed: number;
  readonly witnessedAt: number | null;
  /** When the first entry after it was written, by this PC's clock. */
  readonly unwitnessedSince: number | null;
}

interface Row {
  readonly seq: number;
  readonly hash: string;
  readonly entry: string;
  readonly sig: string;
  readonly log_id: string;
  readonly salt: string | null;
  readonly desk_facts: string | null;
  readonly erased_at: number | null;
  /** The place that its line names. */
  readonly chain_seq: number | null;
}

export const keyOf = (raw: string): KeyObject =>
  createPublicKey({
    key: { kty: "OKP", crv: "Ed25519", x: Buffer.from(raw, "base64").toString("base64url") },
    format: "jwk",
  });

const isSigned = (hash: string, sig: string, key: KeyObject): boolean =>
  verify(null, Buffer.from(hash, "hex"), key, Buffer.from(sig, "base64"));

export const hashReceipt = (receipt: LogReceipt): string =>
  createHash("sha256")
    .update(receiptTag)
    .update(canonicalize(receipt) ?? "")
    .digest("hex");

/** Whether a receipt is what its district signed. */
export const isReceiptSigned = (receipt: LogReceipt, sig: string, key: string): boolean =>
  isSigned(hashReceipt(receipt), sig, keyOf(key));

/**
 * LG-5: the desk's own check of its log: every entry against its hash, its place, its signature, the line and the op it
 * speaks of, and the receipts. It works in slices, and `rest` is awaited between them: a screen is answered meanwhile.
 */
export async function checkChain(db: Db, rest: () => Promise<void>): Promise<ChainVerdict> {
  const stream = readMeta(db, "chainStream") ?? "";
  const receipts = readReceipts(db);
  const receiptAt = new Map(receipts.filter(({ outcome }) => outcome === "extends").map((one) => [one.seq, one]));
  const page = db.prepare(
    "SELECT c.*, l.erased_at, l.chain_seq FROM chain c LEFT JOIN duty_log l ON l.id = c.log_id WHERE c.seq > ? ORDER BY c.seq LIMIT 500",
  );
  const erasing = new Map<number, number>();
  let key: KeyObject | undefined;
  let last: { readonly hash: string; readonly entry: ChainEntry } | undefined;
  let fault: Fault | null = null;
  let witnessed: LogReceipt | undefined;
  let unwitnessedSince: number | null = null;
  const found = (seq: number, why: ChainFault | undefined) => {
    if (why && (!fault || seq < fault.seq)) fault = { seq, why };
  };

  for (let after = 0; ; ) {
    const rows = page.all(after) as Row[];
    for (const row of rows) {
      const entry = read(row.entry);
      const seq = (last?.entry.seq ?? 0) + 1;
      if (row.seq !== seq) found(seq, "seq-gap");
      if (!entry || entry.seq !== row.seq || entry.stream !== stream || canonicalize(entry) !== row.entry) {
        found(row.seq, "hash");
        continue;
      }
      if (hashEntry(entry) !== row.hash) found(row.seq, "hash");
      if (entry.prev !== (last?.hash ?? noHash)) found(row.seq, "prev");
      if (row.seq === 1) {
        if (!entry.key || streamOf(stream.split("/")[0] ?? "", entry.key) !== stream) found(1, "unknown-key");
        else key = keyOf(entry.key);
        found(1, checkOlder(db, row.desk_facts));
      }
      if (!key || !isSigned(row.hash, row.sig, key)) found(row.seq, "sig");
      if (entry.kind === "desk.key" && entry.key) key = keyOf(entry.key);
      if (last && jumped(last.entry, entry)) found(row.seq, "clock-jump");
      found(row.seq, checkBody(db, row, entry));
      if (row.salt === null) erasing.set(row.seq, row.seq);
      if (entry.erases !== null) erasing.delete(entry.erases);
      const receipt = receiptAt.get(row.seq);
      if (receipt && receipt.head !== row.hash) found(row.seq, "fork");
      if (receipt) [witnessed, unwitnessedSince] = [receipt, null];
      else unwitnessedSince ??= entry.wall;
      last = { hash: row.hash, entry };
    }
    if (rows.length === 0) break;
    after = rows.at(-1)?.seq ?? after;
    await rest();
  }
  for (const seq of erasing.keys()) found(seq, "line");
  found((last?.entry.seq ?? 0) + 1, unchained(db) ? "seq-gap" : undefined);
  for (const receipt of receipts) found(receipt.seq, againstReceipt(db, receipt, last?.entry.seq ?? 0));
  return {
    stream,
    entries: last?.entry.seq ?? 0,
    head: last?.hash ?? noHash,
    fault,
    witnessed: witnessed?.seq ?? 0,
    witnessedAt: witnessed?.at ?? null,
    unwitnessedSince,
  };
}

function read(text: string): ChainEntry | undefined {
  try {
    return JSON.parse(text) as ChainEntry;
  } catch {
    return undefined;
  }
}

/** LG-3: the two clocks came apart and no entry says so. */
function jumped(before: ChainEntry, after: ChainEntry): boolean {
  if (after.kind === "desk.clock") return false;
  const wall = after.wall - before.wall;
  const apart = after.boot === before.boot ? wall - (after.mono - before.mono) : Math.min(0, wall);
  return Math.abs(apart) > clockJumpMs;
}

/** The line and the op that an entry speaks of are what they were when it was signed. */
function checkBody(db: Db, row: Row, entry: ChainEntry): ChainFault | undefined {
  if (row.chain_seq !== row.seq) return "line";
  if (row.salt === null) return row.erased_at === null ? "line" : undefined;
  const text = bodyText(db, row.log_id, row.desk_facts);
  return text !== undefined && hashBody(Buffer.from(row.salt, "base64"), text) === entry.body ? undefined : "line";
}

/** What stood in the log before the chain began; once a line of it was erased it can no longer be compared. */
function checkOlder(db: Db, deskFacts: string | null): ChainFault | undefined {
  const facts = JSON.parse(deskFacts ?? "{}") as { lines?: number; digest?: string; lastRow?: number };
  const lastRow = facts.lastRow ?? 0;
  if (sql(db, "SELECT 1 FROM duty_log WHERE row <= ? AND erased_at IS NOT NULL LIMIT 1").get(lastRow)) return undefined;
  const now = digestOlder(db, lastRow);
  return now.lines === facts.lines && now.digest === facts.digest ? undefined : "older";
}

/** Own ops since the chain began without an entry, beyond those that the district gave back: an entry was taken away. */
function unchained(db: Db): boolean {
  const facts = sql(db, "SELECT desk_facts FROM chain ORDER BY seq LIMIT 1").pluck().get() as string | undefined;
  const { lastRow = 0 } = JSON.parse(facts ?? "{}") as { lastRow?: number };
  const without = sql(
    db,
    `SELECT count(*) FROM op o JOIN duty_log l ON l.id = o.id LEFT JOIN chain c ON c.seq = l.chain_seq
     WHERE l.row > ? AND c.seq IS NULL`,
  );
  return (without.pluck().get(lastRow) as number) > Number(readMeta(db, "broughtBack") ?? 0);
}

export function readReceipts(db: Db): LogReceipt[] {
  const texts = sql(db, "SELECT receipt FROM chain_receipt ORDER BY row").pluck().all() as string[];
  return texts.map((text) => JSON.parse(text) as LogReceipt);
}

/** A receipt that speaks of an entry which is not here, or is another; or of what the district knew and is not here. */
function againstReceipt(db: Db, receipt: LogReceipt, lastSeq: number): ChainFault | undefined {
  const hashAt = (seq: number) =>
    sql(db, "SELECT hash FROM chain WHERE seq = ?").pluck().get(seq) as string | undefined;
  for (const [seq, head] of [
    [receipt.seq, receipt.head],
    [receipt.knownSeq, receipt.knownHead],
  ] as const) {
    if (seq > lastSeq) return "behind-receipt";
    if (seq > 0 && hashAt(seq) !== head) return "fork";
  }
  return undefined;
}
