import type { ParsedOf } from "#shared/contract.ts";
import { levels } from "#shared/domain/duty-event/event.ts";
import { ok } from "#shared/lib/result.ts";
import { dayOf, instantOf } from "#shared/lib/time.ts";
import type { Answer, Desk } from "../desk.ts";
import type { Db } from "../store/database.ts";
import { initialsQueryOf, queryOf } from "../store/words.ts";
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
      return [part("reported_at >= ?", instantOf(dayOf(now, offsetMin), 0, offsetMin))];
    case "closed":
      return [part("open = 0")];
    case "all":
      return [];
  }
}

interface IndexRow {
  readonly row: number;
  readonly id: string;
  readonly open: number;
  readonly level: number;
  readonly due_at: number;
  readonly reported_at: number;
}

/** The columns that order a page; the cursor holds their values of the last row. */
const orders = {
  urgency: {
    by: "open DESC, level, due_at, row",
    after: "(1 - open, level, due_at, row) > (?, ?, ?, ?)",
    of: (r: IndexRow) => [1 - r.open, r.level, r.due_at, r.row],
  },
  newest: {
    by: "reported_at DESC, row DESC",
    after: "(reported_at, row) < (?, ?)",
    of: (r: IndexRow) => [r.reported_at, r.row],
  },
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
  const words = asked.search === undefined ? null : queryOf(asked.search);
  const page = words === null ? pageInOrder(db, asked, filters) : pageOfWords(db, asked, filters, asked.search ?? "");
  const ids = page.rows.map(({ id }) => id);
  return ok({ ...page, rows: rowsOf(desk, ids).map((row) => ({ ...row, hit: hitOf(desk, row, asked.search) })) });
}

const numbersOf = (cursor: string): number[] => cursor.split(",").map((value) => Number(value) || 0);

function pageInOrder(db: Db, asked: Asked, filters: readonly Part[]): Page {
  const order = orders[asked.sort];
  // The day is a short range: read by that and sorted, not found row by row in the order of another index.
  const by = asked.view === "today" ? `+${order.by}` : order.by;
  const page = asked.cursor === undefined ? filters : [...filters, part(order.after, ...numbersOf(asked.cursor))];
  const rows = db
    .prepare(`SELECT row, id, open, level, due_at, reported_at FROM duty_event ${whereOf(page)} ORDER BY ${by} LIMIT ?`)
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

/** A part of the events with its search index: open ones have one of their own, which stays small over the years. */
interface Reach {
  readonly searched: "open_event" | "duty_event";
  readonly filters: readonly Part[];
}

function reachesOf(asked: Asked, filters: readonly Part[]): Reach[] {
  const open: Reach = { searched: "open_event", filters };
  const ended: Reach = { searched: "duty_event", filters: [...filters, part("open = 0")] };
  if (asked.view === "closed") return [{ searched: "duty_event", filters }];
  return filters.some(({ text }) => text === "open = 1") ? [open] : [open, ended];
}

/** Where the words are sought; letters alone may be pinyin initials too. */
function soughtIn(searched: Reach["searched"], search: string): { table: string; query: string }[] {
  const initials = initialsQueryOf(search);
  return [
    { table: `${searched}_words`, query: queryOf(search) ?? '""' },
    ...(initials === null ? [] : [{ table: `${searched}_initials`, query: initials }]),
  ];
}

/** With words, open events come first, then ended ones, the last to arrive first in both, whatever the sort. */
function pageOfWords(db: Db, asked: Asked, filters: readonly Part[], search: string): Page {
  const reaches = reachesOf(asked, filters);
  const [from = 0, below = Number.MAX_SAFE_INTEGER] = asked.cursor === undefined ? [] : numbersOf(asked.cursor);
  const found: { row: IndexRow; at: number }[] = [];
  for (const [at, { searched, filters: own }] of reaches.entries()) {
    if (at < from || found.length > asked.limit) continue;
    const all = at === from ? [part("row < ?", below), ...own] : own;
    const rows = new Map<number, IndexRow>();
    for (const { table, query } of soughtIn(searched, search)) {
      const hits = db
        .prepare(
          `SELECT row, id, open, level, due_at, reported_at FROM ${table} w CROSS JOIN duty_event ON row = w.rowid
           ${whereOf([part(`${table} MATCH ?`, query), ...all])} ORDER BY w.rowid DESC LIMIT ?`,
        )
        .all(query, ...valuesOf(all), asked.limit + 1 - found.length) as IndexRow[];
      for (const hit of hits) rows.set(hit.row, hit);
    }
    const newest = [...rows.values()].sort((a, b) => b.row - a.row).slice(0, asked.limit + 1 - found.length);
    for (const row of newest) found.push({ row, at });
  }
  const shown = found.slice(0, asked.limit);
  const last = shown.at(-1);
  const whole = found.length <= asked.limit;
  return {
    rows: shown.map(({ row }) => row),
    next: !whole && last ? `${last.at},${last.row.row}` : null,
    ...counted(whole && asked.cursor === undefined ? shown.length : countHits(db, reaches, search), countedMost.words),
  };
}

function countHits(db: Db, reaches: readonly Reach[], search: string): number {
  let total = 0;
  for (const { searched, filters } of reaches) {
    if (total > countedMost.words) break;
    const sought = soughtIn(searched, search);
    const hits = sought.map(({ table }) => `SELECT rowid AS hit FROM ${table} WHERE ${table} MATCH ?`).join(" UNION ");
    const joined = filters.length > 0 ? "CROSS JOIN duty_event ON row = hit" : "";
    total += db
      .prepare(`SELECT count(*) FROM (SELECT 1 FROM (${hits}) ${joined} ${whereOf(filters)} LIMIT ?)`)
      .pluck()
      .get(...sought.map(({ query }) => query), ...valuesOf(filters), countedMost.words + 1 - total) as number;
  }
  return total;
}
