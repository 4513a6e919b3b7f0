/** How a place of a proposal differs from what is published; `was` is the name before. */
export interface Mark {
  readonly kind: "added" | "changed" | "emptied";
  readonly was: string;
}

/** Shapes, so that the differences are seen without colour. */
export const markSigns: Readonly<Record<Mark["kind"], string>> = {
  added: "\u254b",
  changed: "\u25c6",
  emptied: "\u25cb",
};

type Slots = Readonly<Record<string, string>>;

/** What differs between a month and its proposal. */
export function marksOf(present: Slots, proposed: Slots, nameOf: (officerId: string) => string): Map<string, Mark> {
  const marks = new Map<string, Mark>();
  for (const slot of new Set([...Object.keys(present), ...Object.keys(proposed)])) {
    const [was, is] = [present[slot], proposed[slot]];
    if (was === is) continue;
    marks.set(slot, {
      kind: was === undefined ? "added" : is === undefined ? "emptied" : "changed",
      was: was === undefined ? "" : nameOf(was),
    });
  }
  return marks;
}
