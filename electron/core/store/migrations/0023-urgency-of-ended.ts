/** The limit of an open event moves with each step, so by level and limit too only ended events lie in an index; the open ones are few and sorted. */
export const urgencyOfEnded = `
DROP INDEX duty_event_urgency;
CREATE INDEX duty_event_urgency ON duty_event (open, level, due_at, row) WHERE open = 0;
`;
