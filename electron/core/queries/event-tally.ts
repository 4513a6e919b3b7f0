import { type EventView, eventViews, type OutputOf } from "#shared/contract.ts";
import { ok } from "#shared/lib/result.ts";
import type { Answer, Desk } from "../desk.ts";
import { sql } from "../store/database.ts";
import { type OpenEvent, openEvents } from "../store/open-events.ts";
import { valuesOf, whereOf } from "../store/where.ts";
import { inPortions } from "../turn.ts";
import { isWaitingFor, partsOf } from "./event-filter.ts";
import { rowsOfSelection } from "./event-list.ts";
import { isDueSoon, isLate, isToAcknowledge } from "./events.ts";
import { readLook } from "./look.ts";

type Tally = OutputOf<"event.tally">["own"][string];

/** What is counted exactly of a ready view; of more its tab says "more than". */
const countedMost = 10_000;

/** Views of open events that are told by what is held of them: all others are asked of the database. */
const amongOpen: Partial<Record<EventView, (event: OpenEvent, now: number) => boolean>> = {
  open: () => true,
  late: isLate,
  due_soon: isDueSoon,
  to_acknowledge: isToAcknowledge,
  waiting: isWaitingFor,
};

/** How many stand in a ready view; of more than `countedMost` one more than that. */
export function totalOf(desk: Desk, view: EventView): number {
  const isIn = amongOpen[view];
  if (isIn) {
    const now = desk.ports.now();
    let total = 0;
    for (const event of openEvents(desk.db).values()) if (isIn(event, now)) total++;
    return total;
  }
  const parts = partsOf(desk, { view, sort: "urgency", turned: false });
  return sql(desk.db, `SELECT count(*) FROM (SELECT 1 FROM duty_event ${whereOf(parts)} LIMIT ?)`)
    .pluck()
    .get(...valuesOf(parts), countedMost + 1) as number;
}

/** Ready views are counted over what is open or new; an officer's own through their held orders, which a change costs one row. */
export async function tallyEvents(desk: Desk): Promise<Answer<"event.tally">> {
  const views = await inPortions(desk, readyViews(desk));
  if (!views.ok) return views;
  const own: Record<string, Tally> = {};
  for (const { id, selection } of readLook(desk).views)
    own[id] = { total: (await rowsOfSelection(desk, selection)).length, more: false };
  return ok({ views: views.value, own });
}

function* readyViews(desk: Desk): Generator<void, Partial<Record<EventView, Tally>>> {
  const views: Partial<Record<EventView, Tally>> = {};
  for (const view of eventViews) {
    const total = totalOf(desk, view);
    views[view] = { total: Math.min(total, countedMost), more: total > countedMost };
    yield;
  }
  return views;
}
