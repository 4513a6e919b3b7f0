import { readLength } from "#shared/lib/length.ts";
import { type Limit, longestMin } from "../duty-event/limits.ts";

const hourMin = 60;
const dayMin = 24 * hourMin;

/** A limit as it stands in its cell: `2小时`, `1天12小时`, `7小时（工作时间）`. A day of working time is not 24 hours: hours stand there. */
export function writeLimit({ min, in: counted }: Limit): string {
  const days = counted === "business" ? 0 : Math.floor(min / dayMin);
  const hours = Math.floor((min - days * dayMin) / hourMin);
  const minutes = min - days * dayMin - hours * hourMin;
  const parts = [days && `${days}天`, hours && `${hours}小时`, minutes && `${minutes}分`];
  return parts.filter(Boolean).join("") + (counted === "business" ? "（工作时间）" : "");
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
