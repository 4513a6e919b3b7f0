import { type Db, sql, writtenSoFar } from "./database.ts";
import { searchTables } from "./event-words.ts";
import { drawAtRest } from "./log-words.ts";

const carried = new WeakMap<Db, { seen: number; done: number }>();

/**
 * What no commit of a person waits for, done when nothing was written since the last call: draws and merges the words of the
 * log, and carries what was written into the file itself; the write-ahead log begins anew at its front, where a commit does
 * not grow the file. To be called at each beat. What is acknowledged is durable before and after.
 */
export function carryOverAtRest(db: Db): void {
  const written = writtenSoFar(db);
  const { seen, done } = carried.get(db) ?? { seen: 0, done: 0 };
  const rests = written === seen && written !== done;
  if (!rests) return void carried.set(db, { seen: written, done });
  const more = drawAtRest(db) || mergeWords(db, mergedAtRest, () => false);
  db.pragma("wal_checkpoint(PASSIVE)");
  const now = writtenSoFar(db);
  carried.set(db, { seen: now, done: more ? done : now });
}

/** Pages that the words of one index are merged by in one go: some milliseconds. */
const mergedAtRest = 40;
const mergedAtOnce = 16;
/** Frames of the write-ahead log that are carried over in one go: some ten milliseconds. */
const carriedAtOnce = 1_000;

/**
 * What rows that come in one after the other leave to be done, between two portions of them: carries over what was written
 * before a commit would have to, or merges words for as long as `hasTime` says. No step of it is long.
 */
export function keepUp(db: Db, hasTime: () => boolean): void {
  const [wal] = db.pragma("wal_checkpoint(NOOP)") as { log: number; checkpointed: number }[];
  if (wal && wal.log - wal.checkpointed >= carriedAtOnce) db.pragma("wal_checkpoint(PASSIVE)");
  else mergeWords(db, mergedAtOnce, hasTime);
}

const indexes = ["duty_log_words", ...searchTables];

/** Merges the segments of the word indexes by `pages` pages each, again while there is time; answers whether any was merged. */
function mergeWords(db: Db, pages: number, hasTime: () => boolean): boolean {
  let merged = false;
  db.transaction(() => {
    for (const table of indexes) {
      const merge = sql(db, `INSERT INTO ${table} (${table}, rank) VALUES ('merge', ?)`);
      for (let again = true; again; ) {
        const before = writtenSoFar(db);
        merge.run(pages);
        // Fewer than two changes: there was nothing to merge.
        const did = writtenSoFar(db) - before >= 2;
        merged ||= did;
        again = did && hasTime();
      }
    }
  })();
  return merged;
}
