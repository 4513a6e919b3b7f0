import { hourMs, minuteMs } from "#shared/lib/time.ts";
import { linkKindNames } from "./bond.ts";
import { clocksOf, pressingClock } from "./clock.ts";
import { boardNames, type DutyEvent, levelNames, type Party, stateNames } from "./event.ts";
import type { Given } from "./given.ts";
import { clockStepNames } from "./limits.ts";
import { askedOf, holdNames, lengthWords } from "./pause.ts";
import { openTasks } from "./task.ts";
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

const inBrackets = (text: string | undefined, lang: Lang): string =>
  text ? (lang === "zh" ? `（${text}）` : ` (${text})`) : "";

const names = (parties: readonly Party[]): string => parties.map((party) => party.name).join("、");

/** An action that was done: what was given with it, the event after it and before it. */
interface Done {
  readonly given: Given;
  readonly event: DutyEvent;
  readonly from: DutyEvent | undefined;
}

/** What stands in the gaps of a log sentence. */
const gaps: Readonly<Record<string, (done: Done, lang: Lang) => string>> = {
  title: ({ event }) => event.title,
  board: ({ event }, lang) => (event.board ? boardNames[event.board][lang] : ""),
  level: ({ event }, lang) => levelNames[event.level][lang],
  lead: ({ event }) => event.lead?.name ?? "",
  coHandlers: ({ event }, lang) => {
    if (event.coHandlers.length === 0) return "";
    return lang === "zh" ? `，协办 ${names(event.coHandlers)}` : `, with ${names(event.coHandlers)}`;
  },
  // CF-4: an assessment that made it confidential says so.
  secret: ({ event, from }, lang) => {
    if (from?.confidential !== false || !event.confidential) return "";
    return lang === "zh" ? "，按类别转为涉密" : ", confidential by its category";
  },
  party: ({ given, event }) => given.party ?? event.lead?.name ?? "",
  via: ({ given }, lang) => inBrackets(given.via, lang),
  to: ({ given }) => given.to ?? "",
  note: ({ given }) => given.note ?? "",
  text: ({ given }) => given.text ?? "",
  result: ({ given }) => given.result ?? "",
  reason: ({ given }) => given.reason ?? "",
  length: ({ given }, lang) => lengthWords(given.pauseMin ?? given.moreMin ?? 0)[lang],
  held: ({ from }, lang) => {
    const asked = from && askedOf(from);
    return asked ? `${holdNames[asked.kind][lang]} ${lengthWords(asked.minutes)[lang]}` : "";
  },
  unverified: ({ from }, lang) => {
    if (!from || from.state === "verified") return "";
    return lang === "zh" ? "（未经核查，直接办结）" : " (closed without verification)";
  },
  unfinished: ({ from }, lang) => {
    const left = names(openTasks(from?.tasks ?? []).map(({ party }) => party));
    if (!left) return "";
    return lang === "zh" ? `（${left}未办完，任务随之撤回）` : ` (${left} had not finished: withdrawn)`;
  },
  whistleKind: ({ given, event }) => (given.whistleKind ? (whistleOf(event)?.kindName ?? given.whistleKind) : ""),
  told: ({ given: { toldBy } }, lang) =>
    inBrackets(toldBy && (lang === "zh" ? `${toldBy} 告知` : `told by ${toldBy}`), lang),
  people: ({ given }) => given.people ?? "",
  side: ({ given }, lang) => (given.side ? disputeSideNames[given.side][lang] : ""),
  scored: ({ given }, lang) => scoredText(given, lang),
  border: ({ given }) => given.border ?? "",
  oneOff: ({ given }) => given.oneOff ?? "",
  upkeep: ({ given }) => given.upkeep ?? "",
  agreedBy: ({ given }) => given.agreedBy ?? "",
  agreedOn: ({ given }) => given.agreedOn ?? "",
  into: ({ given }) => given.into?.number ?? "",
  clock: ({ given, event, from }, lang) => (given.into && from ? stoppedClock(from, event.updatedAt, lang) : ""),
  other: ({ given }) => given.other?.number ?? "",
  linkKind: ({ given }, lang) => (given.linkKind ? linkKindNames[given.linkKind].there[lang] : ""),
  // CF-1: how many, and not their words: each piece says its own, or is sealed, also later.
  parts: ({ given: { parts } }, lang) => (parts ? (lang === "zh" ? `${parts.length} 件` : `${parts.length}`) : ""),
  state: ({ event }, lang) => stateNames[event.state][lang],
  happened: ({ given }) => given.happened ?? "",
  measured: ({ given }, lang) => {
    const count = given.measures?.length ?? 0;
    if (count === 0) return "";
    return lang === "zh" ? `。整改措施 ${count} 条` : `. ${count} measures`;
  },
};

/** What fills the gaps of this sentence, and of no other. */
export const wordsIn = (sentence: string, done: Done, lang: Lang): Readonly<Record<string, string>> =>
  Object.fromEntries(
    [...sentence.matchAll(/\{(\w+)\}/g)].flatMap(([, name = ""]) => {
      const gap = gaps[name];
      return gap ? [[name, gap(done, lang)]] : [];
    }),
  );
