import dayjs from "dayjs";
import "dayjs/locale/zh-cn";
import utc from "dayjs/plugin/utc";
import { sealedName, sealedTitle } from "#shared/domain/duty-event/sealed-name.ts";
import { dayMs, defaultOffsetMin, hourMs, minuteMs } from "#shared/lib/time.ts";
import { languageNow, say } from "./text.ts";

dayjs.extend(utc);

/** The zone of the duty room, not of the PC: a PC with a wrong zone must not move the shifts. */
let offsetMin = defaultOffsetMin;
export function setZone(minutes: number): void {
  offsetMin = minutes;
}
export const zoneMinutes = (): number => offsetMin;

const zh = () => languageNow() === "zh";
const at_ = (at: number) =>
  dayjs(at)
    .utcOffset(offsetMin)
    .locale(zh() ? "zh-cn" : "en");

/** `2026-11-21T14:03:22` in the duty room. Figures alone need no words of a language: lists say them by the thousand. */
const figuresOf = (at: number): string => new Date(at + offsetMin * minuteMs).toISOString();
/** `14:03` */
export const timeText = (at: number): string => figuresOf(at).slice(11, 16);
/** `14:03:22` */
export const clockText = (at: number): string => figuresOf(at).slice(11, 19);
/** A screen names a handful of days, some of them in every line. */
const days = new Map<string, string>();
const daysKept = 400;

/** `11月21日 周六` */
export function dayText(at: number): string {
  const day = `${languageNow()} ${figuresOf(at).slice(0, 10)}`;
  const known = days.get(day);
  if (known !== undefined) return known;
  if (days.size >= daysKept) days.clear();
  const text = at_(at).format(zh() ? "M月D日 ddd" : "ddd D MMM");
  days.set(day, text);
  return text;
}
/** `11月21日 周六 14:03` */
export const dateText = (at: number): string => `${dayText(at)} ${timeText(at)}`;
/** `11-21 14:03`, for dense columns. */
export const shortDateText = (at: number): string => figuresOf(at).slice(5, 16).replace("T", " ");
/** `11月21日`, for axes. */
export const monthDayText = (at: number): string => at_(at).format(zh() ? "M月D日" : "D MMM");
/** A duty day `2026-11-21` → `11月21日 周六`. */
export const dutyDayText = (on: string): string =>
  dayjs
    .utc(on)
    .locale(zh() ? "zh-cn" : "en")
    .format(zh() ? "M月D日 ddd" : "ddd D MMM");
/** A month `2026-11` → `2026年11月`. */
export const monthText = (month: string): string =>
  dayjs
    .utc(`${month}-01`)
    .locale("en")
    .format(zh() ? "YYYY年M月" : "MMM YYYY");

/** Whether two instants lie on one day of the duty room's calendar. */
export const sameDay = (a: number, b: number): boolean => figuresOf(a).slice(0, 10) === figuresOf(b).slice(0, 10);

/** Time when it is today, else day and time: `14:03` · `11月20日 周五 23:40`. */
export const whenText = (at: number, now: number): string => (sameDay(at, now) ? timeText(at) : dateText(at));

/** Length in words, to the minute: `2小时5分`, `3天4小时`, `不到1分`. Sign is dropped. */
export function durationText(ms: number): string {
  const { days, hours, minutes } = split(ms);
  if (zh()) {
    if (days > 0) return hours > 0 ? `${days}天${hours}小时` : `${days}天`;
    if (hours > 0) return minutes > 0 ? `${hours}小时${minutes}分` : `${hours}小时`;
    return minutes > 0 ? `${minutes}分` : "不到1分";
  }
  if (days > 0) return hours > 0 ? `${days} d ${hours} h` : `${days} d`;
  if (hours > 0) return minutes > 0 ? `${hours} h ${minutes} min` : `${hours} h`;
  return minutes > 0 ? `${minutes} min` : "under 1 min";
}

/** Length in figures for aligned columns: `2:47`, `0:05`; under a minute seconds, from two days on days. */
export function figureText(ms: number): string {
  const { days, hours, minutes } = split(ms);
  if (Math.abs(ms) < minuteMs)
    return zh() ? `${Math.floor(Math.abs(ms) / 1000)}秒` : `${Math.floor(Math.abs(ms) / 1000)} s`;
  if (days >= 2) return zh() ? `${days}天` : `${days} d`;
  return `${days * 24 + hours}:${String(minutes).padStart(2, "0")}`;
}

function split(ms: number) {
  const all = Math.abs(ms);
  return {
    days: Math.floor(all / dayMs),
    hours: Math.floor((all % dayMs) / hourMs),
    minutes: Math.floor((all % hourMs) / minuteMs),
  };
}

/** `138 0013 8000`, `023-4983 1234`; anything else as it was typed. */
export function phoneText(phone: string): string {
  const digits = phone.replace(/[\s-]/g, "");
  if (/^1\d{10}$/.test(digits)) return `${digits.slice(0, 3)} ${digits.slice(3, 7)} ${digits.slice(7)}`;
  if (/^0(10|2\d)\d{8}$/.test(digits)) return `${digits.slice(0, 3)}-${digits.slice(3, 7)} ${digits.slice(7)}`;
  return phone;
}

/** A count on the map, four characters at most: `9874`, `1.2万`, `187万`; in English `9.9k`, `1.9M`. */
export function shortCount(count: number): string {
  const short = (unit: number, name: string) => {
    const value = count / unit;
    return `${value < 9.95 ? value.toFixed(1) : Math.round(value)}${name}`;
  };
  if (zh()) return count < 9_995 ? String(count) : count < 99_995_000 ? short(10_000, "万") : short(100_000_000, "亿");
  return count < 9_995 ? String(count) : count < 999_500 ? short(1_000, "k") : short(1_000_000, "M");
}

/** `12,345`, without the tables of the system, which a start would wait for. */
export const countText = (count: number): string => String(count).replace(/\B(?=(?:\d{3})+$)/g, ",");

/** `20261121-A003` → `1121-A003`: within the year the year says nothing. */
export const shortNumber = (number: string): string => number.replace(/^\d{4}(?=\d{4}-)/, "");

/** How the label of a table is said. The core's is Chinese, whatever tongue the officer reads: 默认, or whose edition stands. */
export function labelText(label: string): string {
  if (zh()) return label;
  const edition = /^(区|本街)第(\d+)版$/.exec(label);
  if (edition) return `${edition[1] === "区" ? "district" : "street"} edition ${edition[2]}`;
  return label === "默认" ? "default" : label;
}

/** CF-1: a title as a screen says it. In the place of one that is not shown the core has put one word, the same for every language. */
export const titleText = (title: string): string => (title === sealedTitle ? say(sealedName) : title);
