/** Who stands where, by slot key. */
export type Slots = Readonly<Record<string, string>>;

export interface SlotChange {
  readonly slot: string;
  readonly was: string | null;
  readonly officerId: string | null;
}

const stands = (key: string, officerId: string): string => `${key.split("/", 2).join("/")}/${officerId}`;

/** RO-28: a month with the slots of a sheet laid into it, and what that changes. */
export function mergeMonth(present: Slots, sheet: Slots): { slots: Record<string, string>; changes: SlotChange[] } {
  const named = new Set(Object.entries(sheet).map(([key, officerId]) => stands(key, officerId)));
  const kept = Object.entries(present).filter(([key, officerId]) => key in sheet || !named.has(stands(key, officerId)));
  const slots = { ...Object.fromEntries(kept), ...sheet };
  const changes = [...new Set([...Object.keys(present), ...Object.keys(sheet)])]
    .filter((slot) => present[slot] !== slots[slot])
    .sort()
    .map((slot) => ({ slot, was: present[slot] ?? null, officerId: slots[slot] ?? null }));
  return { slots, changes };
}
