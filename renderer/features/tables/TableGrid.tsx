import { type KeyboardEvent, memo, type Ref, useImperativeHandle, useMemo, useRef, useState } from "react";
import { useHotkey, useNotedKey } from "#renderer/parts/index.ts";
import { hotkeys } from "#renderer/parts/keys.ts";
import { say, useText } from "#renderer/text/text.ts";
import type { TableProblemView } from "#shared/contract.ts";
import { columnsOf, type TableName } from "#shared/domain/table/tables.ts";
import { CellBar } from "./CellBar.tsx";
import { hasLines, inOneLine, typedInto, withLines } from "./cell-lines.ts";

export interface Spot {
  readonly at: number;
  readonly col: number;
}

export interface GridHandle {
  /** The hand on this cell, whether the words that are looked for show it or not; without one, on the first that is shown. */
  focus(spot?: Spot): void;
  /** Where the hand is, or was last. */
  here(): Spot | null;
}

interface GridProps {
  readonly table: TableName;
  readonly cells: readonly (readonly string[])[];
  /** As they stand: what is different is marked. */
  readonly before: readonly (readonly string[])[];
  /** Other words for one of those. */
  readonly alike: readonly (readonly string[])[];
  readonly problems: readonly TableProblemView[];
  readonly readOnly: boolean;
  readonly handle: Ref<GridHandle>;
  /** `cell`: typed into one cell; else rows came or went. */
  readonly onChange: (cells: readonly (readonly string[])[], cell: Spot | null) => void;
  readonly onUndo: () => void;
}

/** More rows at once would make each key stroke slow; the rest is found by words. */
const shownMost = 200;
const nothing: readonly TableProblemView[] = [];

/** Rows as fields: arrows up and down and Enter go through a column, Tab through a row, Ctrl+Delete takes a row away. */
export function TableGrid(props: GridProps) {
  const { table, cells, before, alike, problems, readOnly, onChange } = props;
  const t = useText();
  const [find, setFind] = useState("");
  const [here, setHere] = useState<Spot | null>(null);
  const grid = useRef<HTMLTableElement>(null);
  const search = useRef<HTMLInputElement>(null);
  const columns = Object.entries(columnsOf(table));
  const wanted = find.trim().toLowerCase();
  const isFound = (row: readonly string[]) => !wanted || row.some((cell) => cell.toLowerCase().includes(wanted));
  // The row under the hand stays: what is typed into it may be other words than those that are looked for.
  const found = cells.flatMap((row, at) => (at === here?.at || isFound(row) ? [{ row, at }] : []));
  const shown = found.filter(({ at }, index) => index < shownMost || at === here?.at);
  const known = useMemo(() => new Set([...before, ...alike].map((row) => JSON.stringify(row))), [before, alike]);
  const wrong = useMemo(() => {
    const rows = new Map<number | null, TableProblemView[]>();
    for (const one of problems) rows.set(one.row, [...(rows.get(one.row) ?? []), one]);
    return rows;
  }, [problems]);

  const cellAt = ({ at, col }: Spot) =>
    grid.current?.querySelector<HTMLElement>(`[data-at="${at}"][data-col="${col}"]`) ?? null;
  const focus = (spot: Spot | undefined) => {
    const wish = spot ?? (shown[0] ? { at: shown[0].at, col: 0 } : null);
    if (!wish) return;
    setHere(wish);
    // It may be drawn only now.
    requestAnimationFrame(() => cellAt(wish)?.focus());
  };
  useImperativeHandle(props.handle, () => ({ focus, here: () => here }));
  useHotkey(hotkeys.rules.find, () => search.current?.focus(), { label: t("tables.find") });
  useNotedKey("Ctrl+Delete", t("tables.key.remove"));

  /** What the rows call: the same functions all the time, so that a key stroke draws one row. */
  const latest = useRef({ set: (_: Spot, __: string) => {}, key: (_: KeyboardEvent, __: Spot) => {} });
  latest.current = {
    set: ({ at, col }, text) =>
      onChange(
        cells.map((row, index) => (index === at ? row.map((cell, place) => (place === col ? text : cell)) : row)),
        { at, col },
      ),
    key: (event, { at, col }) => {
      if (event.nativeEvent.isComposing || event.altKey) return;
      const line = shown.findIndex((one) => one.at === at);
      if (event.ctrlKey && !readOnly && (event.key === "Delete" || event.key === "z")) {
        event.preventDefault();
        if (event.key === "z") return props.onUndo();
        onChange(
          cells.filter((_, index) => index !== at),
          null,
        );
        const next = shown[line + 1] ? at : shown[line - 1]?.at;
        if (next !== undefined) focus({ at: next, col });
        return;
      }
      if (event.ctrlKey) return;
      const step = event.key === "ArrowDown" || event.key === "Enter" ? 1 : event.key === "ArrowUp" ? -1 : 0;
      if (step === 0) return;
      event.preventDefault();
      if (event.key === "Enter" && event.shiftKey && !readOnly && hasLines(columns[col]?.[1].how))
        return hands.set({ at, col }, typedInto(event.currentTarget as HTMLInputElement, "\n"));
      const next = shown[line + step];
      if (next) cellAt({ at: next.at, col })?.focus();
    },
  };
  const hands = useMemo(
    (): Hands => ({
      set: (spot, text) => latest.current.set(spot, text),
      key: (event, spot) => latest.current.key(event, spot),
      come: setHere,
    }),
    [],
  );
  const row = here && cells[here.at];
  return (
    <div className="tables-grid">
      <div className="tables-find">
        <input
          ref={search}
          className="input"
          value={find}
          placeholder={t("tables.find")}
          aria-label={t("tables.find")}
          onChange={(event) => {
            setHere(null);
            setFind(event.target.value);
          }}
          onKeyDown={(event) => {
            if (event.nativeEvent.isComposing || (event.key !== "Enter" && event.key !== "ArrowDown")) return;
            event.preventDefault();
            focus(undefined);
          }}
        />
        <span className="soft figures">
          {t("tables.shown", { shown: shown.length, all: cells.length })}
          {found.length > shownMost && t("tables.narrow")}
        </span>
      </div>
      <div className="tables-scroll">
        <table ref={grid}>
          <thead>
            <tr>
              <th scope="col" className="figures">
                #
              </th>
              {columns.map(([key, { name, required, how }]) => (
                <th key={key} scope="col" className={`tables-col-${how.kind}`}>
                  {say(name)}
                  {required && <span className="ask-must">*</span>}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map(({ row: one, at }) => (
              <GridRow
                key={at}
                table={table}
                row={one}
                at={at}
                isChanged={!known.has(JSON.stringify(one))}
                problems={wrong.get(at) ?? nothing}
                readOnly={readOnly}
                hands={hands}
              />
            ))}
          </tbody>
        </table>
      </div>
      <CellBar
        table={table}
        spot={row ? here : null}
        text={row?.[here?.col ?? 0] ?? ""}
        problem={here ? wrong.get(here.at)?.find(({ column }) => column === columns[here.col]?.[0]) : undefined}
      />
    </div>
  );
}

interface Hands {
  readonly set: (spot: Spot, text: string) => void;
  readonly key: (event: KeyboardEvent, spot: Spot) => void;
  readonly come: (spot: Spot) => void;
}

const GridRow = memo(function GridRow(props: {
  readonly table: TableName;
  readonly row: readonly string[];
  readonly at: number;
  readonly isChanged: boolean;
  readonly problems: readonly TableProblemView[];
  readonly readOnly: boolean;
  readonly hands: Hands;
}) {
  const { table, row, at, problems, hands } = props;
  const t = useText();
  return (
    <tr className={props.isChanged ? "is-changed" : ""}>
      <th scope="row" className="figures">
        {at + 1}
      </th>
      {Object.entries(columnsOf(table)).map(([key, { name }], col) => {
        const problem = problems.find(({ column }) => column === key);
        return (
          <td key={key} className={problem ? (problem.grave ? "is-wrong" : "is-doubtful") : ""}>
            <input
              data-at={at}
              data-col={col}
              value={inOneLine(row[col] ?? "")}
              readOnly={props.readOnly}
              aria-label={t("tables.cell", { column: say(name), row: at + 1 })}
              aria-invalid={problem?.grave || undefined}
              onFocus={() => hands.come({ at, col })}
              onChange={(event) => hands.set({ at, col }, withLines(event.target.value))}
              onPaste={(event) => {
                const pasted = event.clipboardData.getData("text").trim();
                if (props.readOnly || !/[\r\n]/.test(pasted)) return;
                event.preventDefault();
                hands.set({ at, col }, typedInto(event.currentTarget, pasted));
              }}
              onKeyDown={(event) => hands.key(event, { at, col })}
            />
          </td>
        );
      })}
    </tr>
  );
});
