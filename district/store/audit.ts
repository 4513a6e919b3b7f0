import type { Db } from "./open.ts";

export type Audited =
  | "attachment"
  | "attachment_refused"
  | "attachment_broken"
  | "started"
  | "stopped"
  | "epoch"
  | "code_made"
  | "enrolled"
  | "enrol_refused"
  | "revoked"
  | "request_refused"
  | "duty_asked"
  | "rules_set"
  | "whistle_step"
  | "dispatched"
  | "dispatch_step"
  | "operator_in"
  | "operator_out"
  | "operator_refused"
  | "fork"
  | "log_fork"
  | "log_behind"
  | "bug";

/** Writes a line; within a transaction it is told which. */
export type Audit = (what: Audited, device: string | null, detail: string, within?: Db) => Promise<void>;

/** Longest time in which a refused request of the same device for the same reason is written down only once. */
const quietMs = 60_000;

/** The append-only trail: ids and reasons, never a body, of names none but the operator's who acted. A flood of refusals leaves one line a minute. */
export function openAudit(db: Db, now: () => number): Audit {
  const lastAt = new Map<string, number>();
  return async (what, device, detail, within = db) => {
    const at = now();
    if (what === "request_refused" || what === "enrol_refused" || what === "operator_refused") {
      const key = `${what} ${device} ${detail}`;
      if (at - (lastAt.get(key) ?? Number.NEGATIVE_INFINITY) < quietMs) return;
      if (lastAt.size > 1_000) lastAt.clear();
      lastAt.set(key, at);
    }
    await within.insertInto("audit").values({ at, what, device, detail }).execute();
  };
}
