import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { readAhead } from "#core/store/read-ahead.ts";

test("a file is read to its end, one that is larger than what may be read not at all, and a missing one is no error", () => {
  const folder = mkdtempSync(join(tmpdir(), "zhishou-ahead-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, "desk.db");
  expect(readAhead(file)).toBe(0);
  const bytes = 17 * 1024 * 1024 + 5;
  writeFileSync(file, Buffer.alloc(bytes, 7));
  expect(readAhead(file)).toBe(bytes);
  expect(readAhead(file, bytes - 1)).toBe(0);
  expect(readAhead(folder)).toBe(0);
});
