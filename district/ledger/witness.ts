import { createHash, sign } from "node:crypto";
import canonicalize from "canonicalize";
import { chainAlg, type LogReceipt, noHash, receiptTag } from "#shared/domain/duty-log/chain-entry.ts";
import type { WitnessAnswer, WitnessRequest } from "#shared/protocol/messages.ts";
import type { ReceiptKey } from "../auth/receipt-key.ts";
import type { Audit } from "../store/audit.ts";
import type { Identity } from "../store/meta.ts";
import { type Db, type Store, takeNumbers } from "../store/open.ts";

interface Seen {
  readonly branch: number;
  readonly seq: number;
  readonly head: string;
}

export type Witness = (device: string, shown: WitnessRequest, at: number) => Promise<WitnessAnswer>;

/** PR-20: compares the head of a desk's log with what was seen of it before, writes it down and signs what it found. */
export function openWitness(
  store: Store,
  { serverId, epoch }: Pick<Identity, "serverId" | "epoch">,
  key: ReceiptKey,
  audit: Audit,
): Witness {
  async function receiptFor(
    db: Db,
    device: string,
    { stream, seq, head }: WitnessRequest,
    at: number,
    outcome: LogReceipt["outcome"],
    known: Seen | undefined,
    branch: number | null,
  ): Promise<WitnessAnswer> {
    const no = await takeNumbers(db, "witness", 1);
    const before = await db
      .selectFrom("witness")
      .select("hash")
      .where("no", "=", no - 1)
      .executeTakeFirst();
    const receipt: LogReceipt = {
      v: 1,
      alg: chainAlg,
      server: serverId,
      epoch,
      no,
      prev: before?.hash ?? noHash,
      stream,
      seq,
      head,
      at,
      outcome,
      knownSeq: known?.seq ?? 0,
      knownHead: known?.head ?? noHash,
    };
    const text = canonicalize(receipt) ?? "";
    const hash = createHash("sha256").update(receiptTag).update(text).digest();
    const sig = sign(null, hash, key.privateKey).toString("base64");
    const row = { no, stream, branch, seq, head, device, outcome, at, receipt: text, hash: hash.toString("hex"), sig };
    await db.insertInto("witness").values(row).execute();
    if (outcome !== "extends") await audit(`log_${outcome}`, device, `${stream} ${seq}, known ${receipt.knownSeq}`, db);
    return { outcome: "receipt", receipt, sig, key: key.publicKey };
  }

  async function judge(db: Db, device: string, request: WitnessRequest, at: number): Promise<WitnessAnswer> {
    const { stream, seq, head } = request;
    const heads = await tipsOf(db, stream);
    const own = new Map([...request.shown, { seq, head }].map((one) => [one.seq, one.head]));
    const anchors: Seen[] = [];
    for (const tip of heads) {
      const anchor = await anchorOf(db, stream, tip.branch, seq);
      if (anchor) anchors.push(anchor);
    }
    const unseen = anchors.filter((anchor) => !own.has(anchor.seq)).map((anchor) => anchor.seq);
    if (unseen.length > 0) return { outcome: "show", seqs: [...new Set(unseen)] };
    const mine = anchors.find((anchor) => own.get(anchor.seq) === anchor.head);
    const tip = heads.find(({ branch }) => branch === (mine ?? heads[0])?.branch);
    // The same head again: its answer was lost, or nothing happened since.
    if (mine?.seq === seq && mine.seq === tip?.seq) {
      const { receipt, sig } = await db
        .selectFrom("witness")
        .select(["receipt", "sig"])
        .where("stream", "=", stream)
        .where("seq", "=", seq)
        .where("head", "=", head)
        .orderBy("no", "desc")
        .limit(1)
        .executeTakeFirstOrThrow();
      return { outcome: "receipt", receipt: JSON.parse(receipt) as LogReceipt, sig, key: key.publicKey };
    }
    if (tip && tip.seq > seq && (mine || anchors.length === 0))
      return receiptFor(db, device, request, at, "behind", tip, null);
    if (mine || !tip) return receiptFor(db, device, request, at, "extends", mine, mine?.branch ?? 0);
    return receiptFor(db, device, request, at, "fork", anchors[0], (heads[0]?.branch ?? 0) + 1);
  }

  return (device, request, at) =>
    store.write(async (db) => {
      // Its row is the lock: heads are compared and receipts chained one after the other.
      await takeNumbers(db, "witness", 0);
      return judge(db, device, request, at);
    });
}

/** The newest head of each history of a stream, the youngest history first. */
async function tipsOf(db: Db, stream: string): Promise<Seen[]> {
  const branches = await db
    .selectFrom("witness")
    .select((eb) => ["branch", eb.fn.max("seq").as("seq")])
    .where("stream", "=", stream)
    .where("branch", "is not", null)
    .groupBy("branch")
    .orderBy("branch", "desc")
    .limit(8)
    .execute();
  const tips: Seen[] = [];
  for (const { branch, seq } of branches) {
    const tip = branch === null ? undefined : await anchorOf(db, stream, branch, seq);
    if (tip) tips.push(tip);
  }
  return tips;
}

/** The last head of a history that was seen at `seq` or before. */
async function anchorOf(db: Db, stream: string, branch: number, seq: number): Promise<Seen | undefined> {
  const row = await db
    .selectFrom("witness")
    .select(["seq", "head"])
    .where("stream", "=", stream)
    .where("branch", "=", branch)
    .where("seq", "<=", seq)
    .orderBy("seq", "desc")
    .limit(1)
    .executeTakeFirst();
  return row && { branch, ...row };
}

const portionRows = 500;

/** Every receipt ever given and the key that verifies them, as lines that `npm run verify` reads. */
export async function* exportReceipts(db: Db, server: string, key: ReceiptKey): AsyncGenerator<string> {
  yield `${canonicalize({ trust: { server, key: key.publicKey } })}\n`;
  for (let after = 0; ; ) {
    const rows = await db
      .selectFrom("witness")
      .select(["no", "receipt", "sig"])
      .where("no", ">", after)
      .orderBy("no")
      .limit(portionRows)
      .execute();
    for (const { no, receipt, sig } of rows) {
      after = no;
      yield `${canonicalize({ receipt: JSON.parse(receipt), sig })}\n`;
    }
    if (rows.length < portionRows) return;
  }
}
