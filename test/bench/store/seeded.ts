import { closeSync, constants, copyFileSync, openSync, writeSync } from "node:fs";
import { join } from "node:path";
import { closeDatabase, type Db, openDatabase } from "#core/store/database.ts";
import { writeEntity } from "#core/store/entities.ts";
import type { DutyEvent } from "#shared/domain/duty-event/event.ts";
import { openTestDesk, saturday } from "#test/unit/core/desk.ts";
import { seededEvents, withTasks } from "../data/events.ts";
import { keptFolder } from "../kept.ts";

export interface Seeded {
  /** A profile of one's own, in the folder that was given. */
  readonly file: string;
  /** All events, one a line. */
  readonly ndjson: string;
  /** The last events: in the lines, but not yet in the database. */
  readonly last: readonly DutyEvent[];
}

/** A desk without events, ready to be filled. */
export function open(file: string): Db {
  const opened = openDatabase(file);
  if (!opened.ok) throw new Error(opened.error.id);
  return opened.value.db;
}

export function* eventsWithTasks(count: number): Generator<DutyEvent> {
  let n = 0;
  for (const event of seededEvents(count, saturday)) yield withTasks(event, n++);
}

/** A desk with all but the last of so many seeded events, copied into `folder`. */
export async function seededDesk(folder: string, count: number, last: number): Promise<Seeded> {
  const cache = await keptFolder("store", [count, last], (making) => makeDesk(making, count, last));
  for (const file of ["desk.db", "desk.json"])
    copyFileSync(join(cache, file), join(folder, file), constants.COPYFILE_FICLONE);
  const events = [...eventsWithTasks(count)].slice(-last);
  return { file: join(folder, "desk.db"), ndjson: join(cache, "events.ndjson"), last: events };
}

async function makeDesk(making: string, count: number, last: number): Promise<void> {
  const desk = await openTestDesk({ profileDir: making });
  await desk.close();
  const db = open(join(making, "desk.db"));
  const lines = openSync(join(making, "events.ndjson"), "w");
  let portion = "";
  let written = 0;
  db.transaction(() => {
    for (const event of eventsWithTasks(count)) {
      portion += `${JSON.stringify(event)}\n`;
      if (portion.length > 1e7) {
        writeSync(lines, portion);
        portion = "";
      }
      if (written++ < count - last) writeEntity(db, "event", event.id, event, null);
    }
  })();
  writeSync(lines, portion);
  closeSync(lines);
  db.exec("PRAGMA wal_checkpoint(TRUNCATE)");
  closeDatabase(db);
}
