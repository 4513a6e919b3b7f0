import { useState } from "react";
import { useDesk } from "#renderer/bridge/use-desk.ts";
import { Key, useHotkey } from "#renderer/parts/index.ts";
import { hotkeys } from "#renderer/parts/keys.ts";
import { dateText } from "#renderer/text/format.ts";
import { say, sayName, useText } from "#renderer/text/text.ts";
import type { EditionView } from "#shared/contract.ts";
import { categoriesEver } from "#shared/domain/table/categories-ever.ts";
import type { RowChange } from "#shared/domain/table/edition.ts";
import { columnsOf, type TableName } from "#shared/domain/table/tables.ts";

type Rows = readonly (readonly string[])[];

/** What is about to be published; who set which edition, when, why, and what it changed; and how the present one differs from the default. */
export function Editions(props: {
  readonly table: TableName;
  readonly pending: readonly RowChange[];
  readonly editions: readonly EditionView[];
  readonly differs: readonly RowChange[];
  /** Rows as they are or were: what is called by its code has its name there. */
  readonly rows: Rows;
}) {
  const t = useText();
  const [isOpen, setOpen] = useState(false);
  const { table, pending, editions, differs } = props;
  useHotkey(hotkeys.rules.editions, () => setOpen(!isOpen), { label: t("tables.key.editions") });
  const nameOf = useNames(table, props.rows);
  const lines = (changes: readonly RowChange[]) => <ChangeLines table={table} changes={changes} nameOf={nameOf} />;
  return (
    <details className="tables-editions" open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        {editions.length === 0
          ? t("tables.editions.none")
          : t("tables.editions", { count: editions.length, differs: differs.length })}
        {pending.length > 0 && t("tables.pending.count", { count: pending.length })}{" "}
        <Key name={hotkeys.rules.editions} />
      </summary>
      {pending.length > 0 && (
        <>
          <h3>{t("tables.pending")}</h3>
          {lines(pending)}
        </>
      )}
      <ol>
        {editions.map((one) => (
          <li key={one.edition}>
            <p>
              <b>{t("tables.edition", { edition: one.edition })}</b> <span className="figures">{dateText(one.at)}</span>{" "}
              {one.from === "district" ? t("tables.by_district") : one.byName} {one.note}{" "}
              <span className="soft">
                {one.changes.length === 0 && one.added + one.changed + one.removed === 0
                  ? t("tables.first", { rows: one.rows })
                  : t("tables.counts", { added: one.added, changed: one.changed, removed: one.removed })}
              </span>
            </p>
            {lines(one.changes)}
          </li>
        ))}
      </ol>
      {differs.length > 0 && (
        <>
          <h3>{t("tables.differs")}</h3>
          {lines(differs)}
        </>
      )}
    </details>
  );
}

/** A row by the words of the screen: its key says codes (`traffic_order/urgent`). */
function useNames(table: TableName, rows: Rows): (key: string) => string {
  const tables = useDesk("system.tables", {}).data;
  const columns = Object.entries(columnsOf(table));
  const keys = columns.filter(([, { key }]) => key);
  const [code, name] = ["code", "name"].map((wanted) => columns.findIndex(([key]) => key === wanted));
  const own = (value: string) => rows.find((row) => row[code ?? -1] === value)?.[name ?? -1];
  const category = (value: string) => {
    const row = tables && categoriesEver(tables).find((one) => one.code === value);
    return row && sayName(row);
  };
  return (key) => {
    const parts = key.split("/");
    return keys
      .map(([, { how }], at) => {
        const value = (at === keys.length - 1 ? parts.slice(at).join("/") : parts[at]) ?? "";
        const called =
          how.kind === "choice"
            ? how.names[value] && say(how.names[value])
            : how.kind === "code"
              ? own(value)
              : how.kind === "ref"
                ? category(value)
                : value;
        return called || value;
      })
      .filter(Boolean)
      .join(" ");
  };
}

const most = 20;

function ChangeLines(props: {
  readonly table: TableName;
  readonly changes: readonly RowChange[];
  readonly nameOf: (key: string) => string;
}) {
  const t = useText();
  const { table, changes } = props;
  const names = (columns: readonly string[]) =>
    columns.map((key) => say(columnsOf(table)[key]?.name ?? { zh: key, en: key })).join(t("tables.between"));
  return (
    <ul className="tables-changes">
      {changes.slice(0, most).map(({ key, change, columns }) => (
        <li key={`${change}/${key}`}>
          {t(`tables.change.${change}`)} <b>{props.nameOf(key)}</b>{" "}
          {columns.length > 0 && <span className="soft">{names(columns)}</span>}
        </li>
      ))}
      {changes.length > most && <li className="soft">{t("tables.more", { count: changes.length - most })}</li>}
    </ul>
  );
}
