import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { useCallback, useMemo } from "react";
import { callDesk } from "#renderer/bridge/desk.ts";
import type { InputOf, OutputOf } from "#shared/contract.ts";
import type { DeskError } from "#shared/errors.ts";

export type EventFilter = Omit<InputOf<"event.list">, "cursor" | "from" | "limit">;
type Page = OutputOf<"event.list">;

export type ListedEvent = Page["rows"][number];

export interface EventPages {
  readonly rows: readonly ListedEvent[];
  readonly total: number;
  /** There are more than `total`. */
  readonly uncounted: boolean;
  readonly error: DeskError | undefined;
  /** No answer at all yet. */
  readonly first: boolean;
  readonly previous: boolean;
  readonly more: () => void;
  readonly again: () => void;
}

const pageSize = 100;

/** The queue, page after page as one scrolls; what is already loaded is asked for again when an event changes. */
export function useEventPages(filter: EventFilter): EventPages {
  const query = useInfiniteQuery<Page, DeskError, { pages: Page[] }, unknown[], string | undefined>({
    queryKey: ["event.list", "pages", filter],
    queryFn: async ({ pageParam }) => {
      const outcome = await callDesk("event.list", {
        ...filter,
        limit: pageSize,
        ...(pageParam === undefined ? {} : { cursor: pageParam }),
      });
      if (!outcome.ok) throw outcome.error;
      return outcome.value;
    },
    initialPageParam: undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    meta: { topics: ["event", "link"] },
    placeholderData: keepPreviousData,
  });
  const { fetchNextPage, hasNextPage, isFetching, refetch } = query;
  const rows = useMemo(() => unique(query.data?.pages ?? []), [query.data]);
  const last = query.data?.pages.at(-1);
  return {
    rows,
    total: last?.total ?? 0,
    uncounted: last?.more ?? false,
    error: query.error ?? undefined,
    first: query.isPending,
    previous: query.isPlaceholderData,
    more: useCallback(() => {
      if (hasNextPage && !isFetching) void fetchNextPage();
    }, [fetchNextPage, hasNextPage, isFetching]),
    again: useCallback(() => void refetch(), [refetch]),
  };
}

/** An event that moved between two pages while they were read is shown once. */
function unique(pages: readonly Page[]): ListedEvent[] {
  const seen = new Map<string, ListedEvent>();
  for (const page of pages) for (const row of page.rows) if (!seen.has(row.id)) seen.set(row.id, row);
  return [...seen.values()];
}
