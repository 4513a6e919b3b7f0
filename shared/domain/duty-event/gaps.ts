import { hourMs, minuteMs } from "#shared/lib/time.ts";
import { linkKindNames } from "./bond.ts";
import { clocksOf, pressingClock } from "./clock.ts";
import { type DutyEvent, stateNames } from "./event.ts";
import type { Given } from "./given.ts";
import { clockStepNames } from "./limits.ts";
import { disputeSideNames, totalOf, whistleOf } from "./whistle.ts";

type Lang = "zh" | "en";

/** `2小时5分`, to the minute. */
export function lengthText(ms: number, lang: Lang): string {
  const hours = Math.floor(ms / hourMs);
  const minutes = Math.floor((ms % hourMs) / minuteMs);
  if (lang === "en") return hours > 0 ? `${hours} h ${minutes} min` : `${minutes} min`;
  return hours > 0 ? `${hours}小时${minutes}分` : `${minutes}分钟`;
}

/** BO-4: what the limit of an event was when its clock stopped; where the whole has none, that of its step which ran. */
function stoppedClock(event: DutyEvent, at: number, lang: Lang): string {
  const clock = clocksOf(event).find(({ step }) => step === "whole") ?? pressingClock(event);
  if (!clock) return lang === "zh" ? "没有时限" : "no limit set";
  const leftMs = clock.dueAt - at;
  const length = lengthText(Math.abs(leftMs), lang);
  const step = clock.step === "whole" ? "" : clockStepNames[clock.step][lang];
  if (lang === "zh") return `${step}时限停止，${leftMs < 0 ? "已超时" : "还剩"} ${length}`;
  const name = step ? `its clock (${step})` : "its clock";
  return leftMs < 0 ? `${name} stopped ${length} late` : `${name} stopped with ${length} left`;
}

function scoredText(given: Given, lang: Lang): string {
  const points = given.scores ?? [];
  const total = totalOf(points);
  const each = points.map((one) => `${one.name} ${one.points}`).join("、");
  return lang === "zh" ? `${total.given}/${total.most} 分（${each}）` : `${total.given} of ${total.most} (${each})`;
}

const inBrackets = (text: string, lang: Lang): string => (text ? (lang === "zh" ? `（${text}）` : ` (${text})`) : "");

/** What a log sentence says of whistles, boundaries, bonds, urging and review. */
export function bondGaps(
  given: Given,
  event: DutyEvent,
  from: DutyEvent | undefined,
  lang: Lang,
): Readonly<Record<string, string>> {
  const measures = given.measures?.length ?? 0;
  const kind = given.linkKind && linkKindNames[given.linkKind].there[lang];
  return {
    whistleKind: given.whistleKind ? (whistleOf(event)?.kindName ?? given.whistleKind) : "",
    told: inBrackets(given.toldBy ? (lang === "zh" ? `${given.toldBy} 告知` : `told by ${given.toldBy}`) : "", lang),
    people: given.people ?? "",
    side: given.side ? disputeSideNames[given.side][lang] : "",
    scored: scoredText(given, lang),
    border: given.border ?? "",
    oneOff: given.oneOff ?? "",
    upkeep: given.upkeep ?? "",
    agreedBy: given.agreedBy ?? "",
    agreedOn: given.agreedOn ?? "",
    into: given.into?.number ?? "",
    clock: given.into && from ? stoppedClock(from, event.updatedAt, lang) : "",
    other: given.other?.number ?? "",
    linkKind: kind ?? "",
    // CF-1: how many, and not their words: each piece says its own, or is sealed, also later.
    parts: given.parts ? (lang === "zh" ? `${given.parts.length} 件` : `${given.parts.length}`) : "",
    state: stateNames[event.state][lang],
    happened: given.happened ?? "",
    measured: measures > 0 ? (lang === "zh" ? `。整改措施 ${measures} 条` : `. ${measures} measures`) : "",
  };
}
