import { createHash, randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Sqlite from "better-sqlite3";
import { afterEach, expect, test } from "vitest";
import { openChain, readyChain } from "#core/store/chain.ts";
import { type Db, openDatabase } from "#core/store/database.ts";
import { first } from "#core/store/migrations/0001-first.ts";

const folder = mkdtempSync(join(tmpdir(), "zhishou-migration-"));
let db: Db | undefined;
afterEach(() => {
  db?.close();
  rmSync(folder, { recursive: true, force: true });
});

test("0004-chain: LG-3: an older log is sealed as it stands: how many lines, with their digest, and says so", () => {
  const old = new Sqlite(join(folder, "desk.db"));
  old.exec(first);
  old.pragma("user_version = 1");
  const add = old.prepare(
    "INSERT INTO duty_log (id, at, by, kind, action, zh, en) VALUES (?, 1, 'x', 'note', '', ?, '')",
  );
  add.run("a", "一");
  add.run("b", "二");
  old.close();

  const opened = openDatabase(join(folder, "desk.db"));
  if (!opened.ok) throw new Error(opened.error.id);
  db = opened.value.db;
  openChain(db, { now: () => 5_000, monotonic: () => 0, randomBytes });
  db.transaction(() => readyChain(db as Db, "500118004"))();
  const line = (id: string, zh: string) =>
    `${JSON.stringify({ action: "", assets: "", at: 1, by: "x", caller_name: "", caller_phone: "", corrects: null, en: "", event_id: null, id, kind: "note", officers: "", unit: "", zh })}\n`;
  const digest = createHash("sha256").update(line("a", "一")).update(line("b", "二")).digest("hex");
  expect(db.prepare("SELECT desk_facts FROM chain").pluck().all()).toEqual([
    JSON.stringify({ digest, lastRow: 2, lines: 2 }),
  ]);
  expect(db.prepare("SELECT zh FROM duty_log WHERE kind = 'desk'").pluck().get()).toContain("此前已有 2 条");

  // The speed bump: neither the chain nor a line can be changed in passing; a line's content can only go, once.
  expect(() => db?.prepare("DELETE FROM chain").run()).toThrow("append-only");
  expect(() => db?.prepare("UPDATE chain SET hash = ''").run()).toThrow("append-only");
  expect(() => db?.prepare("UPDATE duty_log SET zh = '改' WHERE id = 'a'").run()).toThrow("append-only");
  expect(() => db?.prepare("UPDATE duty_log SET caller_name = '改' WHERE id = 'a'").run()).toThrow("append-only");
  expect(() => db?.prepare("UPDATE duty_log SET zh = '改', erased_at = 1 WHERE id = 'a'").run()).toThrow("append-only");
  expect(db.prepare("UPDATE duty_log SET zh = '', en = '', erased_at = 1 WHERE id = 'a'").run().changes).toBe(1);
  expect(() => db?.prepare("UPDATE duty_log SET erased_at = 2 WHERE id = 'a'").run()).toThrow("append-only");
});
