import { z } from "zod";
import type { Bilingual } from "#shared/lib/text.ts";
import { eventRef, type Into } from "./given-parts.ts";

export type { Into };

const instant = z.number().int().nonnegative();

/** How one event stands to another. `split_from` is made by a split alone. */
export const linkKinds = ["related", "same_cause", "follows", "relapse", "split_from"] as const;
export type LinkKind = (typeof linkKinds)[number];
/** `back`: the same bond, seen from the other event. */
export const linkKindNames: Readonly<Record<LinkKind, { readonly there: Bilingual; readonly back: Bilingual }>> = {
  related: { there: { zh: "相关", en: "Related" }, back: { zh: "相关", en: "Related" } },
  same_cause: { there: { zh: "同因", en: "Same cause" }, back: { zh: "同因", en: "Same cause" } },
  follows: { there: { zh: "由其引发", en: "Follows from" }, back: { zh: "引发", en: "Led to" } },
  relapse: { there: { zh: "回潮自", en: "Relapse of" }, back: { zh: "又再发生", en: "Came back as" } },
  split_from: { there: { zh: "拆分自", en: "Split from" }, back: { zh: "拆分出", en: "Split into" } },
};
export const chosenLinkKinds = ["related", "same_cause", "follows", "relapse"] as const;

export const linkSchema = z.strictObject({
  ...eventRef,
  kind: z.enum(linkKinds),
  text: z.string().max(200),
  at: instant,
  by: z.string().max(64),
});
export type Link = z.infer<typeof linkSchema>;
export const mostLinks = 50;
/** A person set it and may take it back; where an event came from stays. */
export const isChosen = ({ kind }: Link): boolean => kind !== "split_from";
/** BO-9: the same trouble at the same place as one that was dealt with before. */
export const isRelapse = ({ links }: { readonly links: readonly Link[] }): boolean =>
  links.some(({ kind }) => kind === "relapse");

/** States in which an event may be merged into another, and to which the undo leads back. */
export const mergedFrom = [
  "reported",
  "accepted",
  "assessed",
  "assigned",
  "handling",
  "whistled",
  "fed_back",
  "verified",
] as const;

/** BO-4: this event is dealt with in another one. */
export const mergedSchema = z.strictObject({
  ...eventRef,
  from: z.enum(mergedFrom),
  text: z.string().max(500),
  at: instant,
  by: z.string().max(64),
});

/**
 * BO-4: an event is merged into an earlier one only, so that no limit is stretched by it, and no circle can arise whatever
 * two desks do at once. Of the same instant the lower number leads.
 */
export const mayLead = (
  into: Into,
  event: { readonly id: string; readonly number: string; readonly reportedAt: number },
) =>
  into.eventId !== event.id &&
  (into.reportedAt < event.reportedAt || (into.reportedAt === event.reportedAt && into.number < event.number));
