import type { DeskError, ErrorId } from "#shared/errors.ts";
import { type ContentsAnswer, maxContents } from "#shared/protocol/messages.ts";
import type { LinkFailure } from "../link.ts";
import type { SyncOptions } from "../sync.ts";
import { type After, afterReal } from "../timer.ts";
import { fetchContent } from "./fetch.ts";
import { type Failed, type Load, sendContent } from "./send.ts";
import type { Wire } from "./wire.ts";

/** What the freight needs of the desk's store. */
export interface FreightStore {
  /** Named contents of which it is not known whether the district holds them, by their hash, beyond `after`. */
  unknown(limit: number, after: string): string[];
  /** The district's word (PR-23): what it holds of those that were asked about. Answers how many lie neither here nor there. */
  told(asked: readonly string[], held: ContentsAnswer["held"]): number;
  /** The next to move, most urgent event first, then the smallest, leaving out `but`: what a person waits for, then what goes up. */
  next(but: ReadonlySet<string>): (Load & { readonly way: "up" | "down" }) | null;
  /** It is not at the district, whatever was said before. */
  lost(sha256: string): void;
  begun(sha256: string, upload: string | null): void;
  moved(sha256: string, bytes: number): void;
  /** `null`: nothing stops it any more. */
  stopped(sha256: string, errorId: ErrorId | null, params: DeskError["params"]): void;
  /** All bytes have come: held against the hash and put in place; `false`: they were not what was named, and are gone. */
  arrived(sha256: string): Promise<boolean>;
  /** Whether what lies here is still what its hash says; what is not is set aside (AT-6). */
  sound(sha256: string): Promise<boolean>;
}

/** What is moving now. */
export interface Moving {
  readonly sha256: string;
  readonly way: "up" | "down";
  readonly moved: number;
  /** Contents that went up since the freight last had nothing to do. */
  readonly done: number;
}

export interface FreightOptions extends Pick<SyncOptions, "monotonic" | "log"> {
  readonly store: FreightStore;
  readonly changed: () => void;
  readonly after?: After;
}

/** PR-24: of the time of a piece, so much is left to others after it. */
const restShare = 0.25;
const mostRestMs = 400;
/** A link that fails is tried again after this, doubled each time up to the most. */
const leastPauseMs = 2_000;
const mostPauseMs = 60_000;
/** What the district does not take now is offered again after this. */
const refusedPauseMs = 10 * 60_000;
/** What another desk has still to send is asked about again after this, half as long again each time up to the most. */
const leastAskMs = 4_000;
const mostAskMs = 60_000;
/** How often the screens hear of a piece. */
const tellMs = 500;

/**
 * Moves contents beside the ops and after them: one piece at a time, only while nothing of the ops waits (PR-24). What is
 * broken off goes on where it ended. Nothing here fails an op, and no op waits for more than the piece that is on its way.
 */
export function openFreight(options: FreightOptions) {
  const { store, monotonic, after = afterReal } = options;
  let wire: Wire | undefined;
  let calm = false;
  let closed = false;
  let running: Promise<void> | undefined;
  let again = false;
  let moving: Moving | null = null;
  let done = 0;
  let toldAt = 0;
  let fails = 0;
  let askMs = leastAskMs;
  let askAgainAt = 0;
  let callOff: (() => void) | undefined;
  let wake: (() => void) | undefined;
  /** Contents that are left alone until then; ms that only grow. */
  const leftUntil = new Map<string, number>();

  const mayMove = () => wire !== undefined && calm && !closed;

  function left(): Set<string> {
    const mono = monotonic();
    for (const [sha256, until] of leftUntil) if (until <= mono) leftUntil.delete(sha256);
    return new Set(leftUntil.keys());
  }

  const pause = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      const end = after(ms, () => resolve());
      wake = () => {
        end();
        resolve();
      };
    });

  function show(now: Moving | null): void {
    const first = moving?.sha256 !== now?.sha256;
    moving = now;
    const mono = monotonic();
    if (!first && mono - toldAt < tellMs) return;
    toldAt = mono;
    options.changed();
  }

  /** PR-24: rests a little after each piece, then goes on only if the link is calm and nothing more urgent has come. */
  function turnOf(sha256: string) {
    let restMs = 0;
    let since = monotonic();
    return {
      carried: () => {
        restMs = Math.min(mostRestMs, (monotonic() - since) * restShare);
      },
      turn: async () => {
        if (restMs > 0) await pause(restMs);
        since = monotonic();
        return mayMove() && store.next(left())?.sha256 === sha256;
      },
    };
  }

  /** Asks about everything that the district has not spoken of yet. */
  async function askHeld(over: Wire): Promise<boolean> {
    if (monotonic() < askAgainAt) return true;
    let elsewhere = 0;
    for (let asked = store.unknown(maxContents, ""); asked.length > 0; ) {
      const answer = await over.held(asked);
      if (wire !== over) return false;
      if (!answer.ok) return failedBy(null, broken(answer.error));
      elsewhere += store.told(asked, answer.value);
      asked = asked.length < maxContents ? [] : store.unknown(maxContents, asked.at(-1) ?? "");
      options.changed();
    }
    askAgainAt = elsewhere > 0 ? monotonic() + askMs : Number.POSITIVE_INFINITY;
    askMs = Math.min(mostAskMs, askMs * 1.5);
    return true;
  }

  function askAnew(): void {
    askAgainAt = 0;
    askMs = leastAskMs;
  }

  function later(ms: number): void {
    callOff?.();
    callOff = after(ms, run);
  }

  /** Whether the freight goes on at once. */
  function failedBy(sha256: string | null, { failure, errorId, params }: Failed): boolean {
    if (failure === null && sha256 !== null) {
      leftUntil.set(sha256, monotonic() + refusedPauseMs);
      store.stopped(sha256, errorId, params);
      return true;
    }
    fails += 1;
    const pauseMs = Math.max(
      failure?.retryAfterMs ?? 0,
      Math.min(mostPauseMs, leastPauseMs * 2 ** Math.min(8, fails - 1)),
    );
    later(pauseMs);
    return false;
  }

  async function move(over: Wire, load: Load & { readonly way: "up" | "down" }): Promise<boolean> {
    const { sha256, way } = load;
    const { turn, carried } = turnOf(sha256);
    const hooks = {
      turn,
      carried,
      moved: (bytes: number) => show({ sha256, way, moved: bytes, done }),
      begun: (upload: string) => store.begun(sha256, upload),
    };
    if (way === "up" && !(await store.sound(sha256))) return true;
    const ended = way === "up" ? await sendContent(over, load, hooks) : await fetchContent(over, load, hooks);
    if (moving) store.moved(sha256, moving.moved);
    if (wire !== over || ended.how === "gave_way") return wire === over;
    if (ended.how === "failed" && ended.errorId === "attachment.held") return confirm(over, sha256);
    if (ended.how === "failed") {
      // What the district no longer knows, or did not find as named, is begun anew.
      if (ended.failure === null) store.begun(sha256, null);
      if (ended.errorId === "attachment.unknown") store.lost(sha256);
      return failedBy(sha256, ended);
    }
    fails = 0;
    if (way === "down") {
      if (await store.arrived(sha256)) store.stopped(sha256, null, undefined);
      else return failedBy(sha256, refused("attachment.broken"));
      return true;
    }
    return confirm(over, sha256);
  }

  /** AT-9: only the district's own word, asked for by itself, makes it "there". */
  async function confirm(over: Wire, sha256: string): Promise<boolean> {
    const answer = await over.held([sha256]);
    if (wire !== over) return false;
    if (!answer.ok) return failedBy(null, broken(answer.error));
    store.begun(sha256, null);
    store.told([sha256], answer.value);
    if (!answer.value.some((one) => one.sha256 === sha256)) return failedBy(sha256, refused("attachment.not_as_named"));
    done += 1;
    return true;
  }

  async function work(): Promise<void> {
    const over = wire;
    if (!over || !mayMove() || !(await askHeld(over))) return;
    for (let load = store.next(left()); load !== null && mayMove() && wire === over; load = store.next(left())) {
      if (!(await move(over, load))) return;
      show(null);
    }
    if (store.next(left()) === null) done = 0;
    // What was asked about or refused is looked at again in its time, whatever happens meanwhile.
    const nextAt = Math.min(askAgainAt, ...leftUntil.values());
    if (Number.isFinite(nextAt)) later(Math.max(0, nextAt - monotonic()));
  }

  function run(): void {
    if (running) {
      again = true;
      return;
    }
    again = false;
    running = work()
      .catch((error: unknown) => {
        options.log(`freight: ${error instanceof Error ? error.message : "failed"}`);
        failedBy(null, refused("bug"));
      })
      .finally(() => {
        running = undefined;
        show(null);
        if (again && mayMove()) run();
      });
  }

  return {
    /** The link was opened anew, or is gone: what was on its way is given up. */
    open(next: Wire | undefined): void {
      void wire?.close();
      wire = next;
      askAnew();
      fails = 0;
      leftUntil.clear();
      if (mayMove()) run();
    },
    /** Whether the ops leave the link to others. */
    calm(now: boolean): void {
      if (calm === now) return;
      calm = now;
      if (!calm) return;
      callOff?.();
      run();
    },
    /** Events have changed; `named`: some of them name a file. */
    news(named: boolean): void {
      if (named) askAnew();
      if (mayMove()) run();
    },
    /** A person waits for something. */
    wanted(): void {
      askAnew();
      leftUntil.clear();
      if (mayMove()) run();
    },
    moving: () => moving,
    async close(): Promise<void> {
      closed = true;
      callOff?.();
      wake?.();
      await wire?.close();
      await running;
    },
  };
}

const broken = (failure: LinkFailure): Failed => ({
  how: "failed",
  failure,
  errorId: failure.reasonId,
  params: undefined,
});
const refused = (errorId: ErrorId): Failed => ({ how: "failed", failure: null, errorId, params: undefined });
