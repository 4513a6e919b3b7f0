import { readFileSync } from "node:fs";
import { closeDatabase } from "#core/store/database.ts";
import { linesAt } from "#core/store/event-line.ts";
import { rowsAfter, sortingOf } from "#core/store/event-order.ts";
import { type DutyEvent, isOpen } from "#shared/domain/duty-event/event.ts";
import { median } from "../report.ts";
import { open, type Seeded } from "./seeded.ts";
import { ms } from "./timing.ts";

/** From a closed file to the first hundred lines of the queue. */
function openAndRead(file: string): void {
  const db = open(file);
  const rows = rowsAfter(db, sortingOf("urgency", false), [], { after: null, limit: 100 });
  linesAt(db, rows, () => true);
  closeDatabase(db);
}

/** Reads all lines and keeps what the first page is chosen by. */
function readLines(ndjson: string): void {
  const bytes = readFileSync(ndjson);
  const found: DutyEvent[] = [];
  for (let from = 0; from < bytes.length; ) {
    const end = bytes.indexOf(10, from);
    const event = JSON.parse(bytes.toString("utf8", from, end)) as DutyEvent;
    if (isOpen(event.state)) found.push(event);
    from = end + 1;
  }
  found.sort((a, b) => (a.dueAt ?? 0) - (b.dueAt ?? 0)).slice(0, 100);
}

export const coldStart = ({ file, ndjson }: Seeded) => ({
  coldMs: median([1, 2, 3, 4, 5].map(() => ms(() => openAndRead(file)))),
  ndjsonMs: median([1, 2, 3].map(() => ms(() => readLines(ndjson)))),
});
