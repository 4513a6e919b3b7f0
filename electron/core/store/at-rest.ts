import { type Db, keepingHouse, sql, writtenSoFar } from "./database.ts";
import { searchTables } from "./event-words.ts";
import { drawAtRest } from "./log-words.ts";

const carried = new WeakMap<Db, { seen: number; done: number }>();

/**
 * What no commit of a person waits for, done when nothing was written since the last call: draws and merges the words of the
 * log and of events, and carries what was written into the file itself; the write-ahead log begins anew at its front, where a commit
 * does not grow the file. To be called at each beat; it answers whether more is left to do, which may be done soon: a portion takes
 * some ten milliseconds. What is acknowledged is durable before and after.
 */
export function carryOverAtRest(db: Db): boolean {
  const written = writtenSoFar(db);
  const { seen, done } = carried.get(db) ?? { seen: 0, done: 0 };
  const rests = written === seen && written !== done;
  if (!rests) {
    carried.set(db, { seen: written, done });
    return false;
  }
  const more = drawAtRest(db) || mergeWords(db, mergedAtRest, () => false);
  // Carried over once for many portions: each time costs several waits for the disk.
  if (!more || framesAhead(db) >= carriedAtOnce) db.pragma("wal_checkpoint(PASSIVE)");
  const now = writtenSoFar(db);
  carried.set(db, { seen: now, done: more ? done : now });
  return more;
}

/** Pages that the words of one index are merged by in one go: some milliseconds. */
const mergedAtRest = 40;
const mergedAtOnce = 16;
/** Frames of the write-ahead log that are carried over in one go: some ten milliseconds. */
const carriedAtOnce = 1_000;

/** Frames of the write-ahead log that are not in the file yet. */
function framesAhead(db: Db): number {
  const [wal] = db.pragma("wal_checkpoint(NOOP)") as { log: number; checkpointed: number }[];
  return wal ? wal.log - wal.checkpointed : 0;
}

/**
 * What rows that come in one after the other leave to be done, between two portions of them: carries over what was written
 * before a commit would have to, or merges words for as long as `hasTime` says. No step of it is long.
 */
export function keepUp(db: Db, hasTime: () => boolean): void {
  if (framesAhead(db) >= carriedAtOnce) db.pragma("wal_checkpoint(PASSIVE)");
  else mergeWords(db, mergedAtOnce, hasTime);
}

const indexes = ["duty_log_words", ...searchTables];

/** Merges the segments of the word indexes by `pages` pages each, again while there is time; answers whether any was merged. */
function mergeWords(db: Db, pages: number, hasTime: () => boolean): boolean {
  let merged = false;
  const merge = db.transaction(() => {
    for (const table of indexes) {
      const mergePages = sql(db, `INSERT INTO ${table} (${table}, rank) VALUES ('merge', ?)`);
      for (let again = true; again; ) {
        const before = writtenSoFar(db);
        mergePages.run(pages);
        // Fewer than two changes: there was nothing to merge.
        const did = writtenSoFar(db) - before >= 2;
        merged ||= did;
        again = did && hasTime();
      }
    }
  });
  keepingHouse(db, merge);
  return merged;
}
