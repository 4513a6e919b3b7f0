import { type EventSelection, eventFilterNames, type ParsedOf } from "#shared/contract.ts";
import { ok } from "#shared/lib/result.ts";
import type { Answer, Desk } from "../desk.ts";
import { type Db, sql } from "../store/database.ts";
import { asFound, type Key, keyOf, rowsAfter, type Sorting, sortingOf } from "../store/event-order.ts";
import { type HeldOrder, type Listing, openOrder, orderOf, placeAfter } from "../store/held-order.ts";
import { asksOpen, isEnded, type Part, part, valuesOf, whereOf } from "../store/where.ts";
import { initialsQueryOf, queryOf } from "../store/words.ts";
import { isRange, movesByItself, partsOf, soughtWords, withWholeNumber } from "./event-filter.ts";
import { rowsAt } from "./events.ts";
import { hitOf } from "./hit.ts";

type Asked = ParsedOf<"event.list">;

/** What is counted exactly; of more the page says "more than". Counting on would cost more than the page. */
const countedMost = { inOrder: 10_000, words: 1000 } as const;

interface Page {
  readonly rows: readonly number[];
  readonly next: string | null;
  readonly total: number;
  readonly more: boolean;
}

const counted = (count: number, most: number) => ({ total: Math.min(count, most), more: count > most });

/**
 * A page of the queue. The first page and the one after a cursor come straight from an index where there is one; a page
 * at any other place, and lists that no index gives, come from an order that is held (`held-order.ts`).
 */
export async function listEvents(desk: Desk, typed: Asked): Promise<Answer<"event.list">> {
  const { db } = desk;
  const asked = withWholeNumber(desk, typed);
  const parts = partsOf(desk, asked);
  const listing = listingOf(asked, parts);
  const page =
    asked.from === undefined && listing.sought !== null && isPlain({ ...asked, sort: "newest" }, parts)
      ? pageOfWords(db, asked, parts, asked.search ?? "")
      : asked.from === undefined && listing.sought === null && isPlain(asked, parts)
        ? pageInOrder(db, asked, listing)
        : await pageOfOrder(db, asked, listing);
  return ok({ ...page, rows: rowsAt(desk, page.rows).map((row) => ({ ...row, hit: hitOf(desk, row, asked.search) })) });
}

function listingOf(asked: EventSelection, parts: readonly Part[]): Listing {
  const words = asked.search === undefined ? null : queryOf(asked.search);
  if (words === null) return { sorting: sortingOf(asked.sort, asked.turned), parts, sought: null };
  return { sorting: asFound, parts, sought: soughtIn("duty_event", asked.search ?? "") };
}

/** Filters that an index has beside the order of reporting. */
const indexedNames = ["levels", "states", "categories", "boards", "sources", "communities"] as const;
const isIndexed = (name: string) => (indexedNames as readonly string[]).includes(name);

/** Whether an index gives the page at once: few are open, and of all others one filter with one value has its newest in order. */
function isPlain(asked: Asked, parts: readonly Part[]): boolean {
  if (parts.some(asksOpen) || asked.view === "unconfirmed") return true;
  if (eventFilterNames.some((name) => !isIndexed(name) && asked[name] !== undefined)) return false;
  const named = indexedNames.filter((name) => asked[name]?.length);
  if (asked.view === "shift" || asked.view === "today") return true;
  const one = named[0];
  return one === undefined || (named.length === 1 && asked[one]?.length === 1 && asked.sort === "newest");
}

/** Few rows match: they are found by what they match and sorted then, not looked for along another order. */
const isFew = ({ view }: Asked, parts: readonly Part[], { halves }: Sorting): boolean =>
  parts.some(isRange) || view === "unconfirmed" || (parts.some(asksOpen) && halves.length === 0);

const cursorOf = (db: Db, sorting: Sorting, row: number | undefined): string | null => {
  const key = row === undefined ? undefined : keyOf(db, sorting, row);
  return key ? JSON.stringify(key) : null;
};
/** A cursor that is none of ours begins anew. */
function keyIn(cursor: string | undefined, { columns }: Sorting): Key | null {
  try {
    const key: unknown = JSON.parse(cursor ?? "null");
    const isKey =
      Array.isArray(key) &&
      key.length === columns.length + 2 &&
      key.every((value) => typeof value === "number" || typeof value === "string");
    return isKey ? (key as Key) : null;
  } catch {
    return null;
  }
}

function pageInOrder(db: Db, asked: Asked, { sorting, parts }: Listing): Page {
  const after = keyIn(asked.cursor, sorting);
  const limit = asked.limit + 1;
  const rows =
    sorting.halves.length > 0 && parts.every(asksOpen)
      ? halfByHalf(db, sorting, { after, limit, ended: parts.length === 0 })
      : rowsAfter(db, sorting, parts, { after, limit, sorted: isFew(asked, parts, sorting) });
  const shown = rows.slice(0, asked.limit);
  const total = db
    .prepare(`SELECT count(*) FROM (SELECT 1 FROM duty_event ${whereOf(parts)} LIMIT ?)`)
    .pluck()
    .get(...valuesOf(parts), countedMost.inOrder + 1) as number;
  const next = rows.length > asked.limit ? cursorOf(db, sorting, shown.at(-1)) : null;
  return { rows: shown, next, ...counted(total, countedMost.inOrder) };
}

/** Open events out of the order that is held of them, ended ones from their index. */
function halfByHalf(
  db: Db,
  sorting: Sorting,
  { after, limit, ended }: { readonly after: Key | null; readonly limit: number; readonly ended: boolean },
): number[] {
  const found: number[] = [];
  const first = Number(after?.[0] ?? 0);
  for (const [half, open] of sorting.halves.entries()) {
    const most = limit - found.length;
    if (half < first || most === 0 || (open === 0 && !ended)) continue;
    const key = half === first ? after : null;
    if (open === 1) {
      const order = openOrder(db, sorting);
      const from = key ? placeAfter(db, sorting, order, key) : 0;
      found.push(...order.rows.subarray(Math.min(from, order.length), Math.min(from + most, order.length)));
    } else found.push(...rowsAfter(db, sorting, [isEnded], { after: key ?? [half], limit: most }));
  }
  return found;
}

/** Every row that a selection lists, in its order. */
export async function rowsOfSelection(desk: Desk, typed: EventSelection): Promise<Pick<HeldOrder, "rows" | "length">> {
  const asked = withWholeNumber(desk, typed);
  return await wholeOrder(desk.db, asked, listingOf(asked, partsOf(desk, asked)));
}

export async function placeOfEvent(desk: Desk, asked: ParsedOf<"event.place">): Promise<Answer<"event.place">> {
  const { rows, length } = await rowsOfSelection(desk, asked);
  const row = sql(desk.db, "SELECT row FROM duty_event WHERE id = ?").pluck().get(asked.id) as number | undefined;
  const at = row === undefined ? -1 : rows.subarray(0, length).indexOf(row);
  return ok({ at: at < 0 ? null : at });
}

/** The whole order of a listing. What moves by itself (limits that run out) is few and laid out anew each time. */
async function wholeOrder(
  db: Db,
  asked: EventSelection,
  listing: Listing,
): Promise<Pick<HeldOrder, "rows" | "length">> {
  if (!movesByItself(asked) || listing.sought !== null) return await orderOf(db, listing);
  const rows = rowsAfter(db, listing.sorting, listing.parts, { after: null, limit: Infinity, sorted: true });
  return { rows: Int32Array.from(rows), length: rows.length };
}

async function pageOfOrder(db: Db, asked: Asked, listing: Listing): Promise<Page> {
  const order = await wholeOrder(db, asked, listing);
  const key = keyIn(asked.cursor, listing.sorting);
  const from = asked.from ?? (key ? placeAfter(db, listing.sorting, order, key) : 0);
  const rows = [...order.rows.subarray(Math.min(from, order.length), Math.min(from + asked.limit, order.length))];
  const next = from + rows.length < order.length ? cursorOf(db, listing.sorting, rows.at(-1)) : null;
  return { rows, next, total: order.length, more: false };
}

/** A part of the events with its search index: open ones have one of their own, which stays small over the years. */
interface Reach {
  readonly searched: "open_event" | "duty_event";
  readonly filters: readonly Part[];
}

function reachesOf(asked: Asked, filters: readonly Part[]): Reach[] {
  const open: Reach = { searched: "open_event", filters };
  const ended: Reach = { searched: "duty_event", filters: [...filters, isEnded] };
  if (asked.view === "closed") return [{ searched: "duty_event", filters }];
  return filters.some(asksOpen) ? [open] : [open, ended];
}

/** Where the words are sought; letters alone may be pinyin initials too. */
function soughtIn(searched: Reach["searched"], search: string): { table: string; query: string }[] {
  const initials = initialsQueryOf(search);
  return [
    { table: `${searched}_words`, query: queryOf(soughtWords(search)) ?? '""' },
    ...(initials === null ? [] : [{ table: `${searched}_initials`, query: initials }]),
  ];
}

/**
 * Rows of a reach in which the words are found, the last to arrive first, `most` at most. What is the beginning of many words is
 * costly each time: their lists are joined before the first row.
 */
function hitsIn(db: Db, { searched, filters }: Reach, search: string, most: number): number[] {
  const rows = new Set<number>();
  for (const { table, query } of soughtIn(searched, search)) {
    const hits = db
      .prepare(
        `SELECT row FROM ${table} w CROSS JOIN duty_event ON row = w.rowid
         ${whereOf([part(`${table} MATCH ?`, query), ...filters])} ORDER BY w.rowid DESC LIMIT ?`,
      )
      .pluck()
      .all(query, ...valuesOf(filters), most) as number[];
    for (const hit of hits) rows.add(hit);
  }
  return [...rows].sort((a, b) => b - a).slice(0, most);
}

interface Hit {
  readonly row: number;
  /** Place of its reach. */
  readonly at: number;
}

/** Hits of all reaches, one reach after the other, until there are `most`. */
function hitsOf(db: Db, reaches: readonly Reach[], search: string, most: number): Hit[] {
  const found: Hit[] = [];
  for (const [at, reach] of reaches.entries())
    if (found.length < most) for (const row of hitsIn(db, reach, search, most - found.length)) found.push({ row, at });
  return found;
}

/** With words, open events come first, then ended ones, the last to arrive first in both, whatever the sort. */
function pageOfWords(db: Db, asked: Asked, filters: readonly Part[], search: string): Page {
  const reaches = reachesOf(asked, filters);
  const key = keyIn(asked.cursor, asFound);
  const counting = hitsOf(db, reaches, search, Math.max(countedMost.words, asked.limit) + 1);
  const found = key === null ? counting : hitsAfter(db, reaches, search, { key, limit: asked.limit + 1 });
  const shown = found.slice(0, asked.limit);
  const last = shown.at(-1);
  return {
    rows: shown.map(({ row }) => row),
    next: found.length > asked.limit && last ? JSON.stringify([last.at, last.row]) : null,
    ...counted(counting.length, countedMost.words),
  };
}

/** Hits after the place that a cursor names. */
function hitsAfter(
  db: Db,
  reaches: readonly Reach[],
  search: string,
  { key, limit }: { readonly key: Key; readonly limit: number },
): Hit[] {
  const from = Number(key[0]);
  const left = reaches.slice(from).map((reach, index) => {
    const below = index === 0 ? [part("row < ?", Number(key[1]))] : [];
    return { ...reach, filters: [...below, ...reach.filters] };
  });
  return hitsOf(db, left, search, limit).map(({ row, at }) => ({ row, at: at + from }));
}
