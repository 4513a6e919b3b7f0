import { expect, test } from "vitest";
import { readEntity, writeEntity } from "#core/store/entities.ts";
import { bondsTo, mergedInto } from "#core/store/event-bonds.ts";
import type { DutyEvent } from "#shared/domain/duty-event/event.ts";
import { eventIn } from "../unit/shared/samples.ts";
import { deskBefore } from "./desk-before.ts";

test("WH-8 BO-4 a desk of the version before keeps its events; old whistles are read, bonds are kept from then on", () => {
  const { before, upgrade } = deskBefore("event-bond");
  const { whistles: _1, border: _2, merged: _3, links: _4, urges: _5, review: _6, ...old } = eventIn("whistled");
  const whistle = { kind: "daily", to: "区交通运输委", text: "请增开", at: 5 };
  before
    .prepare("INSERT INTO entity (kind, id, state) VALUES ('event', 'event-1', ?)")
    .run(JSON.stringify({ ...old, whistle }));
  const db = upgrade();
  const read = readEntity(db, "event", "event-1") as DutyEvent;
  expect(read).toMatchObject({ links: [], urges: [], merged: null, border: null, review: null });
  expect(read.whistles).toMatchObject([{ state: "called", to: "区交通运输委", steps: [{ step: "call", at: 5 }] }]);
  const merged = { eventId: "event-1", number: "A001", from: "accepted", text: "", at: 9, by: "o" } as const;
  const link = { eventId: "event-1", number: "A001", kind: "follows", text: "", at: 9, by: "o" } as const;
  writeEntity(db, "event", "event-2", eventIn("merged", { id: "event-2", number: "A002", merged }), null);
  writeEntity(
    db,
    "event",
    "event-3",
    eventIn("merged", { id: "event-3", number: "A003", merged: { ...merged, eventId: "event-2" } }),
    null,
  );
  writeEntity(db, "event", "event-4", eventIn("accepted", { id: "event-4", number: "A004", links: [link] }), null);
  expect(mergedInto(db, "event-1")).toEqual(["event-2", "event-3"]);
  expect(bondsTo(db, "event-1")).toEqual([
    { id: "event-2", kind: "merged" },
    { id: "event-4", kind: "follows" },
  ]);
  writeEntity(db, "event", "event-2", eventIn("accepted", { id: "event-2", number: "A002" }), null);
  expect(mergedInto(db, "event-1")).toEqual([]);
});
