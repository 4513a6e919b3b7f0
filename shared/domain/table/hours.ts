import type { Bilingual } from "#shared/lib/text.ts";
import type { ClocksTable } from "../duty-event/limits.ts";
import type { RowOf } from "./tables.ts";

/** In the order of the week as people write it; 0 is Sunday. */
export const weekdayCodes = ["1", "2", "3", "4", "5", "6", "0"] as const;
export const weekdayNames: Readonly<Record<(typeof weekdayCodes)[number], Bilingual>> = {
  "1": { zh: "周一", en: "Mon" },
  "2": { zh: "周二", en: "Tue" },
  "3": { zh: "周三", en: "Wed" },
  "4": { zh: "周四", en: "Thu" },
  "5": { zh: "周五", en: "Fri" },
  "6": { zh: "周六", en: "Sat" },
  "0": { zh: "周日", en: "Sun" },
};

type WorkTime = Pick<ClocksTable, "hours" | "weekdays">;

/** The working time as rows of its table. */
export const hoursRows = ({ hours, weekdays }: WorkTime): RowOf<"hours">[] =>
  hours.map(({ from, to }) => ({ from, to, weekdays: weekdayCodes.filter((code) => weekdays.includes(Number(code))) }));

/** The working time that the rows tell; TB-9 has seen to it that each names the same days. */
export const workTimeOf = (rows: readonly RowOf<"hours">[]): WorkTime => ({
  hours: rows.map(({ from, to }) => ({ from, to })).sort((a, b) => (a.from < b.from ? -1 : 1)),
  weekdays: (rows[0]?.weekdays ?? []).map(Number),
});
