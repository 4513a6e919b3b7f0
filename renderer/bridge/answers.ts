import { hashKey, notifyManager, type Query, QueryClient } from "@tanstack/react-query";
import type { CallName, InputOf, OutputOf, Topic } from "#shared/contract.ts";
import type { DeskError } from "#shared/errors.ts";
import { callDesk } from "./desk.ts";

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
  "roster.waiting": ["roster", "session"],
  "roster.weigh": ["roster", "officer", "system"],
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

/** Notices heard so far, and after how many of them each answer was last asked for. */
let heard = 0;
const askedAfter = new WeakMap<object, number>();

/** Notes that a notice came; told: how many so far. */
export const noteNotice = (): number => ++heard;

/** After how many notices this answer was last asked for. */
export const knowsOf = (query: Query): number => askedAfter.get(query) ?? 0;

/** What the lock has refused is refused each time: it is asked for again when whoever unlocks the desk is told everything. */
export const isBelowLock = (error: unknown): boolean => (error as DeskError | null)?.id === "session.locked";

export interface Shows {
  /** Topics that make it ask again, instead of the usual ones of this call. */
  readonly topics?: readonly Topic[];
  /** What changed is asked for a moment later, and once for many changes: for lists beside what shows it at once. */
  readonly unhurried?: boolean;
}

/** By what the notices find a query. */
export const metaOf = (name: CallName, { topics, unhurried }: Shows = {}) => ({
  topics: topics ?? topicsOfCall[name] ?? [],
  unhurried: unhurried ?? unhurriedCalls.has(name),
});

/** Asks the core once; a refusal is thrown, as the answers keep it. */
export async function answerTo<N extends CallName>(name: N, input: InputOf<N>): Promise<OutputOf<N>> {
  const query = deskAnswers.getQueryCache().get(hashKey([name, input]));
  if (query) askedAfter.set(query, heard);
  const outcome = await callDesk(name, input);
  if (!outcome.ok) throw outcome.error;
  return outcome.value;
}

export const askAgainFor = (predicate: (query: Query) => boolean): Promise<void> =>
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

/** Who works at the desk, or did last. */
export const officerAtWork = (): string | undefined => officerShown;

/** Asks for what the first screen will show while the page is not drawn yet; what fails is asked again by whoever shows it. */
export async function askAhead(name: CallName): Promise<void> {
  const queryKey = [name, {}];
  await deskAnswers.prefetchQuery({ queryKey, queryFn: () => answerTo(name, {}), meta: metaOf(name) });
  if (deskAnswers.getQueryState(queryKey)?.status === "error")
    deskAnswers.removeQueries({ queryKey, type: "inactive" });
}
