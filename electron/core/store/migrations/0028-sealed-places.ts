/** CF-1: where a confidential event happened is one of its words: no filter and no order of the queue goes by it. */
export const sealedPlaces = `
UPDATE duty_event SET community = '', grid = '' WHERE confidential = 1;
`;
