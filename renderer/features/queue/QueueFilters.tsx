import { type Ref, useEffect, useState } from "react";
import { LevelShape } from "#renderer/parts/index.ts";
import { say, useText } from "#renderer/text/text.ts";
import {
  type EventState,
  eventStates,
  type Level,
  levelNames,
  levels,
  stateNames,
} from "#shared/domain/duty-event/event.ts";
import type { EventFilter } from "./use-event-pages.ts";

export type Narrow = Pick<EventFilter, "levels" | "states" | "search" | "sort">;
const sorts = ["urgency", "due", "newest"] as const;
const restMs = 150;

/** Words, levels, state and order: what narrows a view. */
export function QueueFilters(props: {
  readonly narrow: Narrow;
  readonly onNarrow: (narrow: Narrow) => void;
  readonly search: Ref<HTMLInputElement>;
  /** Arrow down or Enter in the search: on to the list. */
  readonly toList: () => void;
}) {
  const t = useText();
  const { narrow, onNarrow, toList } = props;
  const [typed, setTyped] = useState(narrow.search ?? "");
  const settled = narrow.search ?? "";
  useEffect(() => setTyped(settled), [settled]);
  useEffect(() => {
    if (typed.trim() === settled) return;
    const rest = setTimeout(() => onNarrow({ ...narrow, search: typed.trim() || undefined }), restMs);
    return () => clearTimeout(rest);
  }, [typed, settled, narrow, onNarrow]);

  const on = narrow.levels ?? [];
  const toggle = (level: Level) => {
    const next = on.includes(level) ? on.filter((one) => one !== level) : [...on, level];
    onNarrow({ ...narrow, levels: next.length > 0 ? next : undefined });
  };
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
              toList();
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
      <select
        className="input filters-select"
        aria-label={t("queue.filter.state")}
        value={narrow.states?.[0] ?? ""}
        onChange={(event) => {
          const state = event.target.value as EventState | "";
          onNarrow({ ...narrow, states: state ? [state] : undefined });
        }}
      >
        <option value="">{t("queue.filter.all_states")}</option>
        {eventStates.map((state) => (
          <option key={state} value={state}>
            {say(stateNames[state])}
          </option>
        ))}
      </select>
      <select
        className="input filters-select"
        aria-label={t("queue.sort")}
        value={narrow.sort ?? "urgency"}
        onChange={(event) => onNarrow({ ...narrow, sort: event.target.value as Narrow["sort"] })}
      >
        {sorts.map((sort) => (
          <option key={sort} value={sort}>
            {t(`queue.sort.${sort}`)}
          </option>
        ))}
      </select>
    </search>
  );
}
