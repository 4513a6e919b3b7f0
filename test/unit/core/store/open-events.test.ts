import { expect, test } from "vitest";
import type { Db } from "#core/store/database.ts";
import { writeEntity } from "#core/store/entities.ts";
import { openEvents } from "#core/store/open-events.ts";
import type { DutyEvent } from "#shared/domain/duty-event/event.ts";
import { seededEvents } from "../../../bench/data/events.ts";
import { drawer, seed } from "../../../seed.ts";
import { eachItsOwnStore } from "./own-store.ts";

let db: Db;
eachItsOwnStore((opened) => {
  db = opened;
});

const events = [...seededEvents(60, 1_700_000_000_000)].map((event): DutyEvent => ({ ...event, state: "accepted" }));
const write = (event: DutyEvent) => writeEntity(db, "event", event.id, event, null);
const afresh = () =>
  db
    .prepare(
      "SELECT row, id, state, level, reported_at AS reportedAt, due_at AS dueAt, rung FROM duty_event WHERE open = 1 ORDER BY row",
    )
    .all();
const held = () => [...openEvents(db).values()].sort((a, b) => a.row - b.row);

test("open events in memory are those of the store after any writes, undone ones among them", () => {
  const draw = drawer(seed);
  for (let turn = 0; turn < 40; turn++) {
    const change = () => {
      for (let one = 0; one < 5; one++) {
        const event = events[Math.floor(draw() * events.length)] as DutyEvent;
        const state = draw() < 0.3 ? "closed" : draw() < 0.6 ? "reported" : "handling";
        write({
          ...event,
          state,
          dueAt: (event.dueAt ?? 0) + Math.floor(draw() * 1e6),
          level: draw() < 0.5 ? "critical" : "normal",
        });
      }
    };
    if (draw() < 0.3)
      expect(() =>
        db.transaction(() => {
          change();
          throw new Error("undone");
        })(),
      ).toThrow("undone");
    else change();
    expect(held()).toEqual(afresh());
  }
  expect(held().length).toBeGreaterThan(10);
});

test("they are followed over more changes than the store remembers", () => {
  for (const event of events.slice(0, 10)) write(event);
  expect(held()).toHaveLength(10);
  db.transaction(() => {
    for (let turn = 0; turn < 10_000; turn++)
      write({ ...(events[0] as DutyEvent), state: turn % 2 ? "accepted" : "handling" });
    for (const event of events.slice(0, 4)) write({ ...event, state: "void" });
  })();
  expect(held()).toEqual(afresh());
  expect(held()).toHaveLength(6);
});

test("what is not yet certain is not read: inside a transaction they are refused", () => {
  expect(() => db.transaction(() => openEvents(db))()).toThrow("outside a transaction");
});
