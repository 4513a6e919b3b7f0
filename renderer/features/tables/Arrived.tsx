import { useDesk } from "#renderer/bridge/use-desk.ts";
import { Button } from "#renderer/parts/index.ts";
import { hotkeys } from "#renderer/parts/keys.ts";
import { dateText } from "#renderer/text/format.ts";
import { languageNow, say, useText } from "#renderer/text/text.ts";
import { cellKey } from "#shared/domain/table/rebase.ts";
import { columnsOf, type TableName } from "#shared/domain/table/tables.ts";
import { ChangeLines, useNames } from "./ChangeLines.tsx";
import type { Cells, Clash, Edited } from "./edits.ts";
import { stepLines } from "./step-lines.ts";
import type { Spot } from "./TableGrid.tsx";

/** TB-12: an edition came while somebody edits: which, by whom, what it changed, and what may be done with the edits, which are kept. */
export function Arrived(props: {
  readonly table: TableName;
  readonly edited: Edited;
  readonly rows: Cells;
  readonly lay: (laid: Pick<Edited, "was" | "cells" | "clashes">) => void;
  readonly override: (digest: string) => void;
}) {
  const t = useText();
  const { table, edited, lay, override } = props;
  const language = edited.language ?? languageNow();
  const cells = edited.cells.map((row) => [...row]);
  const { data } = useDesk("table.rebase", { table, cells, was: edited.was, language });
  const nameOf = useNames(table, props.rows);
  if (!data) return null;
  const came = data.came.map(({ edition, at, from, byName, note }) =>
    t(note ? "tables.came.because" : "tables.came", {
      edition,
      at: dateText(at),
      by: from === "district" ? t("tables.by_district") : byName,
      note,
    }),
  );
  return (
    <section className="tables-stale" aria-label={t("tables.arrived")} role="alert">
      <p>
        <b>{t("tables.stale", { came: came.join(t("tables.between")) })}</b>{" "}
        {t(data.known ? "tables.stale.known" : "tables.stale.unknown")}
      </p>
      <ChangeLines table={table} changes={data.changes} nameOf={nameOf} />
      <p className="tables-choices">
        {data.known && (
          <Button
            tone="next"
            hotkey={hotkeys.rules.lay}
            keyLabel={t("tables.stale.lay")}
            onPress={() => lay({ was: data.digest, cells: data.cells, clashes: data.clashes })}
          >
            {t("tables.stale.lay")}
          </Button>
        )}
        <Button onPress={() => override(data.digest)}>{t("tables.stale.seen")}</Button>
      </p>
    </section>
  );
}

/** TB-12: where both changed the same: the typed one stands until a person has chosen. */
export function Clashes(props: {
  readonly table: TableName;
  readonly cells: Cells;
  readonly clashes: readonly Clash[];
  readonly goTo: (spot: Spot) => void;
  readonly choose: (clashes: readonly Clash[], theirs: boolean) => void;
}) {
  const t = useText();
  const { table, cells, clashes, goTo, choose } = props;
  const columns = Object.entries(columnsOf(table));
  return (
    <section className="tables-stale tables-clashes" aria-label={t("tables.clashes")}>
      <p className="tables-choices">
        <b>{t("tables.clashes.about", { count: clashes.length })}</b>
        <Button onPress={() => choose(clashes, false)}>{t("tables.clash.all_mine")}</Button>
        <Button onPress={() => choose(clashes, true)}>{t("tables.clash.all_theirs")}</Button>
      </p>
      <ul onKeyDown={stepLines}>
        {clashes.map((one) => {
          const at = cells.findIndex((row) => cellKey(table, row) === one.key);
          const col = columns.findIndex(([name]) => name === one.column);
          const column = columns[col]?.[1].name;
          const called = cells[at]?.[columns.findIndex(([name]) => name === "name")] || one.key;
          return (
            <li key={`${one.key}/${one.kind}/${one.column}`}>
              <p>
                {at >= 0 ? (
                  <button type="button" className="button-link" onClick={() => goTo({ at, col: Math.max(0, col) })}>
                    <b>
                      {t("tables.row", { row: at + 1 })} {called} {column && say(column)}
                    </b>
                  </button>
                ) : (
                  <b>{one.key}</b>
                )}{" "}
                {t(`tables.clash.${one.kind}`, { mine: one.mine, theirs: one.theirs })}{" "}
                <button type="button" className="button-link" onClick={() => choose([one], false)}>
                  {t("tables.clash.mine")}
                </button>{" "}
                <button type="button" className="button-link" onClick={() => choose([one], true)}>
                  {t("tables.clash.theirs")}
                </button>
              </p>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
