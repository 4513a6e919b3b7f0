/** The limit of an open event moves with each step: by it only ended events lie in an index of their own. */
export const fewerPages = `
DROP INDEX duty_event_due;
CREATE INDEX duty_event_ended ON duty_event (open, due_at, row) WHERE open = 0;
`;
