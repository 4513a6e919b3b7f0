import { type Desk, newId } from "#core/desk.ts";
import { syncStore } from "#core/open-desk.ts";
import { linkStatus } from "#core/queries/link.ts";
import { openChain } from "#core/store/chain.ts";
import { record } from "#core/store/commit.ts";
import { type Db, openDatabase } from "#core/store/database.ts";
import { applyDeferred } from "#core/store/outbox.ts";
import { openEngine } from "#core/sync/engine.ts";
import type { Link } from "#core/sync/link.ts";
import type { SyncStore } from "#core/sync/sync.ts";
import type { LinkStatus } from "#shared/contract.ts";
import { deskError } from "#shared/errors.ts";
import { fail } from "#shared/lib/result.ts";
import type { BodyOf, OpKind } from "#shared/op/kinds.ts";
import { startAt, street } from "./centre.ts";
import type { VirtualClock } from "./clock.ts";
import { type CrashPoint, Killed, layCrashPoint } from "./crash-point.ts";
import type { Dice } from "./dice.ts";

export interface WorldDesk {
  readonly name: string;
  readonly file: string;
  readonly up: boolean;
  /** How far the PC's clock is off; it may jump. */
  skewMs: number;
  boot(): void;
  kill(): void;
  /** The process goes at the n-th statement from now. */
  killAt(statements: number): void;
  /** What an officer does. The op's id once the desk has said "saved"; `null`: refused by its rule, or the desk died over it. */
  record<K extends OpKind>(kind: K, body: BodyOf<K>, by: string): { opId: string; at: number } | null;
  /** The open database, for reading. */
  db(): Db | undefined;
  status(): LinkStatus | undefined;
  /** A person presses "sync now". */
  press(): void;
}

export interface WorldDeskOptions {
  readonly name: string;
  readonly file: string;
  readonly clock: VirtualClock;
  readonly dice: Dice;
  readonly openLink: (desk: WorldDesk) => Link;
  readonly sabotage?: ((store: SyncStore) => SyncStore) | undefined;
  readonly log?: (line: string) => void;
}

/** A desk as it is, from the recording of an op to its end of the wire, in a process that can be killed at any statement. */
export function openWorldDesk({
  name,
  file,
  clock,
  dice,
  openLink,
  sabotage = (store) => store,
  log = () => {},
}: WorldDeskOptions): WorldDesk {
  interface Life {
    readonly db: Db;
    readonly crash: CrashPoint;
    readonly engine: ReturnType<typeof openEngine>;
  }
  let life: Life | undefined;
  const now = () => startAt + clock.now() + desk.skewMs;

  function boot(): void {
    const opened = openDatabase(file);
    if (!opened.ok) throw new Error(`${name}: ${opened.error.id} ${JSON.stringify(opened.error.params)}`);
    const { db } = opened.value;
    openChain(db, { now, monotonic: clock.now, randomBytes: (length) => dice.bytes(length) });
    const callOffs = new Set<() => void>();
    const crash = layCrashPoint(db, () => {
      life = undefined;
      for (const callOff of callOffs) callOff();
      clock.after(0, () => db.close());
    });
    const own = openLink(desk);
    // What a dead process asked for is answered to nobody.
    const ifAlive = <T>(answer: Promise<T>) => answer.then((value) => (crash.dead ? new Promise<T>(() => {}) : value));
    const link: Link = {
      push: (batch, epoch, signal) => ifAlive(own.push(batch, epoch, signal)),
      pull: (ask, signal) => ifAlive(own.pull(ask, signal)),
      room: () => own.room(),
      warm: () => {},
      witness: (ask, signal) => ifAlive(own.witness(ask, signal)),
      close: () => own.close(),
    };
    applyDeferred(db);
    const engine = openEngine({
      store: sabotage(syncStore(db)),
      now,
      monotonic: clock.now,
      randomBytes: (length) => dice.bytes(length),
      after(delayMs, work) {
        if (crash.dead) return () => {};
        const callOff = clock.after(delayMs, () => {
          callOffs.delete(callOff);
          work();
        });
        callOffs.add(callOff);
        return () => {
          callOffs.delete(callOff);
          callOff();
        };
      },
      log: (line) => log(`${(clock.now() / 1_000).toFixed(3)} ${name} ${line}`),
      openLink: () => link,
      enrol: async () => fail(deskError("link.enrolled")),
      changed: () => {},
    });
    life = { db, crash, engine };
    engine.start();
  }

  const desk: WorldDesk = {
    name,
    file,
    skewMs: 0,
    get up() {
      return life !== undefined;
    },
    boot,
    kill: () => life?.crash.die(),
    killAt: (statements) => life?.crash.arm(statements),
    record(kind, body, by) {
      if (!life) return null;
      const { db, engine } = life;
      const at = now();
      try {
        const done = record(db, kind, body, {
          by,
          at,
          street,
          newId: () => newId({ randomBytes: (length) => dice.bytes(length), now }),
        });
        if (!done.ok) return null;
        const saved = { opId: done.value.opId, at };
        engine.recorded();
        return saved;
      } catch (error) {
        if (error instanceof Killed) return null;
        throw error;
      }
    },
    db: () => life?.db,
    status() {
      if (!life) return undefined;
      const { db, engine } = life;
      const sync = {
        state: () => engine.machine().link,
        info: () => ({
          districtUrl: null,
          districtName: null,
          deviceId: name,
          lastContactAt: null,
          head: engine.head(),
          clockOffsetMs: null,
          bytesPerSecond: null,
        }),
      };
      try {
        return linkStatus({
          db,
          sync,
          clock: { now, wall: now, trouble: () => null },
          ports: { now },
        } as unknown as Desk);
      } catch (error) {
        if (error instanceof Killed) return undefined;
        throw error;
      }
    },
    press: () => void life?.engine.tryNow(),
  };
  return desk;
}
