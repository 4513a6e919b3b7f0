import type { HandoverDraft, InputOf } from "#shared/contract.ts";

/** What the outgoing side gives when it has gone through everything: each item seen, each check in order. */
export function answeredDraft(draft: HandoverDraft): Pick<InputOf<"handover.sign">, "review" | "checklist" | "keys"> {
  const { review, record } = draft;
  return {
    review: review.map(({ key, stamp }) => ({ key, stamp })),
    checklist: record.checklist.map(({ item }) => ({ item, ok: true, note: "" })),
    keys: record.keys.map(({ item }) => ({ item, count: 1, ok: true, note: "" })),
  };
}
