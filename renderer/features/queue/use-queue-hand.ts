import { type RefObject, useCallback, useEffect, useRef, useState } from "react";
import { type PlaceArgs, usePage } from "#renderer/app/store.ts";
import { callDesk } from "#renderer/bridge/desk.ts";
import type { VirtualRowsHandle } from "#renderer/parts/index.ts";
import type { EventSelection } from "#shared/contract.ts";
import { blockSize, type EventBlocks, type ListedEvent } from "./use-event-blocks.ts";

export interface QueueHand {
  readonly list: RefObject<VirtualRowsHandle | null>;
  /** Place of the chosen event among the rows that are read; -1: not among them. */
  readonly place: number;
  /** The place the list shows as chosen: also one that is still being read. */
  readonly selectedAt: number;
  /** Goes to a place of the list, read or not. */
  readonly goTo: (index: number) => void;
  /** The hand goes back to the list: where its event has left the view, to the one that took its place. */
  readonly toList: () => void;
  /** The search is left for its hits, which may still be on their way. */
  readonly toFound: () => void;
}

/** Where the hand stands in the list: on the chosen event, on the line that took its place, or on its way to a line that is not read yet. */
export function useQueueHand(blocks: EventBlocks, selection: EventSelection): QueueHand {
  const { selectedEventId, selectEvent } = usePage();
  const { rowAt, count, previous } = blocks;
  const list = useRef<VirtualRowsHandle>(null);
  /** A place that was gone to before its event was read. */
  const [goal, setGoal] = useState<number | null>(null);
  const place = blocks.placeOf(selectedEventId);
  const first = rowAt(0);
  /** Where the chosen event was last seen: when its step has taken it out of the view, the hand goes on there, not at the top. */
  const stood = useRef<{ id: string | null; at: number }>({ id: null, at: -1 });
  if (place >= 0) stood.current = { id: selectedEventId, at: place };
  const isGone = place < 0 && blocks.whole && selectedEventId !== null && stood.current.id === selectedEventId;
  const next = isGone ? rowAt(Math.min(stood.current.at, count - 1)) : undefined;
  /** The hand goes to the list; on this line of it, if one is named. */
  const goOn = useCallback(
    (row?: ListedEvent) => {
      if (row) selectEvent(row.id);
      list.current?.focus();
    },
    [selectEvent],
  );
  const toList = useCallback(
    () => goOn(next ?? (usePage.getState().selectedEventId ? undefined : first)),
    [first, next, goOn],
  );
  /** The first hit is chosen when it has come, and no key goes to the event before. */
  const [seeking, setSeeking] = useState(false);
  const toFound = () => {
    setSeeking(true);
    list.current?.focus();
  };
  useEffect(() => {
    if (!seeking || previous || blocks.first) return;
    setSeeking(false);
    const isElsewhere = place < 0 && (blocks.whole || Boolean(selection.search));
    goOn(isElsewhere ? (!selection.search && next) || first : undefined);
  }, [seeking, previous, blocks.first, blocks.whole, place, first, next, selection.search, goOn]);
  // Another selection begins at its head.
  // biome-ignore lint/correctness/useExhaustiveDependencies: each selection is one arrival
  useEffect(() => {
    list.current?.scrollTo(0);
    setGoal(null);
  }, [selection]);
  useArrival(blocks, selection, place, list);
  const atGoal = goal === null ? undefined : rowAt(goal);
  useEffect(() => {
    if (!atGoal) return;
    selectEvent(atGoal.id);
    setGoal(null);
  }, [atGoal, selectEvent]);
  // The most urgent event is on screen without a key being pressed.
  useEffect(() => {
    if (!selectedEventId && !previous && first) selectEvent(first.id);
  }, [selectedEventId, previous, first, selectEvent]);
  const goTo = (index: number) => {
    const row = rowAt(index);
    setGoal(row ? null : index);
    if (row) selectEvent(row.id);
  };
  return { list, place, selectedAt: goal ?? place, goTo, toList, toFound };
}

/** Whoever comes for one event finds it on screen in the list, too, however many stand above it. */
function useArrival(
  { count, first, previous, whole }: EventBlocks,
  selection: EventSelection,
  place: number,
  list: RefObject<VirtualRowsHandle | null>,
): void {
  const { args, selectedEventId } = usePage();
  const id = args["eventId"];
  const sought = id !== undefined && id === selectedEventId && !first && !previous ? id : undefined;
  const arrived = useRef<PlaceArgs>({});
  useEffect(() => {
    if (!sought || arrived.current === args) return;
    if (place >= 0) {
      arrived.current = args;
      list.current?.scrollTo(place);
      return;
    }
    if (whole && count <= blockSize) return;
    let stillHere = true;
    void callDesk("event.place", { ...selection, id: sought }).then((outcome) => {
      if (stillHere && outcome.ok && outcome.value.at !== null) list.current?.scrollTo(outcome.value.at);
    });
    return () => {
      stillHere = false;
    };
  }, [sought, args, place, whole, count, selection, list]);
}
