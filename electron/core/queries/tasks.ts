import type { ParsedOf, TaskRow } from "#shared/contract.ts";
import { taskClock } from "#shared/domain/duty-event/clock.ts";
import { sealedTask } from "#shared/domain/duty-event/confidential.ts";
import type { DutyEvent } from "#shared/domain/duty-event/event.ts";
import { type Party, partySchema } from "#shared/domain/duty-event/given-parts.ts";
import { taskActionsFrom } from "#shared/domain/duty-event/task-steps.ts";
import { ok } from "#shared/lib/result.ts";
import type { Answer, Desk } from "../desk.ts";
import { mayKnow } from "../session/seal.ts";
import { sql } from "../store/database.ts";
import { readEntity } from "../store/entities.ts";
import { noLimit, partyKey } from "../store/task-index.ts";
import { among, isEnded, isOpen, type Part, part } from "../store/where.ts";
import { rowsAt } from "./events.ts";

type Asked = ParsedOf<"task.list">;

/** Views whose tasks are open stand by their limit, the others with the newest first. */
const inHand = ["acknowledged", "arrived", "reported"];
const byLimit: readonly Asked["view"][] = ["open", "late", "to_acknowledge", "in_hand"];

/** What is counted exactly; of more the page says "more than". Counting on would cost more than the page. */
const countedMost = 1_000;

/** What is open is few, and its index has the state in it: it is walked in its order, not sorted out of all in that state. */
const openIn = (states: readonly string[]): Part[] => [isOpen, ...among("+state", states)];

function viewParts(view: Asked["view"], now: number): Part[] {
  switch (view) {
    case "open":
      return [isOpen];
    case "late":
      return [isOpen, part("due_at < ?", now)];
    case "to_acknowledge":
      return openIn(["given"]);
    case "in_hand":
      return openIn(inHand);
    case "declined":
      return among("state", ["declined"]);
    case "ended":
      return [isEnded];
    case "all":
      return [];
  }
}

interface IndexRow {
  readonly row: number;
  readonly event: number;
  readonly event_id: string;
  readonly id: string;
  readonly due_at: number;
  readonly given_at: number;
}

export function listTasks(desk: Desk, asked: Asked): Answer<"task.list"> {
  const { db, ports } = desk;
  const filters = [
    ...viewParts(asked.view, ports.now()),
    ...(asked.party ? [part("party = ?", partyKey(asked.party))] : []),
    ...among("state", asked.states),
  ];
  const limits = byLimit.includes(asked.view);
  const [order, after] = limits
    ? ["due_at, t.row", "(due_at, t.row) > (?, ?)"]
    : ["given_at DESC, t.row DESC", "(given_at, t.row) < (?, ?)"];
  const from = asked.cursor === undefined ? [] : [part(after, ...numbersOf(asked.cursor))];
  const where = (parts: readonly Part[]) =>
    parts.length === 0 ? "" : `WHERE ${parts.map(({ text }) => text).join(" AND ")}`;
  const values = (parts: readonly Part[]) => parts.flatMap((one) => one.values);
  const page = [...filters, ...from];
  const rows = sql(
    db,
    `SELECT t.row, t.event, e.id AS event_id, t.id, t.due_at, t.given_at
       FROM (SELECT row, event, id, due_at, given_at FROM task AS t ${where(page)} ORDER BY ${order} LIMIT ?) AS t
       JOIN duty_event AS e ON e.row = t.event ORDER BY ${order.replaceAll("due_at", "t.due_at")}`,
  ).all(...values(page), asked.limit + 1) as IndexRow[];
  const counted = sql(db, `SELECT count(*) FROM (SELECT 1 FROM task ${where(filters)} LIMIT ?)`)
    .pluck()
    .get(...values(filters), countedMost + 1) as number;
  const shown = rows.slice(0, asked.limit);
  const last = shown.at(-1);
  return ok({
    rows: rowsOfTasks(desk, shown),
    next: rows.length > asked.limit && last ? `${limits ? last.due_at : last.given_at},${last.row}` : null,
    total: Math.min(counted, countedMost),
    more: counted > countedMost,
  });
}

const numbersOf = (cursor: string): [number, number] => {
  const [first = 0, second = 0] = cursor.split(",").map((value) => Number(value) || 0);
  return [first, second];
};

function rowsOfTasks(desk: Desk, rows: readonly IndexRow[]): TaskRow[] {
  const lines = new Map(rowsAt(desk, [...new Set(rows.map(({ event }) => event))]).map((line) => [line.id, line]));
  const events = new Map<string, DutyEvent | undefined>();
  const grade = desk.session.officer?.grade;
  return rows.flatMap(({ event_id, id, due_at }) => {
    if (!events.has(event_id)) events.set(event_id, readEntity(desk.db, "event", event_id));
    const event = events.get(event_id);
    const place = event?.tasks.findIndex((task) => task.id === id) ?? -1;
    const task = event?.tasks[place];
    const line = lines.get(event_id);
    if (!event || !task || !line) return [];
    const actions = grade ? taskActionsFrom(event, task, grade) : [];
    return [
      {
        task: mayKnow(desk, event) ? task : sealedTask(task),
        place: place + 1,
        dueAt: due_at === noLimit ? null : due_at,
        clock: taskClock(event, task),
        actions,
        event: line,
      },
    ];
  });
}

/** Parties with open tasks; late ones first, then by number. */
export function listParties({ db, ports }: Desk): Answer<"task.parties"> {
  const rows = sql(
    db,
    `SELECT party AS key, count(*) AS open, sum(due_at < ?) AS late, sum(state = 'given') AS toAcknowledge
     FROM task WHERE open = 1 GROUP BY party ORDER BY late DESC, open DESC, party`,
  ).all(ports.now()) as { key: string; open: number; late: number; toAcknowledge: number }[];
  return ok({ rows: rows.map(({ key, ...counts }) => ({ party: partyOf(key), ...counts })) });
}

function partyOf(key: string): Party {
  const at = key.indexOf(":");
  return partySchema.parse({ kind: key.slice(0, at), name: key.slice(at + 1) });
}
