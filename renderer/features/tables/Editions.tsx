import { dateText } from "#renderer/text/format.ts";
import { say, useText } from "#renderer/text/text.ts";
import type { EditionView } from "#shared/contract.ts";
import type { RowChange } from "#shared/domain/table/edition.ts";
import { columnsOf, type TableName } from "#shared/domain/table/tables.ts";

/** Who set which edition, when, why, and what it changed; and how the present one differs from the default. */
export function Editions(props: {
  readonly table: TableName;
  readonly editions: readonly EditionView[];
  readonly differs: readonly RowChange[];
}) {
  const t = useText();
  const { table, editions, differs } = props;
  return (
    <details className="tables-editions">
      <summary>{t("tables.editions", { count: editions.length, differs: differs.length })}</summary>
      {editions.length === 0 && <p className="soft">{t("tables.editions.none")}</p>}
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
            <ChangeLines table={table} changes={one.changes} />
          </li>
        ))}
      </ol>
      {differs.length > 0 && (
        <>
          <h3>{t("tables.differs")}</h3>
          <ChangeLines table={table} changes={differs} />
        </>
      )}
    </details>
  );
}

const most = 20;

function ChangeLines({ table, changes }: { table: TableName; changes: readonly RowChange[] }) {
  const t = useText();
  const names = (columns: readonly string[]) =>
    columns.map((key) => say(columnsOf(table)[key]?.name ?? { zh: key, en: key })).join("、");
  return (
    <ul className="tables-changes">
      {changes.slice(0, most).map(({ key, change, columns }) => (
        <li key={`${change}/${key}`}>
          {t(`tables.change.${change}`)} {key} {columns.length > 0 && <span className="soft">{names(columns)}</span>}
        </li>
      ))}
      {changes.length > most && <li className="soft">{t("tables.more", { count: changes.length - most })}</li>}
    </ul>
  );
}
