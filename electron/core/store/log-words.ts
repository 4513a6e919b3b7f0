import { type Db, keepingHouse, sql } from "./database.ts";
import { wordsOf } from "./words.ts";

/** Lines without words that are seen to in one go, at rest or beside rows that came: some milliseconds. */
const drawnAtRest = 200;

interface Line {
  readonly row: number;
  readonly zh: string;
  readonly caller_name: string;
  readonly caller_phone: string;
  readonly unit: string;
}

/**
 * Draws the words of the lines that have none yet, oldest first: those after the last line that has. No commit of a person
 * does it, so it writes four pages less; whoever searches draws them first, and a kill between leaves them to the next.
 * Answers how many it drew; `most`: no more than so many.
 */
export function drawLogWords(db: Db, most = -1): number {
  const last = sql(db, "SELECT rowid FROM duty_log_words ORDER BY rowid DESC LIMIT 1").pluck().get() ?? 0;
  const lines = sql(
    db,
    "SELECT row, zh, caller_name, caller_phone, unit FROM duty_log WHERE row > ? ORDER BY row LIMIT ?",
  ).all(last, most) as Line[];
  if (lines.length === 0) return 0;
  const put = sql(db, "INSERT INTO duty_log_words (rowid, words) VALUES (?, ?)");
  const draw = db.transaction(() => {
    for (const { row, zh, caller_name: name, caller_phone: phone, unit } of lines)
      put.run(row, wordsOf([zh, name, phone, unit].join(" ")));
  });
  keepingHouse(db, draw);
  return lines.length;
}

/** Draws words beside rows that came: as many lines as those brought, and some of what waits from before, of which there may be thousands. */
export const drawBeside = (db: Db, lines: number): number => drawLogWords(db, lines + drawnAtRest);

/** Draws words while the desk rests, in portions; answers whether there is more to draw. */
export const drawAtRest = (db: Db): boolean => drawLogWords(db, drawnAtRest) === drawnAtRest;
