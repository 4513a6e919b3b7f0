import { createPrivateKey, type KeyObject } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { changeChainKey, openChain } from "#core/store/chain.ts";
import { exportChain } from "#core/store/chain-export.ts";
import { keepReceipt, unwitnessed } from "#core/store/chain-witness.ts";
import { type Author, record } from "#core/store/commit.ts";
import { type Db, openDatabase } from "#core/store/database.ts";
import { readMeta, writeMeta } from "#core/store/meta.ts";
import { addDevice } from "#district/auth/devices.ts";
import { type ReceiptKey, readReceiptKey } from "#district/auth/receipt-key.ts";
import { exportReceipts, openWitness, type Witness } from "#district/ledger/witness.ts";
import { openAudit } from "#district/store/audit.ts";
import { type Identity, readIdentity } from "#district/store/meta.ts";
import { sqliteStore } from "#district/store/open.ts";
import { openSqlite } from "#district/store/sqlite.ts";
import type { BodyOf, OpKind } from "#shared/op/kinds.ts";
import type { WitnessAnswer } from "#shared/protocol/messages.ts";
import type { EntryLine, Export, ReceiptLine } from "../../../tools/verify/read.ts";
import { readExport, readWitness } from "../../../tools/verify/read.ts";

export const street = "500118004";
const startAt = Date.parse("2026-11-01T00:00:00Z");

/** A desk's store and a district's, real files both, with time, dice and the way between them in the test's hand. */
export interface History {
  readonly dir: string;
  readonly db: Db;
  /** The district's own file. */
  readonly district: ReturnType<typeof openSqlite>;
  readonly witness: Witness;
  readonly clock: { wall: number; mono: number };
  pass(ms: number): void;
  note(text: string, corrects?: string): string;
  erase(lineId: string): void;
  changeKey(): void;
  /** The process ends without a word and starts again. */
  restart(): void;
  /** After the test closed the database and put another file in its place. */
  reopen(): void;
  /** Shows the head as the link does; `lost`: the answer does not arrive. Answers what the district found. */
  show(lost?: boolean): Promise<string | null>;
  text(): string;
  file(): Export;
  given(): Promise<{ receipts: ReceiptLine[]; keys: Map<string, string> }>;
  key(): KeyObject;
  close(): void;
}

export async function openHistory(
  draw: () => number,
  dir = mkdtempSync(join(tmpdir(), "zhishou-proof-")),
): Promise<History> {
  const clock = { wall: startAt, mono: 0 };
  const randomBytes = (length: number) => Uint8Array.from({ length }, () => Math.floor(draw() * 256));
  let id = 0;
  const newId = () => `00000000-0000-7000-8000-${String(++id).padStart(12, "0")}`;
  let db = open();
  function open(): Db {
    const opened = openDatabase(join(dir, "desk.db"));
    if (!opened.ok) throw new Error(opened.error.id);
    const { db: fresh } = opened.value;
    openChain(fresh, { now: () => clock.wall, monotonic: () => clock.mono, randomBytes });
    return fresh;
  }
  const put = <K extends OpKind>(kind: K, body: BodyOf<K>, by: string) => {
    const author: Author = { by, at: clock.wall, street, newId };
    const done = record(db, kind, body, author);
    if (!done.ok) throw new Error(done.error.id);
    return done.value.opId;
  };
  const officer = { grade: "admin", pool: "full_time", phone: "", post: "", active: true, publicKey: "" } as const;
  if (readMeta(db, "street") === null) {
    writeMeta(db, "street", street);
    put("officer.put", { ...officer, id: "o1", name: "周文" }, "setup");
  }
  const district = openSqlite(join(dir, "district.db"));
  const store = sqliteStore(district);
  const identity: Identity = await readIdentity(
    store,
    { district: { name: "璧山区" }, streets: [{ code: street, name: "璧泉街道" }] },
    () => Buffer.from(randomBytes(16)).toString("hex"),
  );
  await addDevice(store.db, { id: "d1", street, name: "值班台", publicKey: "key of d1", sample: false }, startAt);
  const receiptKey: ReceiptKey = readReceiptKey(dir);
  const witness = openWitness(
    store,
    identity,
    receiptKey,
    openAudit(store.db, () => clock.wall),
  );
  return {
    dir,
    get db() {
      return db;
    },
    district,
    witness,
    clock,
    pass(ms) {
      clock.wall += ms;
      clock.mono += ms;
    },
    note: (text, corrects) =>
      put(
        "log.write",
        {
          id: newId(),
          kind: "note",
          text,
          callerName: "李某",
          callerPhone: "13900000000",
          unit: "",
          eventId: null,
          corrects: corrects ?? null,
          officerIds: [],
          assetIds: [],
        },
        "o1",
      ),
    erase(lineId) {
      const entity = db.prepare("SELECT entity_id FROM op WHERE id = ?").pluck().get(lineId) as string;
      put("log.erase", { id: entity, lineId, reason: "保存期满" }, "o1");
    },
    changeKey: () => changeChainKey(db, street),
    restart() {
      db.close();
      clock.mono = 0;
      db = open();
    },
    reopen() {
      db = open();
    },
    async show(lost = false) {
      let ask = unwitnessed(db, []);
      let answer: WitnessAnswer | undefined;
      for (let turn = 0; ask && turn < 3; turn++) {
        answer = await witness("d1", ask, clock.wall);
        if (answer.outcome === "receipt") break;
        ask = unwitnessed(db, answer.seqs);
      }
      if (answer?.outcome !== "receipt") return null;
      if (!lost && !keepReceipt(db, answer, identity.serverId)) throw new Error("a receipt was not kept");
      return answer.receipt.outcome;
    },
    text: () => [...exportChain(db, clock.wall)].join(""),
    file() {
      const file = readExport(Buffer.from([...exportChain(db, clock.wall)].join("")));
      if (typeof file === "number") throw new Error(`line ${file} of the export cannot be read`);
      return file;
    },
    async given() {
      const lines: string[] = [];
      for await (const line of exportReceipts(store.db, identity.serverId, receiptKey)) lines.push(line);
      const read = readWitness(Buffer.from(lines.join("")));
      if (typeof read === "number") throw new Error(`line ${read} of the receipts cannot be read`);
      return read;
    },
    key() {
      const { x, d } = JSON.parse(readMeta(db, "chainKey") ?? "{}") as { x: string; d: string };
      return createPrivateKey({ key: { kty: "OKP", crv: "Ed25519", x, d }, format: "jwk" });
    },
    close() {
      db.close();
      district.close();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

export type { EntryLine, Export };
