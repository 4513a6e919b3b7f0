import type { ParsedOf } from "#shared/contract.ts";
import { readNotice } from "#shared/domain/roster/holidays.ts";
import { deskError } from "#shared/errors.ts";
import { fail, ok } from "#shared/lib/result.ts";
import { type Answer, act, type Desk } from "../desk.ts";
import { readAll, readEntity } from "../store/entities.ts";

export const listWishes = (desk: Desk, { month }: ParsedOf<"roster.wishes">): Answer<"roster.wishes"> =>
  ok({ wishes: readAll(desk.db, "wish").filter((one) => one.month === month && one.wishes.length > 0) });

export function setWishes(desk: Desk, input: ParsedOf<"roster.wish">): Answer<"roster.wish"> {
  const officerId = input.officerId ?? desk.session.officer?.id ?? "";
  const officer = readEntity(desk.db, "officer", officerId);
  if (!officer?.active) return fail(deskError("roster.unknown_officer", undefined, "officerId"));
  const done = act(desk, "wish.put", { officerId, month: input.month, wishes: input.wishes, name: officer.name });
  return done.ok ? ok({}) : done;
}

export function setRules(desk: Desk, input: ParsedOf<"roster.rules">): Answer<"roster.rules"> {
  const done = act(desk, "roster.rules", { ...input, offsetMin: desk.tables.roster.offsetMin });
  return done.ok ? ok({}) : done;
}

export function readHolidays(desk: Desk, { text, year }: ParsedOf<"holiday.read">): Answer<"holiday.read"> {
  const reading = readNotice(text, year);
  const edition = reading.year === null ? 0 : (readEntity(desk.db, "holiday_year", reading.year)?.edition ?? 0);
  return ok({ ...reading, unread: [...reading.unread], edition });
}

/** RO-39. Errors: `roster.no_notice` when it names no day. */
export function takeHolidays(desk: Desk, input: ParsedOf<"holiday.take">): Answer<"holiday.take"> {
  const count = Object.keys(input.days).length;
  if (count === 0) return fail(deskError("roster.no_notice"));
  const done = act(desk, "holiday.put", input);
  return done.ok ? ok({ year: input.year, days: count, edition: done.value.state.edition }) : done;
}
