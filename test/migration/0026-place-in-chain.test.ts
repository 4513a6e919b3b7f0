import { expect, test } from "vitest";
import { deskBefore, planOf } from "./desk-before.ts";

test("place-in-chain: the entries of the version before stay as they were, each line knows its place, and both stay append-only", () => {
  const { before, upgrade } = deskBefore("place-in-chain");
  const line = before.prepare(
    "INSERT INTO duty_log (id, at, by, kind, action, zh, en) VALUES (?, 1, 'o1', 'note', '', '', '')",
  );
  const entry = before.prepare(
    "INSERT INTO chain (seq, hash, entry, sig, log_id, salt) VALUES (?, ?, '{}', 's', ?, ?)",
  );
  // Every third line came from another desk.
  let seq = 0;
  for (let row = 1; row <= 30; row++) {
    line.run(`l${row}`);
    if (row % 3 !== 0) entry.run(++seq, `h${seq}`, `l${row}`, row === 4 ? null : "salt");
  }
  const entries = before.prepare("SELECT * FROM chain ORDER BY seq").all();
  const places = before.prepare("SELECT l.id, c.seq FROM duty_log l LEFT JOIN chain c ON c.log_id = l.id ORDER BY row");
  const stood = places.raw().all();

  const db = upgrade();
  expect(db.prepare("SELECT * FROM chain ORDER BY seq").all()).toEqual(entries);
  expect(db.prepare("SELECT id, chain_seq FROM duty_log ORDER BY row").raw().all()).toEqual(stood);
  const kept = (change: string) => expect(() => db.prepare(change).run()).toThrow("append-only");
  kept("DELETE FROM chain WHERE seq = 3");
  kept("UPDATE chain SET hash = '' WHERE seq = 3");
  kept("UPDATE duty_log SET chain_seq = 9 WHERE id = 'l1'");
  kept("UPDATE duty_log SET chain_seq = NULL WHERE id = 'l1'");
  // A line is chained once, and the words of an entry can still be erased.
  expect(() => line.run("l1")).toThrow();
  db.prepare("UPDATE chain SET salt = NULL WHERE seq = 3").run();
});

test("place-in-chain: what is asked of the log and of an entity finds its rows by their keys", () => {
  const { upgrade } = deskBefore("place-in-chain");
  const db = upgrade();
  for (const asked of [
    "SELECT l.*, o.seq FROM duty_log l LEFT JOIN op o ON l.no IS NULL AND o.id = l.id WHERE l.event_id = 'e' ORDER BY l.at, l.row",
    "SELECT l.*, o.seq FROM duty_log l LEFT JOIN op o ON l.no IS NULL AND o.id = l.id ORDER BY l.at DESC, l.row DESC LIMIT 50",
    "SELECT c.*, l.chain_seq FROM chain c LEFT JOIN duty_log l ON l.id = c.log_id WHERE c.seq > 1 ORDER BY c.seq LIMIT 500",
    "SELECT chain_seq FROM duty_log WHERE id = 'l'",
    "UPDATE chain SET salt = NULL WHERE seq = 1",
    "SELECT seq FROM op WHERE entity = 'event' AND entity_id = 'e' AND state <> 'settled' LIMIT 1",
  ]) {
    const plan = planOf(db, asked);
    expect(plan, asked).toContain("USING");
    expect(plan, asked).not.toMatch(/SCAN (o|op|c|chain|l|duty_log)(,|$)/);
    expect(plan, asked).not.toContain("TEMP B-TREE");
  }
});
