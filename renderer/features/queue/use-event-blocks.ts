import { keepPreviousData, useQueries, useQuery } from "@tanstack/react-query";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { callDesk } from "#renderer/bridge/desk.ts";
import type { EventSelection, OutputOf } from "#shared/contract.ts";
import type { DeskError } from "#shared/errors.ts";

type Page = OutputOf<"event.list">;
export type ListedEvent = Page["rows"][number];

export interface EventBlocks {
  /** Events of the whole list: the exact number as soon as it is known. */
  readonly count: number;
  /** There are more than `count`; it is being counted. */
  readonly counting: boolean;
  /** All of the list is read: what is not in it has left the view. */
  readonly whole: boolean;
  readonly rowAt: (index: number) => ListedEvent | undefined;
  /** The place of an event among those that are read; -1: not among them. */
  readonly placeOf: (id: string | null) => number;
  readonly onRange: (first: number, last: number) => void;
  readonly error: DeskError | undefined;
  /** No answer at all yet. */
  readonly first: boolean;
  /** What is shown still answers the selection before this one. */
  readonly previous: boolean;
  readonly again: () => void;
}

export const blockSize = 100;
/** While one drags through years, only where the hand rests for so long is read. */
const restMs = 60;

async function ask(selection: EventSelection, block: number, limit = blockSize): Promise<Page> {
  // The first block comes straight from the index; any other place from the order that the core holds.
  const place = block === 0 && limit === blockSize ? {} : { from: block * blockSize };
  const outcome = await callDesk("event.list", { ...selection, ...place, limit });
  if (!outcome.ok) throw outcome.error;
  return outcome.value;
}

const meta = { topics: ["event"] };

/** The whole list by blocks of which only those on screen are read, and read again when an event changes. */
export function useEventBlocks(selection: EventSelection): EventBlocks {
  const [{ from, to }, setRange] = useState({ from: 0, to: 0 });
  const head = useQuery<Page, DeskError>({
    queryKey: ["event.list", "block", selection, 0],
    queryFn: () => ask(selection, 0),
    meta,
    placeholderData: keepPreviousData,
  });
  const counted = useQuery<Page, DeskError>({
    queryKey: ["event.list", "count", selection],
    queryFn: () => ask(selection, 0, 1),
    meta,
    enabled: head.data?.more === true && !head.isPlaceholderData,
  });
  const wanted = useMemo(() => {
    const blocks: number[] = [];
    for (let block = Math.max(1, from); block <= to; block++) blocks.push(block);
    return blocks;
  }, [from, to]);
  const others = useQueries({
    queries: wanted.map((block) => ({
      queryKey: ["event.list", "block", selection, block],
      queryFn: () => ask(selection, block),
      meta,
    })),
  });

  const blocks = new Map<number, readonly ListedEvent[]>([[0, head.data?.rows ?? []]]);
  for (const [at, block] of wanted.entries()) {
    const rows = others[at]?.data?.rows;
    if (rows) blocks.set(block, rows);
  }
  const exact = head.data?.more ? counted.data?.total : undefined;
  const count = exact ?? head.data?.total ?? 0;

  const resting = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(resting.current), []);
  const onRange = useCallback((first: number, last: number) => {
    const range = { from: Math.floor(first / blockSize), to: Math.floor(last / blockSize) };
    clearTimeout(resting.current);
    resting.current = setTimeout(
      () => setRange((before) => (before.from === range.from && before.to === range.to ? before : range)),
      restMs,
    );
  }, []);
  const { refetch } = head;
  return {
    count,
    whole: head.data?.more === false && !head.isPlaceholderData,
    counting: head.data?.more === true && exact === undefined,
    rowAt: (index) => blocks.get(Math.floor(index / blockSize))?.[index % blockSize],
    placeOf: (id) => {
      for (const [block, rows] of blocks) {
        const at = id === null ? -1 : rows.findIndex((row) => row.id === id);
        if (at >= 0) return block * blockSize + at;
      }
      return -1;
    },
    onRange,
    error: head.error ?? (others.find((one) => one.error)?.error as DeskError | null | undefined) ?? undefined,
    first: head.isPending,
    previous: head.isPlaceholderData,
    again: useCallback(() => void refetch(), [refetch]),
  };
}
