import { z } from "zod";
import { type HolidayYear, holidayYearSchema } from "#shared/domain/roster/holidays.ts";
import { mayPlan } from "#shared/domain/roster/layer-course.ts";
import { judgeRules, type RulesFrom, rulesFromSchema } from "#shared/domain/roster/settings.ts";
import { type MonthWishes, monthWishesSchema } from "#shared/domain/roster/wishes.ts";
import { deskError } from "#shared/errors.ts";
import { fail, ok } from "#shared/lib/result.ts";
import { row } from "./row.ts";

const wishBody = monthWishesSchema.extend({ name: z.string().max(40) });

/** RO-37: the wishes of one person for one month, as a whole; entered by themselves or by whom may plan. */
export const wishPut = row<z.infer<typeof wishBody>, MonthWishes>({
  v: 1,
  body: () =>
    wishBody.refine(({ month, wishes }) => wishes.every(({ on }) => on.startsWith(month)), { path: ["wishes"] }),
  entity: "wish",
  state: () => monthWishesSchema,
  entityId: ({ officerId, month }) => `${officerId}/${month}`,
  apply: (_present, { name: _, ...wishes }, act) =>
    act.by === wishes.officerId || mayPlan(act.grade) ? ok(wishes) : fail(deskError("roster.not_yours")),
  log: ({ name, month, wishes }) => ({
    kind: "roster",
    text: {
      zh: `${name} ${month} 排班意愿 ${wishes.length} 条`,
      en: `${wishes.length} wishes of ${name} for ${month}`,
    },
    eventId: null,
    action: "wish",
  }),
});

/** RO-38: the settings of the roster from a month on. */
export const rosterRulesPut = row<RulesFrom, RulesFrom>({
  v: 1,
  body: () => rulesFromSchema,
  entity: "roster_rules",
  state: () => rulesFromSchema,
  entityId: ({ fromOn }) => fromOn,
  apply: (_present, body, act) => judgeRules(body, act),
  log: ({ fromOn, label }) => ({
    kind: "roster",
    text: { zh: `班制设置自 ${fromOn} 起改为：${label}`, en: `Roster settings from ${fromOn}: ${label}` },
    eventId: null,
    action: "rules",
  }),
});

const yearBody = holidayYearSchema.omit({ edition: true });

/** RO-39: the holidays and make-up workdays of a year, as the notice names them. */
export const holidayPut = row<z.infer<typeof yearBody>, HolidayYear>({
  v: 1,
  // The first holiday of a year may begin in the last days of the year before.
  body: () =>
    yearBody.refine(
      ({ year, days }) => Object.keys(days).every((on) => on >= `${Number(year) - 1}-12-25` && on <= `${year}-12-31`),
      { path: ["days"] },
    ),
  entity: "holiday_year",
  state: () => holidayYearSchema,
  entityId: ({ year }) => year,
  apply: (present, body, act) =>
    mayPlan(act.grade) ? ok({ ...body, edition: (present?.edition ?? 0) + 1 }) : fail(deskError("session.not_allowed")),
  log: ({ year, days, source }, after) => ({
    kind: "roster",
    text: {
      zh: `录入 ${year} 年放假安排（第 ${after.edition} 版，${Object.keys(days).length} 天）：${source}`,
      en: `Holidays of ${year}, edition ${after.edition}, ${Object.keys(days).length} days: ${source}`,
    },
    eventId: null,
    action: "holidays",
  }),
});
