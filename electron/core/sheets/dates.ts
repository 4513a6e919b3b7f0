import { addDays } from "#shared/lib/time.ts";
import { plainText, type SheetCell } from "./grid.ts";

/** What a cell says of a date: as much as is written in it. `to…` is the end of a range. */
export interface DateWords {
  readonly year?: number;
  readonly month?: number;
  readonly day: number;
  readonly toMonth?: number;
  readonly toDay?: number;
  /** 0 Sunday … 6 Saturday, if the cell names it too. */
  readonly weekday?: number;
  /** `12.1` as a number: it may have been 12.10. */
  readonly fraction?: boolean;
}

const numerals = "〇一二三四五六七八九";

/** Chinese numerals before 年, 月, 日, 号 made digits: 二〇二六年十二月二十一日. */
export function withDigits(text: string): string {
  return text.replace(/[〇○零一二三四五六七八九十]+(?=\s*[年月日号])/g, (word) => {
    const plain = word.replace(/[○零]/g, "〇");
    if (!plain.includes("十")) return [...plain].map((sign) => numerals.indexOf(sign)).join("");
    const [tens = "", ones = ""] = plain.split("十");
    return String((tens === "" ? 1 : numerals.indexOf(tens)) * 10 + (ones === "" ? 0 : numerals.indexOf(ones)));
  });
}

const weekdayWord = /(?:星期|周|礼拜)\s*([一二三四五六日天])/;

/** 0 Sunday … 6 Saturday of a cell that is a weekday and nothing else. */
export function weekdayOf(text: string): number | undefined {
  const plain = plainText(text);
  const word = /^(?:星期|周|礼拜)?\s*([一二三四五六日天])$/.exec(plain)?.[1];
  if (word) return "日一二三四五六".indexOf(word === "天" ? "日" : word);
  const english = /^(sun|mon|tue|wed|thu|fri|sat)/i.exec(plain)?.[1]?.toLowerCase();
  return english && plain.length <= 9 ? ["sun", "mon", "tue", "wed", "thu", "fri", "sat"].indexOf(english) : undefined;
}

const isMonth = (month: number) => month >= 1 && month <= 12;
const isDay = (day: number) => day >= 1 && day <= 31;

/** Reads the date words of a cell; `undefined`: it is no date. A bare number is a day of the month only from 1 to 31. */
export function dateWords(cell: SheetCell, date1904 = false): DateWords | undefined {
  if (cell.on) return fromDay(cell.on);
  if (cell.number !== undefined && cell.number >= 36_000 && cell.number < 62_000)
    return fromDay(addDays(date1904 ? "1904-01-01" : "1899-12-30", Math.floor(cell.number)));
  const clock = /\d{1,2}:\d{2}(:\d{2})?/g;
  const timed = withDigits(plainText(cell.text));
  // 12月1日8:30—12月2日8:30 is one duty day, told by its change times.
  const written = (timed.match(clock)?.length === 2 ? (timed.split(/-|—|–|~|至|到/)[0] ?? timed) : timed).replace(
    clock,
    "",
  );
  const named = weekdayWord.exec(written)?.[1] ?? /[((]\s*([一二三四五六日天])\s*[))]$/.exec(written)?.[1];
  const weekday = named ? { weekday: "日一二三四五六".indexOf(named === "天" ? "日" : named) } : {};
  const bare = written
    .replace(/[((]?\s*(?:星期|周|礼拜)\s*[一二三四五六日天]\s*[))]?/g, "")
    .replace(/[((]\s*[一二三四五六日天]\s*[))]$/, "")
    .replace(/\s+/g, "")
    .replace(/^[((](.*)[))]$/, "$1");
  const match = (pattern: RegExp) => pattern.exec(bare)?.slice(1).map(Number);
  const full =
    match(/^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})[日号]?$/) ?? match(/^(20\d{2})(\d{2})(\d{2})$/) ?? shortYear(bare);
  if (full) return valid({ year: full[0] ?? 0, month: full[1] ?? 0, day: full[2] ?? 0, ...weekday });
  const range =
    match(/^(\d{1,2})[月/.](\d{1,2})[日号]?(?:-|—+|–|~|至|到)(\d{1,2})[月/.](\d{1,2})[日号]?$/) ??
    match(/^(\d{1,2})月(\d{1,2})[日号]?(?:-|—+|–|~|至|到)()(\d{1,2})[日号]?$/);
  if (range) {
    const [month = 0, day = 0, toMonth = 0, toDay = 0] = range;
    return valid({ month, day, toMonth: toMonth || month, toDay });
  }
  const days =
    match(/^(\d{1,2})[日号]?(?:-|—+|–|~|至|到)(\d{1,2})[日号]$/) ?? match(/^(\d{1,2})[日号]?(?:—+|~|至|到)(\d{1,2})$/);
  if (days) return valid({ day: days[0] ?? 0, toDay: days[1] ?? 0 });
  const short = match(/^(\d{1,2})[-/.月](\d{1,2})[日号]?$/);
  if (short) {
    const fraction = cell.number !== undefined && !Number.isInteger(cell.number) ? { fraction: true } : {};
    return valid({ month: short[0] ?? 0, day: short[1] ?? 0, ...weekday, ...fraction });
  }
  const day = match(/^(\d{1,2})[日号]?$/);
  return day ? valid({ day: day[0] ?? 0, ...weekday }) : undefined;
}

/** Words that are to be a date and are none: 13月9日, 12月32日. A month over its days, a time of the day, 元旦 are not. */
export function isWrongDate(cell: SheetCell): boolean {
  const plain = withDigits(plainText(cell.text))
    .replace(/\s+/g, "")
    .replace(/\d{1,2}:\d{2}(:\d{2})?/g, "");
  return plain.length <= 20 && /\d/.test(plain) && !/月\D*$|^20\d{2}年?\D*$/.test(plain);
}

function shortYear(bare: string): number[] | undefined {
  const found = /^(2\d)[-/.](\d{1,2})[-/.](\d{1,2})$/.exec(bare);
  return found ? [2000 + Number(found[1]), Number(found[2]), Number(found[3])] : undefined;
}

function fromDay(on: string): DateWords {
  return { year: Number(on.slice(0, 4)), month: Number(on.slice(5, 7)), day: Number(on.slice(8)) };
}

function valid(words: DateWords): DateWords | undefined {
  if (words.month !== undefined && !isMonth(words.month)) return undefined;
  if (words.toMonth !== undefined && !isMonth(words.toMonth)) return undefined;
  return isDay(words.day) && (words.toDay === undefined || isDay(words.toDay)) ? words : undefined;
}

/** The month that a title, a sheet's name or a file's name speaks of; the year may be missing. */
export function monthWords(text: string): { year?: number; month: number } | undefined {
  const plain = withDigits(plainText(text));
  const both =
    /(20\d{2})\s*[年.\-/_ ]\s*(1[0-2]|0?[1-9])(?!\d)/.exec(plain) ??
    /(?<!\d)(20\d{2})(1[0-2]|0[1-9])(?!\d)/.exec(plain);
  if (both) return { year: Number(both[1]), month: Number(both[2]) };
  const month = /(?<!\d)(1[0-2]|0?[1-9])\s*月/.exec(plain);
  if (!month) return undefined;
  const year = /(20\d{2})\s*年?/.exec(plain);
  return { ...(year ? { year: Number(year[1]) } : {}), month: Number(month[1]) };
}

export const yearWords = (text: string): number | undefined => {
  const year = /(?<!\d)(20\d{2})(?=\s*年|\D|$)/.exec(withDigits(plainText(text)))?.[1];
  return year ? Number(year) : undefined;
};

/** A day that exists, or `undefined` for the 31st of a month of thirty days. */
export function dayOn(year: number, month: number, day: number): string | undefined {
  const at = new Date(Date.UTC(year, month - 1, day));
  return at.getUTCMonth() === month - 1 && at.getUTCDate() === day ? at.toISOString().slice(0, 10) : undefined;
}
