import { expect, test } from "vitest";
import { projectEvent } from "#core/store/event-index.ts";
import { eventIn } from "../unit/shared/samples.ts";
import { deskBefore } from "./desk-before.ts";

test("BO-9: an event of the version before is no relapse, and one that comes later is found", () => {
  const { before, upgrade } = deskBefore("relapse");
  before.exec(
    "INSERT INTO duty_event (id, number, open, state, level, category, reported_at, due_at) VALUES ('a', 'N-1', 1, 'reported', 0, '', 1, 2)",
  );
  const db = upgrade();
  const { eventId, number } = { eventId: "a", number: "N-1" };
  const link = { eventId, number, kind: "relapse" as const, text: "", at: 3, by: "o" };
  projectEvent(db, "b", eventIn("reported", { id: "b", number: "N-2", links: [link] }));
  expect(db.prepare("SELECT id FROM duty_event WHERE relapse = 1").pluck().all()).toEqual(["b"]);
  expect(db.prepare("SELECT relapse FROM duty_event WHERE id = 'a'").pluck().get()).toBe(0);
});
