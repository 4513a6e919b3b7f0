import type { Tables } from "#shared/contract.ts";
import type { Grade } from "#shared/domain/officer/officer.ts";
import { whoAt } from "#shared/domain/roster/layers.ts";
import type { BodyOf, OpKind } from "#shared/op/kinds.ts";
import { newId } from "../desk.ts";
import type { CorePorts } from "../ports.ts";
import { record } from "../store/commit.ts";
import type { Db } from "../store/database.ts";
import { rosterBetween } from "../store/layers.ts";

/** One thing that happened on the sample desk, waiting to be recorded in its turn. */
export interface Happening {
  readonly at: number;
  readonly record: () => void;
}

/** What the sample's scripts play on: the same `record` that every command uses, at times of the past. */
export interface Stage {
  readonly db: Db;
  readonly tables: Tables;
  readonly now: number;
  readonly newId: () => string;
  /** Records an op; a refusal is a mistake in the sample data and fails the start. */
  put<K extends OpKind>(kind: K, body: BodyOf<K>, by: string, at: number): void;
  /** Who of this grade was on duty at an instant. */
  onDuty(grade: Exclude<Grade, "admin">, at: number): string;
}

const roleOf = { operator: "main_operator", shift_leader: "shift_leader", leader: "leader_on_duty" } as const;

export function setStage(ports: CorePorts, db: Db, tables: Tables, street: string, planner: string): Stage {
  return {
    db,
    tables,
    now: ports.now(),
    newId: () => newId(ports),
    put(kind, body, by, at) {
      const done = record(db, kind, body, { by, at, street, newId: () => newId(ports) });
      if (done.ok) return;
      const { id, params, field } = done.error;
      throw new Error(`sample data refused (${kind}, ${id} ${JSON.stringify(params ?? {})} ${field ?? ""})`);
    },
    onDuty(grade, at) {
      const people = whoAt(rosterBetween(db, tables.roster, at, at), at)?.people;
      return people?.find(({ role }) => role === roleOf[grade])?.officerId ?? planner;
    },
  };
}
