import { type Db, writtenSoFar } from "./database.ts";
import { tendLogWords } from "./log-words.ts";

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
  const more = tendLogWords(db);
  db.pragma("wal_checkpoint(PASSIVE)");
  const now = writtenSoFar(db);
  carried.set(db, { seen: now, done: more ? done : now });
}
