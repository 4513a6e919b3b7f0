import type { PieceView, ShiftView } from "#shared/contract.ts";
import { dutyRoles } from "#shared/domain/roster/roster.ts";
import { groupBy } from "#shared/lib/group-by.ts";
import { instantOf } from "#shared/lib/time.ts";

export interface StripPart {
  readonly shift: ShiftView;
  /** Share of the day, 0…1, where the part begins and how long it is. */
  readonly left: number;
  readonly width: number;
  readonly fromAt: number;
  readonly toAt: number;
  /** Comes over from the day before. */
  readonly carried: boolean;
}

/** The calendar day from midnight to midnight as parts of shifts, for the strip with the line of now. */
export function dayStrip(on: string, offsetMin: number, shifts: readonly ShiftView[]): StripPart[] {
  const from = instantOf(on, 0, offsetMin);
  const to = instantOf(on, 1440, offsetMin);
  return shifts
    .filter((shift) => shift.startAt < to && shift.endAt > from)
    .map((shift) => {
      const start = Math.max(from, shift.startAt);
      const end = Math.min(to, shift.endAt);
      return {
        shift,
        left: (start - from) / (to - from),
        width: (end - start) / (to - from),
        fromAt: start,
        toAt: end,
        carried: shift.startAt < from,
      };
    })
    .sort((a, b) => a.left - b.left);
}

/** RO-44: who stands in a part of the day, place by place; two who follow each other in a place stand as one word. */
export function namesIn(
  { shift, fromAt, toAt }: StripPart,
  pieces: readonly PieceView[],
  nameOf: (officerId: string) => string,
): string[] {
  const here = `${shift.on}/${shift.shift}/`;
  const over = groupBy(
    pieces.filter(({ slot }) => slot.startsWith(here)),
    ({ slot }) => slot.slice(here.length),
  );
  const planned = new Map(shift.people.map((one) => [`${one.role}/${one.index}`, one.name]));
  const roleOf = (place: string) => dutyRoles.findIndex((role) => place.startsWith(`${role}/`));
  return [...new Set([...planned.keys(), ...over.keys()])]
    .filter((place) => !place.startsWith("standby/"))
    .sort((a, b) => roleOf(a) - roleOf(b))
    .flatMap((place) => {
      const stands = over.get(place)?.filter((piece) => piece.fromAt < toAt && piece.toAt > fromAt);
      if (!stands) return planned.get(place) ?? [];
      const names = new Set(stands.flatMap(({ officerId }) => (officerId === null ? [] : nameOf(officerId))));
      return names.size > 0 ? [...names].join("/") : [];
    });
}

/** Where `at` lies in the calendar day, 0…1, or `undefined` on another day. */
export function partOfDay(on: string, offsetMin: number, at: number): number | undefined {
  const from = instantOf(on, 0, offsetMin);
  const to = instantOf(on, 1440, offsetMin);
  return at >= from && at < to ? (at - from) / (to - from) : undefined;
}

/** The instant of a day and a `HH:MM`, or `undefined` when the text is no time. */
export function instantOfText(on: string, time: string, offsetMin: number): number | undefined {
  const match = /^(\d{1,2}):(\d{2})$/.exec(time.trim());
  if (!match || !/^\d{4}-\d{2}-\d{2}$/.test(on)) return undefined;
  const [hour, minute] = [Number(match[1]), Number(match[2])];
  return hour > 23 || minute > 59 ? undefined : instantOf(on, hour * 60 + minute, offsetMin);
}
