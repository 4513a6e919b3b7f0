import type { Bilingual } from "#shared/lib/text.ts";

/** `business`: only working time counts, by the calendar. */
export const hoursKinds = ["round_the_clock", "business"] as const;
export type HoursKind = (typeof hoursKinds)[number];
export const hoursNames: Readonly<Record<HoursKind, Bilingual>> = {
  round_the_clock: { zh: "全天", en: "Round the clock" },
  business: { zh: "工作时间", en: "Working time" },
};

/** A year: what is longer is not a limit. */
export const longestMin = 366 * 1440;
