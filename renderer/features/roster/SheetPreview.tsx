import { memo, useMemo, useState } from "react";
import { useText } from "#renderer/text/text.ts";
import type { RosterReadingView } from "#shared/contract.ts";
import { columnLetters } from "#shared/lib/cell-name.ts";
import { placeOf, readText, type SheetCell, type Wording } from "./sheet-words.ts";

interface Props {
  readonly sheets: RosterReadingView["sheets"];
  readonly words: Wording;
  /** Cells that the question under the hand speaks of. */
  readonly asked: readonly string[];
}

/** The sheet as it came, and under each text what it was taken for. */
export const SheetPreview = memo(function SheetPreview({ sheets, words, asked }: Props) {
  const t = useText();
  const shown = sheets.filter((sheet) => sheet.layout !== "none" && !sheet.hidden);
  const [chosen, setChosen] = useState(0);
  const at = Math.min(chosen, shown.length - 1);
  const sheet = shown[at];
  const { rows, columns } = useMemo(() => laidOut(sheet?.cells ?? []), [sheet]);
  if (!sheet) return null;
  return (
    <>
      {shown.length > 1 && (
        <p className="sheet-tabs">
          {shown.map((one, index) => (
            <button
              key={one.sheet}
              type="button"
              className="button"
              aria-pressed={index === at}
              onClick={() => setChosen(index)}
            >
              {one.sheet}
            </button>
          ))}
        </p>
      )}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys */}
      <section className="sheet-frame" aria-label={t("roster.sheet.preview")} tabIndex={0}>
        <table className="sheet-grid">
          <thead>
            <tr>
              <th className="sheet-corner" aria-label={t("roster.sheet.row")} />
              {columns.map((col) => (
                <th key={col} scope="col">
                  {columnLetters(col)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ row, cells }) => (
              <tr key={row}>
                <th scope="row">{row}</th>
                {columns.map((col) => {
                  const cell = cells.get(col);
                  const here = cell && asked.includes(cell.cell);
                  return cell ? (
                    <td
                      key={col}
                      className={`sheet-cell as-${cell.as} ${here ? "is-asked" : ""}`}
                      data-cell={cell.cell}
                    >
                      <span className="sheet-text">{cell.text}</span>
                      <span className="sheet-as">{readText(cell, words)}</span>
                    </td>
                  ) : (
                    <td key={col} className="sheet-cell" />
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
        {sheet.unshown > 0 && <p className="sheet-more">{t("roster.sheet.unshown", { cells: sheet.unshown })}</p>}
      </section>
    </>
  );
});

function laidOut(cells: readonly SheetCell[]) {
  const rows = new Map<number, Map<number, SheetCell>>();
  const columns = new Set<number>();
  for (const cell of cells) {
    const place = placeOf(cell.cell);
    if (!place) continue;
    columns.add(place.col);
    rows.set(place.row, (rows.get(place.row) ?? new Map<number, SheetCell>()).set(place.col, cell));
  }
  return {
    rows: [...rows].sort(([a], [b]) => a - b).map(([row, own]) => ({ row, cells: own })),
    columns: [...columns].sort((a, b) => a - b),
  };
}
