import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { useCallback, useMemo } from "react";
import { callDesk } from "#renderer/bridge/desk.ts";
import type { InputOf, OutputOf, TaskRow } from "#shared/contract.ts";
import type { DeskError } from "#shared/errors.ts";

export type TaskFilter = Omit<InputOf<"task.list">, "cursor" | "limit">;
type Page = OutputOf<"task.list">;

/** What a task is called over all events. */
export const taskKey = ({ event, task }: TaskRow): string => `${event.id} ${task.id}`;

/** The tasks, page after page as one scrolls; what is loaded is asked for again when an event changes. */
export function useTaskPages(filter: TaskFilter) {
  const query = useInfiniteQuery<Page, DeskError, { pages: Page[] }, unknown[], string | undefined>({
    queryKey: ["task.list", "pages", filter],
    queryFn: async ({ pageParam }) => {
      const outcome = await callDesk("task.list", {
        ...filter,
        limit: 100,
        ...(pageParam === undefined ? {} : { cursor: pageParam }),
      });
      if (!outcome.ok) throw outcome.error;
      return outcome.value;
    },
    initialPageParam: undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    meta: { topics: ["event"] },
    placeholderData: keepPreviousData,
  });
  const { fetchNextPage, hasNextPage, isFetching, refetch } = query;
  const rows = useMemo(() => {
    const seen = new Map<string, TaskRow>();
    for (const page of query.data?.pages ?? []) for (const row of page.rows) seen.set(taskKey(row), row);
    return [...seen.values()];
  }, [query.data]);
  const last = query.data?.pages.at(-1);
  return {
    rows,
    total: last?.total ?? 0,
    uncounted: last?.more ?? false,
    error: query.error ?? undefined,
    first: query.isPending,
    more: useCallback(() => {
      if (hasNextPage && !isFetching) void fetchNextPage();
    }, [fetchNextPage, hasNextPage, isFetching]),
    again: useCallback(() => void refetch(), [refetch]),
  };
}
