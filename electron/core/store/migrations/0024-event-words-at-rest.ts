/** The words of events are merged as those of the log are: when the desk rests or between two portions of what comes in, not by a commit. */
export const eventWordsAtRest = ["duty_event_words", "duty_event_initials", "open_event_words", "open_event_initials"]
  .map(
    (table) => `
INSERT INTO ${table} (${table}, rank) VALUES ('automerge', 0);
INSERT INTO ${table} (${table}, rank) VALUES ('crisismerge', 64);`,
  )
  .join("");
