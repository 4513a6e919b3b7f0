import { isHandedOver } from "#shared/domain/handover/handover.ts";
import { layeredGaps } from "#shared/domain/roster/layers.ts";
import { deskError } from "#shared/errors.ts";
import { fail, ok } from "#shared/lib/result.ts";
import { dayMs } from "#shared/lib/time.ts";
import type { Answer, Desk } from "../desk.ts";
import { readEntity } from "../store/entities.ts";
import { rosterBetween } from "../store/layers.ts";
import { counts } from "../store/outbox.ts";
import { turn } from "../turn.ts";
import { countEvents, neededEvents } from "./events.ts";
import { handoverId, shiftToHandOver } from "./handover.ts";
import { shiftsAround } from "./people.ts";
import { gapView } from "./roster.ts";
import { warningsAt } from "./warnings.ts";

/** How far ahead the desk looks for gaps on its first screen. */
const gapsAheadMs = 7 * dayMs;

/** The one glance: who, until when, what is open and late, what waits, warnings; read in portions, between which a step is taken. */
export async function deskNow(desk: Desk): Promise<Answer<"desk.now">> {
  const at = desk.ports.now();
  const rules = desk.tables.roster;
  const { current, next } = shiftsAround(desk.db, rules, at);
  await turn();
  if (!desk.db.open) return fail(deskError("core.lost"));
  const roster = rosterBetween(desk.db, rules, at, at + gapsAheadMs);
  const gaps = layeredGaps(roster, at, at + gapsAheadMs).length;
  const gapsNow = layeredGaps(roster, at, at + 1).map(gapView);
  await turn();
  if (!desk.db.open) return fail(deskError("core.lost"));
  const needs = neededEvents(desk, 40);
  await turn();
  if (!desk.db.open) return fail(deskError("core.lost"));
  const handing = shiftToHandOver(desk, at);
  const { waiting, refused } = counts(desk.db);
  return ok({
    at,
    streetName: desk.street.name,
    sample: desk.sample,
    current,
    next,
    handoverDueAt: current?.endAt ?? null,
    handoverOverdueOn:
      handing && handing.endAt <= at && !isHandedOver(readEntity(desk.db, "handover", handoverId(handing))?.phase)
        ? handoverId(handing)
        : null,
    counts: {
      ...countEvents(desk.db, at),
      gaps,
      refused,
      waiting,
    },
    gapsNow,
    needs,
    warnings: warningsAt(desk.db, at),
  });
}
