/** Every step moves the state of an open event, which cost two pages of an index: as by their limits, only ended events lie in it. */
export const stateOfEnded = `
DROP INDEX duty_event_stage;
CREATE INDEX duty_event_stage ON duty_event (open, stage, reported_at, row) WHERE open = 0;
`;
