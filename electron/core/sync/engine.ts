import { type DeskError, deskError, type ErrorId, errorKinds } from "#shared/errors.ts";
import type { Result } from "#shared/lib/result.ts";
import { maxPushOps } from "#shared/protocol/messages.ts";
import type { EnrolInput, Enrolment } from "./enrolment.ts";
import { away, foreign, type Link, type LinkFailure } from "./link.ts";
import { type Effect, type Input, type Machine, newMachine, step, type TimerName } from "./machine.ts";
import { openOutgoing } from "./outgoing.ts";
import type { SyncOptions } from "./sync.ts";
import { type After, afterReal } from "./timer.ts";

/** Rows of one pull: few enough that applying them does not keep the core from answering a screen. */
const pullOps = 200;
/** A waiting pull that takes less than this and brings nothing came back too early. */
const hastyMs = 1_000;

export interface EngineOptions extends Pick<SyncOptions, "store" | "now" | "monotonic" | "randomBytes" | "log"> {
  /** Opens the link of an enrolment; the engine closes it. */
  readonly openLink: (enrolment: Enrolment) => Link;
  readonly enrol: (input: EnrolInput) => Promise<Result<Enrolment, DeskError>>;
  /** The state, or what the store holds, has changed. */
  readonly changed: () => void;
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
  const outgoing = openOutgoing(options.randomBytes);
  const running = new Set<Promise<void>>();
  const timers = new Map<TimerName, () => void>();
  const tries: (() => void)[] = [];
  let sending: ReadonlySet<string> = new Set();

  function dispatch(input: Input): void {
    const random = (options.randomBytes(1)[0] ?? 0) / 256;
    const next = step(machine, input, { at: options.now(), mono: options.monotonic(), random });
    const { link: shown } = machine;
    machine = next.state;
    if (shown.state !== machine.link.state) options.log(`link ${machine.link.state} ${reasonOf(machine)}`.trimEnd());
    for (const effect of next.effects) perform(effect);
    options.changed();
  }

  function perform(effect: Effect): void {
    switch (effect.do) {
      case "abandon":
        requests.abort();
        requests = new AbortController();
        sending = new Set();
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
        kept(() => store.recordSpan({ at: options.now(), up: effect.up, reasonId: effect.reasonId }));
        return;
      case "tried":
        for (const resolve of tries.splice(0)) resolve();
        return;
      default:
        start(effect);
    }
  }

  /** Runs a request; whatever goes wrong in it is a failure that the machine hears of. */
  function start(effect: Extract<Effect, { gen: number; do: "push" | "pull" | "enrol" }>): void {
    const { signal } = requests;
    const work = effect.do === "push" ? push : effect.do === "pull" ? pull : background;
    const run = work(effect as never, signal)
      .then((input) => {
        // What was abandoned meanwhile touches nothing.
        if (input && !signal.aborted) dispatch(input);
      })
      .catch((error: unknown) => {
        options.log(`link ${effect.do}: ${error instanceof Error ? error.message : "failed"}`);
        if (!signal.aborted) dispatch({ is: "failed", gen: effect.gen, failure: away(errorIdOf(error)) });
      });
    running.add(run);
    void run.finally(() => running.delete(run));
  }

  async function push({ gen }: { gen: number }, signal: AbortSignal): Promise<Input | undefined> {
    if (!link || !enrolment) return undefined;
    const ops = outgoing.batch(store.waitingOps(maxPushOps), enrolment.deviceId, enrolment.street);
    if (ops.length === 0) return { is: "pushed", gen, settled: 0, laterMs: null, waiting: 0 };
    sending = new Set(ops.map((op) => op.id));
    options.changed();
    const answer = await link.push(ops, signal);
    if (signal.aborted) return undefined;
    sending = new Set();
    const settled = outgoing.answered(answer.ok ? answer.value.body : null);
    if (!answer.ok) return { is: "failed", gen, failure: answer.error };
    const { body: results, epoch } = answer.value;
    if (epoch !== enrolment.epoch) return startEpoch(epoch);
    if (settled.length > 0) store.settlePush(settled);
    const later = results.flatMap((result) => (result.outcome === "later" ? [result.waitMs] : []));
    // Too early, though nothing before it waits: the district has lost what it had confirmed (PR-6, PR-8).
    if (later.length === results.length && !outgoing.refilling) return startEpoch(epoch);
    head = Math.max(head, answer.value.head);
    const laterMs = later.length > 0 ? Math.min(...later) : null;
    const { waiting } = store.counts();
    return { is: "pushed", gen, settled: results.length - later.length, laterMs, waiting };
  }

  async function pull(ask: { gen: number; waitMs: number }, signal: AbortSignal): Promise<Input | undefined> {
    if (!link || !enrolment) return undefined;
    const { gen, waitMs } = ask;
    const after = store.cursor();
    const startedAt = options.monotonic();
    const answer = await link.pull({ after, limit: pullOps, waitMs }, signal);
    if (signal.aborted) return undefined;
    if (!answer.ok) return { is: "failed", gen, failure: answer.error };
    const { body: page, epoch } = answer.value;
    // A head behind the cursor: restored from a backup, though nobody told it so (PR-6).
    if (epoch !== enrolment.epoch || answer.value.head < after) return startEpoch(epoch);
    if (page.ops.some((op) => op.street !== enrolment?.street)) return { is: "failed", gen, failure: foreign };
    head = answer.value.head;
    if (page.ops.length > 0 || page.upTo > after) store.applyPulled(page.ops, page.upTo);
    const hasty = waitMs > 0 && page.upTo === after && options.monotonic() - startedAt < hastyMs;
    const left = Math.max(0, head - page.upTo);
    return {
      is: "pulled",
      gen,
      moved: page.upTo - after,
      left,
      more: page.more,
      hasty,
      waiting: store.counts().waiting,
    };
  }

  /** Begins anew at once: the other answer of this moment was asked for with the cursor of the former life. */
  function startEpoch(epoch: string): undefined {
    options.log("link: the district was restored; sending again what it may have lost");
    store.startEpoch(epoch);
    outgoing.refill();
    dispatch(relink());
  }

  async function background({ gen }: { gen: number }, signal: AbortSignal): Promise<Input | undefined> {
    if (!wanted) return undefined;
    const done = await options.enrol(wanted);
    if (signal.aborted) return undefined;
    if (!done.ok) return { is: "failed", gen, failure: enrolFailure(done.error) };
    store.saveEnrolment(done.value);
    return relink();
  }

  /** Reads the enrolment anew and opens its link. */
  function relink(): Input {
    enrolment = store.readEnrolment();
    void link?.close();
    link = enrolment ? options.openLink(enrolment) : undefined;
    head = 0;
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
    sending: () => sending,
    recorded: () => dispatch({ is: "recorded", waiting: waitingNow() }),
    want(input: EnrolInput): void {
      if (enrolment) return;
      wanted = input;
      dispatch({ is: "wanted" });
    },
    /** The stored enrolment has changed. */
    reopen: () => dispatch(relink()),
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
  return { how: passing ? "away" : "foreign", reasonId: error.id, retryAfterMs: 0 };
}

/** A store that says why it failed is heard; anything else is a bug. */
function errorIdOf(error: unknown): ErrorId {
  const { id } = error as { id?: unknown };
  return typeof id === "string" && id in errorKinds ? deskError(id as ErrorId).id : "bug";
}
