import { sameDay, shortDateText, timeText } from "#renderer/text/format.ts";

/** For dense columns: `14:03` today, else `11-20 14:03`. */
export const denseWhen = (at: number, now: number): string => (sameDay(at, now) ? timeText(at) : shortDateText(at));
