import { useDesk } from "#renderer/bridge/use-desk.ts";
import { say, sayName, useText } from "#renderer/text/text.ts";
import { categoriesEver } from "#shared/domain/table/categories-ever.ts";
import type { RowChange } from "#shared/domain/table/edition.ts";
import { columnsOf, type TableName } from "#shared/domain/table/tables.ts";

type Rows = readonly (readonly string[])[];

/** A row by the words of the screen: its key says codes (`traffic_order/urgent`). `rows`: as they are or were, where a code has its name. */
export function useNames(table: TableName, rows: Rows): (key: string) => string {
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

/** Rows that came, went or were changed, each by its name. */
export function ChangeLines(props: {
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
