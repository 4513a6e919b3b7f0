import { hashKey, keepPreviousData, notifyManager, type Query, QueryClient, useQuery } from "@tanstack/react-query";
import { useCallback, useRef, useState, useSyncExternalStore } from "react";
import type { CallName, InputOf, OutputOf, ShownEvent, Topic } from "#shared/contract.ts";
import type { DeskError } from "#shared/errors.ts";
import type { Result } from "#shared/lib/result.ts";
import { callDesk, connectionNow, onNotice, watchConnection } from "./desk.ts";

/**
 * What each call shows; a notice of one of these topics makes it ask again. A screen may name others. Where something stands with
 * the district is told as news of its kind; `link` is what the link itself does, every second while it looks for the district.
 */
const topicsOfCall: Partial<Record<CallName, readonly Topic[]>> = {
  "system.status": ["system", "session"],
  "system.tables": ["system"],
  "session.officers": ["officer", "roster", "session"],
  "session.current": ["session", "officer"],
  "desk.now": ["event", "roster", "handover", "link", "warning", "officer", "system"],
  find: ["event", "officer", "asset"],
  "event.list": ["event"],
  "event.tally": ["event"],
  "event.look": ["event", "session"],
  "attachment.list": ["attachment", "event", "link", "session", "log"],
  "attachment.staged": ["attachment", "session"],
  "attachment.state": ["attachment", "link"],
  "event.get": ["event", "log", "session"],
  "intake.think": ["event", "asset", "system"],
  "log.list": ["log", "event", "roster", "handover"],
  "log.proof": ["log", "link"],
  "officer.list": ["officer"],
  "roster.onDuty": ["roster", "officer"],
  "roster.coverage": ["roster", "system"],
  "roster.month": ["roster", "officer", "system"],
  "roster.generate": ["roster", "officer", "system"],
  "roster.layers": ["roster", "officer", "session"],
  "roster.history": ["roster", "officer"],
  "roster.fairness": ["roster"],
  "roster.gaps": ["roster"],
  "roster.wishes": ["roster"],
  "holiday.read": ["roster"],
  "table.list": ["system"],
  "table.get": ["system"],
  "table.check": ["system"],
  "table.rebase": ["system"],
  "handover.draft": ["handover", "event", "roster", "link", "log", "fault", "hazard", "presence"],
  "handover.list": ["handover"],
  "handover.get": ["handover", "session"],
  "carry.list": ["handover", "session"],
  "asset.viewport": ["asset"],
  "asset.get": ["asset"],
  "asset.shapes": ["ground"],
  "map.cover": ["ground"],
  "map.near": ["asset"],
  "work.plan": ["asset"],
  "overlay.list": ["overlay"],
  "fault.list": ["fault"],
  "hazard.list": ["hazard"],
  "map.base": ["ground"],
  "map.events": ["event"],
  "wall.now": ["event", "roster", "handover", "warning", "officer", "system", "presence"],
  "wall.ground": ["ground"],
  "import.state": ["import"],
  "import.list": ["import"],
  "export.state": ["export"],
  "basemap.list": ["basemap"],
  "warning.list": ["warning"],
  "presence.now": ["presence", "roster", "handover", "officer", "system"],
  "alarm.list": ["presence", "event", "roster", "handover", "officer", "session", "system"],
  "link.status": ["link"],
  "link.outbox": ["link"],
  "link.conflict": ["link", "event", "roster", "officer"],
  "link.history": ["link"],
};

/** What stands beside the work, on every screen: asked for a moment later, and once for many changes. */
const unhurriedCalls: ReadonlySet<CallName> = new Set([
  "desk.now",
  "alarm.list",
  "presence.now",
  "link.status",
  "wall.now",
  "event.tally",
  "event.look",
  "attachment.list",
  "attachment.state",
]);

/** The desk's answers, kept while a screen shows them. The core is on this machine: no retries, no guess about a network. */
export const deskAnswers = new QueryClient({
  defaultOptions: {
    queries: {
      retry: false,
      networkMode: "always",
      refetchOnWindowFocus: false,
      refetchOnReconnect: false,
      staleTime: 0,
      gcTime: 60_000,
    },
  },
});

// What an answer shows is drawn with the end of its step, once: not a timer later, a second time.
notifyManager.setScheduler(queueMicrotask);

/** Large, and changed by notices alone: a screen that opens takes the answer that is here. */
const lasting: ReadonlySet<CallName> = new Set(["map.base", "wall.ground", "system.tables"]);

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

function noteHand(): void {
  busyAt = performance.now();
}

/** Somebody drags what the eye follows, or has let go: screens that would be drawn anew wait for the hand, a second at most. */
export function holdScreens(moves: boolean): void {
  handMoves = moves;
}

/** What the lock has refused is refused each time: it is asked for again when whoever unlocks the desk is told everything. */
const isBelowLock = (error: unknown): boolean => (error as DeskError | null)?.id === "session.locked";

/** Notices heard so far, and after how many of them each answer was last asked for. */
let heard = 0;
const askedAfter = new WeakMap<object, number>();

/** Asks again for everything a notice speaks of, unless it was asked for since. Called once, before anything is asked. */
export function followDesk(): () => void {
  const waiting = new Map<string, number>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const askFor = (topics: ReadonlyMap<string, number>, unhurried: boolean): void => {
    const isBehind = (query: Query) => {
      const { meta, state } = query;
      if (isBelowLock(state.error) && !topics.has("session")) return false;
      if ((meta?.["unhurried"] === true) !== unhurried) return false;
      const knows = askedAfter.get(query) ?? 0;
      const shows = (meta?.["topics"] as readonly string[] | undefined) ?? [];
      return ["*", ...shows].some((one) => (topics.get(one) ?? 0) > knows);
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
    heard += 1;
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

const askAgainFor = (predicate: (query: Query) => boolean): Promise<void> =>
  deskAnswers.invalidateQueries({ predicate });

/** Asks again for these calls now, without waiting for a notice. */
export const askAgain = (...names: CallName[]): Promise<void> =>
  askAgainFor(({ queryKey }) => names.includes(queryKey[0] as CallName));

/** Drops every answer that no screen shows: nothing of an officer stays in memory after sign-out. */
export const forgetAnswers = (): void => deskAnswers.removeQueries({ type: "inactive" });

/** Answers that are the same whoever sits at the desk. */
const ofNobody: ReadonlySet<CallName> = new Set(["system.status", "system.tables", "session.current"]);
let officerShown: string | undefined;

/**
 * Whose screen is drawn from now on. Where the desk was taken over, its screen was shown until this moment: what it was told is dropped,
 * so that the next officer does not see for a moment what only the one before may (CF-2).
 */
export function showFor(officerId: string): void {
  if (officerShown !== undefined && officerShown !== officerId)
    deskAnswers.removeQueries({ predicate: ({ queryKey }) => !ofNobody.has(queryKey[0] as CallName) });
  officerShown = officerId;
}

/** Asks for what the first screen will show while the page is not drawn yet; what fails is asked again by whoever shows it. */
export async function askAhead(name: CallName): Promise<void> {
  const queryKey = [name, {}];
  await deskAnswers.prefetchQuery({ queryKey, queryFn: () => answerTo(name, {}), meta: metaOf(name) });
  if (deskAnswers.getQueryState(queryKey)?.status === "error")
    deskAnswers.removeQueries({ queryKey, type: "inactive" });
}

/** Who works at the desk, or did last. */
export const officerAtWork = (): string | undefined => officerShown;

export interface Answer<T> {
  readonly data: T | undefined;
  readonly error: DeskError | undefined;
  /** `data` still answers the input before this one: show it, but do not act on it. */
  readonly previous: boolean;
  readonly again: () => void;
}

export interface AskOptions {
  /** Topics that make it ask again, instead of the usual ones of this call. */
  readonly topics?: readonly Topic[];
  readonly everyMs?: number;
  readonly enabled?: boolean;
  /** What changed is asked for a moment later, and once for many changes: for lists beside what shows it at once. */
  readonly unhurried?: boolean;
  /** How long an answer that nobody shows any more is kept; without: a minute. */
  readonly keepMs?: number;
}

/** By what the notices find a query. */
const metaOf = (name: CallName, { topics, unhurried }: Pick<AskOptions, "topics" | "unhurried"> = {}) => ({
  topics: topics ?? topicsOfCall[name] ?? [],
  unhurried: unhurried ?? unhurriedCalls.has(name),
});

async function answerTo<N extends CallName>(name: N, input: InputOf<N>): Promise<OutputOf<N>> {
  const query = deskAnswers.getQueryCache().get(hashKey([name, input]));
  if (query) askedAfter.set(query, heard);
  const outcome = await callDesk(name, input);
  if (!outcome.ok) throw outcome.error;
  return outcome.value;
}

/**
 * Asks a query of the contract and keeps the answer fresh; while it asks again, the answer before stays. That it asks is no news: a
 * screen is drawn anew only when the answer is another one.
 */
export function useDesk<N extends CallName>(name: N, input: InputOf<N>, options: AskOptions = {}): Answer<OutputOf<N>> {
  const query = useQuery<OutputOf<N>, DeskError>({
    queryKey: [name, input],
    queryFn: () => answerTo(name, input),
    meta: metaOf(name, options),
    enabled: options.enabled ?? true,
    refetchInterval: ({ state }) => (!isBelowLock(state.error) && options.everyMs) || false,
    staleTime: lasting.has(name) ? Number.POSITIVE_INFINITY : 0,
    ...(options.keepMs === undefined ? {} : { gcTime: options.keepMs }),
    placeholderData: keepPreviousData,
  });
  const { refetch } = query;
  return {
    data: query.data,
    error: query.error ?? undefined,
    previous: query.isPlaceholderData,
    again: useCallback(() => void refetch(), [refetch]),
  };
}

/** Detail and lists show an event as its last step left it; what stands beside it follows with the notice. */
function showEvent({ row, ...detail }: ShownEvent): void {
  deskAnswers.setQueryData(["event.get", { id: row.id }], detail);
  deskAnswers.setQueriesData<OutputOf<"event.list">>({ queryKey: ["event.list", "block"] }, (page) =>
    page?.rows.some(({ id }) => id === row.id)
      ? { ...page, rows: page.rows.map((one) => (one.id === row.id ? { ...one, ...row } : one)) }
      : page,
  );
}

/** Commands whose answer is what a screen shows: it stands there in the turn in which it came, and nobody asks for it. */
const shownBy: { readonly [N in CallName]?: (answer: OutputOf<N>) => void } = {
  "event.transition": showEvent,
  "event.sop": showEvent,
  "task.act": showEvent,
};

/** An answer that is here sooner is not waited for on screen: to show that would be one more picture before its own. */
const busyShownMs = 100;

/**
 * Runs a command of the contract and shows what its answer shows; the caller says what came of it. `soon`: the answer is usually
 * here at once, so `busy` is told only when it is not; until then `isRunning` tells who would take a second step.
 */
export function useAct<N extends CallName>(
  name: N,
  { soon = false }: { readonly soon?: boolean } = {},
): { act: (input: InputOf<N>) => Promise<Result<OutputOf<N>, DeskError>>; busy: boolean; isRunning: () => boolean } {
  const [busy, setBusy] = useState(false);
  const running = useRef(0);
  const act = useCallback(
    async (input: InputOf<N>) => {
      const show = shownBy[name] as ((answer: OutputOf<N>) => void) | undefined;
      running.current += 1;
      const tellBusy = () => setBusy(running.current > 0);
      const waiting = soon ? setTimeout(tellBusy, busyShownMs) : undefined;
      if (!soon) tellBusy();
      try {
        const outcome = await callDesk(name, input);
        if (outcome.ok && show) {
          // What the step has changed stands on screen; the rest can wait until the hand does not go on to the next.
          noteHand();
          show(outcome.value);
        }
        return outcome;
      } finally {
        running.current -= 1;
        clearTimeout(waiting);
        tellBusy();
      }
    },
    [name, soon],
  );
  const isRunning = useCallback(() => running.current > 0, []);
  return { act, busy, isRunning };
}

/** Whether the core answers this page. */
export const useConnection = () => useSyncExternalStore(watchConnection, connectionNow);
