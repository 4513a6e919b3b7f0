import type { LinkState } from "#shared/contract.ts";
import { reasonText } from "./error-text.ts";
import { figureText } from "./format.ts";
import type { Say } from "./text.ts";

/** How the state of the link is said on the strip. `calm` is grey; the others are news. */
export interface LinkWords {
  readonly word: string;
  readonly tone: "calm" | "watch" | "broken" | "act";
  /** Why, in words; empty when there is nothing to explain. */
  readonly reason: string;
}

/** The badge: 已连通 · 追赶中 n/m · 断网 since · 需处理 · 未登记. */
export function linkWords(t: Say, link: LinkState, now: number): LinkWords {
  switch (link.state) {
    case "unenrolled":
      return { word: t("link.unenrolled"), tone: "watch", reason: t("link.unenrolled.about") };
    case "connecting":
      return { word: t("link.connecting"), tone: "calm", reason: "" };
    case "catching_up":
      return { word: t("link.catching_up", { done: link.done, total: link.total }), tone: "calm", reason: "" };
    case "online":
      return { word: t("link.online"), tone: "calm", reason: "" };
    case "offline":
      return {
        word: t("link.offline", { length: figureText(now - link.sinceAt) }),
        tone: "broken",
        reason: reasonText(link.reasonId),
      };
    case "stopped":
      return { word: t("link.stopped"), tone: "act", reason: reasonText(link.reasonId) };
  }
}
