import { type Ref, useCallback, useEffect, useState } from "react";
import { Key, LevelShape, useHotkey } from "#renderer/parts/index.ts";
import { hotkeys } from "#renderer/parts/keys.ts";
import { say, useText } from "#renderer/text/text.ts";
import { type EventSort, eventSorts } from "#shared/contract.ts";
import { type Level, levelNames, levels } from "#shared/domain/duty-event/event.ts";
import { type Narrow, namedIn, withFilter } from "./narrow.ts";

const restMs = 150;

/** Words, levels and order, and the way to every other filter and to the columns. */
export function QueueFilters(props: {
  readonly narrow: Narrow;
  readonly onNarrow: (narrow: Narrow) => void;
  readonly search: Ref<HTMLInputElement>;
  readonly toList: () => void;
  /** Arrow down or Enter in the search: on to what is found. */
  readonly toFound: () => void;
  readonly onFilters: () => void;
  readonly onColumns: () => void;
  readonly onExport: () => void;
}) {
  const t = useText();
  const { narrow, onNarrow, toList } = props;
  const [typed, setTyped] = useState(narrow.search ?? "");
  const settled = narrow.search ?? "";
  useEffect(() => setTyped(settled), [settled]);
  const seek = useCallback(() => {
    if (typed.trim() === settled) return;
    const { search: _, ...others } = narrow;
    onNarrow(typed.trim() ? { ...others, search: typed.trim() } : others);
  }, [typed, settled, narrow, onNarrow]);
  useEffect(() => {
    const rest = setTimeout(seek, restMs);
    return () => clearTimeout(rest);
  }, [seek]);
  useHotkey(hotkeys.events.filters, props.onFilters, { label: t("queue.key.filters") });
  useHotkey(hotkeys.events.columns, props.onColumns, { label: t("queue.key.columns") });
  useHotkey(hotkeys.events.export, props.onExport, { label: t("queue.key.export") });
  const turn = () => onNarrow({ ...narrow, turned: !narrow.turned });
  useHotkey(hotkeys.events.turn, turn, { label: t("queue.key.turn") });

  const on = narrow.levels ?? [];
  const toggle = (level: Level) =>
    onNarrow(withFilter(narrow, "levels", on.includes(level) ? on.filter((one) => one !== level) : [...on, level]));
  const others = namedIn(narrow).filter((name) => name !== "levels").length;
  return (
    <search className="filters">
      <span className="filters-search">
        <input
          ref={props.search}
          type="search"
          className="input"
          value={typed}
          maxLength={80}
          aria-label={t("queue.search.label")}
          aria-keyshortcuts="/"
          placeholder={t("queue.search")}
          onChange={(event) => setTyped(event.target.value)}
          onKeyDown={(event) => {
            if (event.nativeEvent.isComposing) return;
            if (event.key === "ArrowDown" || event.key === "Enter") {
              event.preventDefault();
              seek();
              props.toFound();
            } else if (event.key === "Escape") {
              event.preventDefault();
              if (typed) setTyped("");
              else toList();
            }
          }}
        />
        {!typed && (
          <span className="key filters-key" aria-hidden="true">
            /
          </span>
        )}
      </span>
      <fieldset className="filters-levels" aria-label={t("queue.filter.levels")}>
        {levels.map((level) => (
          <button
            key={level}
            type="button"
            className="filters-level"
            aria-pressed={on.includes(level)}
            onClick={() => toggle(level)}
          >
            <LevelShape level={level} />
            {say(levelNames[level])}
          </button>
        ))}
      </fieldset>
      <button
        type="button"
        className="button filters-more"
        aria-pressed={others > 0}
        aria-keyshortcuts="."
        onClick={props.onFilters}
      >
        {others > 0 ? t("queue.filters.some", { count: others }) : t("queue.filters")} <Key name="." />
      </button>
      <select
        className="input filters-select"
        aria-label={t("queue.sort")}
        // Words come in an order of their own: open ones first, the newest first.
        disabled={settled !== ""}
        value={narrow.sort ?? "urgency"}
        onChange={(event) => onNarrow({ ...narrow, sort: event.target.value as EventSort, turned: false })}
      >
        {eventSorts.map((sort) => (
          <option key={sort} value={sort}>
            {t(`queue.sort.${sort}`)}
          </option>
        ))}
      </select>
      <button
        type="button"
        className="button filters-icon"
        disabled={settled !== ""}
        aria-pressed={narrow.turned ?? false}
        aria-label={t("queue.key.turn")}
        title={`${t("queue.key.turn")}（\\）`}
        onClick={turn}
      >
        ⇅
      </button>
      <button type="button" className="button filters-icon" title={t("queue.key.columns")} onClick={props.onColumns}>
        {t("queue.columns")} <Key name="," />
      </button>
    </search>
  );
}
