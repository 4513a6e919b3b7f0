/** BO-9: which events are a relapse of an earlier one. Those of before have only a line in their log: nothing is drawn anew. */
export const relapse = `
ALTER TABLE duty_event ADD COLUMN relapse INTEGER NOT NULL DEFAULT 0;
`;
