import { createHash, sign } from "node:crypto";
import canonicalize from "canonicalize";
import { chainAlg, type LogReceipt, noHash, receiptTag } from "#shared/domain/duty-log/chain-entry.ts";
import type { WitnessAnswer, WitnessRequest } from "#shared/protocol/messages.ts";
import type { ReceiptKey } from "../auth/receipt-key.ts";
import type { Audit } from "../store/audit.ts";
import type { Identity } from "../store/meta.ts";
import type { Db } from "../store/open.ts";

interface Seen {
  readonly branch: number;
  readonly seq: number;
  readonly head: string;
}

export type Witness = (device: string, shown: WitnessRequest, at: number) => WitnessAnswer;

/** PR-20: compares the head of a desk's log with what was seen of it before, writes it down and signs what it found. */
export function openWitness(
  db: Db,
  { serverId, epoch }: Pick<Identity, "serverId" | "epoch">,
  key: ReceiptKey,
  audit: Audit,
): Witness {
  const tips = db.prepare(
    "SELECT branch, max(seq) AS seq, head FROM witness WHERE stream = ? AND branch IS NOT NULL GROUP BY branch ORDER BY branch DESC LIMIT 8",
  );
  const anchorOf = db.prepare(
    "SELECT branch, seq, head FROM witness WHERE stream = ? AND branch = ? AND seq <= ? ORDER BY seq DESC LIMIT 1",
  );
  const given = db.prepare(
    "SELECT receipt, sig FROM witness WHERE stream = ? AND seq = ? AND head = ? ORDER BY no DESC LIMIT 1",
  );
  const last = db.prepare("SELECT no, hash FROM witness ORDER BY no DESC LIMIT 1");
  const write = db.prepare(
    `INSERT INTO witness (no, stream, branch, seq, head, device, outcome, at, receipt, hash, sig)
     VALUES (@no, @stream, @branch, @seq, @head, @device, @outcome, @at, @receipt, @hash, @sig)`,
  );

  function receiptFor(
    device: string,
    { stream, seq, head }: WitnessRequest,
    at: number,
    outcome: LogReceipt["outcome"],
    known: Seen | undefined,
    branch: number | null,
  ): WitnessAnswer {
    const before = last.get() as { no: number; hash: string } | undefined;
    const receipt: LogReceipt = {
      v: 1,
      alg: chainAlg,
      server: serverId,
      epoch,
      no: (before?.no ?? 0) + 1,
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
    write.run({ ...receipt, branch, device, receipt: text, hash: hash.toString("hex"), sig });
    if (outcome !== "extends") audit(`log_${outcome}`, device, `${stream} ${seq}, known ${receipt.knownSeq}`);
    return { outcome: "receipt", receipt, sig, key: key.publicKey };
  }

  function judge(device: string, request: WitnessRequest, at: number): WitnessAnswer {
    const { stream, seq, head } = request;
    const heads = tips.all(stream) as Seen[];
    const own = new Map([...request.shown, { seq, head }].map((one) => [one.seq, one.head]));
    const anchors = heads.flatMap((tip) => (anchorOf.get(stream, tip.branch, seq) as Seen | undefined) ?? []);
    const unseen = anchors.filter((anchor) => !own.has(anchor.seq)).map((anchor) => anchor.seq);
    if (unseen.length > 0) return { outcome: "show", seqs: [...new Set(unseen)] };
    const mine = anchors.find((anchor) => own.get(anchor.seq) === anchor.head);
    const tip = heads.find(({ branch }) => branch === (mine ?? heads[0])?.branch);
    // The same head again: its answer was lost, or nothing happened since.
    if (mine?.seq === seq && mine.seq === tip?.seq) {
      const { receipt, sig } = given.get(stream, seq, head) as { receipt: string; sig: string };
      return { outcome: "receipt", receipt: JSON.parse(receipt) as LogReceipt, sig, key: key.publicKey };
    }
    if (tip && tip.seq > seq && (mine || anchors.length === 0))
      return receiptFor(device, request, at, "behind", tip, null);
    if (mine || !tip) return receiptFor(device, request, at, "extends", mine, mine?.branch ?? 0);
    return receiptFor(device, request, at, "fork", anchors[0], (heads[0]?.branch ?? 0) + 1);
  }

  const all = db.transaction(judge);
  return (device, request, at) => all.immediate(device, request, at);
}

/** Every receipt ever given and the key that verifies them, as lines that `npm run verify` reads. */
export function* exportReceipts(db: Db, server: string, key: ReceiptKey): Generator<string> {
  yield `${canonicalize({ trust: { server, key: key.publicKey } })}\n`;
  const rows = db.prepare("SELECT receipt, sig FROM witness ORDER BY no").iterate();
  for (const { receipt, sig } of rows as Iterable<{ receipt: string; sig: string }>)
    yield `${canonicalize({ receipt: JSON.parse(receipt), sig })}\n`;
}
