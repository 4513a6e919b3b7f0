import type { LinkState } from "#shared/contract.ts";
import { reasonText } from "./error-text.ts";
import { durationText, figureText } from "./format.ts";
import type { Say } from "./text.ts";

/** How the state of the link is said on the strip. `calm` is grey; the others are news. */
export interface LinkWords {
  readonly word: string;
  readonly tone: "calm" | "watch" | "broken" | "act";
  /** Why, in words; empty when there is nothing to explain. */
  readonly reason: string;
}

/** A district that has asked to wait for longer than this is news: a person should ring. */
const laterNewsMs = 3 * 60_000;

/** Somebody has answered that it is too much just now: the line is not cut. */
export const isBusy = (reasonId: string): boolean => reasonId === "link.busy";

/** The badge: 已连通 · 追赶中 n/m · 断网 since · 中心忙，未通 since · 需处理 · 未登记. */
export function linkWords(t: Say, link: LinkState, now: number): LinkWords {
  switch (link.state) {
    case "unenrolled":
      return { word: t("link.unenrolled"), tone: "watch", reason: t("link.unenrolled.about") };
    case "connecting":
      return { word: t("link.connecting"), tone: "calm", reason: "" };
    case "catching_up":
      return { word: t("link.catching_up", { done: link.done, total: link.total }), ...laterWords(t, link.later, now) };
    case "online":
      return { word: t("link.online"), ...laterWords(t, link.later, now) };
    case "offline":
      return {
        word: t(isBusy(link.reasonId) ? "link.busy" : "link.offline", { length: figureText(now - link.sinceAt) }),
        tone: "broken",
        reason: reasonText(link.reasonId),
      };
    case "stopped":
      return { word: t("link.stopped"), tone: "act", reason: reasonText(link.reasonId) };
  }
}

/** PR-32: the line is up; what is said is that the district asks to wait, and for how long it has. */
function laterWords(t: Say, later: { readonly sinceAt: number } | undefined, now: number): Omit<LinkWords, "word"> {
  if (!later) return { tone: "calm", reason: "" };
  const lengthMs = now - later.sinceAt;
  if (lengthMs < laterNewsMs) return { tone: "calm", reason: t("link.later") };
  return { tone: "watch", reason: t("link.later.long", { length: durationText(lengthMs) }) };
}
