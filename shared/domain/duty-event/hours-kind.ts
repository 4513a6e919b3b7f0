/** `business`: only working time counts, by the calendar. */
export const hoursKinds = ["round_the_clock", "business"] as const;
export type HoursKind = (typeof hoursKinds)[number];

/** A year: what is longer is not a limit. */
export const longestMin = 366 * 1440;
