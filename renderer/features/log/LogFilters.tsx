import { type Ref, useEffect, useState } from "react";
import { say, useText } from "#renderer/text/text.ts";
import { type LogKind, logKindNames, logKinds } from "#shared/domain/duty-log/duty-log.ts";
import type { LogFilter } from "./use-log-pages.ts";

const restMs = 150;

/** Kinds and words that narrow the log. */
export function LogFilters(props: {
  readonly filter: LogFilter;
  readonly onFilter: (filter: LogFilter) => void;
  readonly search: Ref<HTMLInputElement>;
}) {
  const t = useText();
  const { filter, onFilter } = props;
  const settled = filter.search ?? "";
  const [typed, setTyped] = useState(settled);
  useEffect(() => setTyped(settled), [settled]);
  useEffect(() => {
    if (typed.trim() === settled) return;
    const rest = setTimeout(() => onFilter({ ...filter, search: typed.trim() || undefined }), restMs);
    return () => clearTimeout(rest);
  }, [typed, settled, filter, onFilter]);
  const on = filter.kinds ?? [];
  const toggle = (kind: LogKind) => {
    const next = on.includes(kind) ? on.filter((one) => one !== kind) : [...on, kind];
    onFilter({ ...filter, kinds: next.length > 0 ? next : undefined });
  };
  return (
    <search className="log-filters">
      <span className="log-search">
        <input
          ref={props.search}
          type="search"
          className="input"
          maxLength={80}
          value={typed}
          aria-label={t("log.search")}
          aria-keyshortcuts="/"
          placeholder={t("log.search.hint")}
          onChange={(event) => setTyped(event.target.value)}
        />
        {!typed && (
          <span className="key log-search-key" aria-hidden="true">
            /
          </span>
        )}
      </span>
      <fieldset className="log-kinds" aria-label={t("log.filter")}>
        {logKinds.map((kind) => (
          <button
            key={kind}
            type="button"
            className="log-kind-on"
            aria-pressed={on.includes(kind)}
            onClick={() => toggle(kind)}
          >
            {say(logKindNames[kind])}
          </button>
        ))}
      </fieldset>
    </search>
  );
}
