import "./queue.css";
import "./tasks.css";
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from "react";
import { usePage } from "#renderer/app/store.ts";
import { callDesk } from "#renderer/bridge/desk.ts";
import { useDesk } from "#renderer/bridge/use-desk.ts";
import {
  EmptyState,
  ErrorNote,
  Key,
  Pane,
  SplitPane,
  useHotkey,
  VirtualRows,
  type VirtualRowsHandle,
} from "#renderer/parts/index.ts";
import { hotkeys } from "#renderer/parts/keys.ts";
import { countText } from "#renderer/text/format.ts";
import { inChinese, say, useText } from "#renderer/text/text.ts";
import { type TaskRow, taskViews } from "#shared/contract.ts";
import { partyKindNames } from "#shared/domain/duty-event/party.ts";
import { Combobox } from "./Combobox.tsx";
import { type DetailHandle, EventDetail } from "./EventDetail.tsx";
import { partyKey } from "./PartyChips.tsx";
import { PrintList } from "./PrintList.tsx";
import { QueueTabs } from "./QueueTabs.tsx";
import { TaskLine, TaskLineHead } from "./TaskLine.tsx";
import { taskKey, useTaskPages } from "./use-task-pages.ts";

type View = (typeof taskViews)[number];

/** What every party owes, over all events; beside it the event of the chosen task. */
export function TaskPlace() {
  const t = useText();
  const { args, selectEvent } = usePage();
  const asked = taskViews.find((view) => view === args["view"]);
  const [view, setView] = useState<View>(asked ?? "open");
  const [partyAt, setPartyAt] = useState("");
  const [chosen, setChosen] = useState<TaskRow | null>(null);
  const parties = useDesk("task.parties", {}, { topics: ["event"], everyMs: 30_000 });
  const options = (parties.data?.rows ?? []).map(({ party, open, late }) => ({
    key: partyKey(party),
    name: party.name,
    detail: `${say(partyKindNames[party.kind])} ${t(late > 0 ? "task.party.late" : "task.party.open", { open, late })}`,
  }));
  const party = parties.data?.rows.find((row) => partyKey(row.party) === partyAt)?.party;
  const filter = useMemo(() => ({ view, ...(party ? { party } : {}) }), [view, party]);
  const pages = useTaskPages(filter);
  const list = useRef<VirtualRowsHandle>(null);
  const detail = useRef<DetailHandle>(null);
  const find = useRef<HTMLDivElement>(null);
  const event = useRef<HTMLElement>(null);
  const { rows } = pages;
  // The chosen task goes on being shown when its step takes it out of the view.
  const shown = chosen ?? rows[0] ?? null;

  const choose = (row: TaskRow) => {
    setChosen(row);
    selectEvent(row.event.id);
  };
  const toList = () => {
    if (!chosen && rows[0]) choose(rows[0]);
    list.current?.focus();
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the first rows are there
  useEffect(() => {
    if (!pages.first) list.current?.focus();
  }, [pages.first]);
  useHotkey(hotkeys.queue.find, () => find.current?.querySelector("input")?.focus(), { label: t("task.key.party") });

  return (
    <SplitPane
      id="queue"
      start={Math.max(500, Math.round(window.innerWidth * 0.34))}
      first={
        <Pane
          className="queue"
          flush
          title={<QueueTabs tab="tasks" />}
          tools={<TaskViews view={view} partyAt={partyAt} party={party} onView={setView} />}
        >
          <div className="filters" ref={find}>
            <label className="faint" htmlFor="task-party">
              {t("task.party")} <Key name="/" />
            </label>
            <div className="filters-search">
              <Combobox
                id="task-party"
                options={options}
                value={partyAt}
                onChange={setPartyAt}
                placeholder={t("task.party.all")}
              />
            </div>
          </div>
          <div className="queue-list" id="queue-list" role="tabpanel" aria-label={t(`task.view.${view}`)}>
            {pages.error && <ErrorNote error={pages.error} again={pages.again} />}
            <VirtualRows
              handle={list}
              rows={rows}
              rowKey={taskKey}
              label={t("task.list")}
              selectedKey={shown && taskKey(shown)}
              onSelect={choose}
              onOpen={(row) => {
                choose(row);
                // The event of the row before may still stand there for a moment.
                requestAnimationFrame(() => detail.current?.focus(row.task.id));
              }}
              onEnd={pages.more}
              row={(row) => <TaskLine row={row} />}
              head={<TaskLineHead />}
              empty={pages.error ? null : <EmptyState title={t(pages.first ? "task.loading" : `task.empty.${view}`)} />}
            />
          </div>
          <div className="queue-foot">
            <p className="soft figures" role="status">
              {t(pages.uncounted ? "task.shown.more" : "task.shown", {
                shown: countText(rows.length),
                total: countText(pages.total),
              })}
            </p>
            <PrintList
              make={() => callDesk("paper.tasks", { name: inChinese(`task.view.${view}`), ...filter })}
              event={event}
            />
          </div>
        </Pane>
      }
      second={
        shown ? (
          <EventDetail id={shown.event.id} frame={event} handle={detail} onBack={toList} />
        ) : (
          <Pane>
            <EmptyState title={t("queue.detail.none")}>{t("queue.detail.none.how")}</EmptyState>
          </Pane>
        )
      }
    />
  );
}

function TaskViews(props: {
  readonly view: View;
  readonly partyAt: string;
  readonly party: TaskRow["task"]["party"] | undefined;
  readonly onView: (view: View) => void;
}) {
  const t = useText();
  const { view, party, onView } = props;
  const frame = useRef<HTMLDivElement>(null);
  const beside = (step: number): number => {
    const next = (taskViews.indexOf(view) + step + taskViews.length) % taskViews.length;
    onView(taskViews[next] ?? view);
    return next;
  };
  useHotkey(hotkeys.queue.viewBefore, () => void beside(-1), { label: t("queue.key.view_before") });
  useHotkey(hotkeys.queue.viewAfter, () => void beside(1), { label: t("queue.key.view_after") });
  const onKey = (event: KeyboardEvent) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const next = beside(step);
    frame.current?.querySelectorAll<HTMLElement>('[role="tab"]')[next]?.focus();
  };
  return (
    <div ref={frame} className="views" role="tablist" aria-label={t("task.views")} onKeyDown={onKey}>
      {taskViews.map((one) => (
        <TaskView key={one} view={one} on={one === view} party={party} onView={onView} />
      ))}
    </div>
  );
}

/** Views whose count needs a person. */
const news: readonly View[] = ["late", "declined"];

function TaskView(props: {
  readonly view: View;
  readonly on: boolean;
  readonly party: TaskRow["task"]["party"] | undefined;
  readonly onView: (view: View) => void;
}) {
  const t = useText();
  const { view, on, party } = props;
  const input = { view, limit: 1, ...(party ? { party } : {}) };
  const { data } = useDesk("task.list", input, { topics: ["event"], everyMs: 30_000 });
  const counted = view !== "ended" && view !== "all";
  const tone = news.includes(view) && data?.total ? "is-late" : "";
  return (
    <button
      type="button"
      role="tab"
      aria-selected={on}
      aria-controls="queue-list"
      tabIndex={on ? 0 : -1}
      className={`view ${on ? "is-on" : ""}`}
      onClick={() => props.onView(view)}
    >
      {t(`task.view.${view}`)}
      {counted && <span className={`view-count figures ${tone}`}>{data ? countText(data.total) : ""}</span>}
    </button>
  );
}
