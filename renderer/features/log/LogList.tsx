import { useVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, type ReactNode, useEffect, useId, useMemo, useRef } from "react";
import { Marked, SyncMark } from "#renderer/parts/index.ts";
import { dutyDayText, phoneText, shortDateText, timeText } from "#renderer/text/format.ts";
import { say, useText } from "#renderer/text/text.ts";
import type { TimelineEntry } from "#shared/contract.ts";
import { logKindNames } from "#shared/domain/duty-log/duty-log.ts";
import { EventTag, type KnownEvents, useLatestEvents } from "./EventTag.tsx";
import { groupByDay } from "./group-by-day.ts";

export interface LogListProps {
  readonly entries: readonly TimelineEntry[];
  readonly offsetMin: number;
  readonly search: string | undefined;
  readonly selectedId: string | null;
  readonly onSelect: (entry: TimelineEntry) => void;
  /** Enter: to the event of the entry. */
  readonly onOpen: (entry: TimelineEntry) => void;
  readonly onEnd: () => void;
  readonly empty: ReactNode;
  /** What can be done with the chosen entry; stands in its line. */
  readonly actions: (entry: TimelineEntry) => ReactNode;
}

const lineHeight = 32;
const pageEntries = 10;

/** The log, newest first, under the days of duty. Lines are as high as their words: a log is read, not skimmed. */
export function LogList(props: LogListProps) {
  const { entries, offsetMin, selectedId, onSelect, onOpen, onEnd } = props;
  const t = useText();
  const id = useId();
  const frame = useRef<HTMLElement>(null);
  const rows = useMemo(() => groupByDay(entries, offsetMin), [entries, offsetMin]);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => frame.current,
    estimateSize: () => lineHeight,
    overscan: 12,
    getItemKey: (index) => rows[index]?.key ?? index,
  });
  const items = virtual.getVirtualItems();
  const known = useLatestEvents();
  const chosen = entries.findIndex((entry) => entry.id === selectedId);

  const last = items.at(-1)?.index ?? -1;
  const end = useRef(onEnd);
  useEffect(() => {
    end.current = onEnd;
  });
  useEffect(() => {
    if (rows.length > 0 && last >= rows.length - 5) end.current();
  }, [last, rows.length]);

  /** The entry that an arrow key has come to: it takes the focus as soon as it is on screen. */
  const wanted = useRef<string | null>(null);
  useEffect(() => {
    if (!wanted.current) return;
    const line = document.getElementById(`${id}-${wanted.current}`);
    if (!line) return;
    line.focus({ preventScroll: true });
    wanted.current = null;
  });

  const onKey = (event: KeyboardEvent) => {
    if (event.target instanceof HTMLButtonElement || event.ctrlKey || event.altKey) return;
    const to = {
      ArrowDown: chosen + 1,
      ArrowUp: Math.max(0, chosen - 1),
      PageDown: chosen + pageEntries,
      PageUp: chosen - pageEntries,
      Home: 0,
      End: entries.length - 1,
    }[event.key];
    if (to !== undefined) {
      event.preventDefault();
      const entry = entries[Math.max(0, Math.min(entries.length - 1, to))];
      if (!entry) return;
      wanted.current = entry.id;
      onSelect(entry);
      virtual.scrollToIndex(rows.findIndex((row) => row.key === entry.id));
    } else if (event.key === "Enter" && entries[chosen]) {
      event.preventDefault();
      onOpen(entries[chosen]);
    }
  };

  if (rows.length === 0) return <div className="log-list">{props.empty}</div>;
  return (
    <section ref={frame} className="log-list scroll" aria-label={t("log.list")} onKeyDown={onKey}>
      <div className="log-all" style={{ height: virtual.getTotalSize() }}>
        {items.map((item) => {
          const row = rows[item.index];
          if (!row) return null;
          const place = {
            "data-index": item.index,
            ref: virtual.measureElement,
            style: { transform: `translateY(${item.start}px)` },
          };
          if (row.type === "day")
            return (
              <h3 key={item.key} className="log-day" {...place}>
                {dutyDayText(row.on)}
              </h3>
            );
          const { entry } = row;
          const isChosen = entry.id === selectedId;
          const isStop = isChosen || (chosen < 0 && entry === entries[0]);
          return (
            <article
              key={item.key}
              id={`${id}-${entry.id}`}
              // biome-ignore lint/a11y/noNoninteractiveTabindex: the articles take the focus by arrow keys, one of them by Tab
              tabIndex={isStop ? 0 : -1}
              className={`log-line ${isChosen ? "is-selected" : ""} ${entry.sync.state === "refused" ? "is-refused" : ""}`}
              aria-posinset={entries.indexOf(entry) + 1}
              aria-setsize={-1}
              onFocus={() => !isChosen && onSelect(entry)}
              {...place}
            >
              <LogLine entry={entry} entries={entries} known={known} search={props.search} />
              {isChosen && <div className="log-actions">{props.actions(entry)}</div>}
            </article>
          );
        })}
      </div>
    </section>
  );
}

function LogLine(props: {
  entry: TimelineEntry;
  entries: readonly TimelineEntry[];
  known: KnownEvents | undefined;
  search: string | undefined;
}) {
  const t = useText();
  const { entry, entries, search } = props;
  const original = entry.corrects ? entries.find((one) => one.id === entry.corrects) : undefined;
  const caller = [entry.unit, entry.callerName, phoneText(entry.callerPhone)].filter(Boolean).join(" ");
  const corrected = entry.corrections.length > 0;
  const corrects = entry.corrects !== null && entry.action !== "erase";
  return (
    <>
      <span className="log-seq figures faint" title={entry.chainSeq === null ? t("log.seq.none") : undefined}>
        {entry.chainSeq ?? "–"}
      </span>
      <time className="log-time figures" dateTime={new Date(entry.at).toISOString()}>
        {timeText(entry.at)}
      </time>
      <span className="log-kind">{say(logKindNames[entry.kind])}</span>
      <span className="log-words">
        {corrects && <b>{original ? t("log.corrects", { at: timeText(original.at) }) : t("log.corrects.earlier")} </b>}
        {entry.erasedAt === null ? (
          <span className={corrected ? "log-corrected" : undefined}>
            <Marked text={say(entry.text)} search={search} />
          </span>
        ) : (
          <i className="soft">{t("log.erased", { at: shortDateText(entry.erasedAt) })}</i>
        )}
        {entry.corrections.map((one) => (
          <span key={one.id} className="log-correction">
            {t("log.correction", { at: timeText(one.at), name: one.officerName })}
            <Marked text={one.text} search={search} />
          </span>
        ))}
        {entry.eventId && <EventTag id={entry.eventId} known={props.known} named={entry.action === "report"} />}
        {[...entry.officers, ...entry.assets].map(({ id, name }) => (
          <span key={id} className="log-link">
            {name}
          </span>
        ))}
        {caller && (
          <span className="soft log-caller">
            <Marked text={caller} search={search} />
          </span>
        )}
      </span>
      <span className="log-officer soft one-line">{entry.officerName || t("log.by_desk")}</span>
      <span className="log-sync">
        {entry.kind === "desk" && entry.action !== "erase" ? null : <SyncMark sync={entry.sync} short />}
      </span>
    </>
  );
}
