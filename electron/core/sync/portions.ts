import { turn } from "../turn.ts";
import type { openIncoming } from "./incoming.ts";
import type { SyncOptions } from "./sync.ts";

/**
 * Time that one transaction of pulled rows may take: long enough that its fsync is a small part, short enough that a screen is
 * answered meanwhile; shorter while screens ask, which have other work of the link to wait for too.
 */
const sliceMs = { free: 40, asked: 15 } as const;
const firstSliceRows = 20;
const [fewestSliceRows, mostSliceRows] = [10, 500];

/** A portion waits so long at most for a hand that takes one step after the other: the step shall not wait for the portion. */
const longestHeldMs = 1_000;

/** For an answer that is being found a portion waits so long at most. */
const longestYieldMs = 100;

type Options = Pick<SyncOptions, "store" | "monotonic" | "isAsked" | "isAnswering" | "whenCalm">;

/** Writes what the district's answers bring, in portions between which the core serves its screens. */
export function openPortions(options: Options, incoming: ReturnType<typeof openIncoming>) {
  const { store, monotonic } = options;
  /** Pages are applied one after the other, whichever came first. */
  let applying: Promise<void> = Promise.resolve();
  /** When a further portion may begin; without: at once. */
  let nextTurn: Promise<void> | undefined;
  /** Rows that are applied in one transaction. */
  let sliceRows = firstSliceRows;

  /**
   * Answers of the district come in bunches, and what each brings is written for some ten milliseconds: between two such portions
   * the core hears who asks for something, and what is being answered is answered first.
   */
  function itsTurn(): Promise<void> {
    const mine = nextTurn ?? (options.isAnswering?.() ? others() : Promise.resolve());
    const then = mine.then(others);
    nextTurn = then;
    void then.then(() => {
      if (nextTurn === then) nextTurn = undefined;
    });
    return mine;
  }

  async function others(): Promise<void> {
    const since = monotonic();
    do await turn();
    while (options.isAnswering?.() && monotonic() - since < longestYieldMs);
  }

  async function applyReady(signal: AbortSignal): Promise<void> {
    if (signal.aborted) return;
    for (let slice = incoming.take(sliceRows); slice; slice = incoming.take(sliceRows)) {
      await options.whenCalm?.(longestHeldMs);
      await itsTurn();
      if (signal.aborted) return;
      const { ops, upTo } = slice;
      const mayTakeMs = options.isAsked?.() ? sliceMs.asked : sliceMs.free;
      const startedAt = monotonic();
      if (ops.length > 0 || upTo > store.cursor()) store.applyPulled(ops, upTo);
      const tookMs = monotonic() - startedAt;
      if (ops.length === sliceRows || tookMs > mayTakeMs) sliceRows = rowsWithin(mayTakeMs, ops.length, tookMs);
      if (!store.keepUp || ops.length === 0) continue;
      await itsTurn();
      if (signal.aborted) return;
      const tendedAt = monotonic();
      store.keepUp(() => monotonic() - tendedAt < mayTakeMs / 2);
    }
  }

  return {
    itsTurn,
    /** Applies what has come, in its order; what is abandoned meanwhile is left. Fails as the store does. */
    apply(signal: AbortSignal): Promise<void> {
      const applied = applying.then(() => applyReady(signal));
      applying = applied.catch(() => {});
      return applied;
    },
  };
}

/** Rows that fit into a time, after so many took so long. */
const rowsWithin = (ms: number, rows: number, tookMs: number): number =>
  Math.round(Math.min(mostSliceRows, Math.max(fewestSliceRows, rows * Math.min(2, ms / Math.max(1, tookMs)))));
