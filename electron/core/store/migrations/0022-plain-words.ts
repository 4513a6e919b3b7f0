const word = (table: string, columns: string, more = ""): string => `
DROP TABLE ${table};
CREATE VIRTUAL TABLE ${table} USING fts5(${columns}, content = '', contentless_delete = 1, ${more}tokenize = 'ascii');`;

/**
 * The desk tells words apart itself (`words.ts`): the index splits at spaces and does not look up each character again, which
 * takes half the time of writing them. Events are drawn anew when the desk opens, lines of the log when it rests.
 */
export const plainWords = `
${["duty_event", "open_event"]
  .map((of) => word(`${of}_words`, "words") + word(`${of}_initials`, "initials", "detail = none, "))
  .join("")}
${word("duty_log_words", "words")}
INSERT INTO duty_log_words (duty_log_words, rank) VALUES ('automerge', 0);
INSERT INTO duty_log_words (duty_log_words, rank) VALUES ('crisismerge', 64);
DELETE FROM meta WHERE key = 'eventIndex';
`;
