/** What an event holds of a score; a table of criteria fits it. */
export const mostCriteria = 12;
export const criterionNameMost = 20;
