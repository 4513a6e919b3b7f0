import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useCallback, useRef, useState, useSyncExternalStore } from "react";
import type { CallName, InputOf, OutputOf, ShownEvent } from "#shared/contract.ts";
import type { DeskError } from "#shared/errors.ts";
import type { Result } from "#shared/lib/result.ts";
import { answerTo, deskAnswers, isBelowLock, metaOf, type Shows } from "./answers.ts";
import { callDesk, connectionNow, watchConnection } from "./desk.ts";
import { noteHand } from "./follow-desk.ts";

/** Large, and changed by notices alone: a screen that opens takes the answer that is here. */
const lasting: ReadonlySet<CallName> = new Set(["map.base", "wall.ground", "system.tables"]);

export interface Answer<T> {
  readonly data: T | undefined;
  readonly error: DeskError | undefined;
  /** `data` still answers the input before this one: show it, but do not act on it. */
  readonly previous: boolean;
  readonly again: () => void;
}

export interface AskOptions extends Shows {
  readonly everyMs?: number;
  readonly enabled?: boolean;
  /** How long an answer that nobody shows any more is kept; without: a minute. */
  readonly keepMs?: number;
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
