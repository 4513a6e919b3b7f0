import type { OutputOf } from "#shared/contract.ts";
import { isHandedOver } from "#shared/domain/handover/handover.ts";
import { layeredGaps } from "#shared/domain/roster/layers.ts";
import { dayMs } from "#shared/lib/time.ts";
import type { Answer, Desk } from "../desk.ts";
import { readEntity } from "../store/entities.ts";
import { rosterBetween } from "../store/layers.ts";
import { counts } from "../store/outbox.ts";
import { inPortions } from "../turn.ts";
import { countEvents, neededEvents } from "./events.ts";
import { handoverId, shiftToHandOver } from "./handover.ts";
import { shiftsAround } from "./people.ts";
import { gapView } from "./roster.ts";
import { warningsAt } from "./warnings.ts";

/** How far ahead the desk looks for gaps on its first screen. */
const gapsAheadMs = 7 * dayMs;

/** The one glance: who, until when, what is open and late, what waits, warnings. */
export const deskNow = (desk: Desk): Promise<Answer<"desk.now">> => inPortions(desk, glance(desk));

function* glance(desk: Desk): Generator<void, OutputOf<"desk.now">> {
  const at = desk.ports.now();
  const rules = desk.tables.roster;
  const { current, next } = shiftsAround(desk.db, rules, at);
  yield;
  const roster = rosterBetween(desk.db, rules, at, at + gapsAheadMs);
  const gaps = layeredGaps(roster, at, at + gapsAheadMs).length;
  const gapsNow = layeredGaps(roster, at, at + 1).map(gapView);
  yield;
  const needs = neededEvents(desk, 40);
  yield;
  const handing = shiftToHandOver(desk, at);
  const { waiting, refused } = counts(desk.db);
  return {
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
  };
}
