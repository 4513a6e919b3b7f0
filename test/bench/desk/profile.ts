import { constants, cpSync } from "node:fs";
import { join } from "node:path";
import { closeDatabase, type Db, openDatabase } from "#core/store/database.ts";
import { writeEntity } from "#core/store/entities.ts";
import { openTestDesk } from "#test/unit/core/desk.ts";
import { seededEvents } from "../data/events.ts";
import { keptFolder } from "../kept.ts";

/** A profile of the sample desk with so many seeded events up to today, copied into `folder`. */
export async function seededProfile(folder: string, count: number): Promise<void> {
  const today = new Date().toISOString().slice(0, 10);
  const kept = await keptFolder("desk", [count, today], (making) => makeProfile(making, count), [
    "test/bench/desk/profile.ts",
  ]);
  cpSync(kept, folder, { recursive: true, mode: constants.COPYFILE_FICLONE });
  // A copy is another file: without the mark of a close in order the first start would check all of it.
  closeDatabase(open(folder));
}

function open(profileDir: string): Db {
  const opened = openDatabase(join(profileDir, "desk.db"));
  if (!opened.ok) throw new Error(opened.error.id);
  return opened.value.db;
}

async function makeProfile(profileDir: string, count: number): Promise<void> {
  const now = Date.now();
  const desk = await openTestDesk({ profileDir, now });
  await desk.close();
  const db = open(profileDir);
  db.transaction(() => {
    let n = 0;
    for (const event of seededEvents(count, now)) {
      // A name as the desk gives it: the calls that answer an alarm take no other.
      const id = `00000000-0000-7000-8000-${String(n++).padStart(12, "0")}`;
      // None waits for acceptance: the district has never heard of them and refuses each step, so what sounds would never end.
      const state = event.state === "reported" ? "accepted" : event.state;
      writeEntity(db, "event", id, { ...event, id, state }, null);
    }
  })();
  closeDatabase(db);
}
