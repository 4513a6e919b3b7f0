import "./log.css";
import { useEffect, useRef, useState } from "react";
import { usePage } from "#renderer/app/store.ts";
import { useDesk } from "#renderer/bridge/use-desk.ts";
import { Button, EmptyState, ErrorNote, Key, Pane, useHotkey } from "#renderer/parts/index.ts";
import { backKey, hotkeys } from "#renderer/parts/keys.ts";
import { say, useText } from "#renderer/text/text.ts";
import type { TimelineEntry } from "#shared/contract.ts";
import { writtenKinds } from "#shared/domain/duty-log/duty-log.ts";
import { defaultOffsetMin } from "#shared/lib/time.ts";
import { EntryForm } from "./EntryForm.tsx";
import { EraseDialog } from "./EraseDialog.tsx";
import { LogFilters } from "./LogFilters.tsx";
import { LogList } from "./LogList.tsx";
import { correctionOf } from "./log-form.ts";
import { ProofBar } from "./ProofBar.tsx";
import { type LogFilter, useLogPages } from "./use-log-pages.ts";
import { useWords } from "./use-words.ts";

/** The duty log: a fast entry above, what was written below, newest first. */
export function LogPlace() {
  const t = useText();
  const { args, goTo, selectEvent } = usePage();
  const [filter, setFilter] = useState<LogFilter>({});
  const [selectedId, setSelectedId] = useState<string | null>(null);
  const pages = useLogPages(filter);
  const { words, restored, write, drop } = useWords();
  const offsetMin = useDesk("system.tables", {}).data?.roster.offsetMin ?? defaultOffsetMin;
  const grade = useDesk("session.current", {}).data?.officer?.grade;
  const [erasing, setErasing] = useState<TimelineEntry>();
  const area = useRef<HTMLTextAreaElement>(null);
  const search = useRef<HTMLInputElement>(null);
  const ready = words !== undefined;

  // F3 or Alt+digit from anywhere, and again while here: an entry of that kind, with the hand already in the words.
  // biome-ignore lint/correctness/useExhaustiveDependencies: each new `args` is one press of the key
  useEffect(() => {
    if (!words) return;
    const asked = writtenKinds.find((kind) => kind === args["write"]);
    if (asked && words.kind !== asked) write({ ...words, kind: asked });
    area.current?.focus();
  }, [args, ready]);
  useHotkey(hotkeys.log.find, () => search.current?.focus(), { label: t("log.search") });

  const list = useRef<HTMLDivElement>(null);
  useHotkey(backKey, () => list.current?.querySelector<HTMLElement>('article[tabindex="0"]')?.focus(), {
    label: t("log.key.list"),
  });

  const correct = (entry: TimelineEntry) => {
    write(correctionOf(entry, say(entry.text), words));
    area.current?.focus();
  };
  const openEvent = (entry: TimelineEntry) => {
    if (!entry.eventId) return;
    selectEvent(entry.eventId);
    goTo("queue", { eventId: entry.eventId });
  };
  const selected = pages.entries.find((entry) => entry.id === selectedId);
  useHotkey(hotkeys.log.correct, () => selected && correct(selected), {
    when: selected !== undefined && selected.erasedAt === null,
    label: t("log.correct"),
  });

  return (
    <Pane className="log" flush title={t("log.title")}>
      {words && (
        <EntryForm words={words} restored={restored} write={write} drop={drop} area={area} entries={pages.entries} />
      )}
      <LogFilters filter={filter} onFilter={setFilter} search={search} />
      <ProofBar mayExport={grade !== undefined && grade !== "operator"} />
      {pages.error && <ErrorNote error={pages.error} again={pages.again} />}
      <div ref={list} className="log-frame">
        <LogList
          entries={pages.entries}
          offsetMin={offsetMin}
          search={filter.search}
          selectedId={selectedId}
          onSelect={(entry) => setSelectedId(entry.id)}
          onOpen={openEvent}
          onEnd={pages.more}
          empty={
            pages.first ? (
              <EmptyState title={t("log.loading")} />
            ) : filter.kinds || filter.search ? (
              <EmptyState
                title={t("log.empty.narrow")}
                action={<Button onPress={() => setFilter({})}>{t("log.empty.widen")}</Button>}
              />
            ) : (
              <EmptyState title={t("log.empty")}>{t("log.empty.how")}</EmptyState>
            )
          }
          actions={(entry) => (
            <>
              {entry.erasedAt === null && (
                <Button onPress={() => correct(entry)} aria-keyshortcuts="c">
                  {t("log.correct")} <Key name="c" />
                </Button>
              )}
              {entry.eventId && (
                <Button onPress={() => openEvent(entry)}>
                  {t("log.open_event")} <Key name="Enter" />
                </Button>
              )}
              {grade === "admin" && entry.erasedAt === null && writtenKinds.some((kind) => kind === entry.kind) && (
                <Button onPress={() => setErasing(entry)}>{t("log.erase")}</Button>
              )}
            </>
          )}
        />
      </div>
      {erasing && <EraseDialog entry={erasing} onClose={() => setErasing(undefined)} />}
    </Pane>
  );
}
