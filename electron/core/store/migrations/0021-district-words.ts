/** The few lines that the district wrote, to be found among all others: what it says of an event is an alarm (DS-5). */
export const districtWords = `
CREATE INDEX duty_log_of_district ON duty_log (at) WHERE by = 'district';
`;
