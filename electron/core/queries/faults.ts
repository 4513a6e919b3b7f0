import type { FaultRow, ParsedOf } from "#shared/contract.ts";
import { type Fault, faultSteps } from "#shared/domain/asset/fault.ts";
import { stepsFrom } from "#shared/domain/step.ts";
import { ok } from "#shared/lib/result.ts";
import { type Answer, type Desk, enrolled } from "../desk.ts";
import { type Db, sql } from "../store/database.ts";
import { readEntity } from "../store/entities.ts";
import { syncOfEntity } from "../store/sync-state.ts";

const faultsOf = (db: Db, ids: readonly string[]): Fault[] => ids.flatMap((id) => readEntity(db, "fault", id) ?? []);

/** Faults that were reported or came to an end from `fromAt` on and before `toAt` (ms), oldest first: for the handover. */
export function faultsBetween(db: Db, fromAt: number, toAt: number): Fault[] {
  const ids = sql(
    db,
    `SELECT id FROM fault WHERE reported_at >= @fromAt AND reported_at < @toAt
     UNION SELECT id FROM fault WHERE ended_at IS NOT NULL AND ended_at >= @fromAt AND ended_at < @toAt`,
  )
    .pluck()
    .all({ fromAt, toAt }) as string[];
  return faultsOf(db, ids).sort((a, b) => a.reportedAt - b.reportedAt || (a.id < b.id ? -1 : 1));
}

/** Faults that nobody has repaired yet, oldest first, at most `limit`. */
export const openFaults = (db: Db, limit: number): Fault[] =>
  faultsOf(
    db,
    sql(db, "SELECT id FROM fault WHERE open = 1 ORDER BY reported_at, id LIMIT ?").pluck().all(limit) as string[],
  );

export function listFaults(desk: Desk, { assetId, limit }: ParsedOf<"fault.list">): Answer<"fault.list"> {
  const { db } = desk;
  const [where, values] = assetId === undefined ? ["open = 1", []] : ["asset_id = ?", [assetId]];
  const ids = sql(db, `SELECT id FROM fault WHERE ${where} ORDER BY reported_at DESC, id DESC LIMIT ?`)
    .pluck()
    .all(...values, limit) as string[];
  const total = sql(db, `SELECT count(*) FROM fault WHERE ${where}`)
    .pluck()
    .get(...values) as number;
  const grade = desk.session.officer?.grade;
  const rows = faultsOf(db, ids).map(
    (fault): FaultRow => ({
      fault,
      actions: grade ? stepsFrom(faultSteps, fault.state, grade) : [],
      sync: syncOfEntity(db, enrolled(desk), "fault", fault.id),
    }),
  );
  return ok({ rows, total });
}
