import { expect, test } from "vitest";
import { refreshEventIndex } from "#core/store/event-index.ts";
import { seededEvents } from "#test/bench/data/events.ts";
import { deskBefore } from "./desk-before.ts";

test("queue-columns fills the new columns from the events as the desk itself would, and the hands from the log", () => {
  const { before, upgrade } = deskBefore("queue-columns");
  const entity = before.prepare("INSERT INTO entity (kind, id, state) VALUES ('event', ?, ?)");
  const row = before.prepare(
    "INSERT INTO duty_event (id, number, open, state, level, category, board, reported_at, due_at) VALUES (?, ?, 1, ?, 0, '', ?, 1, 2)",
  );
  const events = [...seededEvents(40, Date.parse("2026-11-21T06:03:00Z"))].map((event, n) => ({
    ...event,
    lead: n % 3 === 0 ? null : event.lead,
    board: n % 5 === 0 ? null : event.board,
    coHandlers:
      n % 2 === 0
        ? []
        : [
            { kind: "post" as const, name: "综治岗" },
            { kind: "team" as const, name: "一队" },
          ],
    whistle: n % 7 === 0 ? { kind: "daily" as const, to: "区", text: "", at: 1 } : null,
  }));
  for (const event of events) {
    entity.run(event.id, JSON.stringify(event));
    row.run(event.id, event.number, event.state, event.board);
  }
  before.exec(
    "INSERT INTO duty_log (id, at, by, kind, action, zh, en, event_id) VALUES ('l', 1, 'o1', 'event', 'report', '', '', 'seeded-3')",
  );
  const db = upgrade();
  const columns = () =>
    db
      .prepare(
        "SELECT id, stage, board, source, community, grid, lead, parties, confidential, sample, whistled FROM duty_event ORDER BY id",
      )
      .all();
  const filled = columns();
  refreshEventIndex(db);
  expect(filled).toEqual(columns());
  expect(db.prepare("SELECT officer_id, event_id FROM event_hand").all()).toEqual([
    { officer_id: "o1", event_id: "seeded-3" },
  ]);
});
