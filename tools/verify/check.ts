import type { KeyObject } from "node:crypto";
import { canonical } from "./canonical.ts";
import type { Entry, EntryLine, Export, Receipt, ReceiptLine } from "./read.ts";
import { isSigned as isSignedReally, readBase64, readKey, sha256, shortCode } from "./signature.ts";

export type Why =
  | "file"
  | "hash"
  | "prev"
  | "sig"
  | "seq-gap"
  | "unknown-key"
  | "fork"
  | "behind-receipt"
  | "clock-jump";

export interface Finding {
  /** Number of the entry; for a receipt, of the entry that it speaks of. */
  readonly seq: number;
  readonly why: Why;
  readonly text: string;
}

export interface Report {
  readonly verdict: "sound" | "unwitnessed" | "broken" | "undecided";
  /** 0 sound (a tail younger than the limit is named), 1 broken, 2 cannot decide, 3 the tail waits too long. */
  readonly exit: 0 | 1 | 2 | 3;
  readonly stream: string;
  readonly entries: number;
  readonly first: number;
  readonly last: number;
  readonly head: string;
  readonly code: string;
  readonly erased: number;
  /** The finding at the lowest number. */
  readonly bad: Finding | null;
  readonly findings: number;
  /** Entries up to which a valid receipt reaches, and their share of all. */
  readonly witnessed: number;
  readonly share: number;
  readonly witnessedAt: number | null;
  readonly tail: { readonly entries: number; readonly sinceAt: number } | null;
  readonly missingKeys: readonly string[];
  /** Whose keys were believed: those given, or those that the export brought itself. */
  readonly trust: "given" | "export";
}

const zeros = "0".repeat(64);
const jumpMs = 120_000;
export const tailLimitMs = 72 * 3_600_000;

/** What a control takes away, so that a test can show that each check is needed. */
export type Skipped = ReadonlySet<Why | "seal" | "body">;

export interface Options {
  readonly skipped?: Skipped;
  /** Tests remember what was verified before. */
  readonly isSigned?: typeof isSignedReally;
}

export function check(
  file: Export,
  more: readonly ReceiptLine[],
  trusted: ReadonlyMap<string, string> | undefined,
  { skipped = new Set(), isSigned = isSignedReally }: Options = {},
): Report {
  const findings: Finding[] = [];
  const found = (seq: number, why: Why, text: string) => {
    if (!skipped.has(why)) findings.push({ seq, why, text });
  };
  const { heading, entries } = file;
  const walked = walk(entries, heading.stream, found, { skipped, isSigned });
  const last = entries.at(-1);

  if (!skipped.has("seal")) {
    if (heading.v !== 1 || heading.entries !== entries.length || heading.head !== (last?.hash ?? zeros))
      found(entries.length, "file", "the heading does not say what the file holds");
    const sealHash = sha256("duty-export-v1\0", canonical(file.seal));
    if (sha256(file.sealed).toString("hex") !== file.seal.digest)
      found(entries.length, "file", "the file was changed after it was made");
    else if (!walked.key || !isSigned(sealHash, file.sealSig, walked.key))
      found(entries.length, "sig", "the seal of the file is not by this desk's key");
  }

  const keys = trusted ?? file.keys;
  const receipts = [...new Map([...file.receipts, ...more].map((one) => [canonical(one), one])).values()];
  const { covering, missingKeys } = weigh(receipts, entries, heading.stream, keys, found, { skipped, isSigned });
  const witnessed = covering?.seq ?? 0;
  const firstAfter = entries[witnessed];
  const tail = firstAfter ? { entries: entries.length - witnessed, sinceAt: firstAfter.entry.wall } : null;
  const bad = findings.reduce<Finding | null>((low, one) => (!low || one.seq < low.seq ? one : low), null);
  const late = tail !== null && heading.madeAt - tail.sinceAt > tailLimitMs;
  const undecided = missingKeys.length > 0;
  return {
    verdict: bad ? "broken" : undecided ? "undecided" : tail ? "unwitnessed" : "sound",
    exit: bad ? 1 : undecided ? 2 : late ? 3 : 0,
    stream: heading.stream,
    entries: entries.length,
    first: entries[0]?.entry.seq ?? 0,
    last: last?.entry.seq ?? 0,
    head: last?.hash ?? zeros,
    code: last ? shortCode(Buffer.from(last.hash, "hex")) : "",
    erased: walked.erased,
    bad,
    findings: findings.length,
    witnessed,
    share: entries.length === 0 ? 0 : witnessed / entries.length,
    witnessedAt: covering?.at ?? null,
    tail,
    missingKeys,
    trust: trusted ? "given" : "export",
  };
}

type Found = (seq: number, why: Why, text: string) => void;

/** Entry by entry: form, number, place, hash, signature, body, clock. */
function walk(entries: readonly EntryLine[], stream: string, found: Found, { skipped, isSigned }: Required<Options>) {
  const without = new Set<number>();
  let key: KeyObject | undefined;
  let before: EntryLine | undefined;
  let erased = 0;
  for (const [index, line] of entries.entries()) {
    const { entry } = line;
    const seq = index + 1;
    if (entry.seq !== seq) found(seq, "seq-gap", `entry ${entry.seq} stands at place ${seq}`);
    const hash = sha256("duty-log-v1\0", canonical(entry));
    if (hash.toString("hex") !== line.hash) found(seq, "hash", "the entry is not what was hashed");
    if (entry.v !== 1 || entry.alg !== "ed25519-sha256" || entry.stream !== stream)
      found(seq, "hash", "an entry of another log or form");
    if (entry.prev !== (before?.hash ?? zeros)) found(seq, "prev", "it does not follow the entry before");
    if (seq === 1) key = firstKey(entry, stream, found);
    if (!key || !isSigned(hash, line.sig, key)) found(seq, "sig", "not signed by the key of this place");
    if (entry.key !== null && seq > 1) {
      const next = entry.kind === "desk.key" ? readKey(entry.key) : undefined;
      if (next) key = next;
      else found(seq, "unknown-key", "it names a key and may not");
    }
    if (before && jumped(before.entry, entry)) found(seq, "clock-jump", "the clocks came apart and no entry says so");
    if (line.salt === null && line.body === null) {
      without.add(seq);
      erased += 1;
    } else if (!skipped.has("body") && !bodyFits(line)) found(seq, "hash", "the words are not those that were signed");
    for (const named of [entry.corrects, entry.erases])
      if (named !== null && (named < 1 || named >= seq)) found(seq, "hash", "it names an entry that is not before it");
    if (entry.erases !== null) without.delete(entry.erases);
    before = line;
  }
  for (const seq of without) found(seq, "hash", "the words are gone and no entry says that they were erased");
  return { key, erased };
}

/** The name of a stream is made of its first key: whoever begins it with another is found here. */
function firstKey(entry: Entry, stream: string, found: Found): KeyObject | undefined {
  const raw = readBase64(entry.key, 32);
  const key = readKey(entry.key);
  if (entry.kind !== "desk.begin" || !raw || !key || stream !== `${stream.slice(0, 9)}/${shortCode(sha256(raw))}`) {
    found(1, "unknown-key", "the log does not begin with the key that its name says");
    return undefined;
  }
  return key;
}

function bodyFits({ entry, salt, body }: EntryLine): boolean {
  const bytes = readBase64(salt, 16);
  return bytes !== undefined && body !== null && sha256(bytes, body).toString("hex") === entry.body;
}

function jumped(before: Entry, after: Entry): boolean {
  if (after.kind === "desk.clock") return false;
  const wall = after.wall - before.wall;
  const apart = after.boot === before.boot ? wall - (after.mono - before.mono) : Math.min(0, wall);
  return Math.abs(apart) > jumpMs;
}

/** What the receipts say of these entries, and how far they reach. */
function weigh(
  receipts: readonly ReceiptLine[],
  entries: readonly EntryLine[],
  stream: string,
  keys: ReadonlyMap<string, string>,
  found: Found,
  { skipped, isSigned }: Required<Options>,
) {
  const missing = new Set<string>();
  const byNumber = new Map<string, { readonly receipt: Receipt; readonly hash: string }>();
  let covering: Receipt | undefined;
  for (const { receipt, sig } of receipts) {
    const key = readKey(keys.get(receipt.server));
    if (!key) {
      missing.add(receipt.server);
      continue;
    }
    const hash = sha256("duty-receipt-v1\0", canonical(receipt));
    if (receipt.v !== 1 || receipt.alg !== "ed25519-sha256" || !isSigned(hash, sig, key)) {
      if (receipt.stream === stream) found(receipt.seq, "sig", `receipt ${receipt.no} is not the district's`);
      continue;
    }
    byNumber.set(`${receipt.server} ${receipt.epoch} ${receipt.no}`, { receipt, hash: hash.toString("hex") });
    if (receipt.stream !== stream) continue;
    const fits = [
      fitsChain(entries, receipt.seq, receipt.head, receipt, found),
      fitsChain(entries, receipt.knownSeq, receipt.knownHead, receipt, found),
    ].every(Boolean);
    if ((fits || skipped.has("fork")) && receipt.seq > (covering?.seq ?? 0) && receipt.seq <= entries.length)
      covering = receipt;
  }
  for (const { receipt } of byNumber.values()) {
    const earlier = byNumber.get(`${receipt.server} ${receipt.epoch} ${receipt.no - 1}`);
    if (earlier && earlier.hash !== receipt.prev)
      found(receipt.stream === stream ? receipt.seq : entries.length, "prev", `receipt ${receipt.no} does not follow`);
  }
  return { covering, missingKeys: [...missing] };
}

function fitsChain(entries: readonly EntryLine[], seq: number, head: string, { no }: Receipt, found: Found): boolean {
  if (seq === 0) return true;
  const line = entries[seq - 1];
  if (!line) {
    found(
      entries.length + 1,
      "behind-receipt",
      `receipt ${no} has seen entry ${seq}; this log ends at ${entries.length}`,
    );
    return false;
  }
  if (line.hash === head) return true;
  found(seq, "fork", `receipt ${no} has seen another entry ${seq}`);
  return false;
}
