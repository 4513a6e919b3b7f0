import type { GapView } from "#shared/contract.ts";
import type { DutyRole } from "#shared/domain/roster/roster.ts";

/** Stretches of one shift that lack somebody, put together: one line of the alarm list. */
export interface GapGroup {
  readonly on: string;
  readonly shift: string;
  readonly fromAt: number;
  readonly toAt: number;
  readonly roles: readonly { readonly role: DutyRole; readonly missing: number }[];
  readonly missing: number;
}

/** Gaps in order of time, those of one shift together; what is over comes last. */
export function gapGroups(gaps: readonly GapView[], now: number): GapGroup[] {
  const groups = new Map<string, GapGroup>();
  for (const gap of gaps) {
    const key = `${gap.on}/${gap.shift}/${gap.fromAt}`;
    const group = groups.get(key);
    groups.set(key, {
      on: gap.on,
      shift: gap.shift,
      fromAt: gap.fromAt,
      toAt: gap.toAt,
      roles: [...(group?.roles ?? []), { role: gap.role, missing: gap.missing }],
      missing: (group?.missing ?? 0) + gap.missing,
    });
  }
  const over = (group: GapGroup) => (group.toAt <= now ? 1 : 0);
  return [...groups.values()].sort((a, b) => over(a) - over(b) || a.fromAt - b.fromAt);
}

/** Missing people over all stretches: the figure of the alarm. */
export const missingIn = (gaps: readonly GapView[]): number => gaps.reduce((sum, gap) => sum + gap.missing, 0);
