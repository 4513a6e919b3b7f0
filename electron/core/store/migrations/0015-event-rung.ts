/** How far up an overdue event was told; the index of events is drawn anew with it. */
export const eventRung = `
ALTER TABLE duty_event ADD COLUMN rung INTEGER NOT NULL DEFAULT 0;
`;
