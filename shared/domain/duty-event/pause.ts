import { z } from "zod";
import { type DeskError, deskError } from "#shared/errors.ts";
import type { Bilingual } from "#shared/lib/text.ts";
import { minuteMs } from "#shared/lib/time.ts";
import type { Span } from "#shared/lib/work-time.ts";
import { longestMin } from "./hours-kind.ts";

const instant = z.number().int().nonnegative();
const officer = z.string().min(1).max(64);

export const holdKinds = ["pause", "extend"] as const;
export type HoldKind = (typeof holdKinds)[number];
export const holdNames: Readonly<Record<HoldKind, Bilingual>> = {
  pause: { zh: "挂起", en: "pause" },
  extend: { zh: "延期", en: "extension" },
};

/** A pause or an extension of the clocks: asked for, decided, and for a pause perhaps ended before its time. */
export const holdSchema = z.strictObject({
  kind: z.enum(holdKinds),
  /** Longest stand of a pause, counted round the clock; an extension adds them as the limit counts. */
  minutes: z.number().int().min(1).max(longestMin),
  reason: z.string().max(500),
  askedAt: instant,
  askedBy: officer,
  decided: z.strictObject({ at: instant, by: officer, granted: z.boolean(), words: z.string().max(500) }).nullable(),
  ended: z.strictObject({ at: instant, by: officer }).nullable(),
});
export type Hold = z.infer<typeof holdSchema>;

/** More of them in one event are refused: nobody reads them, and an op must stay small. */
export const mostHolds = 40;

interface Held {
  readonly holds: readonly Hold[];
}

/** The request that waits for a decision. */
export const askedOf = ({ holds }: Held): Hold | undefined => holds.find(({ decided }) => decided === null);

/** The time for which a granted pause makes the clocks stand: from the decision until it was ended or had its length. */
export function standOf({ kind, minutes, decided, ended }: Hold): Span | null {
  if (kind !== "pause" || !decided?.granted) return null;
  const toAt = decided.at + minutes * minuteMs;
  return { fromAt: decided.at, toAt: Math.max(decided.at, Math.min(toAt, ended?.at ?? toAt)) };
}

export const standsOf = ({ holds }: Held): Span[] => holds.flatMap((hold) => standOf(hold) ?? []);

/** The pause that an instant lies in. */
export const pausedAt = ({ holds }: Held, at: number): Hold | undefined =>
  holds.find((hold) => {
    const span = standOf(hold);
    return span !== null && span.fromAt <= at && at < span.toAt;
  });

/** Minutes that granted extensions have added. */
export const extendedMin = ({ holds }: Held): number =>
  holds.reduce((sum, { kind, minutes, decided }) => (kind === "extend" && decided?.granted ? sum + minutes : sum), 0);

/** What a row of the table of transitions asks of the clocks before it may be taken. */
export const holdNeeds = ["nothing_asked", "asked", "running", "paused", "limit"] as const;
export type HoldNeed = (typeof holdNeeds)[number];

type Needed = Held & { readonly limitMin: number | null };

const needs: Readonly<Record<HoldNeed, (event: Needed, at: number) => boolean>> = {
  nothing_asked: (event) => askedOf(event) === undefined,
  asked: (event) => askedOf(event) !== undefined,
  running: (event, at) => pausedAt(event, at) === undefined,
  paused: (event, at) => pausedAt(event, at) !== undefined,
  limit: ({ limitMin }) => limitMin !== null,
};

export const needsMet = (wanted: readonly HoldNeed[], event: Needed, at: number): boolean =>
  wanted.every((need) => needs[need](event, at));

/** The first need that an event does not meet, as the reason of a refusal. */
export function unmetNeed(wanted: readonly HoldNeed[], event: Needed, at: number): DeskError | null {
  const unmet = wanted.find((need) => !needs[need](event, at));
  return unmet ? deskError(`clock.not_${unmet}`) : null;
}

interface Hand {
  readonly at: number;
  readonly by: string;
}

export const ask = (
  { holds }: Held,
  kind: HoldKind,
  minutes: number,
  reason: string,
  { at, by }: Hand,
): readonly Hold[] => [...holds, { kind, minutes, reason, askedAt: at, askedBy: by, decided: null, ended: null }];

export const decide = ({ holds }: Held, granted: boolean, words: string, { at, by }: Hand): readonly Hold[] =>
  holds.map((hold) => (hold.decided === null ? { ...hold, decided: { at, by, granted, words } } : hold));

export const resume = (event: Held, { at, by }: Hand): readonly Hold[] => {
  const here = pausedAt(event, at);
  return event.holds.map((hold) => (hold === here ? { ...hold, ended: { at, by } } : hold));
};

/** `3天`, `2小时30分`: the length of a pause or an extension, in the words of the log. */
export function lengthWords(minutes: number): Bilingual {
  const days = Math.floor(minutes / 1440);
  const hours = Math.floor((minutes % 1440) / 60);
  const rest = minutes % 60;
  const parts = (names: readonly [string, string, string]) =>
    [days, hours, rest].flatMap((count, index) => (count > 0 ? `${count}${names[index]}` : []));
  return { zh: parts(["天", "小时", "分钟"]).join(""), en: parts([" d", " h", " min"]).join(" ") };
}
