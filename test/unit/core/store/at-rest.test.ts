import { join } from "node:path";
import { expect, test } from "vitest";
import { carryOverAtRest, keepUp } from "#core/store/at-rest.ts";
import { type Db, keepingHouse, newsSoFar, openDatabase, writtenSoFar } from "#core/store/database.ts";
import { forget, openTestDesk } from "../desk.ts";
import { eachItsOwnStore } from "./own-store.ts";

let db: Db;
eachItsOwnStore((opened) => {
  db = opened;
});

/** Frames of the write-ahead log that are not in the file yet. */
function ahead(): number {
  const [wal] = db.pragma("wal_checkpoint(NOOP)") as { log: number; checkpointed: number }[];
  if (!wal) throw new Error("no answer");
  return wal.log - wal.checkpointed;
}
const segments = () => db.prepare("SELECT count(DISTINCT segid) FROM open_event_words_idx").pluck().get() as number;
const found = () => db.prepare("SELECT count(*) FROM open_event_words WHERE open_event_words MATCH '积'").pluck().get();

function writeMany(from: number, to: number): void {
  for (let row = from; row < to; row++)
    db.prepare("INSERT INTO open_event_words (rowid, words) VALUES (?, ?)").run(row, `积 水 ${row}`);
}

test("between two portions what was written is carried over before a commit would have to, and only then", () => {
  db.pragma("wal_checkpoint(PASSIVE)");
  writeMany(1, 4);
  keepUp(db, () => true);
  expect(ahead()).toBeGreaterThan(0);
  const big = db.prepare("INSERT INTO meta (key, value) VALUES (?, ?)");
  for (let row = 0; row < 10; row++) big.run(`k${row}`, "x".repeat(500_000));
  expect(ahead()).toBeGreaterThan(1_000);
  keepUp(db, () => true);
  expect(ahead()).toBe(0);
});

test("a commit merges no words; they are merged between two portions while there is time, and found all along", () => {
  writeMany(1, 40);
  expect(segments()).toBe(39);
  keepUp(db, () => false);
  const after = segments();
  expect(after).toBeLessThan(39);
  for (let turn = 0; turn < 20; turn++) keepUp(db, () => true);
  expect(segments()).toBeLessThan(4);
  expect(found()).toBe(39);
});

test("a desk at rest goes on merging from beat to beat until nothing is left, and then writes nothing", () => {
  writeMany(1, 40);
  carryOverAtRest(db);
  const written = () => db.prepare("SELECT total_changes()").pluck().get();
  for (let turn = 0; turn < 20; turn++) carryOverAtRest(db);
  expect(segments()).toBeLessThan(4);
  const before = written();
  carryOverAtRest(db);
  expect(written()).toBe(before);
});

test("it says whether more is left, and what it sweeps up is no news to whoever looks only when there is some", () => {
  writeMany(1, 400);
  const news = newsSoFar(db);
  expect(carryOverAtRest(db)).toBe(false);
  const written = writtenSoFar(db);
  let portions = 0;
  while (carryOverAtRest(db)) portions++;
  expect(portions).toBeGreaterThan(0);
  expect(writtenSoFar(db)).toBeGreaterThan(written);
  expect(newsSoFar(db)).toBe(news);
  expect(ahead()).toBe(0);
  keepingHouse(db, () => writeMany(400, 401));
  expect(newsSoFar(db)).toBe(news);
  writeMany(401, 402);
  expect(newsSoFar(db)).toBeGreaterThan(news);
});

test("what is left to sweep up waits for no further beat: one portion follows the other while nobody asks", async () => {
  const desk = await openTestDesk();
  await desk.get("session.signIn", { pin: "2580" });
  // More lines than two portions draw the words of.
  for (let index = 0; index < 420; index++) await desk.get("event.report", { text: `涝点 ${index}`, level: "normal" });
  desk.later(2_000);
  desk.later(2_000);
  await new Promise((resolve) => setTimeout(resolve, 600));
  await desk.close();
  const opened = openDatabase(join(desk.profileDir, "desk.db"));
  if (!opened.ok) throw new Error(opened.error.id);
  const count = (table: string) => opened.value.db.prepare(`SELECT count(*) FROM ${table}`).pluck().get();
  expect(count("duty_log_words_docsize")).toBe(count("duty_log"));
  opened.value.db.close();
  forget(desk.profileDir);
});
