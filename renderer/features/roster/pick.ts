import type { OfficerView } from "#shared/contract.ts";
import type { Grade } from "#shared/domain/officer/officer.ts";
import type { DutyRole } from "#shared/domain/roster/roster.ts";
import type { Cell } from "./month-grid.ts";

/** Grades that usually stand in a role: they are offered first, nobody is hidden. */
const usual: Readonly<Record<DutyRole, readonly Grade[]>> = {
  leader_on_duty: ["leader"],
  shift_leader: ["shift_leader", "leader"],
  main_operator: ["operator", "shift_leader"],
  deputy_operator: ["operator", "shift_leader"],
  standby: ["operator", "shift_leader", "leader"],
};

export interface Choice {
  readonly officer: OfficerView;
  readonly usual: boolean;
  /** Already in another place of the same shift. */
  readonly twice: boolean;
}

/**
 * Whom the picker offers for a place. `byInitials` are officers that the core found by pinyin initials.
 * Order: those who usually stand here and are free, then the others; within that by name as the core gave them.
 */
export function choicesFor(
  officers: readonly OfficerView[],
  cell: Cell,
  sameShift: readonly Cell[],
  typed: string,
  byInitials: readonly string[] = [],
): Choice[] {
  const text = typed.trim().toLowerCase();
  const taken = new Set(sameShift.filter((other) => other !== cell && other.officerId).map((other) => other.officerId));
  const fits = (officer: OfficerView) =>
    text === "" ||
    byInitials.includes(officer.id) ||
    [officer.name, officer.post, officer.phone].some((part) => part.toLowerCase().includes(text));
  return officers
    .filter((officer) => officer.active && fits(officer))
    .map((officer) => ({
      officer,
      usual: usual[cell.role].includes(officer.grade),
      twice: taken.has(officer.id),
    }))
    .sort((a, b) => Number(a.twice) - Number(b.twice) || Number(b.usual) - Number(a.usual));
}

/** Whom to ring first for a place: those who usually stand there and are not in its shift, then the others. */
export function inOrderOfCalling(
  officers: readonly OfficerView[],
  role: DutyRole,
  inShift: readonly string[],
): readonly OfficerView[] {
  const rank = ({ id, grade }: OfficerView) =>
    (inShift.includes(id) ? 100 : 0) + (usual[role].includes(grade) ? usual[role].indexOf(grade) : 9);
  return [...officers].sort((a, b) => rank(a) - rank(b));
}

const planners: readonly Grade[] = ["shift_leader", "leader", "admin"];

/** RO-6, said on screen before the hand moves; the core judges it again. */
export const mayPlan = (grade: Grade | undefined): boolean => grade !== undefined && planners.includes(grade);
