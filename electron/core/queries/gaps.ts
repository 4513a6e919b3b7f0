import type { GapRow, ParsedOf } from "#shared/contract.ts";
import { type LayeredGap, layeredGaps } from "#shared/domain/roster/layers.ts";
import { ok } from "#shared/lib/result.ts";
import { dayMs, minuteMs, monthOf } from "#shared/lib/time.ts";
import type { Answer, Desk } from "../desk.ts";
import { sql } from "../store/database.ts";
import { readEntity } from "../store/entities.ts";
import { rosterBetween } from "../store/layers.ts";
import { readMeta } from "../store/meta.ts";
import { gapView } from "./roster.ts";

const aheadMs = 7 * dayMs;
const behindMs = 30 * dayMs;

/** Gaps of the past month, or from the day on which the desk was set up, and of the coming week. */
export function reportGaps(desk: Desk, input: ParsedOf<"roster.gaps">): Answer<"roster.gaps"> {
  const at = desk.ports.now();
  const since = Number(readMeta(desk.db, "since") ?? 0);
  const fromAt = input.fromAt ?? floor(Math.max(since, at - behindMs));
  const toAt = Math.min(input.toAt ?? floor(at + aheadMs), fromAt + 366 * dayMs);
  const roster = rosterBetween(desk.db, desk.tables.roster, fromAt, toAt);
  const gaps = layeredGaps(roster, fromAt, toAt).map((gap) => rowOf(desk, gap));
  const minutes = gaps.reduce((sum, gap) => sum + ((gap.toAt - gap.fromAt) / minuteMs) * gap.missing, 0);
  return ok({ fromAt, toAt, at, gaps, minutes });
}

const floor = (at: number): number => Math.floor(at / minuteMs) * minuteMs;

function rowOf(desk: Desk, gap: LayeredGap): GapRow {
  const place = `${gap.on}/${gap.shift}/${gap.role}/`;
  const leave = gap.leaves.map((id) => readEntity(desk.db, "layer", id)).find((entry) => entry?.kind === "leave");
  const accepted = readEntity(desk.db, "roster", monthOf(gap.on))?.accepted?.find(({ slots }) =>
    slots.some((slot) => slot.startsWith(place)),
  );
  return {
    ...gapView(gap),
    knownAt: leave ? (leave.approved?.at ?? leave.asked.at) : emptySince(desk, gap.on, place),
    leave: leave?.reason ?? null,
    accepted: accepted?.reason ?? null,
  };
}

/** When the place was emptied; never filled: when its month was first planned without it. */
function emptySince({ db }: Desk, on: string, place: string): number | null {
  const emptied = sql(db, "SELECT max(at) FROM roster_change WHERE slot >= ? AND slot < ? AND officer_id IS NULL")
    .pluck()
    .get(place, `${place}~`) as number | null;
  if (emptied !== null) return emptied;
  const month = monthOf(on);
  return sql(db, "SELECT min(at) FROM roster_change WHERE slot >= ? AND slot < ?")
    .pluck()
    .get(`${month}-`, `${month}.`) as number | null;
}
