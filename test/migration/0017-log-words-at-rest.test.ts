import { expect, test } from "vitest";
import { carryOverAtRest } from "#core/store/at-rest.ts";
import { drawLogWords } from "#core/store/log-words.ts";
import { deskBefore } from "./desk-before.ts";

test("log-words-at-rest: lines of the version before are found, and those of later lines are merged when the desk rests", () => {
  const { before, upgrade } = deskBefore("log-words-at-rest");
  before.exec("INSERT INTO duty_log (id, at, by, kind, action, zh, en) VALUES ('l', 1, 'o1', 'note', '', '路灯', '')");
  const db = upgrade();
  drawLogWords(db);
  const segments = () => db.prepare("SELECT count(DISTINCT segid) FROM duty_log_words_idx").pluck().get();
  const found = () =>
    db.prepare("SELECT count(*) FROM duty_log_words WHERE duty_log_words MATCH '\"路 灯\"'").pluck().get();
  for (let row = 2; row < 22; row++)
    db.prepare("INSERT INTO duty_log_words (rowid, words) VALUES (?, '路 灯')").run(row);
  expect(segments()).toBe(21);
  carryOverAtRest(db);
  carryOverAtRest(db);
  expect(segments()).toBe(1);
  expect(found()).toBe(21);
});
