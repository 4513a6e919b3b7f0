import { randomBytes } from "node:crypto";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { openChain } from "#core/store/chain.ts";
import { type Db, openDatabase } from "#core/store/database.ts";
import { writeMeta } from "#core/store/meta.ts";
import { forget } from "./desk.ts";

export const street = "500118004";

/** The store of a desk on a real file, without the desk around it; gone with the test. Its ids are counted: `made` of them so far. */
export function openStore(name: string): {
  readonly db: Db;
  readonly newId: () => string;
  readonly made: () => number;
} {
  const folder = mkdtempSync(join(tmpdir(), `zhishou-${name}-`));
  const opened = openDatabase(join(folder, "desk.db"));
  if (!opened.ok) throw new Error(opened.error.id);
  const { db } = opened.value;
  openChain(db, { now: () => 1_000, monotonic: () => 0, randomBytes });
  onTestFinished(() => {
    db.close();
    forget(folder);
  });
  writeMeta(db, "street", street);
  let made = 0;
  const newId = () => `00000000-0000-7000-8000-${String(++made).padStart(12, "0")}`;
  return { db, newId, made: () => made };
}
