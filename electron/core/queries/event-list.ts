import type { ParsedOf } from "#shared/contract.ts";
import { levels } from "#shared/domain/duty-event/event.ts";
import { ok } from "#shared/lib/result.ts";
import { dayOf, instantOf } from "#shared/lib/time.ts";
import type { Answer, Desk } from "../desk.ts";
import type { Db } from "../store/database.ts";
import { rowFrom } from "../store/event-index.ts";
import { queryWithInitials } from "../store/words.ts";
import { rowsOf, soonMs } from "./events.ts";
import { hitOf } from "./hit.ts";

type Asked = ParsedOf<"event.list">;
type Value = string | number;

/** One part of the queue's WHERE, with its values. */
interface Part {
  readonly text: string;
  readonly values: readonly Value[];
}

const part = (text: string, ...values: Value[]): Part => ({ text, values });
const among = (column: string, values: readonly Value[] | undefined): Part[] =>
  values?.length ? [part(`${column} IN (${values.map(() => "?").join(", ")})`, ...values)] : [];
const whereOf = (parts: readonly Part[]): string =>
  parts.length ? `WHERE ${parts.map(({ text }) => text).join(" AND ")}` : "";
const valuesOf = (parts: readonly Part[]): Value[] => parts.flatMap(({ values }) => values);

function viewParts(view: Asked["view"], now: number, offsetMin: number): Part[] {
  switch (view) {
    case "open":
      return [part("open = 1")];
    case "late":
      return [part("open = 1"), part("due_at < ?", now)];
    case "due_soon":
      return [part("open = 1"), part("due_at >= ? AND due_at < ?", now, now + soonMs)];
    case "to_acknowledge":
      return [part("open = 1"), part("state = 'assigned'")];
    case "unconfirmed":
      return [part("id IN (SELECT entity_id FROM op WHERE entity = 'event' AND state IN ('waiting', 'refused'))")];
    case "today":
      return reportedFrom(instantOf(dayOf(now, offsetMin), 0, offsetMin));
    case "closed":
      return [part("open = 0")];
    case "all":
      return [];
  }
}

/** By key, which needs no index; the instant itself because a key is only exact to the second. */
const reportedFrom = (at: number): Part[] => [part("row >= ?", rowFrom(at)), part("reported_at >= ?", at)];

interface IndexRow {
  readonly row: number;
  readonly id: string;
  readonly open: number;
  readonly level: number;
  readonly due_at: number;
}

/** The columns that order a page; the cursor holds their values of the last row. A row's key grows with its report. */
const orders = {
  urgency: {
    by: "open DESC, level, due_at, row",
    after: "(1 - open, level, due_at, row) > (?, ?, ?, ?)",
    of: (r: IndexRow) => [1 - r.open, r.level, r.due_at, r.row],
  },
  newest: { by: "row DESC", after: "row < ?", of: (r: IndexRow) => [r.row] },
  due: {
    by: "open DESC, due_at, row",
    after: "(1 - open, due_at, row) > (?, ?, ?)",
    of: (r: IndexRow) => [1 - r.open, r.due_at, r.row],
  },
} as const;

/** What is counted exactly; of more the page says "more than". Counting on would cost more than the page. */
const countedMost = { inOrder: 10_000, words: 1000 } as const;

interface Page {
  readonly rows: readonly IndexRow[];
  readonly next: string | null;
  readonly total: number;
  readonly more: boolean;
}

const counted = (count: number, most: number) => ({ total: Math.min(count, most), more: count > most });

export function listEvents(desk: Desk, asked: Asked): Answer<"event.list"> {
  const { db, ports, tables } = desk;
  const filters = [
    ...viewParts(asked.view, ports.now(), tables.roster.offsetMin),
    ...among("state", asked.states),
    ...among(
      "level",
      asked.levels?.map((level) => levels.indexOf(level)),
    ),
    ...(asked.category ? [part("category = ?", asked.category)] : []),
    ...(asked.board ? [part("board = ?", asked.board)] : []),
  ];
  const words = asked.search === undefined ? null : queryWithInitials(asked.search);
  const page = words === null ? pageInOrder(db, asked, filters) : pageOfWords(db, asked, filters, words);
  const ids = page.rows.map(({ id }) => id);
  return ok({ ...page, rows: rowsOf(desk, ids).map((row) => ({ ...row, hit: hitOf(desk, row, asked.search) })) });
}

const numbersOf = (cursor: string): number[] => cursor.split(",").map((value) => Number(value) || 0);

function pageInOrder(db: Db, asked: Asked, filters: readonly Part[]): Page {
  const order = orders[asked.sort];
  const page = asked.cursor === undefined ? filters : [...filters, part(order.after, ...numbersOf(asked.cursor))];
  const rows = db
    .prepare(`SELECT row, id, open, level, due_at FROM duty_event ${whereOf(page)} ORDER BY ${order.by} LIMIT ?`)
    .all(...valuesOf(page), asked.limit + 1) as IndexRow[];
  const shown = rows.slice(0, asked.limit);
  const last = shown.at(-1);
  const total = db
    .prepare(`SELECT count(*) FROM (SELECT 1 FROM duty_event ${whereOf(filters)} LIMIT ?)`)
    .pluck()
    .get(...valuesOf(filters), countedMost.inOrder + 1) as number;
  const next = rows.length > asked.limit && last ? order.of(last).join(",") : null;
  return { rows: shown, next, ...counted(total, countedMost.inOrder) };
}

/**
 * With words, open events come first, then ended ones, the newest first in both, whatever the sort: each part is read
 * in key order from the search index and ends with the page. Open events have a search index of their own, which
 * stays small over the years.
 */
function pageOfWords(db: Db, asked: Asked, filters: readonly Part[], words: string): Page {
  const endedOnly = asked.view === "closed";
  const parts = [
    ...(endedOnly ? [] : [{ table: "open_event_words", filters }]),
    ...(filters.some(({ text }) => text === "open = 1")
      ? []
      : [{ table: "duty_event_words", filters: endedOnly ? filters : [...filters, part("open = 0")] }]),
  ];
  const [fromPart = 0, below = Number.MAX_SAFE_INTEGER] = asked.cursor === undefined ? [] : numbersOf(asked.cursor);
  const found: { row: IndexRow; at: number }[] = [];
  for (const [at, { table, filters: own }] of parts.entries()) {
    if (at < fromPart || found.length > asked.limit) continue;
    const all = [
      part(`${table} MATCH ?`, words),
      part("w.rowid < ?", at === fromPart ? below : Number.MAX_SAFE_INTEGER),
      ...own,
    ];
    const rows = db
      .prepare(
        `SELECT e.row, e.id, e.open, e.level, e.due_at FROM ${table} w CROSS JOIN duty_event e ON e.row = w.rowid
         ${whereOf(all)} ORDER BY w.rowid DESC LIMIT ?`,
      )
      .all(...valuesOf(all), asked.limit + 1 - found.length) as IndexRow[];
    for (const row of rows) found.push({ row, at });
  }
  const shown = found.slice(0, asked.limit);
  const last = shown.at(-1);
  const whole = found.length <= asked.limit;
  return {
    rows: shown.map(({ row }) => row),
    next: !whole && last ? `${last.at},${last.row.row}` : null,
    ...counted(whole && asked.cursor === undefined ? shown.length : countWords(db, parts, words), countedMost.words),
  };
}

function countWords(db: Db, parts: readonly { table: string; filters: readonly Part[] }[], words: string): number {
  let total = 0;
  for (const { table, filters } of parts) {
    const all = [part(`${table} MATCH ?`, words), ...filters];
    const joined = filters.length > 0 ? "CROSS JOIN duty_event e ON e.row = w.rowid" : "";
    total += db
      .prepare(`SELECT count(*) FROM (SELECT 1 FROM ${table} w ${joined} ${whereOf(all)} LIMIT ?)`)
      .pluck()
      .get(...valuesOf(all), countedMost.words + 1 - total) as number;
    if (total > countedMost.words) break;
  }
  return total;
}
