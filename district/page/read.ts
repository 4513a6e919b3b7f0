import type { DutyEvent } from "#shared/domain/duty-event/event.ts";
import { readEvent } from "#shared/domain/duty-event/read-event.ts";
import { type Whistle, whistleOf } from "#shared/domain/duty-event/whistle.ts";
import { type DutyCheck, type DutyCheckStanding, standingOf } from "#shared/domain/presence/duty-check.ts";
import type { Context } from "../context.ts";
import { begunIn } from "../operator/begun.ts";
import { eventsIn } from "../operator/whistle.ts";
import type { Db } from "../store/open.ts";

export interface WaitingWhistle {
  readonly street: string;
  readonly event: DutyEvent;
  readonly whistle: Whistle;
}

const mostWhistles = 100;

/** Whistles that wait for the district or a department, the oldest first. */
export async function whistlesOf(db: Db, streets: readonly string[]): Promise<WaitingWhistle[]> {
  const rows = await eventsIn(db, streets)
    .where("event_index.state", "=", "whistled")
    .orderBy("event_index.id")
    .limit(mostWhistles)
    .execute();
  return rows.flatMap(({ street, state }) => {
    const event = readEvent(JSON.parse(state));
    const whistle = whistleOf(event);
    return whistle ? [{ street, event, whistle }] : [];
  });
}

export interface AskedCheck {
  readonly street: string;
  readonly check: DutyCheck;
  readonly standing: DutyCheckStanding;
  /** From asking until the district had the answer, by its own clock; `null`: it has none. */
  readonly delayMs: number | null;
}

const mostChecks = 40;

/** Duty checks of these streets, the latest first. */
export async function checksOf(db: Db, streets: readonly string[], at: number): Promise<AskedCheck[]> {
  const asked = await begunIn(db, streets, "duty_check.ask", mostChecks);
  return asked.map(({ street, state: check, changedAt }) => ({
    street,
    check,
    standing: standingOf(check, at),
    delayMs: check.reached?.asked.answer ? changedAt - check.askedAt : null,
  }));
}

const mostLines = 200;

/** The latest lines of the audit, the newest first. */
export const auditLines = ({ store }: Context) =>
  store.db.selectFrom("audit").selectAll().orderBy("no", "desc").limit(mostLines).execute();
