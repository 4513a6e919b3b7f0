import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { useCallback, useEffect, useMemo } from "react";
import { callDesk } from "#renderer/bridge/desk.ts";
import type { EventRow, InputOf, OutputOf } from "#shared/contract.ts";
import type { DeskError } from "#shared/errors.ts";
import { matchesWords } from "./match-words.ts";

export type EventFilter = Omit<InputOf<"event.list">, "cursor" | "limit">;
type Page = OutputOf<"event.list">;

/** Letters alone are pinyin: the core searches characters and figures, so these are sought here among what is read. */
export const isPinyin = (search: string | undefined): boolean => /^[a-z ]{2,}$/i.test(search ?? "");
/** How many events are read for a search by pinyin before one scrolls on. */
const pinyinReach = 500;

export interface EventPages {
  readonly rows: readonly EventRow[];
  readonly total: number;
  /** A search by pinyin has looked through this many, newest page last; `null`: the core searched all. */
  readonly looked: number | null;
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
  const pinyin = isPinyin(filter.search);
  const { search, ...rest } = filter;
  const sent = pinyin ? rest : filter;
  const query = useInfiniteQuery<Page, DeskError, { pages: Page[] }, unknown[], string | undefined>({
    queryKey: ["event.list", "pages", sent],
    queryFn: async ({ pageParam }) => {
      const outcome = await callDesk("event.list", {
        ...sent,
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
  const read = useMemo(() => unique(query.data?.pages ?? []), [query.data]);
  const rows = useMemo(
    () => (pinyin ? read.filter((row) => matchesWords(search ?? "", row.title, [row.place.text, row.number])) : read),
    [pinyin, search, read],
  );
  const reach = pinyin && read.length < pinyinReach;
  useEffect(() => {
    if (reach && hasNextPage && !isFetching) void fetchNextPage();
  }, [reach, hasNextPage, isFetching, fetchNextPage]);
  return {
    rows,
    total: pinyin ? rows.length : (query.data?.pages.at(-1)?.total ?? 0),
    looked: pinyin ? read.length : null,
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
function unique(pages: readonly Page[]): EventRow[] {
  const seen = new Map<string, EventRow>();
  for (const page of pages) for (const row of page.rows) if (!seen.has(row.id)) seen.set(row.id, row);
  return [...seen.values()];
}
