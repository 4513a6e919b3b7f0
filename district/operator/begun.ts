import { type OpKind, opKinds, type StateOf } from "#shared/op/kinds.ts";
import { districtDevice } from "#shared/op/op.ts";
import type { Db } from "../store/open.ts";

/** What the district began in a street: how it stands, and when; the district's clock. */
export interface Begun<State> {
  readonly street: string;
  /** Place in the order of the ledger: a desk that holds as much has it. */
  readonly no: number;
  readonly begunAt: number;
  readonly changedAt: number;
  readonly state: State;
}

/** Everything that the district began in these streets by an op of this kind, the latest `most` first, each as it stands now. */
export async function begunIn<K extends "event.dispatch" | "duty_check.ask">(
  db: Db,
  streets: readonly string[],
  kind: K,
  most: number,
): Promise<Begun<StateOf<K>>[]> {
  if (streets.length === 0) return [];
  const { entity, entityId } = opKinds[kind as OpKind];
  const begun = await db
    .selectFrom("ledger")
    .select(["street", "no", "body", "confirmed_at as begunAt"])
    .where("device", "in", streets.map(districtDevice))
    .where("kind", "=", kind)
    .orderBy("no", "desc")
    .limit(most)
    .execute();
  if (begun.length === 0) return [];
  const ids = begun.map(({ body }) => entityId(JSON.parse(body) as never));
  const rows = await db
    .selectFrom("entity")
    .innerJoin("ledger", "ledger.no", "entity.no")
    .select(["entity.street", "entity.id", "entity.state", "ledger.confirmed_at as changedAt"])
    .where("entity.street", "in", [...new Set(begun.map(({ street }) => street))])
    .where("entity.kind", "=", entity)
    .where("entity.id", "in", ids)
    .execute();
  const standing = new Map(rows.map((row) => [`${row.street} ${row.id}`, row]));
  return begun.flatMap(({ street, no, begunAt }, index) => {
    const row = standing.get(`${street} ${ids[index]}`);
    return row ? [{ street, no, begunAt, changedAt: row.changedAt, state: JSON.parse(row.state) as StateOf<K> }] : [];
  });
}
