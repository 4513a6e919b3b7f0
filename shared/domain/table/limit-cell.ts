import { readLength } from "#shared/lib/length.ts";
import { longestMin } from "../duty-event/hours-kind.ts";
import type { Limit } from "../duty-event/limit.ts";

const hourMin = 60;
const dayMin = 24 * hourMin;

const units = {
  zh: { day: "天", hour: "小时", minute: "分", working: "（工作时间）" },
  en: { day: "d", hour: "h", minute: "m", working: " working" },
} as const;

/** A limit as it stands in its cell: `2小时`, `1天12小时`, `7小时（工作时间）`, `7h working`. A day of working time is not 24 hours: hours stand there. */
export function writeLimit({ min, in: counted }: Limit, language: keyof typeof units): string {
  const { day, hour, minute, working } = units[language];
  const days = counted === "business" ? 0 : Math.floor(min / dayMin);
  const hours = Math.floor((min - days * dayMin) / hourMin);
  const minutes = min - days * dayMin - hours * hourMin;
  const parts = [days && `${days}${day}`, hours && `${hours}${hour}`, minutes && `${minutes}${minute}`];
  return parts.filter(Boolean).join("") + (counted === "business" ? working : "");
}

const workWords = /[（(]?(?:工作时间|工时|working)[）)]?$/u;

/** CL-2: a typed limit; plain figures are minutes. `none`: none is set; `unclear`: not understood, a day of working time too. */
export function readLimit(typed: string): Limit | "none" | "unclear" | "out_of_range" {
  const plain = typed.replace(/\s/gu, "").toLowerCase();
  if (["", "-", "—", "无", "不设"].includes(plain)) return "none";
  const bare = plain.replace(workWords, "");
  const isWork = bare !== plain;
  const min = readLength(bare);
  if (Number.isNaN(min) || (isWork && /[天日d]/u.test(bare))) return "unclear";
  return min < 1 || min > longestMin ? "out_of_range" : { min, in: isWork ? "business" : "round_the_clock" };
}
