import type { Query } from "@tanstack/react-query";
import { askAgainFor, deskAnswers, isBelowLock, knowsOf, noteNotice } from "./answers.ts";
import { onNotice } from "./desk.ts";

/** How long what is unhurried waits after a notice, so that many changes make it ask once. */
const unhurriedMs = 300;

/** How often the screens follow while notices pour in. */
const pouringMs = 150;

/** Longest that a hand which moves something, types, or takes one step after the other keeps the screens from following. */
const longestHeldMs = 1_000;
let handMoves = false;
/** A hand is busy until no letter has come, and no step been taken, for so long. */
const busyMs = 250;
let busyAt = Number.NEGATIVE_INFINITY;
const handIsBusy = (): boolean => handMoves || performance.now() - busyAt < busyMs;

/** The hand has typed, or taken a step. */
export function noteHand(): void {
  busyAt = performance.now();
}

/** Somebody drags what the eye follows, or has let go: screens that would be drawn anew wait for the hand, a second at most. */
export function holdScreens(moves: boolean): void {
  handMoves = moves;
}

/** Asks again for everything a notice speaks of, unless it was asked for since. Called once, before anything is asked. */
export function followDesk(): () => void {
  const waiting = new Map<string, number>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const askFor = (topics: ReadonlyMap<string, number>, unhurried: boolean): void => {
    const isBehind = (query: Query) => {
      const { meta, state } = query;
      if (isBelowLock(state.error) && !topics.has("session")) return false;
      if ((meta?.["unhurried"] === true) !== unhurried) return false;
      const shows = (meta?.["topics"] as readonly string[] | undefined) ?? [];
      return ["*", ...shows].some((one) => (topics.get(one) ?? 0) > knowsOf(query));
    };
    // An answer on its way is let come and shown, then asked for once more: it may have left the core before the news, which may
    // overtake it, on a way of its own or while the page is busy. Thrown away for each news, it would never come while news pours in.
    // What another officer is told, or another core, is asked for anew at once.
    const anew = topics.has("session") || topics.has("*");
    const isComing = ({ state }: Query) => state.fetchStatus === "fetching" && (!anew || state.data === undefined);
    for (const query of deskAnswers.getQueryCache().findAll({ predicate: (one) => isComing(one) && isBehind(one) })) {
      const followed = () => void askAgainFor((one) => one === query && isBehind(one));
      query.fetch().then(followed, followed);
    }
    void askAgainFor((one) => !isComing(one) && isBehind(one));
  };
  // The first notice is followed at once; while more pour in, together: a screen needs no more pictures than the eye takes.
  const pouring = new Map<string, number>();
  let rest: ReturnType<typeof setTimeout> | undefined;
  let heldMs = 0;
  const follow = () => {
    rest = undefined;
    if (pouring.size === 0) return;
    if (handIsBusy() && heldMs < longestHeldMs) {
      heldMs += pouringMs;
      rest = setTimeout(follow, pouringMs);
      return;
    }
    heldMs = 0;
    const together = new Map(pouring);
    pouring.clear();
    rest = setTimeout(follow, pouringMs);
    askFor(together, false);
  };
  const end = onNotice((topics) => {
    const heard = noteNotice();
    for (const topic of topics) {
      waiting.set(topic, heard);
      pouring.set(topic, heard);
    }
    if (rest === undefined) follow();
    timer ??= setTimeout(() => followBeside(unhurriedMs), unhurriedMs);
  });
  const followBeside = (waitedMs: number) => {
    if (handIsBusy() && waitedMs < longestHeldMs) {
      timer = setTimeout(() => followBeside(waitedMs + unhurriedMs), unhurriedMs);
      return;
    }
    timer = undefined;
    const late = new Map(waiting);
    waiting.clear();
    askFor(late, true);
  };
  window.addEventListener("input", noteHand, { capture: true, passive: true });
  return () => {
    window.removeEventListener("input", noteHand, { capture: true });
    clearTimeout(timer);
    clearTimeout(rest);
    end();
  };
}
