import { expect, test } from "vitest";
import { refreshEventIndex } from "#core/store/event-index.ts";
import { linesAt, rowsOfIds } from "#core/store/event-line.ts";
import { sealedTitle } from "#shared/domain/duty-event/sealed-name.ts";
import { eventIn } from "../unit/shared/samples.ts";
import { deskBefore } from "./desk-before.ts";

test("CF-1 events of the version before have their lines when the desk opens, a confidential one sealed beside it", () => {
  const { before, upgrade } = deskBefore("event-line");
  const put = before.prepare("INSERT INTO entity (kind, id, state) VALUES ('event', ?, ?)");
  const plain = eventIn("accepted", { id: "a", number: "A001" });
  const secret = eventIn("assigned", { id: "b", number: "A002", confidential: true, reportedAt: plain.reportedAt + 1 });
  for (const event of [plain, secret]) put.run(event.id, JSON.stringify(event));
  before.exec("INSERT INTO meta VALUES ('eventIndex', '5')");
  const db = upgrade();
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
});
