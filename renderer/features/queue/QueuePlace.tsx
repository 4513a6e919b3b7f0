import "./queue.css";
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from "react";
import { usePage } from "#renderer/app/store.ts";
import { callDesk } from "#renderer/bridge/desk.ts";
import { useDesk } from "#renderer/bridge/use-desk.ts";
import { EmptyState, ErrorNote, Pane, SplitPane, useHotkey, useNotedKey, VirtualList } from "#renderer/parts/index.ts";
import { hotkeys } from "#renderer/parts/keys.ts";
import { countText } from "#renderer/text/format.ts";
import { inChinese, useText } from "#renderer/text/text.ts";
import { ownViewsMost } from "#shared/contract.ts";
import { BulkBar } from "./BulkBar.tsx";
import { ColumnsDialog } from "./ColumnsDialog.tsx";
import { EmptyQueue } from "./EmptyQueue.tsx";
import { type DetailHandle, EventDetail } from "./EventDetail.tsx";
import { EventLine, EventLineHead, namesOf, usualColumns } from "./EventLine.tsx";
import { ExportDialog } from "./ExportDialog.tsx";
import { FilterDialog } from "./FilterDialog.tsx";
import { MyBoard } from "./MyBoard.tsx";
import { widened } from "./narrow.ts";
import { PrintList } from "./PrintList.tsx";
import { QueueFilters } from "./QueueFilters.tsx";
import { QueueTabs } from "./QueueTabs.tsx";
import { useEventBlocks } from "./use-event-blocks.ts";
import { useMarks } from "./use-marks.ts";
import { useQueueHand } from "./use-queue-hand.ts";
import { useQueueView } from "./use-queue-view.ts";
import { useTables } from "./use-tables.ts";
import { ViewTabs } from "./ViewTabs.tsx";

/** The queue of events and, beside it, the one that is chosen. */
export function QueuePlace() {
  const t = useText();
  const { args, selectedEventId, selectEvent } = usePage();
  /** Found or chosen elsewhere: the person came for this event, not for the list. */
  const sought = args["eventId"] !== undefined && args["eventId"] === selectedEventId;
  const queue = useQueueView(args);
  const { look, keepLook, chosen, view, own, narrow, setNarrow, selection } = queue;
  const tables = useTables();
  const officers = useDesk("officer.list", {}).data?.officers;
  const names = useMemo(() => namesOf(tables, officers), [tables, officers]);
  const blocks = useEventBlocks(selection);
  const { rowAt, count } = blocks;
  const { list, place, selectedAt, goTo, toList, toFound } = useQueueHand(blocks, selection);
  const marks = useMarks(selectedEventId);
  const [open, setOpen] = useState<"filters" | "columns" | "export" | null>(null);
  const detail = useRef<DetailHandle>(null);
  const search = useRef<HTMLInputElement>(null);
  const frame = useRef<HTMLDivElement>(null);
  const event = useRef<HTMLElement>(null);
  const closeSheet = () => {
    setOpen(null);
    requestAnimationFrame(() => list.current?.focus());
  };
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
    goTo(index);
  };
  const onKey = (event: KeyboardEvent): boolean => {
    const row = place < 0 ? undefined : rowAt(place);
    if (event.key !== " " || !row) return false;
    marks.toggle(row);
    return true;
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
          tools={<ViewTabs chosen={chosen} own={look.views} event={event} onChoose={queue.choose} />}
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
          {view === "board" && <MyBoard board={look.board} onChoose={(board) => keepLook({ ...look, board })} />}
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
                  onSort={narrow.search ? undefined : queue.sort}
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
              onKeep={queue.keepView}
              onRename={queue.renameView}
              onDrop={queue.dropView}
              onClose={closeSheet}
            />
          )}
          {open === "columns" && (
            <ColumnsDialog
              chosen={look.columns}
              list={frame}
              onChoose={(columns) => keepLook({ ...look, columns: [...columns] })}
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
