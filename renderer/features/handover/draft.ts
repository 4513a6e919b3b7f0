import type { HandoverDraft, InputOf } from "#shared/contract.ts";
import type { HandoverSide } from "#shared/domain/handover/handover.ts";
import {
  type HandoverEvent,
  type HandoverLine,
  type HandoverRecord,
  lacksOf,
  type RecordLack,
} from "#shared/domain/handover/record.ts";

export type CheckItem = HandoverRecord["checklist"][number];
export type KeyCount = HandoverRecord["keys"][number];

/** An item left to the next shift; `id` null until it has been signed once. */
export interface CarryItem {
  readonly id: string | null;
  readonly text: string;
  readonly eventId: string | null;
  readonly toOfficerId: string;
}

/** How an item was seen: as it stood then, and what was noted of it. */
export interface Seen {
  readonly stamp: string;
  readonly note: string;
}

/** The part of a handover that people write; everything else the desk knows by itself. */
export interface Written {
  readonly seen: Readonly<Record<string, Seen>>;
  readonly checklist: readonly CheckItem[];
  readonly keys: readonly KeyCount[];
  readonly remarks: string;
  readonly carryOver: readonly CarryItem[];
}

/** Key of `draft.save`: the shift's draft, not the officer's. It names the handover it belongs to. */
export const draftKey = "handover";

export const packDraft = (handoverId: string, written: Written): string => JSON.stringify({ handoverId, ...written });

type Saved = { readonly handoverId?: unknown } & { readonly [K in keyof Written]?: unknown };

/**
 * What was written before, laid on the record as the desk builds it now. A draft of another shift, or one that cannot be
 * read, is not used. Checks and keys follow the record: what the district took out is gone, what is new is open. Items
 * that earlier shifts left over stay in the list whatever the draft says (HO-7).
 */
export function unpackDraft(record: HandoverRecord, handoverId: string, saved: string | null): Written {
  const left: CarryItem[] = record.carryOver.map(({ id, text, eventId, toOfficerId }) => ({
    id,
    text,
    eventId,
    toOfficerId,
  }));
  const fresh: Written = {
    seen: {},
    checklist: record.checklist,
    keys: record.keys,
    remarks: record.remarks,
    carryOver: left,
  };
  const draft = readSaved(saved);
  if (draft?.handoverId !== handoverId) return fresh;
  const written = listOf(draft.carryOver, isCarry);
  return {
    seen: readSeen(draft.seen),
    checklist: answers(record.checklist, draft.checklist),
    keys: answers(record.keys, draft.keys),
    remarks: typeof draft.remarks === "string" ? draft.remarks : record.remarks,
    carryOver: [
      ...left.map((one) => written.find(({ id }) => id === one.id) ?? one),
      ...written.filter(({ id }) => id === null),
    ],
  };
}

function readSaved(saved: string | null): Saved | undefined {
  try {
    return saved === null ? undefined : ((JSON.parse(saved) as Saved | null) ?? undefined);
  } catch {
    return undefined;
  }
}

const listOf = <T>(value: unknown, is: (one: unknown) => one is T): T[] =>
  Array.isArray(value) ? value.filter(is) : [];

const isObject = (one: unknown): one is Record<string, unknown> => typeof one === "object" && one !== null;
const isAnswer = (one: unknown): one is { item: string; ok?: unknown; note?: unknown; count?: unknown } =>
  isObject(one) && typeof one.item === "string";
const isCarry = (one: unknown): one is CarryItem =>
  isObject(one) && typeof one.text === "string" && typeof one.toOfficerId === "string";

function readSeen(value: unknown): Record<string, Seen> {
  if (!isObject(value)) return {};
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, one]) =>
      isObject(one) && typeof one.stamp === "string"
        ? [[key, { stamp: one.stamp, note: String(one.note ?? "") }] as const]
        : [],
    ),
  );
}

/** Two items may bear one name (a radio that works, radios that are counted): each takes the first answer left. */
function answers<T extends CheckItem | KeyCount>(list: readonly T[], saved: unknown): T[] {
  const left = listOf(saved, isAnswer);
  return list.map((one) => {
    const at = left.findIndex(({ item }) => item === one.item);
    const before = at < 0 ? undefined : left.splice(at, 1)[0];
    if (!before) return one;
    const count = "count" in one ? { count: typeof before.count === "number" ? before.count : null } : {};
    return { ...one, ...count, ok: before.ok === true, note: String(before.note ?? "") };
  });
}

/** Items of the review that were not seen as they stand now. */
export const unseenOf = ({ review }: Pick<HandoverDraft, "review">, written: Pick<Written, "seen">): string[] =>
  review.filter(({ key, stamp }) => written.seen[key]?.stamp !== stamp).map(({ key }) => key);

export type Lack = RecordLack | { readonly type: "review"; readonly count: number };

/** What is still missing before the outgoing side can sign, first things first. */
export function whatLacks(draft: Pick<HandoverDraft, "review">, written: Written): Lack[] {
  const count = unseenOf(draft, written).length;
  return [...(count > 0 ? [{ type: "review" as const, count }] : []), ...lacksOf(written)];
}

/** What goes with the outgoing signature. */
export function givenOf(
  draft: Pick<HandoverDraft, "review">,
  written: Written,
): Pick<InputOf<"handover.sign">, "review" | "checklist" | "keys" | "remarks" | "carryOver"> {
  return {
    review: draft.review.flatMap(({ key }) => {
      const seen = written.seen[key];
      return seen ? [{ key, stamp: seen.stamp, note: seen.note.trim().slice(0, 500) }] : [];
    }),
    checklist: written.checklist.map(({ item, ok, note }) => ({ item, ok, note: note.trim().slice(0, 200) })),
    keys: written.keys.map(({ item, count, ok, note }) => ({ item, count, ok, note: note.trim().slice(0, 200) })),
    remarks: written.remarks.trim(),
    carryOver: written.carryOver.map(({ id, text, eventId, toOfficerId }) => ({
      id,
      text: text.trim(),
      eventId,
      toOfficerId,
    })),
  };
}

/** One thing to go through: an open event, or a line of a section. */
export interface ReviewItem {
  readonly key: string;
  readonly stamp: string;
  readonly event: HandoverEvent | undefined;
  readonly line: HandoverLine | undefined;
}

export function reviewItems({ review, record }: Pick<HandoverDraft, "review" | "record">): ReviewItem[] {
  const events = new Map(record.openEvents.map((event) => [`event/${event.eventId}`, event]));
  const lines = new Map(record.sections.flatMap(({ items }) => items.map((line) => [line.key, line] as const)));
  return review.map(({ key, stamp }) => ({ key, stamp, event: events.get(key), line: lines.get(key) }));
}

/** The item that a row of the review becomes when it is left over: what it is and what comes next; CF-1: of a confidential one its number. */
export function carryOf({ event, line }: ReviewItem, record: HandoverRecord, note: string): CarryItem {
  const text = event
    ? `${event.number}${event.confidential ? "" : ` ${event.title}`}：${note || `下一步${event.next}`}`
    : `${line?.confidential ? line.number : (line?.title ?? "")}${note ? `：${note}` : ""}`;
  const to = record.incoming.find(({ role }) => role === "main_operator") ?? record.incoming[0];
  return {
    id: null,
    text: text.slice(0, 500),
    eventId: event?.eventId ?? line?.eventId ?? null,
    toOfficerId: to?.officerId ?? "",
  };
}

/** Whose turn it is; `undefined`: both have signed. */
export const turnOf = (phase: HandoverDraft["phase"]): HandoverSide | undefined =>
  phase === "draft" || phase === "withdrawn" ? "outgoing" : phase === "offered" ? "incoming" : undefined;

/** HO-3 HO-9: who may sign for a side: its people, or a leader where one of them is absent; never who signed for the other. */
export function signersOf(draft: HandoverDraft, side: HandoverSide, isPartial: boolean): string[] {
  const people = side === "outgoing" ? draft.mayOffer : draft.mayAccept;
  const may = isPartial ? draft.leaders.map(({ officerId }) => officerId) : people;
  const gone = side === "incoming" ? draft.handover?.outgoing.officerId : undefined;
  return may.filter((id) => id !== gone);
}

/** Who is proposed as signer: who is signed in, else the shift leader, else the first of those who may. */
export function firstSigner(
  record: HandoverRecord,
  side: HandoverSide,
  may: readonly string[],
  signedIn: string | undefined,
): string {
  if (signedIn && may.includes(signedIn)) return signedIn;
  const leader = record[side].find((one) => one.role === "shift_leader" && may.includes(one.officerId));
  return leader?.officerId ?? may[0] ?? "";
}

/** The name of someone of the record or of the leaders. */
export const nameIn = ({ record, leaders }: Pick<HandoverDraft, "record" | "leaders">, officerId: string): string =>
  [...record.incoming, ...record.outgoing, ...leaders].find((one) => one.officerId === officerId)?.name ?? "";
