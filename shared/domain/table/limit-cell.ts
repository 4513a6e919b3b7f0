import { type Limit, longestMin } from "../duty-event/limits.ts";

const hourMin = 60;
const dayMin = 24 * hourMin;
const inWork = "工作时间";

/** A limit as it stands in its cell: `2小时`, `1天12小时`, `7小时（工作时间）`. A day of working time is not 24 hours: hours stand there. */
export function writeLimit({ min, in: counted }: Limit): string {
  const days = counted === "business" ? 0 : Math.floor(min / dayMin);
  const hours = Math.floor((min - days * dayMin) / hourMin);
  const minutes = min - days * dayMin - hours * hourMin;
  const parts = [days && `${days}天`, hours && `${hours}小时`, minutes && `${minutes}分`];
  return parts.filter(Boolean).join("") + (counted === "business" ? `（${inWork}）` : "");
}

const asTyped =
  /^(?:(\d{1,4})(?:天|日|d))?(?:(\d{1,5})(?:小时|时|h))?(?:(\d{1,7})(?:分钟|分|m|min)?)?(?:[（(]?(?:工作时间|工时|working)[）)]?)?$/u;

/** CL-2: a typed limit; plain figures are minutes. `none`: none is set; `unclear`: not understood, a day of working time too. */
export function readLimit(typed: string): Limit | "none" | "unclear" | "out_of_range" {
  const bare = typed.replace(/\s/gu, "").toLowerCase();
  if (["", "-", "—", "无", "不设"].includes(bare)) return "none";
  const found = asTyped.exec(bare);
  if (!found?.slice(1).some((part) => part !== undefined)) return "unclear";
  const [days, hours, minutes] = found.slice(1).map((part) => Number(part ?? 0)) as [number, number, number];
  const isWork = /工作时间|工时|working/u.test(bare);
  if (isWork && days > 0) return "unclear";
  const min = days * dayMin + hours * hourMin + minutes;
  return min < 1 || min > longestMin ? "out_of_range" : { min, in: isWork ? "business" : "round_the_clock" };
}
