import { type EventSelection, type EventView, eventViews, type OutputOf } from "#shared/contract.ts";
import { deskError } from "#shared/errors.ts";
import { fail, ok } from "#shared/lib/result.ts";
import type { Answer, Desk } from "../desk.ts";
import { valuesOf, whereOf } from "../store/event-order.ts";
import { turn } from "../turn.ts";
import { partsOf } from "./event-filter.ts";
import { listingOf, wholeOrder } from "./event-list.ts";
import { readLook } from "./look.ts";

type Tally = OutputOf<"event.tally">["own"][string];

/** What is counted exactly of a ready view; of more its tab says "more than". */
const countedMost = 10_000;

/** Ready views are counted over what is open or new; an officer's own through their held orders, which a change costs one row. */
export async function tallyEvents(desk: Desk): Promise<Answer<"event.tally">> {
  const views: Partial<Record<EventView, Tally>> = {};
  for (const view of eventViews) {
    const parts = partsOf(desk, { view, sort: "urgency", turned: false });
    const total = desk.db
      .prepare(`SELECT count(*) FROM (SELECT 1 FROM duty_event ${whereOf(parts)} LIMIT ?)`)
      .pluck()
      .get(...valuesOf(parts), countedMost + 1) as number;
    views[view] = { total: Math.min(total, countedMost), more: total > countedMost };
    await turn();
    if (!desk.db.open) return fail(deskError("core.lost"));
  }
  const own: Record<string, Tally> = {};
  for (const { id, selection } of readLook(desk).views) own[id] = { total: await sizeOf(desk, selection), more: false };
  return ok({ views, own });
}

async function sizeOf(desk: Desk, selection: EventSelection): Promise<number> {
  const order = await wholeOrder(desk.db, selection, listingOf(selection, partsOf(desk, selection)));
  return order.length;
}
