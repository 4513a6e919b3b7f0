import type { HandoverDraft } from "#shared/contract.ts";
import type { HandoverRecord } from "#shared/domain/handover/handover.ts";

type Record_ = HandoverRecord;
export type CheckItem = Record_["checklist"][number];
export type CarryItem = Record_["carryOver"][number];

/** The part of a handover that people write; everything else the desk knows by itself. */
export interface Written {
  readonly checklist: readonly CheckItem[];
  readonly remarks: string;
  readonly carryOver: readonly CarryItem[];
}

/** Key of `draft.save`. One handover is written at a time: the draft names the shift it belongs to. */
export const draftKey = "handover";

export const packDraft = (handoverId: string, written: Written): string => JSON.stringify({ handoverId, ...written });

/**
 * What was written before, laid on the record as the desk builds it now. A draft of another shift, or one that cannot be
 * read, is not used. Items of the checklist follow the record: what the district took out is gone, what is new is open.
 */
export function unpackDraft(record: Record_, handoverId: string, saved: string | null): Written {
  const fresh: Written = { checklist: record.checklist, remarks: record.remarks, carryOver: record.carryOver };
  if (saved === null) return fresh;
  let draft: { handoverId?: unknown } & Partial<Written>;
  try {
    draft = JSON.parse(saved) as typeof draft;
  } catch {
    return fresh;
  }
  if (draft?.handoverId !== handoverId) return fresh;
  const ticked = (Array.isArray(draft.checklist) ? [...draft.checklist] : []).filter(isCheck);
  return {
    checklist: record.checklist.map(({ item, ok, note }) => {
      // Two items may bear one name (a radio that works, radios that are counted): each takes the first one left.
      const at = ticked.findIndex((one) => one.item === item);
      const before = at < 0 ? undefined : ticked.splice(at, 1)[0];
      return { item, ok: before?.ok === true || (!before && ok), note: String(before?.note ?? note) };
    }),
    remarks: typeof draft.remarks === "string" ? draft.remarks : record.remarks,
    carryOver: Array.isArray(draft.carryOver) ? draft.carryOver.filter(isCarry) : record.carryOver,
  };
}

const isCheck = (one: unknown): one is CheckItem =>
  typeof one === "object" && one !== null && typeof (one as CheckItem).item === "string";

const isCarry = (one: unknown): one is CarryItem =>
  typeof one === "object" &&
  one !== null &&
  typeof (one as CarryItem).text === "string" &&
  typeof (one as CarryItem).toOfficerId === "string";

/** An item is answered when it is in order, or when a note says what is not. */
export const answered = (one: CheckItem): boolean => one.ok || one.note.trim() !== "";

export type Lack =
  | { readonly type: "checklist"; readonly count: number }
  | { readonly type: "carry_text"; readonly index: number }
  | { readonly type: "carry_person"; readonly index: number };

/** What is still missing before the outgoing side can sign, first things first. */
export function lacksOf(written: Written): Lack[] {
  const open = written.checklist.filter((one) => !answered(one)).length;
  const lacks: Lack[] = open > 0 ? [{ type: "checklist", count: open }] : [];
  written.carryOver.forEach((one, index) => {
    if (one.text.trim() === "") lacks.push({ type: "carry_text", index });
    else if (one.toOfficerId === "") lacks.push({ type: "carry_person", index });
  });
  return lacks;
}

/** What goes with the outgoing signature. */
export const givenOf = (written: Written) => ({
  checklist: written.checklist.map(({ item, ok, note }) => ({ item, ok, note: note.trim().slice(0, 200) })),
  remarks: written.remarks.trim(),
  carryOver: written.carryOver.map(({ text, eventId, toOfficerId }) => ({ text: text.trim(), eventId, toOfficerId })),
});

export type Side = "outgoing" | "incoming";

/** Whose turn it is; `undefined`: both have signed. */
export const turnOf = (phase: HandoverDraft["phase"]): Side | undefined =>
  phase === "draft" ? "outgoing" : phase === "offered" ? "incoming" : undefined;

/** HO-3 before the hand moves: who has signed for the shift that goes cannot sign for the one that comes. */
export function signersOf(draft: HandoverDraft, side: Side): string[] {
  if (side === "outgoing") return draft.mayOffer;
  const gone = draft.handover?.outgoing.officerId;
  return draft.mayAccept.filter((id) => id !== gone);
}

/** Who is proposed as signer: who is signed in, else the shift leader, else the first of those who may. */
export function firstSigner(record: Record_, side: Side, may: readonly string[], signedIn: string | undefined): string {
  if (signedIn && may.includes(signedIn)) return signedIn;
  const leader = record[side].find((one) => one.role === "shift_leader" && may.includes(one.officerId));
  return leader?.officerId ?? may[0] ?? "";
}

/** People of a shift by role, for one line each. */
export function nameIn(record: Record_, officerId: string): string {
  return [...record.incoming, ...record.outgoing].find((one) => one.officerId === officerId)?.name ?? "";
}

/** The first signs of a record's hash, in groups, as they are read out and compared. */
export const shortHash = (hash: string): string => (hash.slice(0, 16).match(/.{1,4}/g) ?? []).join(" ").toUpperCase();
