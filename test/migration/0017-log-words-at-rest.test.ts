import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Sqlite from "better-sqlite3";
import { expect, test } from "vitest";
import { carryOverAtRest } from "#core/store/at-rest.ts";
import { openDatabase } from "#core/store/database.ts";
import { migrations } from "#core/store/migrations/index.ts";

const place = migrations.findIndex(({ name }) => name.endsWith("log-words-at-rest"));

test("log-words-at-rest: words of the version before are still found, and those of later lines are merged when the desk rests", () => {
  const folder = mkdtempSync(join(tmpdir(), "zhishou-words-"));
  const file = join(folder, "desk.db");
  const before = new Sqlite(file);
  for (const { sql } of migrations.slice(0, place)) before.exec(sql);
  before.pragma(`user_version = ${place}`);
  before.exec("INSERT INTO duty_log_words (rowid, words) VALUES (1, '路 灯')");
  before.close();
  const opened = openDatabase(file);
  if (!opened.ok) throw new Error(opened.error.id);
  const { db } = opened.value;
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
  db.close();
  rmSync(folder, { recursive: true });
});
