import type { DutyRole } from "#shared/domain/roster/roster.ts";
import { type Meaning, meaningOf, placingChoices } from "./mapping.ts";
import type { Draft } from "./reading.ts";
import { shiftAndRole } from "./words.ts";

/**
 * Which shifts and roles a heading stands for. Certain when it says both, or when the desk has one shift; what it does not
 * say is asked, with a proposal. `rowShift`: the shift comes from the row (a shift column), so it need not be said here.
 */
export function columnMeaning(
  heading: string,
  cell: string,
  draft: Draft,
  options: { rowShift?: boolean; rowRole?: DutyRole | undefined; unsure?: boolean } = {},
): Meaning | "skip" | undefined {
  const { rules, asking } = draft;
  const word = heading === "" ? cell.replace(/\d+$/, "") : heading;
  const answer = asking.answer("column", word);
  const answered = answer === undefined ? undefined : meaningOf(answer, rules);
  if (answered === "skip" || answered === "off") return "skip";
  const says = shiftAndRole(heading, rules);
  const { shift, shiftWord } = says;
  const role = options.rowRole ?? says.role;
  const only = rules.shifts.length === 1 ? rules.shifts[0]?.code : undefined;
  if (answered) {
    if (answered.shifts.length > 0 || options.rowShift) return answered;
    const own = shift ?? only;
    if (own !== undefined) return { ...answered, shifts: [own] };
  }
  const shifts = shift ? [shift] : options.rowShift ? [] : only && !shiftWord ? [only] : undefined;
  if (shifts && role) return { shifts, roles: [role] };
  // A heading without a role: people are then placed by their grade, which is asked as well.
  const roles = role ?? "";
  const proposal = options.unsure
    ? "skip"
    : options.rowShift
      ? `/${roles}`
      : `${writeShifts(shifts ?? (shiftWord ? [rules.shifts[0]?.code ?? "*"] : ["*"]))}/${roles}`;
  asking.ask("column", word, cell, ["skip", ...rules.shifts.map(({ code }) => `${code}/${roles}`)], proposal);
  if (roles === "" && asking.answer("placing", "roles") === undefined)
    asking.ask("placing", "roles", cell, placingChoices, "by_grade");
  return undefined;
}

const writeShifts = (shifts: readonly string[]): string => shifts.join("+") || "*";
