import { type DeskError, deskError, type ErrorId, errorKinds } from "#shared/errors.ts";
import type { Result } from "#shared/lib/result.ts";
import type { EnrolInput, Enrolment } from "./enrolment.ts";
import { openIncoming } from "./incoming.ts";
import { away, foreign, type Link, type LinkFailure } from "./link.ts";
import { mostPulls, mostPushes, step } from "./machine.ts";
import { type Asked, type Effect, type Input, type Machine, newMachine, type TimerName } from "./machine-state.ts";
import { openOutgoing } from "./outgoing.ts";
import { openPortions } from "./portions.ts";
import type { SyncOptions } from "./sync.ts";
import { type After, afterReal } from "./timer.ts";
import { openWitness } from "./witness.ts";

/** Requests in a second beyond which only a bug can be at work: the link then rests for a while. */
const mostStartsPerSecond = 200;
const coolMs = 2_000;
/** Pages that may wait to be applied before the desk asks for no more. */
const mostKept = 6;
/** A waiting pull that takes less than this and brings nothing came back too early. */
const hastyMs = 1_000;

export interface EngineOptions
  extends Pick<
    SyncOptions,
    "store" | "now" | "monotonic" | "randomBytes" | "log" | "isAsked" | "isAnswering" | "whenCalm"
  > {
  /** Opens the link of an enrolment; the engine closes it. */
  readonly openLink: (enrolment: Enrolment) => Link;
  readonly enrol: (input: EnrolInput) => Promise<Result<Enrolment, DeskError>>;
  /** The state, or what the store holds, has changed. */
  readonly changed: () => void;
  /** Told at each step whether the link is up and nothing of the ops waits for it (PR-24). */
  readonly calm?: (calm: boolean) => void;
  readonly after?: After;
}

/** Performs what the machine decides, and tells it what came of it. Never throws. */
export function openEngine(options: EngineOptions) {
  const { store, after: wait = afterReal } = options;
  let machine: Machine = newMachine;
  let link: Link | undefined;
  let enrolment: Enrolment | null = null;
  let wanted: EnrolInput | undefined;
  let requests = new AbortController();
  let head = 0;
  const outgoing = openOutgoing(store, options.randomBytes);
  const incoming = openIncoming(store);
  const portions = openPortions(options, incoming);
  const witness = openWitness(options);
  let toldCursor = 0;
  const guard = { sinceMono: Number.NEGATIVE_INFINITY, starts: 0 };
  const running = new Set<Promise<void>>();
  const timers = new Map<TimerName, () => void>();
  const tries: (() => void)[] = [];

  function dispatch(input: Input): void {
    const at = options.now();
    const next = step(machine, input, {
      at,
      mono: options.monotonic(),
      // Few inputs need it.
      get random() {
        return (options.randomBytes(1)[0] ?? 0) / 256;
      },
    });
    const before = machine;
    machine = next.state;
    if (before.link.state !== machine.link.state)
      options.log(`link ${machine.link.state} ${reasonOf(machine)}`.trimEnd());
    if (!before.later && machine.later) options.log("link: the district asks to come later");
    for (const effect of next.effects) perform(effect, at);
    const { up, caughtUp, waiting, pushing, resting } = machine;
    options.calm?.(up && caughtUp && waiting === 0 && pushing === 0 && !resting);
    if (isNews(input, before, machine)) options.changed();
  }

  /** `at`: the moment at which it was judged: what is kept of the link is what was shown of it, to the millisecond. */
  function perform(effect: Effect, at: number): void {
    switch (effect.do) {
      case "abandon":
        requests.abort();
        requests = new AbortController();
        outgoing.reset();
        incoming.reset();
        for (const callOff of timers.values()) callOff();
        timers.clear();
        return;
      case "timer":
        timers.get(effect.name)?.();
        timers.set(
          effect.name,
          wait(effect.delayMs, () => dispatch({ is: "timer", gen: effect.gen, name: effect.name })),
        );
        return;
      case "span":
        kept(() => store.recordSpan({ at, up: effect.up, reasonId: effect.reasonId }));
        return;
      case "tried":
        for (const resolve of tries.splice(0)) resolve();
        return;
      default:
        start(effect);
    }
  }

  /** A hot loop, whatever made it, must not keep the core from its screens nor storm the district. */
  function isHot(): boolean {
    const mono = options.monotonic();
    if (mono - guard.sinceMono >= 1_000) Object.assign(guard, { sinceMono: mono, starts: 0 });
    if (++guard.starts <= mostStartsPerSecond) return false;
    if (guard.starts === mostStartsPerSecond + 1) {
      options.log(`link: more than ${mostStartsPerSecond} requests in a second; resting`);
      perform({ do: "abandon" }, options.now());
      wait(coolMs, () => dispatch({ is: "wake" }));
    }
    return true;
  }

  /** Runs a request; whatever goes wrong in it is a failure that the machine hears of. */
  function start(effect: Extract<Effect, { gen: number; do: "push" | "pull" | "enrol" }>): void {
    if (isHot()) return;
    const { signal } = requests;
    const of: Asked = effect.do === "push" && effect.ahead ? "ahead" : effect.do;
    const work =
      effect.do === "push"
        ? push(effect, signal)
        : effect.do === "pull"
          ? pull(effect, signal)
          : background(effect, signal);
    const run = work
      .then((input) => {
        // What was abandoned meanwhile touches nothing.
        if (input && !signal.aborted) dispatch(input);
      })
      .catch((error: unknown) => {
        options.log(`link ${effect.do}: ${error instanceof Error ? error.message : "failed"}`);
        if (!signal.aborted) dispatch(failedOf(effect.gen, of, away(errorIdOf(error))));
      });
    track(run);
  }

  /** Waited for when the link ends. It never fails. */
  function track(run: Promise<void>): void {
    running.add(run);
    void run.finally(() => running.delete(run));
  }

  const failedOf = (gen: number, of: Asked, failure: LinkFailure, ops = 0): Input => ({
    is: "failed",
    gen,
    failure,
    of,
    ops,
    open: incoming.open,
  });

  async function push(effect: { gen: number; ahead: boolean }, signal: AbortSignal): Promise<Input | undefined> {
    if (!link || !enrolment) return undefined;
    const { gen, ahead } = effect;
    // Pieces that begin together end together, and the way stands idle until their answers: the fewer beside it, the smaller one is.
    const chars = link.room().chars * (ahead ? 1 : Math.min(1, machine.pushing / mostPushes));
    const batch = ahead
      ? outgoing.nextAhead(chars, enrolment.deviceId)
      : outgoing.next(chars, enrolment.deviceId, enrolment.street);
    const count = batch?.ops.length ?? 0;
    dispatch({ is: "sent", gen, ahead, ops: count, more: count > 0 && !outgoing.refilling });
    if (!batch || signal.aborted) return undefined;
    const answer = await link.push(batch, enrolment.epoch, signal);
    if (answer.ok) await portions.itsTurn();
    // PR-18, the fence: whoever gave this request up has taken its ops back, and may be in another life of the district.
    if (signal.aborted) return undefined;
    if (!answer.ok) {
      outgoing.answered(batch, null);
      return failedOf(gen, ahead ? "ahead" : "push", answer.error, count);
    }
    const { body, epoch } = answer.value;
    if (epoch !== enrolment.epoch) return startEpoch(epoch);
    const { results, nextSeq } = body;
    const known = outgoing.answered(batch, results);
    const forked = known.filter((result) => result.outcome === "refused" && result.error.id === "op.fork");
    const settled = known.filter((result) => !forked.includes(result));
    if (settled.length > 0) store.settlePush(settled);
    if (forked.length > 0) return renumber(nextSeq);
    const later = results.flatMap((result) => (result.outcome === "later" ? [result.waitMs] : []));
    // Too early, though nothing before it waits (PR-8).
    if (batch.first && later.length === results.length) {
      // No op of this desk has the number that comes next: the one that had it went with the disk of its former life (PR-13).
      if (!store.isOwn(nextSeq)) return renumber(nextSeq);
      // The district has lost what it had confirmed (PR-6).
      if (!outgoing.refilling) return startEpoch(epoch);
    }
    head = Math.max(head, answer.value.head);
    const laterMs = later.length > 0 ? Math.min(...later) : null;
    const { waiting } = store.counts();
    if (waiting === 0) showHead(signal);
    // PR-16: urgent ops may have waited for the record of their author.
    const freed = batch.ops.some(({ kind }) => kind.startsWith("officer."));
    return { is: "pushed", gen, ahead, ops: count, settled: results.length - later.length, laterMs, waiting, freed };
  }

  async function pull(effect: { gen: number; waitMs: number }, signal: AbortSignal): Promise<Input | undefined> {
    if (!link || !enrolment) return undefined;
    const { gen, waitMs } = effect;
    const ask = incoming.next(link.room().rows, waitMs);
    // A desk that has nothing yet will be sent much: the connections for it are made while this one looks whether anybody is
    // there. Once only: a crowd that comes back again and again is not to knock four times as often.
    const isNew = machine.attempt === 0 && store.cursor() === 0;
    if (!machine.up && isNew) link.warm(mostPulls - 1, signal);
    const startedAt = options.monotonic();
    const answer = await link.pull(ask, signal);
    if (signal.aborted) return undefined;
    if (!answer.ok) {
      incoming.lost(ask);
      return failedOf(gen, "pull", answer.error);
    }
    const { body: page, epoch } = answer.value;
    // A head behind the cursor: restored from a backup, though nobody told it so (PR-6).
    if (epoch !== enrolment.epoch || answer.value.head < ask.after) return startEpoch(epoch);
    if (page.ops.some((op) => op.street !== enrolment?.street)) return failedOf(gen, "pull", foreign);
    head = Math.max(head, answer.value.head);
    incoming.came(ask, page, answer.value.head);
    // The way is not idle while a page is applied: the next stretch is asked for now.
    const replaced = incoming.open > 0 && incoming.kept < mostKept && !machine.resting;
    if (replaced) dispatch({ is: "arrived", gen });
    await portions.apply(signal);
    if (signal.aborted) return undefined;
    const cursor = store.cursor();
    const moved = Math.max(0, cursor - toldCursor);
    toldCursor = cursor;
    const hasty = waitMs > 0 && page.upTo === ask.after && options.monotonic() - startedAt < hastyMs;
    const { waiting } = store.counts();
    const left = Math.max(0, head - cursor);
    if (!page.more && waiting === 0) showHead(signal);
    return { is: "pulled", gen, moved, left, more: page.more, open: incoming.open, hasty, waiting, replaced };
  }

  /** PR-13: the district knows other ops under these numbers: this desk was restored or copied. Its ops get the next ones. */
  function renumber(nextSeq: number): undefined {
    options.log(`link: numbers from ${nextSeq} on; this desk was restored or copied`);
    store.renumber(nextSeq, options.now());
    dispatch(relink());
  }

  /** PR-20: shows the head of the log beside everything else. What fails here is no state of the link: the next turn asks again. */
  function showHead(signal: AbortSignal): void {
    if (link) track(witness.show(link, signal));
  }

  /** Begins anew at once: the other answer of this moment was asked for with the cursor of the former life. */
  function startEpoch(epoch: string): undefined {
    options.log("link: the district was restored; sending again what it may have lost");
    store.startEpoch(epoch, options.now());
    outgoing.refill();
    dispatch(relink());
  }

  async function background({ gen }: { gen: number }, signal: AbortSignal): Promise<Input | undefined> {
    if (!wanted) return undefined;
    const done = await options.enrol(wanted);
    if (signal.aborted) return undefined;
    if (!done.ok) return failedOf(gen, "enrol", enrolFailure(done.error));
    store.saveEnrolment(done.value);
    return relink();
  }

  /** Reads the enrolment anew and opens its link. */
  function relink(): Input {
    enrolment = store.readEnrolment();
    void link?.close();
    link = enrolment ? options.openLink(enrolment) : undefined;
    head = 0;
    toldCursor = store.cursor();
    return { is: "enrolled", waiting: store.counts().waiting };
  }

  /** The link never fails an action of the desk: what the store cannot note now is a line of the log. */
  function kept(write: () => void): void {
    try {
      write();
    } catch (error) {
      options.log(`link: ${error instanceof Error ? error.message : "not noted"}`);
    }
  }

  return {
    start(): void {
      kept(() => {
        relink();
      });
      dispatch({ is: "started", enrolled: enrolment !== null, waiting: waitingNow() });
    },
    machine: () => machine,
    enrolment: () => enrolment,
    head: () => head,
    sending: () => outgoing.sending,
    /** Compressed bytes per second that the link carried lately. */
    bytesPerSecond: () => link?.room().bytesPerSecond ?? null,
    recorded: () => dispatch({ is: "recorded", waiting: waitingNow() }),
    want(input: EnrolInput): void {
      if (enrolment) return;
      wanted = input;
      dispatch({ is: "wanted" });
    },
    /** The stored enrolment has changed. */
    reopen: () => dispatch(relink()),
    network: () => dispatch({ is: "network" }),
    tryNow: () =>
      new Promise<void>((resolve) => {
        tries.push(resolve);
        dispatch({ is: "wake" });
      }),
    async close(): Promise<void> {
      dispatch({ is: "stop" });
      await link?.close();
      await Promise.allSettled(running);
    },
  };

  function waitingNow(): number {
    try {
      return store.counts().waiting;
    } catch {
      return machine.waiting;
    }
  }
}

const reasonOf = (machine: Machine): string => ("reasonId" in machine.link ? machine.link.reasonId : "");

/** A failed enrolment in the background: what a person must change is shown as stopped, and looked at again now and then. */
function enrolFailure(error: DeskError): LinkFailure {
  const passing = error.kind === "retry" || error.id === "link.clock";
  const { waitMs } = error.params ?? {};
  return {
    how: passing ? "away" : "foreign",
    reasonId: error.id,
    retryAfterMs: typeof waitMs === "number" ? waitMs : 0,
  };
}

/** A store that says why it failed is heard; anything else is a bug. */
function errorIdOf(error: unknown): ErrorId {
  const { id } = error as { id?: unknown };
  return typeof id === "string" && id in errorKinds ? deskError(id as ErrorId).id : "bug";
}

/** A waiting pull that comes back empty, every few seconds, is none: every screen would ask again for what it shows. */
function isNews(input: Input, before: Machine, after: Machine): boolean {
  if (input.is !== "pulled" || input.moved > 0 || input.left > 0) return true;
  return before.waiting !== after.waiting || JSON.stringify(before.link) !== JSON.stringify(after.link);
}
