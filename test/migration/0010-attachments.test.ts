import { expect, test } from "vitest";
import { deskBefore, planOf } from "./desk-before.ts";

test("a desk of the version before gets the tables of attachments, and keeps its events", () => {
  const { before, upgrade } = deskBefore("-attachments");
  before.exec("INSERT INTO entity (kind, id, state) VALUES ('event', 'e-1', '{}')");
  const db = upgrade();
  expect(db.prepare("SELECT id FROM entity").pluck().all()).toEqual(["e-1"]);
  expect(planOf(db, "SELECT sha256 FROM content WHERE here = 1 AND held_at IS NULL")).toContain("content_to_send");
  expect(planOf(db, "SELECT id FROM attachment WHERE event_id = 'x'")).toContain("attachment_event");
});
