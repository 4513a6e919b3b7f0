import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Sqlite from "better-sqlite3";
import { expect, test } from "vitest";
import { openDatabase } from "#core/store/database.ts";
import { refreshEventIndex } from "#core/store/event-index.ts";
import { linesAt, rowsOfIds } from "#core/store/event-line.ts";
import { migrations } from "#core/store/migrations/index.ts";
import { sealedTitle } from "#shared/domain/duty-event/confidential.ts";
import { eventIn } from "../unit/shared/samples.ts";

const place = migrations.findIndex(({ name }) => name.endsWith("event-line"));

test("CF-1 events of the version before have their lines when the desk opens, a confidential one sealed beside it", () => {
  const folder = mkdtempSync(join(tmpdir(), "zhishou-line-"));
  const file = join(folder, "desk.db");
  const before = new Sqlite(file);
  for (const { sql } of migrations.slice(0, place)) before.exec(sql);
  before.pragma(`user_version = ${place}`);
  const put = before.prepare("INSERT INTO entity (kind, id, state) VALUES ('event', ?, ?)");
  const plain = eventIn("accepted", { id: "a", number: "A001" });
  const secret = eventIn("assigned", { id: "b", number: "A002", confidential: true, reportedAt: plain.reportedAt + 1 });
  for (const event of [plain, secret]) put.run(event.id, JSON.stringify(event));
  before.exec("INSERT INTO meta VALUES ('eventIndex', '5')");
  before.close();
  const opened = openDatabase(file);
  if (!opened.ok) throw new Error(opened.error.id);
  const { db } = opened.value;
  refreshEventIndex(db);
  const rows = rowsOfIds(db, ["b", "none", "a"]);
  const titles = (may: boolean) => linesAt(db, [...rows, 999], () => may).map(({ id, title }) => [id, title]);
  expect(titles(true)).toEqual([
    ["b", secret.title],
    ["a", plain.title],
  ]);
  expect(titles(false)).toEqual([
    ["b", sealedTitle],
    ["a", plain.title],
  ]);
  db.close();
  rmSync(folder, { recursive: true });
});
