import type { TableClash } from "./clash.ts";
import { deletedMark } from "./column.ts";
import { columnsOf, type TableName } from "./tables.ts";

type Row = readonly string[];
type Rows = readonly Row[];

/** The places of the cells that name a row. */
const keyPlaces = (table: TableName): number[] =>
  Object.values(columnsOf(table)).flatMap(({ key }, at) => (key ? [at] : []));

/** A cell without what it says of a row that was taken out: that may be said since. */
const bare = (cell: string | undefined): string | undefined => cell?.trim().replace(deletedMark, "");

/** What a row is called by the words of its cells. */
export const cellKey = (table: TableName, row: Row): string =>
  keyPlaces(table)
    .map((at) => bare(row[at]) ?? "")
    .join(" ");

/** Rows by their names; of those that have the same, the second is called so. */
function named(table: TableName, rows: Rows): Map<string, Row> {
  const found = new Map<string, Row>();
  for (const row of rows) {
    const key = cellKey(table, row);
    let name = key;
    for (let again = 2; found.has(name); again++) name = `${key} ${again}`;
    found.set(name, row);
  }
  return found;
}

const same = (one: Row | undefined, other: Row | undefined): boolean =>
  one !== undefined && other !== undefined && one.every((cell, at) => bare(cell) === bare(other[at]));

/**
 * TB-12: what was typed into a table, laid on an edition that came meanwhile. `base`: the table as it was when the typing began. Who alone
 * changed a cell has it; where both did, the typed one stands and is named.
 */
export function rebaseTable(
  table: TableName,
  base: Rows,
  typed: Rows,
  came: Rows,
): { readonly cells: string[][]; readonly clashes: TableClash[] } {
  const columns = Object.keys(columnsOf(table));
  const [was, mine, theirs] = [named(table, base), named(table, typed), named(table, came)];
  const clashes: TableClash[] = [];
  const laid = new Map<string, string[]>();
  for (const [key, row] of theirs) {
    const own = mine.get(key);
    const before = was.get(key);
    if (own)
      laid.set(
        key,
        own.map((cell, at) => merged(key, at, before?.[at], cell, row[at] ?? "")),
      );
    else if (before === undefined) laid.set(key, [...row]);
    else if (!same(before, row))
      clashes.push({ key, kind: "gone_here", column: null, mine: "", theirs: row.join("、"), row: [...row] });
  }
  function merged(key: string, at: number, before: string | undefined, own: string, other: string): string {
    if (bare(other) === bare(own)) return other;
    if (bare(other) === bare(before)) return own;
    if (bare(own) === bare(before)) return other;
    clashes.push({ key, kind: "cell", column: columns[at] ?? null, mine: own, theirs: other, row: [] });
    return own;
  }
  // What was typed and is not there: each below the row that it stood below.
  const order = [...laid.keys()];
  let last = -1;
  for (const [key, row] of mine) {
    const at = order.indexOf(key);
    if (at >= 0) {
      last = at;
      continue;
    }
    const before = was.get(key);
    if (before && same(before, row)) continue;
    if (before) clashes.push({ key, kind: "gone_there", column: null, mine: row.join("、"), theirs: "", row: [] });
    order.splice(++last, 0, key);
    laid.set(key, [...row]);
  }
  return { cells: order.map((key) => laid.get(key) ?? []), clashes };
}
