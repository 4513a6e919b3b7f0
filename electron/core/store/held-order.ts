import { turn } from "../turn.ts";
import { type Db, sql } from "./database.ts";
import { changedRows } from "./event-index.ts";
import { comesAfter, type Key, keyOf, rowsAfter, type Sorting } from "./event-order.ts";
import { isOpen, type Part, valuesOf, whereOf } from "./where.ts";

/** A search index and what must be found in it. */
export interface Sought {
  readonly table: string;
  readonly query: string;
}

/** What is listed, and in which order. */
export interface Listing {
  readonly sorting: Sorting;
  readonly parts: readonly Part[];
  /** A hit in any of these counts; `null`: nothing is sought. */
  readonly sought: readonly Sought[] | null;
}

/**
 * The rows of a listing in their order, four bytes each: any place is reached at once and the total is exact, however
 * deep. Built in portions, so that no call waits for it; then it follows each change of an event by one removal and one
 * insertion. 210,000 events are 0.8 MB.
 */
export interface HeldOrder {
  rows: Int32Array;
  length: number;
  /** Number of the first change that is not yet in it. */
  seen: number;
}

/** [D] Orders that are held at a time; the one that was not asked for longest goes. */
const heldMost = 24;
/** Rows that are looked at between two turns: some milliseconds. */
const portion = 8_000;
/** More changes than this at once, and building anew is cheaper. */
const followedMost = 1_500;

const held = new WeakMap<Db, Map<string, Promise<HeldOrder>>>();
const nameOf = ({ sorting, parts, sought }: Listing): string => JSON.stringify([sorting, parts, sought]);

function ordersOf(db: Db): Map<string, Promise<HeldOrder>> {
  const known = held.get(db) ?? new Map<string, Promise<HeldOrder>>();
  held.set(db, known);
  return known;
}

/** The order of a listing as the events stand now; the first time it is built. */
export async function orderOf(db: Db, listing: Listing): Promise<HeldOrder> {
  const known = ordersOf(db);
  const name = nameOf(listing);
  const building = known.get(name) ?? build(db, listing);
  known.delete(name);
  known.set(name, building);
  for (const oldest of [...known.keys()].slice(0, Math.max(0, known.size - heldMost))) known.delete(oldest);
  try {
    const order = await building;
    if (!db.open || follow(db, listing, order)) return order;
  } catch (error) {
    known.delete(name);
    throw error;
  }
  known.delete(name);
  return orderOf(db, listing);
}

const open = new WeakMap<Db, Map<string, HeldOrder>>();

/**
 * The open events in an order that has them first, as they stand now. No index has them by their limits, which move with each
 * step, so they are sorted once and then followed: after a storm there are many, and a page of them costs what it costs on a quiet day.
 */
export function openOrder(db: Db, sorting: Sorting): HeldOrder {
  const listing = { sorting, parts: [isOpen], sought: null };
  const known = open.get(db) ?? new Map<string, HeldOrder>();
  open.set(db, known);
  const name = nameOf(listing);
  const order = known.get(name);
  // To take in one change costs what sorting some forty rows does.
  if (order && follow(db, listing, order, 5 + order.length / 40)) return order;
  const { from, rows } = changedRows(db);
  const list = Int32Array.from(rowsAfter(db, sorting, [isOpen], { after: null, limit: Infinity, sorted: true }));
  const built = { rows: list, length: list.length, seen: from + rows.length };
  known.set(name, built);
  return built;
}

async function build(db: Db, listing: Listing): Promise<HeldOrder> {
  const { from, rows } = changedRows(db);
  const seen = from + rows.length;
  const whole = listing.parts.length === 0 && listing.sought === null;
  const list = whole ? await allRows(db, listing.sorting) : await members(db, listing);
  return { rows: list, length: list.length, seen };
}

async function allRows(db: Db, sorting: Sorting): Promise<Int32Array> {
  let list = new Int32Array(64_000);
  let length = 0;
  for (let after: Key | null = null; db.open; await turn()) {
    const rows = rowsAfter(db, sorting, [], { after, limit: portion });
    if (length + rows.length > list.length) list = grown(list, length + rows.length);
    list.set(rows, length);
    length += rows.length;
    const last = rows.at(-1);
    after = last === undefined ? null : (keyOf(db, sorting, last) ?? null);
    if (after === null || rows.length < portion) break;
  }
  return list.slice(0, length);
}

function grown(list: Int32Array, least: number): Int32Array<ArrayBuffer> {
  const bigger = new Int32Array(Math.max(least, Math.ceil(list.length * 1.5)) + 16);
  bigger.set(list);
  return bigger;
}

/** Looks through the events in the order in which they lie, and picks the members out of the order of all. */
async function members(db: Db, { sorting, parts, sought }: Listing): Promise<Int32Array> {
  const last = (sql(db, "SELECT max(row) FROM duty_event").pluck().get() as number | null) ?? 0;
  const isMember = new Uint8Array(last + 1);
  const where = whereOf([{ text: "row > ? AND row <= ?", values: [] }, ...parts]);
  const look = db.prepare(`SELECT row FROM duty_event NOT INDEXED ${where}`).pluck();
  for (let from = 0; from < last && db.open; from += portion) {
    const found = sought === null ? null : foundBetween(db, sought, from, from + portion);
    if (found?.size !== 0)
      for (const row of look.all(from, from + portion, ...valuesOf(parts)) as number[])
        if (found === null || found.has(row)) isMember[row] = 1;
    await turn();
  }
  const all = await orderOf(db, { sorting, parts: [], sought: null });
  return all.rows.subarray(0, all.length).filter((row) => isMember[row] === 1);
}

function foundBetween(db: Db, sought: readonly Sought[], from: number, to: number): Set<number> {
  const found = new Set<number>();
  for (const { table, query } of sought) {
    const text = `SELECT rowid FROM ${table} WHERE ${table} MATCH ? AND rowid > ? AND rowid <= ?`;
    for (const row of sql(db, text).pluck().all(query, from, to) as number[]) found.add(row);
  }
  return found;
}

/** Takes the changes since into the order; `false`: more than `most`, or too long ago. */
function follow(db: Db, listing: Listing, order: HeldOrder, most = followedMost): boolean {
  const { from, rows } = changedRows(db);
  const changed = new Set(rows.slice(Math.max(0, order.seen - from)));
  if (order.seen < from || changed.size > most) return false;
  order.seen = from + rows.length;
  if (changed.size === 0) return true;
  take(order, changed);
  for (const row of changed) if (isListed(db, listing, row)) insert(db, listing.sorting, order, row);
  return true;
}

function take(order: HeldOrder, changed: ReadonlySet<number>): void {
  let kept = 0;
  for (let at = 0; at < order.length; at++) {
    const row = order.rows[at] as number;
    if (changed.has(row)) continue;
    order.rows[kept++] = row;
  }
  order.length = kept;
}

function isListed(db: Db, { parts, sought }: Listing, row: number): boolean {
  if (sought !== null && !foundBetween(db, sought, row - 1, row).has(row)) return false;
  const where = whereOf([{ text: "row = ?", values: [] }, ...parts]);
  return sql(db, `SELECT 1 FROM duty_event ${where}`).get(row, ...valuesOf(parts)) !== undefined;
}

function insert(db: Db, sorting: Sorting, order: HeldOrder, row: number): void {
  const key = keyOf(db, sorting, row);
  if (!key) return;
  const at = placeAfter(db, sorting, order, key);
  if (order.length + 1 > order.rows.length) order.rows = grown(order.rows, order.length + 1);
  order.rows.copyWithin(at + 1, at, order.length);
  order.rows[at] = row;
  order.length++;
}

/** The first place whose row comes after a key. */
export function placeAfter(db: Db, sorting: Sorting, order: Pick<HeldOrder, "rows" | "length">, key: Key): number {
  let low = 0;
  let high = order.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (comesAfter(db, sorting, order.rows[middle] as number, key)) high = middle;
    else low = middle + 1;
  }
  return low;
}
