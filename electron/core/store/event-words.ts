import type { DutyEvent } from "#shared/domain/duty-event/event.ts";
import { type Db, sql } from "./database.ts";
import { initialTokens } from "./initials.ts";
import { wordsOf } from "./words.ts";

/** All events, and the open ones again: that index stays small over the years. */
type Searched = "duty_event" | "open_event";

export const searchTables = ["duty_event_words", "duty_event_initials", "open_event_words", "open_event_initials"];

/** What is heard of an event when words are sought. It comes from the report, which no action changes. */
export const heardOf = ({ number, title, text, callerName, callerPhone, place }: DutyEvent): string =>
  [number, title, text, callerName, callerPhone, place.text, place.community, place.grid].join(" ");

const putOf = (searched: Searched) => ({
  words: `INSERT INTO ${searched}_words (rowid, words) VALUES (?, ?)`,
  initials: `INSERT INTO ${searched}_initials (rowid, initials) VALUES (?, ?)`,
});
/** Made once: a text that is put together anew is also looked up anew, letter by letter. */
const put = { duty_event: putOf("duty_event"), open_event: putOf("open_event") };

export function writeWords(db: Db, where: readonly Searched[], row: number, event: DutyEvent): void {
  const { title, callerName, place } = event;
  const words = wordsOf(heardOf(event));
  const initials = initialTokens([title, place.text, place.community, callerName]);
  for (const searched of where) {
    sql(db, put[searched].words).run(row, words);
    sql(db, put[searched].initials).run(row, initials);
  }
}

export function dropWords(db: Db, searched: Searched, row: number): void {
  for (const kind of ["words", "initials"]) sql(db, `DELETE FROM ${searched}_${kind} WHERE rowid = ?`).run(row);
}
