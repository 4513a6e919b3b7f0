/** The words of the log are merged when the desk rests (`carryOverAtRest`), not by the commit that writes a line. */
export const logWordsAtRest = `
INSERT INTO duty_log_words (duty_log_words, rank) VALUES ('automerge', 0);
INSERT INTO duty_log_words (duty_log_words, rank) VALUES ('crisismerge', 64);
`;
