import { z } from "zod";
import { addDays } from "#shared/lib/time.ts";

const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
const kind = z.enum(["holiday", "makeup_workday"]);

/** RO-39: one year of the holiday table, as a notice said it. A later edition of the same year replaces it. */
export const holidayYearSchema = z.strictObject({
  year: z.string().regex(/^\d{4}$/),
  source: z.string().trim().min(1).max(120),
  days: z.record(day, z.strictObject({ name: z.string().max(40), kind })),
  edition: z.number().int().positive(),
});
export type HolidayYear = z.infer<typeof holidayYearSchema>;
export type HolidayDays = HolidayYear["days"];

/** A year of the product's own table of notices. */
export interface NoticeYear {
  readonly holidays: readonly { readonly name: string; readonly days: readonly string[] }[];
  readonly workdays: readonly { readonly on: string }[];
}

export const daysOfNotices = (years: readonly NoticeYear[]): HolidayDays =>
  Object.fromEntries(
    years.flatMap(({ holidays, workdays }) => [
      ...holidays.flatMap(({ name, days }) => days.map((on) => [on, { name, kind: "holiday" as const }])),
      ...workdays.map(({ on }) => [on, { name: "调休上班", kind: "makeup_workday" as const }]),
    ]),
  );

/** The table with the years that were entered here: they replace what the product brought for those years. */
export function withYears(base: HolidayDays, years: readonly HolidayYear[]): HolidayDays {
  const replaced = new Set(years.map(({ year }) => year));
  const kept = Object.entries(base).filter(([on]) => !replaced.has(on.slice(0, 4)));
  return Object.assign(Object.fromEntries(kept), ...years.map(({ days }) => days)) as HolidayDays;
}

/** From October on the next year's notice is due; `null`: nothing is missing. */
export function missingYear(days: HolidayDays, today: string): string | null {
  const next = String(Number(today.slice(0, 4)) + 1);
  const known = Object.keys(days).some((on) => on.startsWith(next));
  return known || today.slice(5, 7) < "10" ? null : next;
}

export interface HolidayReading {
  readonly year: string | null;
  readonly days: HolidayDays;
  /** Lines of which nothing could be read. */
  readonly unread: readonly string[];
}

const plain = (text: string): string =>
  text
    .replace(/[０-９]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xfee0))
    .replaceAll("：", ":")
    .replaceAll("－", "-")
    .replace(/[〜～~—–―]+/g, "至");

const dateOf = (year: number, month: number, dayOfMonth: number): string | null => {
  const at = Date.UTC(year, month - 1, dayOfMonth);
  const on = new Date(at).toISOString().slice(0, 10);
  return Number(on.slice(5, 7)) === month && Number(on.slice(8)) === dayOfMonth ? on : null;
};

/**
 * RO-39: reads a notice: its sentences (元旦：1月1日至3日放假，1月4日上班) or a table with a date, a name and a kind in each
 * line. Nothing is guessed: a line without a date it knows is named as unread.
 */
export function readNotice(text: string, yearGiven?: string): HolidayReading {
  const whole = plain(text);
  const year =
    yearGiven ?? /(\d{4})\s*年/.exec(whole)?.[1] ?? /(?:^|\D)(\d{4})-\d{1,2}-\d{1,2}/.exec(whole)?.[1] ?? null;
  const days: Record<string, { name: string; kind: z.infer<typeof kind> }> = {};
  const unread: string[] = [];
  let name = "";
  for (const line of whole.split(/\r?\n|(?=[一二三四五六七八九]、\p{Script=Han}+:)/u).map((one) => one.trim())) {
    if (line === "") continue;
    const named = /^(?:[一二三四五六七八九十]+、|\d+[.、])?\s*([\p{Script=Han}、]{2,12}节?)\s*:/u.exec(line);
    if (named?.[1]) name = named[1];
    const before = Object.keys(days).length;
    if (year !== null) readLine(line, Number(year), name, days);
    if (Object.keys(days).length === before && /\d/.test(line) && !/年.*通知|^\D*\d{4}年\D*$/.test(line))
      unread.push(line);
  }
  return { year, days, unread };
}

function readLine(
  line: string,
  year: number,
  name: string,
  days: Record<string, { name: string; kind: "holiday" | "makeup_workday" }>,
) {
  const table = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?[\s,，;；\t]*(.*)$/.exec(line);
  if (table && !/[月日]/.test(table[4] ?? "")) {
    const on = dateOf(Number(table[1]), Number(table[2]), Number(table[3]));
    const rest = table[4] ?? "";
    if (on)
      put(
        days,
        on,
        rest.replace(/放假|休息|上班|调休|补班|[休班]|周[一二三四五六日]|[\s,，;；\t]+/g, "") || name,
        /上班|补班|班$/.test(rest.trim()),
      );
    return;
  }
  // A clause says what its dates are: those before 上班 are worked, those before 放假 are free.
  for (const [, clause = "", verb = ""] of line.matchAll(/([^。；;]*?)(放假|休息|上班|补班)/g)) {
    for (const on of datesIn(clause, year)) put(days, on, name, verb === "上班" || verb === "补班");
  }
}

function put(
  days: Record<string, { name: string; kind: "holiday" | "makeup_workday" }>,
  on: string,
  name: string,
  worked: boolean,
) {
  days[on] = worked ? { name: "调休上班", kind: "makeup_workday" } : { name: name || "节假日", kind: "holiday" };
}

/** `1月1日(周四)至3日(周六)、5日`: stretches and single days, in the order of the sentence. */
function datesIn(clause: string, year: number): string[] {
  const bare = clause.replace(/[（(][^）)]*[）)]/g, "");
  const found: string[] = [];
  let month = 0;
  let in_ = year;
  let from: string | null = null;
  for (const match of bare.matchAll(/(?:(\d{4})年)?(?:(\d{1,2})月)?(\d{1,2})日|(至|到)/g)) {
    if (match[4]) {
      from = found.at(-1) ?? null;
      continue;
    }
    if (match[1]) in_ = Number(match[1]);
    if (match[2]) month = Number(match[2]);
    const on = dateOf(in_, month, Number(match[3]));
    if (!on) continue;
    if (from !== null)
      for (let next = addDays(from, 1); next < on && found.length < 60; next = addDays(next, 1)) found.push(next);
    from = null;
    found.push(on);
  }
  return found;
}
