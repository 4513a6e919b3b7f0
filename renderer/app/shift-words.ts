import { figureText } from "#renderer/text/format.ts";
import type { Say } from "#renderer/text/text.ts";
import type { DutyRole } from "#shared/domain/roster/roster.ts";

/** Who is named on every screen, in this order. */
const crewRoles: readonly DutyRole[] = ["leader_on_duty", "shift_leader", "main_operator", "deputy_operator"];

/** What is left of a shift, or by how much it is over. */
export function leftWords(t: Say, endAt: number, at: number): string {
  const length = figureText(endAt - at);
  return at <= endAt ? t("strip.left", { left: length }) : t("strip.over", { over: length });
}

/** The names of each role of a shift; a role in which nobody is and nobody has to be is left out. */
export function crewOf(
  t: Say,
  people: readonly { readonly role: DutyRole; readonly name: string }[],
  gaps: readonly DutyRole[],
): { readonly role: DutyRole; readonly names: string; readonly isGap: boolean }[] {
  return crewRoles
    .map((role) => ({
      role,
      names: people
        .filter((one) => one.role === role)
        .map(({ name }) => name)
        .join(t("strip.and")),
      isGap: gaps.includes(role),
    }))
    .filter(({ names, isGap }) => names || isGap);
}
