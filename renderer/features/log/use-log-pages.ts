import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { useCallback, useMemo } from "react";
import { callDesk } from "#renderer/bridge/desk.ts";
import type { InputOf, OutputOf, TimelineEntry } from "#shared/contract.ts";
import type { DeskError } from "#shared/errors.ts";

export type LogFilter = Omit<InputOf<"log.list">, "cursor" | "limit">;
type Page = OutputOf<"log.list">;
const pageSize = 100;

/** The duty log, page after page as one scrolls; what is loaded is asked for again when something is written. */
export function useLogPages(filter: LogFilter) {
  const query = useInfiniteQuery<Page, DeskError, { pages: Page[] }, unknown[], string | undefined>({
    queryKey: ["log.list", "pages", filter],
    queryFn: async ({ pageParam }) => {
      const outcome = await callDesk("log.list", {
        ...filter,
        limit: pageSize,
        ...(pageParam === undefined ? {} : { cursor: pageParam }),
      });
      if (!outcome.ok) throw outcome.error;
      return outcome.value;
    },
    initialPageParam: undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    meta: { topics: ["log", "event", "roster", "handover", "officer"] },
    placeholderData: keepPreviousData,
  });
  const { fetchNextPage, hasNextPage, isFetching, refetch } = query;
  const entries = useMemo(() => {
    const seen = new Map<string, TimelineEntry>();
    for (const page of query.data?.pages ?? [])
      for (const entry of page.entries) if (!seen.has(entry.id)) seen.set(entry.id, entry);
    return [...seen.values()];
  }, [query.data]);
  return {
    entries,
    error: query.error ?? undefined,
    first: query.isPending,
    more: useCallback(() => {
      if (hasNextPage && !isFetching) void fetchNextPage();
    }, [fetchNextPage, hasNextPage, isFetching]),
    again: useCallback(() => void refetch(), [refetch]),
  };
}
