import "./tables.css";
import { type KeyboardEvent, useCallback, useEffect, useRef, useState } from "react";
import { useDesk } from "#renderer/bridge/use-desk.ts";
import { ErrorNote, SyncMark, useHotkey } from "#renderer/parts/index.ts";
import { backKey, hotkeys } from "#renderer/parts/keys.ts";
import { say, useText } from "#renderer/text/text.ts";
import { type TableName, tableKinds, tableNames } from "#shared/domain/table/tables.ts";
import { TableEditor } from "./TableEditor.tsx";

/** The rule tables: anybody reads them, an administrator edits, imports and publishes them. */
export function TablesPlace() {
  const t = useText();
  const { data, error, again } = useDesk("table.list", {});
  const [chosen, setChosen] = useState<TableName>("category");
  const list = useRef<HTMLUListElement>(null);
  const toGrid = useRef<() => void>(() => {});
  const backToList = useCallback(() => list.current?.querySelector<HTMLElement>("[aria-current]")?.focus(), []);
  const at = tableNames.indexOf(chosen);
  const step = (by: number) => setChosen(tableNames[(at + by + tableNames.length) % tableNames.length] ?? "category");
  useHotkey(hotkeys.rules.next, () => step(1), { label: t("tables.key.next") });
  useHotkey(hotkeys.rules.before, () => step(-1));
  useHotkey(backKey, backToList, { label: t("tables.key.back") });
  // biome-ignore lint/correctness/useExhaustiveDependencies: another table, another hand: where it was is no longer there
  useEffect(() => {
    if (document.querySelector("dialog[open]") === null) backToList();
  }, [chosen, backToList]);
  const onKey = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey) return;
    const by = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (by === 0 && event.key !== "ArrowRight" && event.key !== "Enter") return;
    event.preventDefault();
    if (by !== 0) step(by);
    else toGrid.current();
  };
  return (
    <section className="tables" aria-label={t("place.tables")}>
      <nav className="tables-list" aria-label={t("tables.list")}>
        <h1 className="pane-title">{t("place.tables")}</h1>
        {error && <ErrorNote error={error} again={again} />}
        <ul ref={list}>
          {tableNames.map((table) => {
            const row = data?.tables.find((one) => one.table === table);
            return (
              <li key={table}>
                <button
                  type="button"
                  className={table === chosen ? "tables-item is-here" : "tables-item"}
                  aria-current={table === chosen ? "true" : undefined}
                  tabIndex={table === chosen ? 0 : -1}
                  onClick={() => setChosen(table)}
                  onKeyDown={table === chosen ? onKey : undefined}
                >
                  <span className="tables-name">{say(tableKinds[table].name)}</span>
                  <span className="soft">
                    {row && t(`tables.source.${row.source}`, { edition: row.edition })}
                    {row && ` · ${t("tables.rows", { count: row.rows })}`}
                  </span>
                  {row?.sync && <SyncMark sync={row.sync} short />}
                  {row && row.orphans > 0 && (
                    <span className="tables-warn">{t("tables.orphans.short", { count: row.orphans })}</span>
                  )}
                </button>
              </li>
            );
          })}
        </ul>
        <p className="faint">{t("tables.keys")}</p>
      </nav>
      <TableEditor
        key={chosen}
        table={chosen}
        toGrid={toGrid}
        backToList={backToList}
        orphans={(data?.tables ?? []).map(({ table, orphans }) => ({ table, count: orphans }))}
        goTo={setChosen}
      />
    </section>
  );
}
