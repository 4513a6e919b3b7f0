import { expect, test } from "vitest";
import { carryOverAtRest } from "#core/store/at-rest.ts";
import type { Db } from "#core/store/database.ts";
import { writeDeskLine } from "#core/store/duty-log.ts";
import { drawLogWords } from "#core/store/log-words.ts";
import { applyPulled } from "#core/store/outbox.ts";
import { eachItsOwnStore } from "./own-store.ts";

let db: Db;
eachItsOwnStore((opened) => {
  db = opened;
});

const write = (id: string, zh: string) => writeDeskLine(db, { id, at: 1, action: "desk.note", zh, en: "" }, null);
const drawn = () => db.prepare("SELECT count(*) FROM duty_log_words").pluck().get();
const found = (word: string) =>
  db.prepare("SELECT rowid FROM duty_log_words WHERE duty_log_words MATCH ?").pluck().all(`"${word}"`);

test("a commit writes no words; whoever searches draws what is missing, each line once", () => {
  write("a", "路灯");
  write("b", "井盖");
  expect(drawn()).toBe(0);
  expect(drawLogWords(db)).toBe(2);
  expect(found("井 盖")).toEqual([2]);
  write("c", "路灯");
  expect(drawLogWords(db)).toBe(1);
  expect(drawLogWords(db)).toBe(0);
  expect(found("路 灯")).toEqual([1, 3]);
});

test("a desk at rest draws them in portions, until none is left", () => {
  db.transaction(() => {
    for (let line = 0; line < 450; line++) write(`l${line}`, "路灯");
  })();
  carryOverAtRest(db);
  const seen = [0, 0, 0].map(() => {
    carryOverAtRest(db);
    return drawn();
  });
  expect(seen).toEqual([200, 400, 450]);
});

test("a portion of the ledger waits for some of the words from before, never for all of them", () => {
  db.transaction(() => {
    for (let line = 0; line < 450; line++) write(`l${line}`, "路灯");
  })();
  const seen = [1, 2, 3].map((upTo) => {
    applyPulled(db, [], upTo);
    return drawn();
  });
  expect(seen).toEqual([200, 400, 450]);
});
