/**
 * Time without a clock: instants are milliseconds since 1970 UTC (`...At`), duty days are `YYYY-MM-DD` (`...On`),
 * and the zone is a fixed offset in minutes, because China has one zone and no summer time since 1991.
 */
export const minuteMs = 60_000;
export const hourMs = 60 * minuteMs;
export const dayMs = 24 * hourMs;

/** Offset of China Standard Time [D: a district may set another]. */
export const defaultOffsetMin = 480;

/** An instant as the clock on the wall shows it, as a date that knows no zone; spreadsheets have no other. */
export const onTheWall = (at: number, offsetMin: number): Date => new Date(at + offsetMin * minuteMs);

/** `2026-11-21 14:03`, of a date on the wall. */
export const wallText = (wall: Date): string => wall.toISOString().slice(0, 16).replace("T", " ");

/** Duty day of an instant, `YYYY-MM-DD` in the given zone. */
export function dayOf(at: number, offsetMin: number): string {
  return onTheWall(at, offsetMin).toISOString().slice(0, 10);
}

/** The instant of `minute` minutes after midnight of a day in the given zone; `minute` may exceed 1440. */
export function instantOf(dayOn: string, minute: number, offsetMin: number): number {
  return Date.parse(`${dayOn}T00:00:00Z`) + (minute - offsetMin) * minuteMs;
}

/** The day `count` days later (or earlier, when negative). */
export function addDays(dayOn: string, count: number): string {
  return new Date(Date.parse(`${dayOn}T00:00:00Z`) + count * dayMs).toISOString().slice(0, 10);
}

export const monthOf = (dayOn: string): string => dayOn.slice(0, 7);

/** All days of a month `YYYY-MM`, in order. */
export function daysOfMonth(month: string): string[] {
  const days: string[] = [];
  for (let day = `${month}-01`; monthOf(day) === month; day = addDays(day, 1)) days.push(day);
  return days;
}
