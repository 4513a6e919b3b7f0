/** What the live draft of a handover asks for again and again. */
export const handover = `
CREATE INDEX duty_log_instruction ON duty_log (at) WHERE kind IN ('instruction', 'request');
CREATE INDEX carry_open ON entity (id) WHERE kind = 'carry' AND json_extract(state, '$.state') <> 'finished';
`;
