import type { InputOf, TimelineEntry } from "#shared/contract.ts";
import { writtenKinds } from "#shared/domain/duty-log/duty-log.ts";

export type WrittenKind = (typeof writtenKinds)[number];

/** Somebody or something that an entry speaks of. */
export interface Linked {
  readonly kind: "officer" | "asset";
  readonly id: string;
  readonly name: string;
}

/** What stands in the form of a log entry. */
export interface Words {
  readonly kind: WrittenKind;
  readonly text: string;
  readonly callerName: string;
  readonly callerPhone: string;
  readonly unit: string;
  readonly eventId: string | null;
  /** The event as it is shown in the field: number and title. */
  readonly eventText: string;
  readonly links: readonly Linked[];
  /** LG-1: the entry that this one sets right. */
  readonly corrects: { readonly id: string; readonly at: number; readonly text: string } | null;
  /** What was half-typed when the correction began; it stands there again afterwards. */
  readonly aside: Words | null;
}

export const noWords: Words = {
  kind: "note",
  text: "",
  callerName: "",
  callerPhone: "",
  unit: "",
  eventId: null,
  eventText: "",
  links: [],
  corrects: null,
  aside: null,
};

export const textMax = 4000;
export const isBlank = (words: Words): boolean =>
  !words.text.trim() &&
  !words.callerName &&
  !words.callerPhone &&
  !words.unit &&
  !words.corrects &&
  words.links.length === 0;

export type Problem = "required" | "too_long" | "no_event";

/** What is wrong, by field; nothing wrong is an empty object. */
export function problemsOf(words: Words): Readonly<{ text?: Problem; event?: Problem }> {
  const text = words.text.trim();
  return {
    ...(text ? (text.length > textMax ? { text: "too_long" as const } : {}) : { text: "required" as const }),
    ...(words.eventText.trim() && !words.eventId ? { event: "no_event" as const } : {}),
  };
}

export const toEntry = (words: Words): InputOf<"log.write"> => ({
  kind: words.kind,
  text: words.text,
  eventId: words.eventId,
  corrects: words.corrects?.id ?? null,
  officerIds: words.links.filter(({ kind }) => kind === "officer").map(({ id }) => id),
  assetIds: words.links.filter(({ kind }) => kind === "asset").map(({ id }) => id),
  ...(words.kind === "call"
    ? { callerName: words.callerName.trim(), callerPhone: words.callerPhone.trim(), unit: words.unit.trim() }
    : {}),
});

/** LG-1: what was written stays; the form opens with its words so that only the wrong ones need be changed. */
export function correctionOf(entry: TimelineEntry, text: string, standing: Words = noWords): Words {
  if (entry.id === standing.corrects?.id) return standing;
  // A correction that nobody has begun to type is not kept.
  const isTouched = standing.corrects
    ? standing.text.trim() !== "" && standing.text !== standing.corrects.text
    : !isBlank(standing);
  return {
    kind: writtenKinds.find((kind) => kind === entry.kind) ?? "note",
    text: writtenKinds.some((kind) => kind === entry.kind) ? text : "",
    callerName: entry.callerName,
    callerPhone: entry.callerPhone,
    unit: entry.unit,
    eventId: entry.eventId,
    eventText: "",
    links: [
      ...entry.officers.map((one) => ({ kind: "officer" as const, ...one })),
      ...entry.assets.map((one) => ({ kind: "asset" as const, ...one })),
    ],
    corrects: { id: entry.id, at: entry.at, text },
    aside: isTouched ? standing : standing.aside,
  };
}

/** Reads a kept draft; anything unreadable is an empty form, never an error. */
export function readWords(value: string | null): Words {
  if (!value) return noWords;
  try {
    const kept = JSON.parse(value) as Partial<Words> | null;
    return typeof kept === "object" && kept !== null ? { ...noWords, ...kept } : noWords;
  } catch {
    return noWords;
  }
}
