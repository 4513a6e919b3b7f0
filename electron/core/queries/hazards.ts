import type { HazardRow, ParsedOf } from "#shared/contract.ts";
import { type Hazard, hazardSteps } from "#shared/domain/hazard/hazard.ts";
import { stepsFrom } from "#shared/domain/step.ts";
import { ok } from "#shared/lib/result.ts";
import { type Answer, type Desk, enrolled } from "../desk.ts";
import { type Db, sql } from "../store/database.ts";
import { readEntity } from "../store/entities.ts";
import { syncOfEntity } from "../store/sync-state.ts";

const hazardsOf = (db: Db, ids: readonly string[]): Hazard[] => ids.flatMap((id) => readEntity(db, "hazard", id) ?? []);

/** Open hazards whose limit ends before `untilAt` (ms), those long late among them, soonest limit first: for the handover. */
export function hazardsDue(db: Db, untilAt: number): Hazard[] {
  const ids = sql(db, "SELECT id FROM hazard WHERE open = 1 AND due_at < ? ORDER BY due_at, id LIMIT 500");
  return hazardsOf(db, ids.pluck().all(untilAt) as string[]);
}

export function listHazards(desk: Desk, { assetId, limit }: ParsedOf<"hazard.list">): Answer<"hazard.list"> {
  const { db } = desk;
  const ids = (
    assetId === undefined
      ? sql(db, "SELECT id FROM hazard WHERE open = 1 ORDER BY due_at, id LIMIT ?").pluck().all(limit)
      : sql(db, "SELECT id FROM hazard WHERE asset_id = ? AND asset_id <> '' ORDER BY found_at DESC, id LIMIT ?")
          .pluck()
          .all(assetId, limit)
  ) as string[];
  const counted = sql(
    db,
    "SELECT count(*) AS open, coalesce(sum(due_at <= ?), 0) AS late FROM hazard WHERE open = 1",
  ).get(desk.ports.now()) as { open: number; late: number };
  const grade = desk.session.officer?.grade;
  const rows = hazardsOf(db, ids).map(
    (hazard): HazardRow => ({
      hazard,
      actions: grade ? stepsFrom(hazardSteps, hazard.state, grade) : [],
      sync: syncOfEntity(db, enrolled(desk), "hazard", hazard.id),
    }),
  );
  return ok({ rows, ...counted });
}
