import { generateKeyPairSync } from "node:crypto";
import { rmSync, writeFileSync } from "node:fs";
import type Sqlite from "better-sqlite3";
import { addDevice, deviceOf } from "#district/auth/devices.ts";
import type { Context } from "#district/context.ts";
import { pull } from "#district/handlers/pull.ts";
import { push } from "#district/handlers/push.ts";
import { witness } from "#district/handlers/witness.ts";
import { envelop } from "#district/http/envelope.ts";
import { openBell } from "#district/ledger/bell.ts";
import { openGate } from "#district/ledger/gate.ts";
import { readNextSeq } from "#district/ledger/known.ts";
import { openHead, openPull } from "#district/ledger/pull.ts";
import { openPush } from "#district/ledger/push.ts";
import { openWitness } from "#district/ledger/witness.ts";
import { openAudit } from "#district/store/audit.ts";
import { readIdentity, startEpoch } from "#district/store/meta.ts";
import { sqliteStore } from "#district/store/open.ts";
import { openSqlite } from "#district/store/sqlite.ts";
import { type DeskError, deskError } from "#shared/errors.ts";
import type { Result } from "#shared/lib/result.ts";
import {
  envelopeSchema,
  pullRequestSchema,
  pushRequestSchema,
  witnessRequestSchema,
} from "#shared/protocol/messages.ts";
import type { VirtualClock } from "./clock.ts";
import { type CrashPoint, layCrashPoint } from "./crash-point.ts";
import type { Dice } from "./dice.ts";

export const street = "500118004";
/** The district's wall clock at the start of a world: 2026-11-21 14:03 in China. */
export const startAt = Date.parse("2026-11-21T06:03:00Z");
const nonce = "nonce-of-the-world";

export interface Answered {
  readonly epoch: string;
  readonly head: number;
  readonly body: unknown;
}

export type Path = "push" | "pull" | "witness";
export type CentrePoint = number | "in_push" | "before_answer";

/** The district itself, its real handlers over a real database; what stands above them on the wire is the faulty link. */
export interface Centre {
  readonly up: boolean;
  readonly serverId: string;
  readonly epoch: string;
  boot(): Promise<void>;
  /** The process is gone at once. */
  kill(): void;
  /** It goes at the n-th statement from now, or in the middle of its next push, or after that, before it answers. */
  killAt(point: CentrePoint): void;
  backUp(): Uint8Array;
  /** The operator puts a backup back and says so (PR-6). */
  restore(backup: Uint8Array): Promise<void>;
  /** `"dead"`: no answer, for it died over it. */
  ask(device: string, path: Path, body: unknown, gone: AbortSignal): Promise<Answered | DeskError | "dead">;
  /** Answers of the district that said "this I have already". */
  readonly suppressed: number;
  /** What it threw over a request: a 500 to its desk, and never right. */
  readonly bugs: readonly string[];
  head(): number;
  enrol(id: string, name: string): Promise<{ letter: string }>;
}

export async function openCentre(
  file: string,
  clock: VirtualClock,
  dice: Dice,
  sabotage: (push: Context["push"]) => Context["push"] = (push) => push,
): Promise<Centre> {
  const now = () => startAt + clock.now();
  const { privateKey, publicKey } = generateKeyPairSync("ed25519");
  const { x = "" } = publicKey.export({ format: "jwk" });
  const receiptKey = { privateKey, publicKey: Buffer.from(x, "base64url").toString("base64") };
  const makeId = () => Buffer.from(dice.bytes(16)).toString("hex");
  let running: { context: Context; crash: CrashPoint; db: Sqlite.Database; head: Sqlite.Statement } | undefined;
  /** The file of a dead process, which it still holds open. */
  let dead: Sqlite.Database | undefined;
  let next: CentrePoint | undefined;
  let suppressed = 0;
  const bugs: string[] = [];

  /** At most one start at a time, whoever switches it on. */
  let starting: Promise<void> | undefined;
  const boot = () => {
    starting ??= start().finally(() => {
      starting = undefined;
    });
    return starting;
  };

  async function start(): Promise<void> {
    dead?.close();
    const db = openSqlite(file);
    const store = sqliteStore(db);
    const crash = layCrashPoint(db, () => {
      const dying = running;
      running = undefined;
      dying?.context.bell.close();
      dying?.context.gate.close();
      // A statement may still be running; it ends before the next moment.
      dead = db;
      clock.after(0, () => db.close());
    });
    const audit = openAudit(store.db, now);
    const identity = await readIdentity(
      store,
      { district: { name: "璧山区" }, streets: [{ code: street, name: "璧泉街道" }] },
      makeId,
    );
    const head = openHead(store);
    const bell = openBell(clock.after);
    running = {
      db,
      crash,
      head: db.prepare("SELECT coalesce(max(no), 0) FROM ledger").pluck(),
      // The handlers use no more of it than this.
      context: {
        store,
        identity,
        now,
        monotonic: clock.now,
        head,
        push: sabotage(openPush(store, audit)),
        pull: openPull(store),
        bell,
        gate: openGate(clock.after),
        witness: openWitness(store, identity, receiptKey, audit),
        nextSeq: (device: string) => readNextSeq(store.db, device),
        audit,
        log: () => {},
      } as unknown as Context,
    };
  }

  const live = () => {
    if (!running) throw new Error("the district is down");
    return running;
  };

  function replaceFile(bytes: Uint8Array): void {
    for (const end of ["-wal", "-shm"]) rmSync(file + end, { force: true });
    writeFileSync(file, bytes);
  }

  async function handle(
    context: Context,
    id: string,
    path: Path,
    body: unknown,
    gone: AbortSignal,
  ): Promise<Result<unknown, DeskError>> {
    const device = await deviceOf(context.store.db, id);
    if (!device) throw new Error(`no device ${id}`);
    const sent: unknown = JSON.parse(JSON.stringify(body));
    if (path === "witness") return witness(context, device, witnessRequestSchema.parse(sent));
    return path === "push"
      ? push(context, device, pushRequestSchema.parse(sent), gone)
      : pull(context, device, pullRequestSchema.parse(sent), gone);
  }

  await boot();
  const { serverId, epoch } = live().context.identity;
  return {
    serverId,
    epoch,
    get up() {
      return running !== undefined;
    },
    get suppressed() {
      return suppressed;
    },
    bugs,
    boot,
    kill: () => running?.crash.die(),
    killAt(point) {
      next = point;
      if (typeof point === "number") running?.crash.arm(point);
    },
    backUp: () => live().db.serialize(),
    async restore(backup) {
      if (running) {
        const { context, db } = running;
        running = undefined;
        context.bell.close();
        context.gate.close();
        db.close();
      }
      dead?.close();
      replaceFile(backup);
      const store = sqliteStore(openSqlite(file));
      await startEpoch(store, makeId());
      await store.close();
      await boot();
    },
    async ask(device, path, body, gone) {
      if (!running) return "dead";
      const { context, crash } = running;
      if (next === "in_push" && path === "push") {
        next = undefined;
        crash.arm(dice.between(2, 14));
      }
      try {
        const answer = await handle(context, device, path, body, gone);
        if (crash.dead || running?.context !== context) return "dead";
        if (!answer.ok) return answer.error;
        const results = (answer.value as { results?: { outcome: string }[] }).results ?? [];
        suppressed += results.filter(({ outcome }) => outcome === "duplicate").length;
        // As on the wire: an envelope, written and read.
        const envelope = envelopeSchema.parse(JSON.parse(JSON.stringify(await envelop(context, nonce, answer.value))));
        if (next === "before_answer" && path === "push") {
          next = undefined;
          crash.die();
          return "dead";
        }
        return { epoch: envelope.epoch, head: envelope.head, body: envelope.body };
      } catch (error) {
        if (crash.dead || running?.context !== context) return "dead";
        bugs.push(`${path} of ${device}: ${error instanceof Error ? error.message : String(error)}`);
        return deskError("bug");
      }
    },
    head: () => (running ? (running.head.get() as number) : -1),
    enrol: (id, name) =>
      addDevice(live().context.store.db, { id, street, name, publicKey: `key of ${id}`, sample: false }, now()),
  };
}
