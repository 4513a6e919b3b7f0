import { hash as digest, type KeyObject, sign } from "node:crypto";
import canonicalize from "canonicalize";
import {
  type ChainEntry,
  chainAlg,
  chainTag,
  clockJumpMs,
  type DeskKind,
  grouped,
  noHash,
} from "#shared/domain/duty-log/chain-entry.ts";
import { minuteMs } from "#shared/lib/time.ts";
import type { CorePorts } from "../ports.ts";
import { bodyText, type Drawn, type DrawnOp, digestOlder, hashBody, textOf } from "./chain-body.ts";
import { codeOf, keepChainKey, newChainKey, readChainKey, streamOf } from "./chain-key.ts";
import { type Db, sql } from "./database.ts";
import { writeDeskLine } from "./duty-log.ts";
import { readMeta, writeMeta } from "./meta.ts";

/** What the chain needs of the world: clocks for its facts, random bytes for its salts. */
export interface ChainPorts extends Pick<CorePorts, "now" | "monotonic" | "randomBytes" | "boot"> {
  /** How far the PC is ahead of the district, ms; `null`: not known. */
  readonly ahead?: () => number | null;
  /** The time of the desk, by which its own lines stand in the log; without, the PC's clock. */
  readonly steady?: () => number;
}

interface Opened {
  readonly ports: ChainPorts;
  /** Names this start of the PC, or of the process: growing milliseconds are compared within one only. */
  readonly boot: string;
}

const opened = new WeakMap<Db, Opened>();

/** To be called once for a connection before anything is recorded on it; again only to add what is known later. */
export function openChain(db: Db, ports: ChainPorts): void {
  const boot = opened.get(db)?.boot ?? ports.boot?.id.slice(0, 64) ?? Buffer.from(ports.randomBytes(8)).toString("hex");
  opened.set(db, { ports, boot });
}

function portsOf(db: Db): Opened {
  const found = opened.get(db);
  if (!found) throw new Error("openChain comes before the first record");
  return found;
}

export interface ChainHead {
  readonly stream: string;
  readonly seq: number;
  /** SHA-256, hex. */
  readonly hash: string;
  /** Its first 80 bits, `XXXX-XXXX-XXXX-XXXX`: what is printed and read out. */
  readonly shortCode: string;
}

/** The newest entry of this desk's chain; `null` before the first. */
export function chainHead(db: Db): ChainHead | null {
  const last = lastEntry(db);
  const stream = readMeta(db, "chainStream");
  if (!last || stream === null) return null;
  return { stream, seq: last.seq, hash: last.hash, shortCode: shortCode(last.hash) };
}

export const shortCode = (hash: string): string => grouped(codeOf(Buffer.from(hash, "hex")));

interface Last {
  readonly seq: number;
  readonly hash: string;
}
const lastEntry = (db: Db): Last | undefined =>
  sql(db, "SELECT seq, hash FROM chain ORDER BY seq DESC LIMIT 1").get() as Last | undefined;

const known = new WeakMap<Db, { readonly hash: string; readonly entry: ChainEntry }>();

/** What the last entry says. The one that was written or read last is known by its hash. */
function entryOf(db: Db, { seq, hash }: Last): ChainEntry {
  const held = known.get(db);
  if (held?.hash === hash) return held.entry;
  const entry = JSON.parse(sql(db, "SELECT entry FROM chain WHERE seq = ?").pluck().get(seq) as string) as ChainEntry;
  known.set(db, { hash, entry });
  return entry;
}

const hashText = (text: string): string => digest("sha256", chainTag + text);

export const hashEntry = (entry: ChainEntry): string => hashText(canonicalize(entry) ?? "");

const signHash = (hash: string, key: KeyObject): string => sign(null, Buffer.from(hash, "hex"), key).toString("base64");

/** Clock facts of what is written now, and the entry that it follows. */
export interface Moment {
  readonly wall: number;
  readonly mono: number;
  readonly last: Last | undefined;
}

/** The place in the chain of what is written at a moment. */
export const placeAt = ({ last }: Moment): number => (last?.seq ?? 0) + 1;

const momentOf = ({ ports }: Opened, last: Last | undefined): Moment => ({
  wall: Math.round(ports.now()),
  mono: Math.round((ports.boot?.upMs ?? ports.monotonic)()),
  last,
});

/** A line and its op as they were just written. */
export interface Written {
  readonly line: Drawn;
  readonly op: DrawnOp;
}

interface Added {
  readonly kind: string;
  readonly officer: string;
  readonly grade: string;
  readonly logId: string;
  readonly deskFacts?: string;
  readonly corrects?: number | null;
  readonly erases?: number | null;
  readonly key?: string;
  /** Without, they are read. */
  readonly written?: Written | undefined;
}

/** Chains and signs a line that stands in the log already, in the caller's transaction. */
function add(db: Db, moment: Moment, added: Added): void {
  const { wall, mono, last } = moment;
  const { ports, boot } = portsOf(db);
  const key = readChainKey(db);
  const { written, deskFacts = null } = added;
  const text = written ? textOf(written.line, written.op, deskFacts) : bodyText(db, added.logId, deskFacts);
  if (text === undefined) throw new Error("a line is chained after it is written");
  const salt = Buffer.from(ports.randomBytes(16));
  // Its names stand in the order of its canonical text, so that writing it costs no sorting.
  const entry: ChainEntry = {
    ahead: ports.ahead?.() ?? null,
    alg: chainAlg,
    body: hashBody(salt, text),
    boot,
    corrects: added.corrects ?? null,
    erases: added.erases ?? null,
    grade: added.grade,
    key: added.key ?? null,
    kind: added.kind,
    mono,
    officer: added.officer,
    prev: last?.hash ?? noHash,
    seq: placeAt(moment),
    stream: last ? entryOf(db, last).stream : (readMeta(db, "chainStream") ?? ""),
    v: 1,
    wall,
  };
  const stored = JSON.stringify(entry);
  const hash = hashText(stored);
  sql(db, "INSERT INTO chain (seq, hash, entry, sig, log_id, salt, desk_facts) VALUES (?, ?, ?, ?, ?, ?, ?)").run(
    entry.seq,
    hash,
    stored,
    signHash(hash, key.privateKey),
    added.logId,
    salt.toString("base64"),
    deskFacts,
  );
  known.set(db, { hash, entry });
}

/** LG-3: begins the chain with a key of its own, and says honestly what stood in the log before it. */
function begin(db: Db, street: string, moment: Moment): void {
  const lastRow = sql(db, "SELECT coalesce(max(row), 0) FROM duty_log").pluck().get() as number;
  const older = { ...digestOlder(db, lastRow), lastRow };
  const key = newChainKey();
  const stream = streamOf(street, key.publicKey);
  keepChainKey(db, key);
  writeMeta(db, "chainStream", stream);
  const zh = `日志链开始（${stream}）${older.lines > 0 ? `，此前已有 ${older.lines} 条，一并封存` : ""}`;
  const en = `The chain of the log begins (${stream})${older.lines > 0 ? `; ${older.lines} older lines sealed with it` : ""}`;
  const line = { kind: "desk.begin" as const, zh, en, facts: older };
  addDeskLine(db, moment, line, key.publicKey);
}

export interface DeskNote {
  readonly kind: DeskKind;
  readonly zh: string;
  readonly en: string;
  readonly facts: Readonly<Record<string, string | number | null>>;
}

function addDeskLine(db: Db, moment: Moment, { kind, zh, en, facts }: DeskNote, key?: string): void {
  const { ports } = portsOf(db);
  const logId = `desk-${Buffer.from(ports.randomBytes(16)).toString("hex")}`;
  writeDeskLine(db, { id: logId, at: ports.steady?.() ?? moment.wall, action: kind, zh, en }, placeAt(moment));
  const deskFacts = canonicalize(facts) ?? "{}";
  add(db, moment, { kind, officer: "desk", grade: "", logId, deskFacts, ...(key ? { key } : {}) });
}

/**
 * To be called before a line is written: begins the chain, notes a jump of the clock, and gives the moment at which that one
 * line is to be chained.
 */
export function readyChain(db: Db, street: string): Moment {
  const own = portsOf(db);
  const last = lastEntry(db);
  const moment = momentOf(own, last);
  const jumpMs = last ? jumpSince(entryOf(db, last), own.boot, moment) : 0;
  if (last && jumpMs === 0) return moment;
  if (last) addDeskLine(db, moment, jumpNote(jumpMs));
  else begin(db, street, moment);
  return { ...moment, last: lastEntry(db) };
}

function jumpNote(jumpMs: number): DeskNote {
  const minutes = Math.round(Math.abs(jumpMs) / minuteMs);
  return {
    kind: "desk.clock",
    zh: `本机时钟${jumpMs > 0 ? "向前" : "向后"}跳变约 ${minutes} 分钟（改钟或休眠）`,
    en: `The clock of this PC jumped ${jumpMs > 0 ? "forward" : "back"} by about ${minutes} min (set, or asleep)`,
    facts: { jumpMs },
  };
}

/** How far the wall clock and the growing one have come apart since an entry; 0: not noteworthy. */
function jumpSince(last: ChainEntry, boot: string, moment: Moment): number {
  const wall = moment.wall - last.wall;
  const jump = last.boot === boot ? wall - (moment.mono - last.mono) : Math.min(0, wall);
  return Math.abs(jump) > clockJumpMs ? jump : 0;
}

/** LG-2: chains what was just recorded, in the transaction that records it. */
export function chainLine(
  db: Db,
  moment: Moment,
  line: Pick<Added, "kind" | "officer" | "grade" | "logId" | "written">,
  about: { readonly corrects: string | null; readonly erases: string | null },
): void {
  add(db, moment, { ...line, corrects: seqOf(db, about.corrects), erases: seqOf(db, about.erases) });
}

/** Number of a line in this desk's chain; `null`: it is of another desk, or older than the chain. */
function seqOf(db: Db, logId: string | null): number | null {
  if (logId === null) return null;
  return (sql(db, "SELECT chain_seq FROM duty_log WHERE id = ?").pluck().get(logId) as number | undefined) ?? null;
}

/** LG-3: notes what happened to the desk itself, as an entry of its log. */
export function noteDesk(db: Db, street: string, note: DeskNote): void {
  db.transaction(() => addDeskLine(db, readyChain(db, street), note))();
}

/** LG-3: from the next entry on another key signs; the old one signs that it is so. */
export function changeChainKey(db: Db, street: string): void {
  db.transaction(() => {
    const moment = readyChain(db, street);
    const key = newChainKey();
    const note = {
      kind: "desk.key",
      zh: "本机日志密钥已更换",
      en: "The key of this log was changed",
      facts: {},
    } as const;
    addDeskLine(db, moment, note, key.publicKey);
    keepChainKey(db, key);
  })();
}
