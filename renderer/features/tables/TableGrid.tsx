import { type KeyboardEvent, useRef, useState } from "react";
import { say, useText } from "#renderer/text/text.ts";
import type { TableProblemView } from "#shared/contract.ts";
import { columnsOf, type TableName } from "#shared/domain/table/tables.ts";

interface GridProps {
  readonly table: TableName;
  readonly cells: readonly (readonly string[])[];
  /** As they stand: what is different is marked. */
  readonly before: readonly (readonly string[])[];
  readonly problems: readonly TableProblemView[];
  readonly readOnly: boolean;
  readonly onChange: (cells: readonly (readonly string[])[]) => void;
}

/** More rows at once would make each key stroke slow; the rest is found by words. */
const shownMost = 200;

/** Rows as fields: arrows up and down and Enter go through a column, Tab through a row, Ctrl+Delete takes a row away. */
export function TableGrid({ table, cells, before, problems, readOnly, onChange }: GridProps) {
  const t = useText();
  const [find, setFind] = useState("");
  const grid = useRef<HTMLTableElement>(null);
  const columns = Object.entries(columnsOf(table));
  const wanted = find.trim().toLowerCase();
  const rows = cells.map((row, at) => ({ row, at }));
  const found = wanted ? rows.filter(({ row }) => row.some((cell) => cell.toLowerCase().includes(wanted))) : rows;
  const shown = found.slice(0, shownMost);
  const known = new Set(before.map((row) => JSON.stringify(row)));
  const marks = new Map(problems.map((one) => [`${one.row}/${one.column}`, one]));
  const set = (at: number, col: number, text: string) =>
    onChange(cells.map((row, index) => (index === at ? row.map((cell, place) => (place === col ? text : cell)) : row)));
  const focusOn = (line: number, col: number) =>
    grid.current?.querySelector<HTMLElement>(`[data-line="${line}"][data-col="${col}"]`)?.focus();
  const onKey = (event: KeyboardEvent<HTMLInputElement>, line: number, at: number, col: number) => {
    if (event.nativeEvent.isComposing || event.altKey) return;
    if (event.ctrlKey && event.key === "Delete" && !readOnly) {
      event.preventDefault();
      onChange(cells.filter((_, index) => index !== at));
      requestAnimationFrame(() => focusOn(Math.max(0, line - 1), col));
      return;
    }
    if (event.ctrlKey) return;
    const step = event.key === "ArrowDown" || event.key === "Enter" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    focusOn(line + step, col);
  };
  return (
    <div className="tables-grid">
      <div className="tables-find">
        <input
          className="input"
          value={find}
          placeholder={t("tables.find")}
          aria-label={t("tables.find")}
          onChange={(event) => setFind(event.target.value)}
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
              {columns.map(([key, { name, required }]) => (
                <th key={key} scope="col" className={`tables-col-${columnsOf(table)[key]?.how.kind}`}>
                  {say(name)}
                  {required && <span className="ask-must">*</span>}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map(({ row, at }, line) => (
              <tr key={at} className={known.has(JSON.stringify(row)) ? "" : "is-changed"}>
                <th scope="row" className="figures">
                  {at + 1}
                </th>
                {columns.map(([key, { name }], col) => {
                  const problem = marks.get(`${at}/${key}`);
                  return (
                    <td key={key} className={problem ? (problem.grave ? "is-wrong" : "is-doubtful") : ""}>
                      <input
                        data-line={line}
                        data-col={col}
                        value={row[col] ?? ""}
                        readOnly={readOnly}
                        title={problem ? t(`tables.problem.${problem.problem}`, problem.params) : row[col]}
                        aria-label={t("tables.cell", { column: say(name), row: at + 1 })}
                        aria-invalid={problem?.grave || undefined}
                        onChange={(event) => set(at, col, event.target.value)}
                        onKeyDown={(event) => onKey(event, line, at, col)}
                      />
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}
