import "./queue.css";
import { type KeyboardEvent, useCallback, useEffect, useMemo, useRef, useState } from "react";
import { usePage } from "#renderer/app/store.ts";
import { callDesk } from "#renderer/bridge/desk.ts";
import { useAct, useDesk } from "#renderer/bridge/use-desk.ts";
import {
  Button,
  EmptyState,
  ErrorNote,
  Key,
  Pane,
  SplitPane,
  useHotkey,
  useNotedKey,
  VirtualList,
  type VirtualRowsHandle,
} from "#renderer/parts/index.ts";
import { hotkeys } from "#renderer/parts/keys.ts";
import { countText } from "#renderer/text/format.ts";
import { inChinese, useText } from "#renderer/text/text.ts";
import {
  bulkMost,
  type EventSelection,
  type EventSort,
  type EventView,
  eventViews,
  ownViewsMost,
  type QueueLook,
} from "#shared/contract.ts";
import { eventStates } from "#shared/domain/duty-event/event.ts";
import { BulkBar } from "./BulkBar.tsx";
import { ColumnsDialog } from "./ColumnsDialog.tsx";
import { type DetailHandle, EventDetail } from "./EventDetail.tsx";
import { EventLine, EventLineHead, namesOf, usualColumns } from "./EventLine.tsx";
import { ExportDialog } from "./ExportDialog.tsx";
import { FilterDialog } from "./FilterDialog.tsx";
import { MyBoard } from "./MyBoard.tsx";
import { type Narrow, namedIn, selectionOf, widened } from "./narrow.ts";
import { PrintList } from "./PrintList.tsx";
import { QueueFilters } from "./QueueFilters.tsx";
import { QueueTabs } from "./QueueTabs.tsx";
import { type EventBlocks, type ListedEvent, useEventBlocks } from "./use-event-blocks.ts";
import { useTables } from "./use-tables.ts";
import { type Chosen, ViewTabs } from "./ViewTabs.tsx";

const nothingKept: QueueLook = { views: [], columns: [], board: null };

/** The queue of events and, beside it, the one that is chosen. */
export function QueuePlace() {
  const t = useText();
  const { args, selectedEventId, selectEvent } = usePage();
  const asked = eventViews.find((view) => view === args["view"]);
  /** Found or chosen elsewhere: the person came for this event, not for the list. */
  const sought = args["eventId"] !== undefined && args["eventId"] === selectedEventId;
  const look = useDesk("event.look", {}).data ?? nothingKept;
  const { act: keepLook } = useAct("event.setLook");
  const tables = useTables();
  const officers = useDesk("officer.list", {}).data?.officers;
  const names = useMemo(() => namesOf(tables, officers), [tables, officers]);
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
  const choose = (next: Chosen) => {
    const mine = look.views.find(({ id }) => id === next);
    if (mine) {
      const { view: _, ...rest } = mine.selection;
      setNarrow(rest);
    } else if (own) setNarrow({});
    setChosen(next);
  };

  const selection = useMemo(() => selectionOf(view, narrow), [view, narrow]);
  const blocks = useEventBlocks(selection);
  const { rowAt, count, previous } = blocks;
  const list = useRef<VirtualRowsHandle>(null);
  const detail = useRef<DetailHandle>(null);
  const search = useRef<HTMLInputElement>(null);
  /** A place that was gone to before its event was read. */
  const [goal, setGoal] = useState<number | null>(null);
  const place = blocks.placeOf(selectedEventId);
  const selectedAt = goal ?? place;
  const marks = useMarks(selectedEventId);
  const [open, setOpen] = useState<"filters" | "columns" | "export" | null>(null);
  const frame = useRef<HTMLDivElement>(null);
  const event = useRef<HTMLElement>(null);

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
  /** The search was left for its hits, which may still be on their way: the first is chosen, and no key goes to the event before. */
  const [seeking, setSeeking] = useState(false);
  const toFound = () => {
    setSeeking(true);
    list.current?.focus();
  };
  useEffect(() => {
    if (!seeking || previous || blocks.first) return;
    setSeeking(false);
    const isElsewhere = place < 0 && (blocks.whole || Boolean(narrow.search));
    goOn(isElsewhere ? (!narrow.search && next) || first : undefined);
  }, [seeking, previous, blocks.first, blocks.whole, place, first, next, narrow.search, goOn]);
  const closeSheet = () => {
    setOpen(null);
    requestAnimationFrame(() => list.current?.focus());
  };

  // Another selection begins at its head.
  // biome-ignore lint/correctness/useExhaustiveDependencies: each selection is one arrival
  useEffect(() => {
    list.current?.scrollTo(0);
    setGoal(null);
  }, [selection]);
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
  // Whoever comes for one event has its letters at once; whoever comes for the queue has its arrows.
  // biome-ignore lint/correctness/useExhaustiveDependencies: each new `args` is one arrival
  useEffect(() => {
    if (sought) detail.current?.focus();
  }, [args]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each new `args` is one arrival
  useEffect(() => {
    if (!blocks.first && !sought && document.querySelector("dialog[open]") === null) list.current?.focus();
  }, [blocks.first, args]);

  useNotedKey(t("queue.key.mark.key"), t("queue.key.mark"));
  useNotedKey("Shift+↑ ↓", t("queue.key.mark_on"));
  useHotkey(hotkeys.queue.find, () => search.current?.focus(), { label: t("queue.key.search") });

  const go = (index: number, how: { extends: boolean; adds: boolean }) => {
    const row = rowAt(index);
    if (how.extends) marks.extend(Math.max(0, place), index, rowAt);
    else if (how.adds && row) marks.toggle(row);
    if (row) {
      setGoal(null);
      selectEvent(row.id);
    } else setGoal(index);
  };
  const onKey = (event: KeyboardEvent): boolean => {
    const row = place < 0 ? undefined : rowAt(place);
    if (event.key === " " && row) marks.toggle(row);
    else if (event.key === "Escape" && marks.rows.length > 0) marks.keepOnly([]);
    else return false;
    return true;
  };
  const sort = (by: EventSort) =>
    setNarrow((before) => ({ ...before, sort: by, turned: (before.sort ?? "urgency") === by && !before.turned }));
  const keepView = (name: string) => {
    const { view: _, search: _words, ...rest } = selection;
    const words = selection.search ? { search: selection.search } : {};
    const same = look.views.find((one) => one.name === name);
    const kept = { id: same?.id ?? crypto.randomUUID(), name, selection: { ...rest, ...words, view } };
    const views = same ? look.views.map((one) => (one.id === same.id ? kept : one)) : [...look.views, kept];
    void keepLook({ ...look, views }).then((outcome) => outcome.ok && setChosen(kept.id));
  };
  const renameView = (name: string) => {
    void keepLook({ ...look, views: look.views.map((one) => (one.id === chosen ? { ...one, name } : one)) });
  };
  const dropView = () => {
    void keepLook({ ...look, views: look.views.filter(({ id }) => id !== chosen) });
    setChosen("open");
    setNarrow({});
  };
  const columns = look.columns.length > 0 ? look.columns : usualColumns;
  const markedIds = () => marks.rows.map(({ id }) => id);
  const toPaper = () =>
    callDesk("paper.events", {
      name: own?.name ?? inChinese(`queue.view.${view}`),
      selection,
      columns: [...columns],
      ...(marks.rows.length > 0 ? { ids: markedIds() } : {}),
    });
  const looked = useMemo(() => ({ chosen: look.columns, names }), [look.columns, names]);

  return (
    <SplitPane
      id="queue"
      start={Math.max(500, Math.round(window.innerWidth * 0.34))}
      first={
        <Pane
          className="queue"
          flush
          title={<QueueTabs tab="events" />}
          tools={<ViewTabs chosen={chosen} own={look.views} event={event} onChoose={choose} />}
        >
          <QueueFilters
            narrow={narrow}
            onNarrow={setNarrow}
            search={search}
            toList={toList}
            toFound={toFound}
            onFilters={() => setOpen("filters")}
            onColumns={() => setOpen("columns")}
            onExport={() => setOpen("export")}
          />
          {view === "board" && <MyBoard board={look.board} onChoose={(board) => void keepLook({ ...look, board })} />}
          <div
            ref={frame}
            className={look.columns.length > 0 ? "queue-list has-own-columns" : "queue-list"}
            id="queue-list"
            role="tabpanel"
            aria-label={own?.name ?? t(`queue.view.${view}`)}
          >
            {blocks.error && <ErrorNote error={blocks.error} again={blocks.again} />}
            <VirtualList
              handle={list}
              count={count}
              rowAt={rowAt}
              label={t("queue.list")}
              selectedAt={selectedAt}
              onGo={go}
              onOpen={(index) => {
                const row = rowAt(index);
                if (row) selectEvent(row.id);
                detail.current?.focus();
              }}
              onKey={onKey}
              onRange={blocks.onRange}
              isMarked={({ id }) => marks.has(id)}
              row={(row) => <EventLine row={row} search={narrow.search} look={looked} />}
              head={
                <EventLineHead
                  chosen={look.columns}
                  sort={selection.sort}
                  turned={selection.turned}
                  onSort={narrow.search ? undefined : sort}
                />
              }
              empty={
                blocks.error ? null : (
                  <EmptyQueue blocks={blocks} view={view} narrow={narrow} widen={() => setNarrow(widened(narrow))} />
                )
              }
            />
          </div>
          <BulkBar
            rows={marks.rows}
            tables={tables}
            list={frame}
            covered={open !== null}
            onExport={() => setOpen("export")}
            onKeepOnly={marks.keepOnly}
            toList={() => list.current?.focus()}
          />
          <div className="queue-foot">
            <p className="soft figures" role="status">
              {t(blocks.counting ? "queue.total.more" : "queue.total", { total: countText(count) })}
              {selectedAt >= 0 && ` · ${t("queue.at", { at: countText(selectedAt + 1) })}`}
              {marks.rows.length === 0 && <span className="queue-hint faint">{t("queue.mark.hint")}</span>}
            </p>
            <PrintList make={toPaper} event={event} />
          </div>
          {open === "filters" && (
            <FilterDialog
              view={view}
              narrow={narrow}
              onNarrow={setNarrow}
              tables={tables}
              own={own}
              views={look.views}
              full={look.views.length >= ownViewsMost}
              onKeep={keepView}
              onRename={renameView}
              onDrop={dropView}
              onClose={closeSheet}
            />
          )}
          {open === "columns" && (
            <ColumnsDialog
              chosen={look.columns}
              list={frame}
              onChoose={(columns) => void keepLook({ ...look, columns: [...columns] })}
              onClose={closeSheet}
            />
          )}
          {open === "export" && (
            <ExportDialog selection={selection} columns={columns} ids={markedIds()} onClose={closeSheet} />
          )}
        </Pane>
      }
      second={
        selectedEventId ? (
          <EventDetail id={selectedEventId} frame={event} handle={detail} onBack={toList} />
        ) : (
          <Pane>
            <EmptyState title={t("queue.detail.none")}>{t("queue.detail.none.how")}</EmptyState>
          </Pane>
        )
      }
    />
  );
}

interface Marks {
  readonly rows: readonly ListedEvent[];
  readonly has: (id: string) => boolean;
  readonly toggle: (row: ListedEvent) => void;
  readonly extend: (from: number, to: number, rowAt: (index: number) => ListedEvent | undefined) => void;
  readonly keepOnly: (ids: readonly string[]) => void;
}

/** Events marked for one step together; they stay marked whatever the list shows meanwhile. */
function useMarks(selectedId: string | null): Marks {
  const [marked, setMarked] = useState<ReadonlyMap<string, ListedEvent>>(new Map());
  /** Where a stretch with Shift began. */
  const anchor = useRef<{ id: string | null; at: number } | null>(null);
  return {
    rows: useMemo(() => [...marked.values()], [marked]),
    has: (id) => marked.has(id),
    toggle: (row) => {
      anchor.current = null;
      setMarked((before) => {
        const next = new Map(before);
        if (!next.delete(row.id)) next.set(row.id, row);
        return next;
      });
    },
    extend: (from, to, rowAt) => {
      if (anchor.current === null) anchor.current = { id: selectedId, at: from };
      const { at } = anchor.current;
      setMarked((before) => {
        const next = new Map(before);
        for (let index = Math.min(at, to); index <= Math.max(at, to) && next.size < bulkMost; index++) {
          const row = rowAt(index);
          if (row) next.set(row.id, row);
        }
        return next;
      });
    },
    keepOnly: useCallback((ids: readonly string[]) => {
      anchor.current = null;
      setMarked((before) => new Map([...before].filter(([id]) => ids.includes(id))));
    }, []),
  };
}

/** Views in which a new event would stand. */
const beginsHere: readonly EventView[] = ["open", "shift", "today", "all"];

function EmptyQueue(props: {
  readonly blocks: EventBlocks;
  readonly view: EventSelection["view"];
  readonly narrow: Narrow;
  readonly widen: () => void;
}) {
  const t = useText();
  const openIntake = usePage((page) => page.openIntake);
  if (props.blocks.first) return <EmptyState title={t("queue.loading")} />;
  if (props.narrow.search || namedIn(props.narrow).length > 0)
    return (
      <EmptyState
        title={t("queue.empty.narrow")}
        action={<Button onPress={props.widen}>{t("queue.empty.widen")}</Button>}
      >
        {t("queue.empty.narrow.how")}
      </EmptyState>
    );
  if (!beginsHere.includes(props.view)) return <EmptyState title={t(`queue.empty.${props.view}`)} />;
  return (
    <EmptyState
      title={t(`queue.empty.${props.view}`)}
      action={
        <Button onPress={() => openIntake()}>
          {t("queue.new")} <Key name="F2" />
        </Button>
      }
    >
      {t("queue.empty.how")}
    </EmptyState>
  );
}
