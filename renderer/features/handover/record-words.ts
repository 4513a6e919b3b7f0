import { useDesk } from "#renderer/bridge/use-desk.ts";
import { inChinese, languageNow, say, sayId } from "#renderer/text/text.ts";
import { faultStateNames } from "#shared/domain/asset/fault.ts";
import { stateNames } from "#shared/domain/duty-event/event.ts";
import { eventActions, transitionOf } from "#shared/domain/duty-event/transitions.ts";
import { whistleStateNames } from "#shared/domain/duty-event/whistle.ts";
import { type HandoverLine, instructionKinds, stoodKey } from "#shared/domain/handover/record.ts";
import { reportKinds } from "#shared/domain/handover/reports.ts";
import { hazardGradeNames, hazardStateNames } from "#shared/domain/hazard/hazard.ts";
import type { LayerKind } from "#shared/domain/roster/layer-entry.ts";
import { roleNames } from "#shared/domain/roster/roster.ts";
import type { Bilingual } from "#shared/lib/text.ts";

/** A record carries its fixed words in Chinese, as they go to paper; on screen they speak the language of the page. */
const saidAs = (words: string, known: readonly Bilingual[]): string => {
  const found = known.find(({ zh }) => zh === words);
  return found ? say(found) : words;
};

/** Sentences that the desk makes for a record: by their Chinese in the table of texts they are known again. */
const sentences = {
  next: ["declined", "acknowledge_of", "finish_of", "acknowledge", "finish"].map((id) => `next.${id}`),
  mark: ["vigilance", "missed", "duty_check", "gap", "arrivals", "stood"].map((id) => `mark.${id}`),
  title: ["asked", "unreached", "gap", "answered", "nobody"],
  detail: ["not_reported", "reported", "found_here", "unsigned", "rung"],
} as const;

/** One of these sentences in the language of the page, with what stood in its gaps; `undefined`: it is none of them. */
function made(words: string, ids: readonly string[]): string | undefined {
  if (languageNow() === "zh") return undefined;
  for (const id of ids) {
    const key = `handover.made.${id}`;
    const names: string[] = [];
    const pattern = inChinese(key).replace(/\{(\w+)\}/g, (_, name: string) => {
      names.push(name);
      return name === "count" || name === "answered" || name === "minutes" || name === "rung" ? "(\\d+)" : "(.+)";
    });
    const found = new RegExp(`^${pattern}$`, "u").exec(words);
    if (found) return sayId(key, Object.fromEntries(names.map((name, at) => [name, roleWord(found[at + 1] ?? "")])));
  }
  return undefined;
}

const roleWord = (name: string): string => saidAs(name, Object.values<Bilingual>(roleNames));

export const stepWord = (next: string): string =>
  made(next, sentences.next) ??
  saidAs(
    next,
    eventActions.map((action) => transitionOf(action).label),
  );

/** Of a line of a section: only what the desk writes there by itself, never what people wrote. */
export const titleWord = ({ key, title }: Pick<HandoverLine, "key" | "title">): string =>
  key.startsWith(stoodKey)
    ? stoodWords(title)
    : ((sectionOf(key) === "watch" ? made(title, sentences.title) : undefined) ?? title);

/** HO-20: `主班：柏一鸣 20:30–02:00、童安然 02:00–08:30（临时顶岗）`. */
function stoodWords(title: string): string {
  if (languageNow() === "zh") return title;
  const [role = "", course = ""] = title.split("：");
  return `${roleWord(role)}: ${course
    .replaceAll("、", ", ")
    .replaceAll("无人", sayId("roster.free"))
    .replace(/（(.+?)）/gu, (_, how: string) => ` (${layerWord(how)})`)}`;
}
const layerKinds: readonly LayerKind[] = ["swap", "leave", "stand_in", "relief"];
const layerWord = (how: string): string => {
  const kind = layerKinds.find((one) => inChinese(`roster.layer.${one}`) === how);
  return kind ? sayId(`roster.layer.${kind}`) : how;
};

export function detailWord({ key, detail }: Pick<HandoverLine, "key" | "detail">): string {
  const states = ownStates[sectionOf(key)];
  if (!states || languageNow() === "zh") return detail;
  // 区水利局（待派哨）; 待整改 永川供电公司; 待受理.
  const inBrackets = /^(.*)（([^（）]+)）$/u.exec(detail);
  if (inBrackets && sectionOf(key) === "whistle") return `${inBrackets[1]} (${saidAs(inBrackets[2] ?? "", states)})`;
  const [first = "", ...rest] = detail.split(" ");
  return made(detail, sentences.detail) ?? [saidAs(first, states), ...rest].join(" ");
}

const sectionOf = (key: string): string => key.split("/")[0] ?? "";
const ownStates: Readonly<Record<string, readonly Bilingual[] | undefined>> = {
  whistle: Object.values(whistleStateNames),
  task: Object.values(stateNames),
  hazard: Object.values(hazardStateNames),
  report: [],
  fault: [],
  watch: [],
};

const marks = [instructionKinds, reportKinds, hazardGradeNames, faultStateNames].flatMap((names) =>
  Object.values<Bilingual>(names),
);
export const markWord = (mark: string): string => made(mark, sentences.mark) ?? saidAs(mark, marks);

/** Name of a shift; one that the roster no longer knows stays as it was written. */
export function useShiftWord(): (name: string) => string {
  const shifts = useDesk("system.tables", {}).data?.roster.shifts;
  return (name) => saidAs(name, shifts?.map((shift) => shift.name) ?? []);
}
