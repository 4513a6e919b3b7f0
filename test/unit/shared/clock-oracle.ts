/**
 * What time is left, told a second time: minute by minute, with nothing of the product. A minute counts or does not; when
 * enough have counted, the limit is due.
 */
export interface ToldCalendar {
  readonly offsets: readonly { readonly fromAt: number; readonly offsetMin: number }[];
  readonly hours: readonly (readonly [number, number])[];
  readonly weekdays: readonly number[];
  readonly off: readonly string[];
  readonly on: readonly string[];
}

const oneMinute = 60_000;

/** The clock on the wall of the duty room: what a person there would read. */
function wallOf(calendar: ToldCalendar, at: number) {
  let shift = calendar.offsets[0]?.offsetMin ?? 0;
  for (const change of calendar.offsets.slice(1)) if (at >= change.fromAt) shift = change.offsetMin;
  const wall = new Date(at + shift * oneMinute);
  const two = (figure: number) => (figure < 10 ? `0${figure}` : `${figure}`);
  return {
    day: `${wall.getUTCFullYear()}-${two(wall.getUTCMonth() + 1)}-${two(wall.getUTCDate())}`,
    weekday: wall.getUTCDay(),
    minute: wall.getUTCHours() * 60 + wall.getUTCMinutes(),
  };
}

function isWorked(calendar: ToldCalendar, at: number): boolean {
  const { day, weekday, minute } = wallOf(calendar, at);
  const isOpenDay = calendar.on.includes(day)
    ? true
    : calendar.off.includes(day)
      ? false
      : calendar.weekdays.includes(weekday);
  return isOpenDay && calendar.hours.some(([from, to]) => minute >= from && minute < to);
}

/** The end of the minute in which the limit is used up. All instants are whole minutes. */
export function toldDue(
  startAt: number,
  limitMin: number,
  calendar: ToldCalendar | null,
  pauses: readonly { readonly fromAt: number; readonly toAt: number }[],
): number {
  let counted = 0;
  for (let at = startAt; ; at += oneMinute) {
    const stands = pauses.some(({ fromAt, toAt }) => at >= fromAt && at < toAt);
    if (!stands && (calendar === null || isWorked(calendar, at))) counted += 1;
    if (counted === limitMin) return at + oneMinute;
  }
}

/** How many minutes have counted by an instant. */
export function toldUsed(
  startAt: number,
  untilAt: number,
  calendar: ToldCalendar | null,
  pauses: Parameters<typeof toldDue>[3],
): number {
  let counted = 0;
  for (let at = startAt; at < untilAt; at += oneMinute) {
    const stands = pauses.some(({ fromAt, toAt }) => at >= fromAt && at < toAt);
    if (!stands && (calendar === null || isWorked(calendar, at))) counted += 1;
  }
  return counted;
}
