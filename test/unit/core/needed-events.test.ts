import { expect, test } from "vitest";
import type { Desk } from "#core/desk.ts";
import { countEvents, neededEvents, soonMs } from "#core/queries/events.ts";
import type { Db } from "#core/store/database.ts";
import { writeEntity } from "#core/store/entities.ts";
import { seededEvents } from "../../bench/data/events.ts";
import { eachItsOwnStore } from "./store/own-store.ts";

let db: Db;
eachItsOwnStore((opened) => {
  db = opened;
});
const now = 1_700_000_000_000;

/** The same, asked of the rows. */
const counted = () =>
  db
    .prepare(
      `SELECT count(*) AS open, sum(due_at < @now) AS late, sum(due_at >= @now AND due_at < @soon) AS dueSoon,
       sum(state = 'assigned') AS toAcknowledge FROM duty_event WHERE open = 1`,
    )
    .get({ now, soon: now + soonMs });
const needed = (limit: number) =>
  db
    .prepare(
      `WITH late_party AS (SELECT DISTINCT event FROM task WHERE open = 1 AND due_at < @now),
       needed AS (SELECT id, row, level, due_at, state NOT IN ('reported', 'assigned') AS taken,
         due_at >= @now AND level > 0 AND (level > 1 OR row NOT IN late_party) AS later
         FROM duty_event WHERE open = 1 AND (state IN ('reported', 'assigned') OR due_at < @soon OR row IN late_party))
       SELECT id FROM needed ORDER BY later, later AND taken, level, due_at, row LIMIT @limit`,
    )
    .pluck()
    .all({ now, soon: now + soonMs, limit });

test("what needs a person now is told from the open events as the rows tell it, the gravest first", () => {
  db.transaction(() => {
    let n = 0;
    for (const event of seededEvents(6_000, now)) {
      // Limits on both sides of now, and within the hour.
      const dueAt = now + ((n * 7_919) % 400) * 60_000 - 200 * 60_000;
      writeEntity(db, "event", event.id, { ...event, dueAt: n++ % 2 ? dueAt : event.dueAt }, null);
    }
  })();
  const desk = {
    db,
    ports: { now: () => now },
    session: { officer: null },
    sync: { state: () => ({ state: "unenrolled" }) },
  } as unknown as Desk;
  expect(countEvents(db, now)).toEqual(counted());
  for (const limit of [1, 10, 5_000]) {
    const ids = neededEvents(desk, limit).map(({ id }) => id);
    expect(ids.length).toBeGreaterThanOrEqual(Math.min(limit, 20));
    expect(ids).toEqual(needed(limit));
  }
});
