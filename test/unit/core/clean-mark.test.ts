import { appendFileSync, existsSync, mkdtempSync, openSync, rmSync, statSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { closeDatabase, openDatabase } from "#core/store/database.ts";

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "zhishou-clean-"));
  file = join(folder, "desk.db");
  const opened = openDatabase(file);
  if (!opened.ok) throw new Error(opened.error.id);
  opened.value.db.exec(
    "INSERT INTO meta WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 4000) SELECT 'k' || i, hex(randomblob(40)) FROM n",
  );
  closeDatabase(opened.value.db);
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Overwrites the middle of the file, where the rows lie. */
function damage(): void {
  const at = Math.floor(statSync(file).size / 2);
  writeSync(openSync(file, "r+"), Buffer.alloc(9000, 0x5a), 0, 9000, at);
}

test("the note of an orderly close is good for one start", () => {
  expect(existsSync(`${file}-clean`)).toBe(true);
  const opened = openDatabase(file);
  expect(opened.ok).toBe(true);
  expect(existsSync(`${file}-clean`)).toBe(false);
  if (opened.ok) opened.value.db.close();
});

test("a file that was damaged after an orderly close is checked, and not used", () => {
  damage();
  const opened = openDatabase(file);
  expect(opened).toMatchObject({ ok: false, error: { id: "profile.broken" } });
});

test("without a note, as after a crash, the file is checked", () => {
  rmSync(`${file}-clean`);
  damage();
  expect(openDatabase(file)).toMatchObject({ ok: false, error: { id: "profile.broken" } });
});

test("a longer file is checked", () => {
  appendFileSync(file, Buffer.alloc(10));
  const opened = openDatabase(file);
  expect(existsSync(`${file}-clean`)).toBe(false);
  if (opened.ok) opened.value.db.close();
});
