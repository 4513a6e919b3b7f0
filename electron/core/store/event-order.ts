import type { EventSort } from "#shared/contract.ts";
import { type Db, sql } from "./database.ts";
import { type Part, part, type Value, valuesOf, whereOf } from "./where.ts";

/** An order of the queue: open events and ended ones apart, or all together; then its columns and, last, the row; all up or all down. */
export interface Sorting {
  /** `open` of the halves as they come one after the other: `[1, 0]` has open events first, `[]` knows no halves. */
  readonly halves: readonly (0 | 1)[];
  readonly columns: readonly string[];
  readonly down: boolean;
}

const openFirst = [1, 0] as const;
const by = (column: string): Sorting => ({ halves: [], columns: [column, "reported_at"], down: false });
const sortings: Readonly<Record<EventSort, Sorting>> = {
  urgency: { halves: openFirst, columns: ["level", "due_at"], down: false },
  due: { halves: openFirst, columns: ["due_at"], down: false },
  newest: { halves: [], columns: ["reported_at"], down: true },
  level: by("level"),
  // Every state of an open event stands before those of ended ones.
  state: { ...by("stage"), halves: openFirst },
  category: by("category"),
  board: by("board"),
  source: by("source"),
  community: by("community"),
  lead: by("lead"),
};

export function sortingOf(sort: EventSort, turned: boolean): Sorting {
  const sorting = sortings[sort];
  if (!turned) return sorting;
  const halves = sort === "state" ? sorting.halves.toReversed() : sorting.halves;
  return { ...sorting, halves, down: !sorting.down };
}

/** As words find them: open events first, the last to arrive first in both. */
export const asFound: Sorting = { halves: openFirst, columns: [], down: true };

/** Where a row stands in an order: in its first half or its second (0 if it knows none), its columns, its row; the half alone: before all of it. */
export type Key = readonly Value[];

const marks = (count: number): string => Array.from({ length: count }, () => "?").join(", ");
const columnsOf = ({ columns }: Sorting): string => [...columns, "row"].join(", ");
/** What comes after a key within the open ones, the ended ones, or all where that does not count. */
const beyond = (sorting: Sorting, key: Key): Part =>
  part(`(${columnsOf(sorting)}) ${sorting.down ? "<" : ">"} (${marks(key.length - 1)})`, ...key.slice(1));
const halfOf = ({ halves: [first] }: Sorting): string => (first === undefined ? "0" : `abs(open - ${first})`);

/** The key of a row; `undefined`: it is not there. */
export function keyOf(db: Db, sorting: Sorting, row: number): Key | undefined {
  const text = `SELECT ${halfOf(sorting)}, ${columnsOf(sorting)} FROM duty_event WHERE row = ?`;
  return sql(db, text).raw().get(row) as Key | undefined;
}

/** Whether a row that is there comes after a key. */
export function comesAfter(db: Db, sorting: Sorting, row: number, key: Key): boolean {
  const half = halfOf(sorting);
  const { text, values } = beyond(sorting, key);
  const after = `SELECT ${half} > ? OR (${half} = ? AND ${text}) FROM duty_event WHERE row = ?`;
  return (
    sql(db, after)
      .pluck()
      .get(key[0], key[0], ...values, row) === 1
  );
}

/**
 * The rows after a key (`null`: from the first) in the order of an index: what it costs does not depend on how deep the key
 * lies. `sorted`: few rows match, so they are found first and sorted then.
 */
export function rowsAfter(
  db: Db,
  sorting: Sorting,
  parts: readonly Part[],
  { after, limit, sorted = false }: { readonly after: Key | null; readonly limit: number; readonly sorted?: boolean },
): number[] {
  const found: number[] = [];
  const plus = sorted ? "+" : "";
  const order = [...sorting.columns, "row"]
    .map((column) => `${plus}${column}${sorting.down ? " DESC" : ""}`)
    .join(", ");
  const first = Number(after?.[0] ?? 0);
  const halves = sorting.halves.length > 0 ? sorting.halves : [null];
  for (const [half, open] of halves.entries()) {
    if (half < first || found.length >= limit) continue;
    const within = [
      ...(open === null ? [] : [part(`${plus}open = ${open}`)]),
      ...parts,
      ...(after && after.length > 1 && half === first ? [beyond(sorting, after)] : []),
    ];
    const text = `SELECT row FROM duty_event ${whereOf(within)} ORDER BY ${order} LIMIT ?`;
    const rows = db
      .prepare(text)
      .pluck()
      .all(...valuesOf(within), Math.min(limit - found.length, 2 ** 31)) as number[];
    for (const row of rows) found.push(row);
  }
  return found;
}
