import { join } from "node:path";
import Sqlite from "better-sqlite3";
import { afterEach, expect, test } from "vitest";
import { checkChain } from "#core/store/chain-check.ts";
import type { ChainFault } from "#shared/domain/duty-log/chain-entry.ts";
import { check } from "../../../tools/verify/check.ts";
import { drawer, seed } from "../../seed.ts";
import { type History, openHistory } from "./history.ts";

let desk: History | undefined;
afterEach(() => desk?.close());

/** Somebody with the file and time, while the desk is closed: no trigger and no reference holds them. */
function behindItsBack(one: History, change: (db: Sqlite.Database) => void): void {
  one.db.close();
  const db = new Sqlite(join(one.dir, "desk.db"));
  db.pragma("foreign_keys = OFF");
  for (const trigger of db.prepare("SELECT name FROM sqlite_schema WHERE type = 'trigger'").pluck().all())
    db.exec(`DROP TRIGGER ${trigger}`);
  change(db);
  db.close();
  one.reopen();
}

const changes: [string, string, ChainFault][] = [
  ["the words of a line", "UPDATE duty_log SET zh = '无事' WHERE row = 10", "line"],
  ["the time of a line", "UPDATE duty_log SET at = at - 60000 WHERE row = 10", "line"],
  ["the caller of a line", "UPDATE duty_log SET caller_phone = '' WHERE row = 10", "line"],
  ["what was sent", "UPDATE op SET body = replace(body, '无异常', '有异常') WHERE seq = 8", "line"],
  ["a deleted line", "DELETE FROM duty_log WHERE row = 10", "line"],
  ["a deleted entry", "DELETE FROM chain WHERE seq = 10", "seq-gap"],
  [
    "a line deleted with its entry and its op",
    "DELETE FROM op WHERE id = (SELECT log_id FROM chain WHERE seq = 10); DELETE FROM duty_log WHERE id = (SELECT log_id FROM chain WHERE seq = 10); DELETE FROM chain WHERE seq = 10",
    "seq-gap",
  ],
  ["the last entry", "DELETE FROM chain WHERE seq = (SELECT max(seq) FROM chain)", "seq-gap"],
  ["an officer in an entry", "UPDATE chain SET entry = replace(entry, '\"o1\"', '\"o2\"') WHERE seq = 10", "hash"],
  ["a signature", "UPDATE chain SET sig = (SELECT sig FROM chain WHERE seq = 9) WHERE seq = 10", "sig"],
  ["words erased in passing", "UPDATE chain SET salt = NULL WHERE seq = 10", "line"],
];

test.each(changes)("LG-5: found by the desk and in its export: %s", async (_name, change, why) => {
  desk = await openHistory(drawer(seed + 30));
  for (let line = 0; line < 20; line++) desk.note(`第 ${line} 条 巡查无异常`);
  expect(await desk.show()).toBe("extends");
  const sound = await checkChain(desk.db, async () => {});
  expect(sound.fault).toBeNull();
  behindItsBack(desk, (db) => db.exec(change));
  expect((await checkChain(desk.db, async () => {})).fault?.why).toBe(why);
  expect(check(desk.file(), [], undefined)).toMatchObject({ verdict: "broken", exit: 1 });
});

test("LG-5: a line that names another place in the chain than its entry has is found", async () => {
  desk = await openHistory(drawer(seed + 30));
  for (let line = 0; line < 20; line++) desk.note(`第 ${line} 条 巡查无异常`);
  behindItsBack(desk, (db) => db.exec("UPDATE duty_log SET chain_seq = 11 WHERE chain_seq = 10"));
  expect((await checkChain(desk.db, async () => {})).fault).toEqual({ seq: 10, why: "line" });
});

test("LG-2: half a character in what was given is not proved as it came, but as the row keeps it", async () => {
  desk = await openHistory(drawer(seed + 30));
  desk.note("半个字\ud83d，整个字\ud83d\ude00");
  expect((await checkChain(desk.db, async () => {})).fault).toBeNull();
});
