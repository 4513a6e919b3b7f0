import type { LinkState } from "#shared/contract.ts";
import { type DeskError, deskError } from "#shared/errors.ts";
import { fail, ok, type Result } from "#shared/lib/result.ts";
import type { LedgerOp, Op } from "#shared/op/op.ts";
import type { Receipt, Settled, WitnessAnswer, WitnessRequest } from "#shared/protocol/messages.ts";
import { readDistrictUrl } from "./address.ts";
import { openEngine } from "./engine.ts";
import { type DeskKey, enrol, makeDeskKey } from "./enrol.ts";
import type { EnrolInput, Enrolment } from "./enrolment.ts";
import { type FreightStore, type Moving, openFreight } from "./freight/freight.ts";
import { openWire } from "./freight/wire.ts";
import { openHttpLink } from "./http-link.ts";
import { watchNetwork } from "./network.ts";

/** What the link needs of the desk's store. Each method is one transaction and returns only after its commit. */
export interface SyncStore {
  readEnrolment(): Enrolment | null;
  saveEnrolment(enrolment: Enrolment): void;
  /**
   * Ops neither confirmed nor refused, lowest `seq` first, beyond `after`. What the op says as `device` does not matter: the link puts the
   * enrolled device's name on it, so that ops recorded before the enrolment can go too.
   */
  waitingOps(limit: number, after: number): Op[];
  /** Waiting ops of urgent events that may go before their turn (PR-16). */
  urgentOps(limit: number): Op[];
  /** Own ops that receipts stand for, as they are in the ledger (PR-15); `null`: this desk does not hold one of them. */
  ownOps(receipts: readonly Receipt[]): LedgerOp[] | null;
  /** Whether an op of this desk has that number. */
  isOwn(seq: number): boolean;
  /** The waiting ops get the numbers from `nextSeq` on, in their order (PR-13). */
  renumber(nextSeq: number, at: number): void;
  /** Notes what became of pushed ops; an op that is settled already, or unknown, is left as it is. */
  settlePush(results: readonly Settled[]): void;
  /** Applies rows of the district's order, the desk's own among them, and moves the cursor to `upTo` (PR-9). */
  applyPulled(ops: readonly LedgerOp[], upTo: number): void;
  /** Between two portions of pulled rows: does what they leave to be done, in short steps, for as long as `hasTime` says. */
  keepUp?(hasTime: () => boolean): void;
  /** Place in the district's order up to which everything is applied; 0 at first. */
  cursor(): number;
  counts(): SyncCounts;
  /**
   * The district was restored from a backup (PR-6): keeps the new epoch in the enrolment, makes every confirmed op of this
   * desk wait again (the district answers `duplicate` for those it still has) and sets the cursor to 0. Deletes nothing.
   */
  startEpoch(epoch: string, at: number): void;
  /**
   * The head of the log when no receipt speaks of it yet, with this desk's own entries at `seqs` and at the last receipt;
   * `null`: nothing new (PR-20).
   */
  unwitnessed(seqs: readonly number[]): WitnessRequest | null;
  /** Keeps a receipt; answers whether it was one that speaks of what was shown, signed by the enrolled district. */
  keepReceipt(answer: WitnessAnswer): boolean;
  /** What moves beside the ops and after them; without, nothing does. */
  readonly freight?: FreightStore;
  /** A line of the link's history: up or down from `at` on. */
  recordSpan(span: { at: number; up: boolean; reasonId: string }): void;
}

export interface SyncCounts {
  readonly waiting: number;
  readonly refused: number;
  readonly confirmed: number;
  readonly recorded: number;
  readonly oldestWaitingAt: number | null;
}

export interface SyncOptions {
  readonly store: SyncStore;
  /** Wall clock, ms since 1970 UTC. */
  readonly now: () => number;
  /** Milliseconds that only grow. */
  readonly monotonic: () => number;
  readonly randomBytes: (length: number) => Uint8Array;
  /** One line of operation log; never a body. */
  readonly log: (line: string) => void;
  readonly appVersion: string;
  /** The first connection waits for it: a start has screens to fill. */
  readonly started?: Promise<void> | undefined;
  /** Whether the desk is being asked at present: the link then works in shorter portions. */
  readonly isAsked?: (() => boolean) | undefined;
  /** Whether an answer is being found in portions at this moment: the link lets it come to its end. */
  readonly isAnswering?: (() => boolean) | undefined;
  /** Resolves when nobody takes one step after the other, after so long in any case: what was pulled waits for it. */
  readonly whenCalm?: ((mostMs: number) => Promise<void>) | undefined;
  /** Shortest time between two pieces that are sent because something was recorded. */
  readonly betweenPushesMs?: number;
}

export interface SyncInfo {
  readonly districtUrl: string | null;
  readonly districtName: string | null;
  readonly deviceId: string | null;
  readonly deskLetter: string | null;
  readonly lastContactAt: number | null;
  /** Highest number of the district's ledger at the last contact. */
  readonly head: number;
  /** Compressed bytes per second that the link carried lately. */
  readonly bytesPerSecond: number | null;
  /** Positive: the PC is ahead of the district. `null`: not known yet. */
  readonly clockOffsetMs: number | null;
}

/** The desk's end of the wire. Nothing here is ever waited for by an action of the desk. */
export interface Sync {
  state(): LinkState;
  info(): SyncInfo;
  /** Ids of the ops that are on their way at this moment. */
  sending(): ReadonlySet<string>;
  /** The content that is moving now. */
  freight(): Moving | null;
  /** A content is to move, or is wanted: look now. Returns at once. */
  freightWanted(): void;
  /** Tries at once; resolves when this try has ended, well or not (at the latest after 20 s). */
  syncNow(): Promise<void>;
  /** Enrols now, while a person waits: an error is for them. */
  enrol(input: EnrolInput): Promise<Result<void, DeskError>>;
  /** Enrols in the background, trying until it works: for the sample desk. Returns at once; does nothing when enrolled. */
  enrolWhenReachable(input: EnrolInput): void;
  /** The enrolled district is at another address now (its pinned CA decides whether it is the same). */
  setDistrictUrl(url: string): Result<void, DeskError>;
  /** Tell it after each local commit that recorded an op; returns at once. */
  opRecorded(): void;
  /** Called after anything that `state()` or `info()` show, or the store holds, was changed by the link. */
  onChange(listener: () => void): () => void;
  /** Abandons what is on its way and ends. The store may be closed after this. */
  close(): Promise<void>;
}

export type { EnrolInput, Enrolment };

/** Longest that `syncNow` keeps its caller waiting. */
const tryMs = 20_000;
/**
 * Ops that follow on the heels of one another go together: so many pieces a second are well within what a district takes of one desk,
 * and their answers leave the desk to whoever is working at it.
 */
const usuallyBetweenPushesMs = 250;

/** Starts the link of an enrolled desk; an unenrolled one waits for `enrol`. */
export function createSync(options: SyncOptions): Sync {
  const { store, now } = options;
  const listeners = new Set<() => void>();
  const clock: { offsetMs: number | null } = { offsetMs: null };
  /** The key of an enrolment that is being tried: the district knows by it that it is asked again. */
  const keys = new Map<string, DeskKey>();
  let lastContactAt: number | null = null;
  let telling: ReturnType<typeof setImmediate> | undefined;
  let waking: ReturnType<typeof setTimeout> | undefined;
  let wokeMono = Number.NEGATIVE_INFINITY;
  let closed = false;
  const { betweenPushesMs = usuallyBetweenPushesMs } = options;

  function changed() {
    telling ??= setImmediate(() => {
      telling = undefined;
      for (const listener of listeners) listener();
    });
  }

  /**
   * Whoever has recorded an op has their answer before the link counts what waits and packs it; what comes soon after goes with the
   * next piece.
   */
  function opRecorded(): void {
    // No content goes before the op that names it: the district would not take it, and hear of it again only much later.
    freight?.calm(false);
    const waitMs = Math.max(0, wokeMono + betweenPushesMs - options.monotonic());
    waking ??= setTimeout(wake, Math.min(waitMs, betweenPushesMs)).unref();
  }

  /** Tells the link of what was recorded since. */
  function wake(): void {
    if (waking === undefined) return;
    clearTimeout(waking);
    waking = undefined;
    wokeMono = options.monotonic();
    engine.recorded();
  }

  async function enrolWithKey(input: EnrolInput): Promise<Result<Enrolment, DeskError>> {
    const name = `${input.url} ${input.code} ${input.street}`;
    const key = keys.get(name) ?? makeDeskKey();
    keys.set(name, key);
    const done = await enrol(input, key, options);
    if (done.ok) keys.clear();
    return done;
  }

  const freight = store.freight && openFreight({ ...options, store: store.freight, changed });
  const engine = openEngine({
    ...options,
    store: freight
      ? {
          ...store,
          applyPulled(ops, upTo) {
            store.applyPulled(ops, upTo);
            const named = ops.some((op) => op.kind.startsWith("attachment."));
            if (named || ops.some((op) => op.kind.startsWith("event."))) freight.news(named);
          },
        }
      : store,
    changed,
    calm: (calm) => freight?.calm(calm && waking === undefined),
    enrol: enrolWithKey,
    openLink(enrolment) {
      const trust = { ...enrolment, ...options, clock };
      freight?.open(openWire(trust));
      return openHttpLink({
        ...trust,
        onContact: () => {
          lastContactAt = now();
        },
      });
    },
  });
  engine.start();
  const endWatch = watchNetwork(options.monotonic, engine.network);

  return {
    state: () => engine.machine().link,
    info() {
      const enrolment = engine.enrolment();
      return {
        districtUrl: enrolment?.url ?? null,
        districtName: enrolment?.districtName ?? null,
        deviceId: enrolment?.deviceId ?? null,
        deskLetter: enrolment?.deskLetter ?? null,
        lastContactAt,
        head: engine.head(),
        bytesPerSecond: engine.bytesPerSecond(),
        clockOffsetMs: clock.offsetMs,
      };
    },
    sending: () => engine.sending(),
    freight: () => freight?.moving() ?? null,
    freightWanted: () => freight?.wanted(),
    async syncNow() {
      wake();
      const limit = AbortSignal.timeout(tryMs);
      await Promise.race([engine.tryNow(), new Promise((resolve) => limit.addEventListener("abort", resolve))]);
    },
    async enrol(input) {
      if (engine.enrolment()) return fail(deskError("link.enrolled"));
      const done = await enrolWithKey(input);
      if (!done.ok) return done;
      // The background may have been quicker.
      if (closed || engine.enrolment()) return fail(deskError("link.enrolled"));
      store.saveEnrolment(done.value);
      engine.reopen();
      return ok(undefined);
    },
    enrolWhenReachable: (input) => engine.want(input),
    setDistrictUrl(url) {
      const origin = readDistrictUrl(url);
      const enrolment = engine.enrolment();
      if (!origin.ok) return origin;
      if (!enrolment) return fail(deskError("link.not_enrolled"));
      if (origin.value !== enrolment.url) {
        store.saveEnrolment({ ...enrolment, url: origin.value });
        engine.reopen();
      }
      return ok(undefined);
    },
    opRecorded,
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async close() {
      closed = true;
      endWatch();
      clearTimeout(waking);
      await engine.close();
      await freight?.close();
      clearImmediate(telling);
      listeners.clear();
    },
  };
}
