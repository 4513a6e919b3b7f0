import { expect, test } from "vitest";
import { carryOverAtRest } from "#core/store/at-rest.ts";
import { deskBefore } from "./desk-before.ts";

test("event-words-at-rest: words of the version before are found, and those of later events are merged when the desk rests", () => {
  const { before, upgrade } = deskBefore("event-words-at-rest");
  before.exec("INSERT INTO open_event_words (rowid, words) VALUES (1, '路 灯')");
  const db = upgrade();
  const segments = () => db.prepare("SELECT count(DISTINCT segid) FROM open_event_words_idx").pluck().get();
  const found = () =>
    db.prepare("SELECT count(*) FROM open_event_words WHERE open_event_words MATCH '\"路 灯\"'").pluck().get();
  for (let row = 2; row < 22; row++)
    db.prepare("INSERT INTO open_event_words (rowid, words) VALUES (?, '路 灯')").run(row);
  expect(segments()).toBe(21);
  carryOverAtRest(db);
  carryOverAtRest(db);
  expect(segments()).toBe(1);
  expect(found()).toBe(21);
});
