import type { LayerEntry } from "#shared/domain/roster/layer-entry.ts";
import { type LayeredRoster, layRoster } from "#shared/domain/roster/layers.ts";
import type { RosterRules, SlotReader } from "#shared/domain/roster/roster.ts";
import { slotKey } from "#shared/domain/roster/roster.ts";
import { dayMs, monthOf } from "#shared/lib/time.ts";
import { type Db, sql } from "./database.ts";
import { readEntity } from "./entities.ts";

/** A shift may be two days long; what ended before it began says nothing about it. */
const marginMs = 3 * dayMs;
/** Swaps lean on earlier swaps of the slots they exchange: a year back and ahead holds every chain of them. */
const swapMarginMs = 400 * dayMs;

/** What lies over the plan in `[fromAt, toAt)`, whatever its state. */
export function layersBetween(db: Db, fromAt: number, toAt: number): LayerEntry[] {
  const rows = sql(
    db,
    `SELECT state FROM entity INDEXED BY entity_layer WHERE kind = 'layer' AND json_extract(state, '$.toAt') > ?
     AND json_extract(state, '$.fromAt') < ? ORDER BY json_extract(state, '$.fromAt'), id`,
  )
    .pluck()
    .all(fromAt, toAt) as string[];
  return rows.map((state) => JSON.parse(state) as LayerEntry);
}

/** Reads slots month by month, each month once. */
export function readerOf(db: Db): SlotReader {
  const months = new Map<string, Readonly<Record<string, string>>>();
  return (slot) => {
    const month = monthOf(slot.on);
    let slots = months.get(month);
    if (!slots) {
      slots = readEntity(db, "roster", month)?.slots ?? {};
      months.set(month, slots);
    }
    return slots[slotKey(slot)];
  };
}

/** The one answer to "who stands where": plan and all layers that matter in `[fromAt, toAt)`. */
export function rosterBetween(db: Db, rules: RosterRules, fromAt: number, toAt: number): LayeredRoster {
  const near = layersBetween(db, fromAt - swapMarginMs, toAt + swapMarginMs).filter(
    (entry) => entry.kind === "swap" || (entry.toAt > fromAt - marginMs && entry.fromAt < toAt + marginMs),
  );
  return layRoster(rules, readerOf(db), near);
}
