import { useEffect, useMemo, useState } from "react";
import type { PlaceArgs } from "#renderer/app/store.ts";
import { useAct, useDesk } from "#renderer/bridge/use-desk.ts";
import {
  type EventSelection,
  type EventSort,
  type EventView,
  eventViews,
  type OwnView,
  type QueueLook,
} from "#shared/contract.ts";
import { eventStates } from "#shared/domain/duty-event/event.ts";
import { type Narrow, selectionOf } from "./narrow.ts";
import type { Chosen } from "./ViewTabs.tsx";

const nothingKept: QueueLook = { views: [], columns: [], board: null };

export interface QueueView {
  /** What this officer keeps: own views, columns, board. */
  readonly look: QueueLook;
  readonly keepLook: (look: QueueLook) => void;
  readonly chosen: Chosen;
  readonly choose: (next: Chosen) => void;
  /** The ready view that is shown, or the one under an own view. */
  readonly view: EventView;
  readonly own: OwnView | undefined;
  readonly narrow: Narrow;
  readonly setNarrow: (narrow: Narrow) => void;
  readonly selection: EventSelection;
  readonly sort: (by: EventSort) => void;
  readonly keepView: (name: string) => void;
  readonly renameView: (name: string) => void;
  readonly dropView: () => void;
}

/** Which view of the queue is chosen, how it is narrowed, and the views of one's own; `args` may ask for one from elsewhere. */
export function useQueueView(args: PlaceArgs): QueueView {
  const look = useDesk("event.look", {}).data ?? nothingKept;
  const { act } = useAct("event.setLook");
  const asked = eventViews.find((view) => view === args["view"]);
  const [chosen, setChosen] = useState<Chosen>(asked ?? "open");
  const [narrow, setNarrow] = useState<Narrow>({});
  const own = look.views.find(({ id }) => id === chosen);
  const view: EventView = own?.selection.view ?? eventViews.find((one) => one === chosen) ?? "open";
  useEffect(() => {
    if (asked) setChosen(asked);
    const state = eventStates.find((one) => one === args["state"]);
    if (state) setNarrow({ states: [state] });
    if (args["search"]) setNarrow({ search: args["search"] });
  }, [asked, args]);
  const selection = useMemo(() => selectionOf(view, narrow), [view, narrow]);
  return {
    look,
    keepLook: (next) => void act(next),
    chosen,
    choose: (next) => {
      const mine = look.views.find(({ id }) => id === next);
      if (mine) {
        const { view: _, ...rest } = mine.selection;
        setNarrow(rest);
      } else if (own) setNarrow({});
      setChosen(next);
    },
    view,
    own,
    narrow,
    setNarrow,
    selection,
    sort: (by) =>
      setNarrow((before) => ({ ...before, sort: by, turned: (before.sort ?? "urgency") === by && !before.turned })),
    keepView: (name) => {
      const same = look.views.find((one) => one.name === name);
      const { search, ...rest } = selection;
      const kept = { id: same?.id ?? crypto.randomUUID(), name, selection: search ? selection : rest };
      const views = same ? look.views.map((one) => (one.id === same.id ? kept : one)) : [...look.views, kept];
      void act({ ...look, views }).then((outcome) => outcome.ok && setChosen(kept.id));
    },
    renameView: (name) =>
      void act({ ...look, views: look.views.map((one) => (one.id === chosen ? { ...one, name } : one)) }),
    dropView: () => {
      void act({ ...look, views: look.views.filter(({ id }) => id !== chosen) });
      setChosen("open");
      setNarrow({});
    },
  };
}
