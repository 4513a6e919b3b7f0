import { dutyDayText, monthText } from "#renderer/text/format.ts";
import { type Say, say } from "#renderer/text/text.ts";
import type { RosterReadingView, SheetQuestion } from "#shared/contract.ts";
import { type DutyRole, dutyRoles, type RosterRules, roleNames } from "#shared/domain/roster/roster.ts";
import { columnOf } from "#shared/lib/cell-name.ts";
import { addDays, monthOf } from "#shared/lib/time.ts";

type Sheet = RosterReadingView["sheets"][number];
export type SheetCell = Sheet["cells"][number];
export type SheetProblem = Sheet["problems"][number];

export interface Wording {
  readonly t: Say;
  readonly rules: RosterRules;
  readonly nameOf: (officerId: string) => string;
}

const isRole = (text: string): text is DutyRole => (dutyRoles as readonly string[]).includes(text);

/** An answer or a reading of the form `day+night/main_operator`, in words. */
export function meaningText(meaning: string, { t, rules }: Wording): string {
  const [shifts = "", roles = ""] = meaning.split(" ")[0]?.split("/") ?? [];
  const shiftWords =
    shifts === "*"
      ? [t("roster.sheet.every_shift")]
      : shifts
          .split("+")
          .filter(Boolean)
          .map((code) => say(rules.shifts.find((one) => one.code === code)?.name ?? { zh: code, en: code }));
  const roleWords = roles
    .split("+")
    .filter(isRole)
    .map((role) => say(roleNames[role]));
  return [shiftWords.join(t("roster.list_mark")), roleWords.join(t("roster.list_mark"))].filter(Boolean).join(" ");
}

/** One choice of a question, in words. */
export function choiceText(kind: SheetQuestion["kind"], choice: string, words: Wording): string {
  const { t, nameOf } = words;
  if (kind === "name") return choice === "skip" ? t("roster.sheet.not_a_name") : nameOf(choice);
  if (choice === "skip") return t("roster.sheet.skip");
  if (choice === "off") return t("roster.sheet.off");
  if (choice === "by_grade") return t("roster.sheet.by_grade");
  if (kind === "month") return monthText(choice);
  if (isRole(choice)) return say(roleNames[choice]);
  return meaningText(choice, words) || t("roster.sheet.row_shift");
}

/** `day` and `day/` say the same. */
export const sameChoice = (a: string, b: string | null): boolean => b !== null && bare(a) === bare(b);
const bare = (choice: string): string => choice.replace(/\/$/, "");

/** What a question offers: its own choices, its suggestion, and the others of the same form. */
export function choicesOf(question: SheetQuestion, rules: RosterRules): string[] {
  const { kind, choices, proposal } = question;
  const offered = proposal === null ? [...choices] : [proposal, ...choices];
  const codes = ["*", ...rules.shifts.map(({ code }) => code)];
  if (kind === "month") {
    const guess = proposal ?? choices[0] ?? "";
    for (let at = -3, month = guess; at <= 12 && guess !== ""; at++) {
      month = monthOf(addDays(`${guess}-15`, at * 30));
      offered.push(month);
    }
  }
  if (kind === "column") {
    const roles = offered.some((choice) => choice.endsWith("/")) ? ["", ...dutyRoles] : [];
    for (const code of codes) for (const role of roles) offered.push(`${code}/${role}`);
  }
  if (kind === "code") for (const code of codes.slice(1)) for (const role of dutyRoles) offered.push(`${code}/${role}`);
  const seen = new Map(offered.map((choice) => [bare(choice), choice] as const));
  const unique = [...seen.values()];
  return kind === "month" ? unique.sort() : unique;
}

/** What a cell was taken for, in a word or two. */
export function readText(cell: SheetCell, words: Wording): string {
  const { t } = words;
  switch (cell.as) {
    case "date": {
      const [from = "", to] = cell.value.split("..");
      return to ? `${dutyDayText(from)}–${dutyDayText(to)}` : dutyDayText(from);
    }
    case "person":
      return personText(cell, words);
    case "shift":
      return meaningText(cell.value, words) || cell.value;
    case "role":
      return isRole(cell.value) ? say(roleNames[cell.value]) : meaningText(cell.value, words) || cell.value;
    case "code":
      return cell.value === "off" ? t("roster.sheet.off") : meaningText(cell.value, words);
    case "unknown":
      return t("roster.sheet.unknown");
    default:
      return t(`roster.sheet.ignored.${ignoredWords.has(cell.value) ? cell.value : "other"}`);
  }
}

/** A name that stands there as it is known needs no repeating. */
function personText({ text, value }: SheetCell, { t, nameOf }: Wording): string {
  const names = value.split(",").map(nameOf).join(t("roster.list_mark"));
  return names === text ? t("roster.sheet.person") : names;
}

const ignoredWords = new Set(["heading", "weekday", "remark", "nobody", "number", "outside", "waiting"]);

export function problemText({ code, cell, params }: SheetProblem, words: Wording): string {
  const { t, nameOf, rules } = words;
  const shift = rules.shifts.find((one) => one.code === params.shift);
  return t(`roster.sheet.problem.${code}`, {
    ...params,
    cell,
    day: params.on === undefined ? "" : dutyDayText(String(params.on)),
    shift: shift ? say(shift.name) : "",
    role: isRole(String(params.role)) ? say(roleNames[String(params.role) as DutyRole]) : "",
    name: params.officerId === undefined ? "" : nameOf(String(params.officerId)),
    month: params.month === undefined ? "" : monthText(String(params.month)),
    said: params.said === undefined ? "" : t(`roster.weekday.${params.said}`),
    is: params.is === undefined ? "" : t(`roster.weekday.${params.is}`),
  });
}

/** Row and column of `B3`, from 1. */
export function placeOf(address: string): { row: number; col: number } | undefined {
  const match = /^([A-Z]{1,3})(\d+)$/.exec(address);
  return match?.[1] ? { row: Number(match[2]), col: columnOf(match[1]) } : undefined;
}
