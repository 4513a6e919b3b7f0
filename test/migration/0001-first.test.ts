import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openDatabase } from "#core/store/database.ts";
import { schemaPicture } from "#core/store/schema-picture.ts";

test("0001-first makes the schema of the picture, and the duty log cannot be edited or deleted", () => {
  const folder = mkdtempSync(join(tmpdir(), "zhishou-schema-"));
  const opened = openDatabase(join(folder, "desk.db"));
  if (!opened.ok) throw new Error(opened.error.id);
  const { db } = opened.value;
  // After a wanted change: `npm run schema` draws the picture anew.
  expect(schemaPicture(db)).toBe(
    readFileSync(join(import.meta.dirname, "../../electron/core/store/schema.sql"), "utf8"),
  );
  db.prepare(
    "INSERT INTO duty_log (id, at, by, kind, action, zh, en) VALUES ('a', 1, 'x', 'note', '', '一', 'one')",
  ).run();
  expect(() => db.prepare("DELETE FROM duty_log").run()).toThrow("append-only");
  expect(() => db.prepare("UPDATE duty_log SET zh = '二'").run()).toThrow("append-only");
  expect(db.prepare("UPDATE duty_log SET no = 3").run().changes).toBe(1);
  db.close();
  rmSync(folder, { recursive: true });
});
