import "./queue.css";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { usePage } from "#renderer/app/store.ts";
import {
  Button,
  EmptyState,
  ErrorNote,
  Key,
  Pane,
  SplitPane,
  useHotkey,
  VirtualRows,
  type VirtualRowsHandle,
} from "#renderer/parts/index.ts";
import { countText } from "#renderer/text/format.ts";
import { useText } from "#renderer/text/text.ts";
import { type EventRow, eventViews } from "#shared/contract.ts";
import { eventStates } from "#shared/domain/duty-event/event.ts";
import { type DetailHandle, EventDetail } from "./EventDetail.tsx";
import { EventLine, EventLineHead } from "./EventLine.tsx";
import { type Narrow, QueueFilters } from "./QueueFilters.tsx";
import { type EventPages, useEventPages } from "./use-event-pages.ts";
import { type View, ViewTabs } from "./ViewTabs.tsx";

/** The queue of events and, beside it, the one that is chosen. */
export function QueuePlace() {
  const t = useText();
  const { args, selectedEventId, selectEvent } = usePage();
  const asked = eventViews.find((view) => view === args["view"]);
  /** Found or chosen elsewhere: the person came for this event, not for the list. */
  const sought = args["eventId"] !== undefined && args["eventId"] === selectedEventId;
  const [view, setView] = useState<View>(asked ?? "open");
  const [narrow, setNarrow] = useState<Narrow>({});
  useEffect(() => {
    if (asked) setView(asked);
    const state = eventStates.find((one) => one === args["state"]);
    if (state) setNarrow({ states: [state] });
    if (args["search"]) setNarrow({ search: args["search"] });
  }, [asked, args]);

  const filter = useMemo(() => ({ view, ...narrow }), [view, narrow]);
  const pages = useEventPages(filter);
  const list = useRef<VirtualRowsHandle>(null);
  const detail = useRef<DetailHandle>(null);
  const search = useRef<HTMLInputElement>(null);
  const { rows, first, previous } = pages;

  const toList = useCallback(() => {
    const state = usePage.getState();
    if (!state.selectedEventId && rows[0]) selectEvent(rows[0].id);
    list.current?.focus();
  }, [rows, selectEvent]);
  const toDetail = (row: EventRow) => {
    selectEvent(row.id);
    detail.current?.focus();
  };

  // The most urgent event is on screen without a key being pressed.
  useEffect(() => {
    if (!selectedEventId && !previous && rows[0]) selectEvent(rows[0].id);
  }, [selectedEventId, previous, rows, selectEvent]);
  // Whoever comes for one event has its letters at once; whoever comes for the queue has its arrows.
  // biome-ignore lint/correctness/useExhaustiveDependencies: each new `args` is one arrival
  useEffect(() => {
    if (sought) detail.current?.focus();
  }, [args]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each new `args` is one arrival
  useEffect(() => {
    if (!first && !sought && document.querySelector("dialog[open]") === null) list.current?.focus();
  }, [first, args]);

  useHotkey("F6", toList, { label: t("queue.key.list") });
  useHotkey("/", () => search.current?.focus(), { label: t("queue.key.search") });

  return (
    <SplitPane
      id="queue"
      start={Math.max(500, Math.round(window.innerWidth * 0.34))}
      first={
        <Pane className="queue" flush title={t("queue.title")} tools={<ViewTabs view={view} onView={setView} />}>
          <QueueFilters narrow={narrow} onNarrow={setNarrow} search={search} toList={toList} />
          <div className="queue-list" id="queue-list" role="tabpanel" aria-label={t(`queue.view.${view}`)}>
            {pages.error && <ErrorNote error={pages.error} again={pages.again} />}
            <VirtualRows
              handle={list}
              rows={rows}
              rowKey={(row) => row.id}
              label={t("queue.list")}
              selectedKey={selectedEventId}
              onSelect={(row) => selectEvent(row.id)}
              onOpen={toDetail}
              onEnd={pages.more}
              row={(row) => <EventLine row={row} search={narrow.search} />}
              head={<EventLineHead />}
              empty={
                pages.error ? null : (
                  <EmptyQueue pages={pages} view={view} narrow={narrow} widen={() => setNarrow({})} />
                )
              }
            />
          </div>
          <p className="queue-foot soft figures" role="status">
            {t(pages.uncounted ? "queue.shown.more" : "queue.shown", {
              shown: countText(rows.length),
              total: countText(pages.total),
            })}
          </p>
        </Pane>
      }
      second={
        selectedEventId ? (
          <EventDetail id={selectedEventId} handle={detail} onBack={toList} />
        ) : (
          <Pane>
            <EmptyState title={t("queue.detail.none")}>{t("queue.detail.none.how")}</EmptyState>
          </Pane>
        )
      }
    />
  );
}

/** Views in which a new event would stand. */
const beginsHere: readonly View[] = ["open", "today", "all"];

function EmptyQueue(props: { pages: EventPages; view: View; narrow: Narrow; widen: () => void }) {
  const t = useText();
  const openIntake = usePage((page) => page.openIntake);
  if (props.pages.first) return <EmptyState title={t("queue.loading")} />;
  const { search, levels, states } = props.narrow;
  if (search || levels || states)
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
