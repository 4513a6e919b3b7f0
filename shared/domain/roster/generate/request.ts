import type { Grade, Officer } from "#shared/domain/officer/officer.ts";
import type { HolidayTable, PatternRules } from "../patterns.ts";
import type { DutyRole } from "../roster.ts";

export type Pool = Officer["pool"];

/** Who may hold a role: the first line is preferred, the next ones help when the first cannot. */
export interface RoleRule {
  readonly role: DutyRole;
  readonly who: readonly { readonly grades: readonly Grade[]; readonly pools: readonly Pool[] }[];
}

export interface PlanPerson {
  readonly id: string;
  readonly grade: Grade;
  readonly pool: Pool;
  /** Group of a rotating cadre; left out: comes in every turn. */
  readonly group?: number;
  readonly maxNightsPerMonth?: number;
}

export interface Absence {
  readonly officerId: string;
  readonly fromAt: number;
  readonly toAt: number;
}

/** A wish is kept where no rule and no fairness of nights or holidays has to give way for it. */
export interface Wish {
  readonly officerId: string;
  readonly on: string;
  /** Left out: the whole duty day. */
  readonly shift?: string;
  readonly want: "off" | "on";
}

export interface Tally {
  readonly shifts: number;
  readonly nights: number;
  readonly weekends: number;
  readonly holidays: number;
}

/** Limits that are kept without exception: rather a named gap than a broken limit. */
export interface PlanLimits {
  readonly restMin: number;
  readonly maxNightsInRow: number;
  readonly maxNightsPerMonth: number;
  readonly maxDaysInRow: number;
}

/** [D] Eleven hours of rest, three nights in a row, ten a month, six days in a row. */
export const usualLimits: PlanLimits = { restMin: 660, maxNightsInRow: 3, maxNightsPerMonth: 10, maxDaysInRow: 6 };

/** [D] Who holds which role. Main by full-time staff, deputy by rotating cadres first. */
export const usualRoleRules: readonly RoleRule[] = [
  { role: "leader_on_duty", who: [{ grades: ["leader"], pools: ["full_time", "rotating"] }] },
  {
    role: "shift_leader",
    who: [
      { grades: ["shift_leader"], pools: ["full_time", "rotating"] },
      { grades: ["leader"], pools: ["full_time", "rotating"] },
    ],
  },
  {
    role: "main_operator",
    who: [
      { grades: ["operator"], pools: ["full_time"] },
      { grades: ["operator", "shift_leader"], pools: ["full_time", "rotating"] },
    ],
  },
  {
    role: "deputy_operator",
    who: [
      { grades: ["operator"], pools: ["rotating"] },
      { grades: ["operator", "shift_leader"], pools: ["full_time", "rotating"] },
    ],
  },
  { role: "standby", who: [{ grades: ["operator", "shift_leader", "leader"], pools: ["full_time", "rotating"] }] },
];

export interface PlanRequest {
  readonly rules: PatternRules;
  readonly fromOn: string;
  readonly toOn: string;
  readonly people: readonly PlanPerson[];
  readonly roleRules: readonly RoleRule[];
  readonly limits: PlanLimits;
  readonly leaves: readonly Absence[];
  readonly wishes: readonly Wish[];
  readonly holidays: HolidayTable;
  /** Slots that stand: pinned by hand inside the days asked for, published outside them (rest reaches across the edge). */
  readonly fixed: Readonly<Record<string, string>>;
  /** What each person has done before, so that fairness goes on over the year. */
  readonly before: Readonly<Record<string, Tally>>;
  /** Breaks ties; the same request with the same seed gives the same roster. */
  readonly seed: number;
}

/** Why somebody cannot stand in a slot, in the order in which it is told. */
export const hindrances = [
  "on_leave",
  "not_their_turn",
  "on_duty_then",
  "resting",
  "nights_in_row",
  "max_nights",
  "days_in_row",
] as const;
export type Hindrance = (typeof hindrances)[number];

export interface Reason {
  readonly code:
    | Hindrance
    | "fixed"
    | "only_one"
    | "fewest_nights"
    | "fewest_holidays"
    | "fewest_weekends"
    | "fewest_shifts"
    | "wished"
    | "preferred"
    | "evens_out"
    | "nobody_holds_role";
  readonly params: Readonly<Record<string, string | number>>;
}

export interface Choice {
  readonly slot: string;
  readonly officerId: string;
  readonly reasons: readonly Reason[];
}

/** A slot that could not be filled: of `eligible` people each is held back by one of `reasons`, the fewest that tell it all. */
export interface PlanGap {
  readonly slot: string;
  readonly eligible: number;
  readonly reasons: readonly Reason[];
  /** Who is held back by what, so that a leave can be moved or a limit lifted knowingly. */
  readonly people: Readonly<Record<string, readonly Hindrance[]>>;
}

export interface FairnessRow {
  /** Equals: same pool, grade, group, and about the same days at hand. */
  readonly officerIds: readonly string[];
  readonly spread: Tally;
}

export interface PlanAnswer {
  readonly slots: Readonly<Record<string, string>>;
  readonly choices: readonly Choice[];
  readonly gaps: readonly PlanGap[];
  readonly fairness: readonly FairnessRow[];
  /** What each person stands in the days asked for, without `before`. */
  readonly tally: Readonly<Record<string, Tally>>;
  readonly wishes: readonly { readonly wish: Wish; readonly kept: boolean }[];
  /** Pinned slots that break a rule: they stay, and are named. */
  readonly pinnedAgainst: readonly {
    readonly slot: string;
    readonly officerId: string;
    readonly hindrances: readonly Hindrance[];
  }[];
  /** Years without a holiday notice: their holidays were not known. */
  readonly yearsWithoutNotice: readonly string[];
}
