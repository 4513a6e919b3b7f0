/** What a list says of an event, kept beside it; drawn when the desk opens (`eventIndex` in meta). */
export const eventLine = `
CREATE TABLE event_line (row INTEGER PRIMARY KEY, line TEXT NOT NULL, sealed TEXT) STRICT;
`;
