import { describe, expect, test } from "vitest";
import { smallestReasons } from "#shared/domain/roster/generate/explain.ts";
import { generateRoster } from "#shared/domain/roster/generate/generate.ts";
import {
  type PlanAnswer,
  type PlanPerson,
  type PlanRequest,
  usualLimits,
  usualRoleRules,
} from "#shared/domain/roster/generate/request.ts";
import { type PatternCode, patternRules } from "#shared/domain/roster/patterns.ts";
import { coverageGaps, slotReader } from "#shared/domain/roster/roster.ts";
import { drawer, seed } from "#test/seed.ts";

const hour = 3_600_000;
const day = 24 * hour;
const many = (count: number, letter: string, grade: PlanPerson["grade"], pool: PlanPerson["pool"]): PlanPerson[] =>
  Array.from({ length: count }, (_, index) => ({ id: `${letter}${index}`, grade, pool }));

/** Twenty-four officers in two pools. */
const officers = [
  ...many(2, "l", "leader", "full_time"),
  ...many(2, "m", "leader", "rotating"),
  ...many(5, "s", "shift_leader", "full_time"),
  ...many(7, "f", "operator", "full_time"),
  ...many(8, "c", "operator", "rotating"),
];
const october = Object.fromEntries([
  ...[1, 2, 3, 4, 5, 6, 7].map((on) => [`2026-10-0${on}`, { kind: "holiday" }] as const),
  ["2026-10-10", { kind: "makeup_workday" }] as const,
]) as PlanRequest["holidays"];
const required = { leader_on_duty: 1, shift_leader: 1, main_operator: 1, deputy_operator: 1 };
const request = (code: PatternCode, more: Partial<PlanRequest> = {}): PlanRequest => ({
  rules: patternRules(code, { offsetMin: 480, required }),
  fromOn: "2026-10-01",
  toOn: "2026-10-31",
  people: officers,
  roleRules: usualRoleRules,
  limits: usualLimits,
  leaves: [],
  wishes: [],
  holidays: october,
  fixed: {},
  before: {},
  seed: 7,
  ...more,
});

/** The limits told again, on the finished roster and with nothing of the generator. */
function broken(asked: PlanRequest, answer: Pick<PlanAnswer, "slots">): string[] {
  const faults: string[] = [];
  const stands = new Map<string, { slot: string; on: number; startAt: number; endAt: number; night: boolean }[]>();
  for (const [slot, officer] of Object.entries({ ...asked.fixed, ...answer.slots })) {
    const [on = "", code] = slot.split("/");
    const shift = asked.rules.shifts.find((one) => one.code === code);
    if (!shift) throw new Error(slot);
    const startAt = Date.parse(`${on}T00:00:00+08:00`) + shift.startMin * 60_000;
    const mine = stands.get(officer) ?? [];
    stands.set(officer, mine);
    mine.push({
      slot,
      on: Date.parse(on) / day,
      startAt,
      endAt: startAt + shift.lengthMin * 60_000,
      night: shift.night,
    });
    const role = slot.split("/")[2];
    const who = asked.people.find(({ id }) => id === officer);
    const lines = asked.roleRules.find((rule) => rule.role === role)?.who ?? [];
    if (!who || !lines.some((line) => line.grades.includes(who.grade) && line.pools.includes(who.pool)))
      faults.push(`${slot} ${officer} may not`);
  }
  for (const [officer, mine] of stands) {
    mine.sort((a, b) => a.startAt - b.startAt);
    for (const [i, one] of mine.entries()) {
      const next = mine[i + 1];
      if (next && next.startAt - one.endAt < asked.limits.restMin * 60_000)
        faults.push(`${officer} rests too little after ${one.slot}`);
      for (const leave of asked.leaves)
        if (leave.officerId === officer && leave.fromAt < one.endAt && leave.toAt > one.startAt)
          faults.push(`${officer} is on leave at ${one.slot}`);
    }
    const longest = (days: number[]) =>
      Math.max(
        0,
        ...days.map((from) => {
          let run = 1;
          while (days.includes(from + run)) run++;
          return run;
        }),
      );
    const nights = mine.filter(({ night }) => night);
    if (longest(nights.map(({ on }) => on)) > asked.limits.maxNightsInRow)
      faults.push(`${officer} has too many nights in a row`);
    if (longest(mine.map(({ on }) => on)) > asked.limits.maxDaysInRow)
      faults.push(`${officer} has too many days in a row`);
    for (const month of new Set(nights.map(({ slot }) => slot.slice(0, 7)))) {
      const count = nights.filter(({ slot }) => slot.startsWith(month)).length;
      if (count > asked.limits.maxNightsPerMonth) faults.push(`${officer} has ${count} nights in ${month}`);
    }
  }
  return faults;
}

function spreads(asked: PlanRequest, answer: PlanAnswer, groups: readonly string[]) {
  const count = (officer: string, of: (slot: string) => boolean) =>
    Object.entries(answer.slots).filter(([slot, who]) => who === officer && of(slot)).length;
  const night = (slot: string) => asked.rules.shifts.find(({ code }) => code === slot.split("/")[1])?.night ?? false;
  const holiday = (slot: string) => asked.holidays[slot.slice(0, 10)]?.kind === "holiday";
  return groups.map((letter) => {
    const ids = asked.people.filter(({ id }) => id.startsWith(letter)).map(({ id }) => id);
    const spread = (of: (slot: string) => boolean) => {
      const counts = ids.map((id) => count(id, of));
      return Math.max(...counts) - Math.min(...counts);
    };
    return { nights: spread(night), holidays: spread(holiday) };
  });
}

describe("a month for 24 officers in two pools", () => {
  test.each(["2x12", "3x8", "1x24", "day_night_cadre"] as const)(
    "RO-20, RO-21, RO-22: %s: no gap, no limit broken, nights and holidays of equals within one",
    (code) => {
      const asked = request(code);
      const answer = generateRoster(asked);
      expect(answer.gaps).toEqual([]);
      const read = slotReader([{ month: "2026-10", slots: answer.slots }]);
      const from = Date.parse("2026-10-02T00:00:00+08:00");
      expect(coverageGaps(asked.rules, read, from, from + 29 * day)).toEqual([]);
      expect(broken(asked, answer)).toEqual([]);
      for (const { nights, holidays } of spreads(asked, answer, ["l", "m", "s", "f", "c"])) {
        expect(nights).toBeLessThanOrEqual(1);
        expect(holidays).toBeLessThanOrEqual(1);
      }
      for (const { spread } of answer.fairness) expect(Math.max(spread.nights, spread.holidays)).toBeLessThanOrEqual(1);
    },
  );

  test("RO-20, RO-21, RO-22: twelve months with drawn leaves and wishes", { timeout: 120_000 }, () => {
    for (let from = seed; from < seed + 12; from++) {
      const next = drawer(from);
      const pick = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)] as T;
      const first = Date.parse("2026-10-01T00:00:00+08:00");
      const crew = officers.filter(({ id }) => /^[sfc]/.test(id));
      const leaves = Array.from({ length: 4 }, () => {
        const fromAt = first + Math.floor(next() * 28) * day;
        return { officerId: pick(crew).id, fromAt, toAt: fromAt + Math.floor(1 + next() * 4) * day };
      });
      const wishes = Array.from({ length: 8 }, () => ({
        officerId: pick(crew).id,
        on: `2026-10-${String(Math.floor(1 + next() * 31)).padStart(2, "0")}`,
        want: pick(["off", "off", "on"] as const),
      }));
      const asked = request(pick(["2x12", "3x8"] as const), { leaves, wishes, seed: from });
      const answer = generateRoster(asked);
      expect({ from, gaps: answer.gaps }).toEqual({ from, gaps: [] });
      expect({ from, broken: broken(asked, answer) }).toEqual({ from, broken: [] });
      const atHand = { ...asked, people: asked.people.filter(({ id }) => !leaves.some((one) => one.officerId === id)) };
      for (const { nights, holidays } of spreads(atHand, answer, ["l", "m", "s", "f", "c"]))
        expect({ from, nights: Math.max(1, nights), holidays: Math.max(1, holidays) }).toEqual({
          from,
          nights: 1,
          holidays: 1,
        });
      expect(answer.wishes.filter(({ kept }) => kept).length, `wishes of ${from}`).toBeGreaterThanOrEqual(6);
    }
  });

  test("RO-20, RO-22: twelve weeks across the year's end: limits hold over the month ends, a year without notice is named", () => {
    const asked = request("2x12", { fromOn: "2026-11-16", toOn: "2027-02-07" });
    const answer = generateRoster(asked);
    expect(answer.gaps).toEqual([]);
    expect(broken(asked, answer)).toEqual([]);
    expect(answer.yearsWithoutNotice).toEqual(["2027"]);
    for (const { spread } of answer.fairness) expect(spread.nights).toBeLessThanOrEqual(1);
  });

  test("RO-20: published nights before the month keep people resting on its first day", () => {
    const fixed = { "2026-09-30/night/main_operator/0": "f0", "2026-10-05/day/main_operator/0": "f3" };
    const asked = request("2x12", { fixed });
    const answer = generateRoster(asked);
    expect(broken(asked, answer)).toEqual([]);
    expect(answer.slots["2026-10-05/day/main_operator/0"]).toBe("f3");
    expect(answer.slots["2026-09-30/night/main_operator/0"]).toBeUndefined();
    expect(answer.choices.find(({ slot }) => slot === "2026-10-05/day/main_operator/0")?.reasons).toEqual([
      { code: "fixed", params: {} },
    ]);
    const clash = generateRoster(request("2x12", { fixed: { ...fixed, "2026-10-01/day/main_operator/0": "f0" } }));
    expect(clash.pinnedAgainst).toEqual([
      { slot: "2026-10-01/day/main_operator/0", officerId: "f0", hindrances: ["resting"] },
    ]);
  });

  test("RO-10, RO-20: cadres stand only in the weeks of their group", () => {
    const people = officers.map((one) =>
      one.id.startsWith("c") ? { ...one, group: Number(one.id.slice(1)) % 2 } : one,
    );
    const rules = patternRules("day_night_cadre", {
      offsetMin: 480,
      required,
      rotation: { groups: 2, everyDays: 7, anchorOn: "2026-10-05" },
    });
    const answer = generateRoster(request("day_night_cadre", { people, rules }));
    expect(answer.gaps).toEqual([]);
    for (const [slot, officer] of Object.entries(answer.slots)) {
      if (!officer.startsWith("c")) continue;
      const week = Math.floor((Date.parse(slot.slice(0, 10)) - Date.parse("2026-10-05")) / (7 * day));
      expect(Number(officer.slice(1)) % 2).toBe(Math.abs(week % 2));
    }
  });
});

describe("the same and explained", () => {
  test("RO-24: the same request twice, or named in another order, gives the same roster; every choice has a reason", () => {
    const leaves = [
      {
        officerId: "f1",
        fromAt: Date.parse("2026-10-05T00:00:00+08:00"),
        toAt: Date.parse("2026-10-09T00:00:00+08:00"),
      },
    ];
    const wishes = [
      { officerId: "c1", on: "2026-10-03", want: "off" },
      { officerId: "f2", on: "2026-10-20", shift: "day", want: "on" },
    ] as const;
    const answer = generateRoster(request("2x12", { leaves, wishes }));
    expect(generateRoster(request("2x12", { leaves, wishes }))).toEqual(answer);
    const turned = generateRoster(
      request("2x12", { leaves, wishes: wishes.toReversed(), people: officers.toReversed() }),
    );
    expect(turned.slots).toEqual(answer.slots);
    expect(answer.choices.map(({ slot }) => slot).sort()).toEqual(Object.keys(answer.slots).sort());
    for (const choice of answer.choices) expect(choice.reasons.length).toBeGreaterThan(0);
    const told = new Set(answer.choices.flatMap(({ reasons }) => reasons.map(({ code }) => code)));
    expect([...told]).toEqual(expect.arrayContaining(["fewest_nights", "fewest_holidays", "resting", "on_leave"]));
    expect(answer.wishes.every(({ kept }) => kept)).toBe(true);
  });

  test("RO-22: what was done before is evened out", () => {
    const before = { f0: { shifts: 20, nights: 12, weekends: 4, holidays: 3 } };
    const { tally } = generateRoster(request("2x12", { before }));
    const others = ["f1", "f2", "f3", "f4", "f5", "f6"].map((id) => tally[id]?.nights ?? 0);
    expect(tally.f0?.nights).toBeLessThan(Math.min(...others));
  });
});

describe("a rule that cannot be kept", () => {
  test("RO-23: the fewest reasons that hold back everybody", () => {
    expect(smallestReasons([["on_leave"], ["on_leave", "resting"], ["resting", "max_nights"], ["max_nights"]])).toEqual(
      [
        { code: "on_leave", params: { people: 2 } },
        { code: "max_nights", params: { people: 2 } },
      ],
    );
    expect(smallestReasons([["on_leave", "resting"], ["resting"]])).toEqual([
      { code: "resting", params: { people: 2 } },
    ]);
  });

  test("RO-23: three on leave, one at the most nights, the rest resting: named for the slot", () => {
    const at = (on: string) => Date.parse(`${on}T00:00:00+08:00`);
    const asked = request("2x12", {
      rules: patternRules("2x12", { offsetMin: 480, required: { main_operator: 1 } }),
      people: many(6, "f", "operator", "full_time").map((one) =>
        one.id === "f5" ? { ...one, maxNightsPerMonth: 0 } : one,
      ),
      fromOn: "2026-12-05",
      toOn: "2026-12-05",
      leaves: ["f0", "f1", "f2"].map((officerId) => ({ officerId, fromAt: at("2026-12-04"), toAt: at("2026-12-07") })),
      fixed: { "2026-12-06/day/main_operator/0": "f3", "2026-12-05/day/main_operator/0": "f4" },
    });
    const answer = generateRoster(asked);
    expect(answer.gaps).toMatchObject([
      {
        slot: "2026-12-05/night/main_operator/0",
        eligible: 6,
        reasons: [
          { code: "on_leave", params: { people: 3 } },
          { code: "resting", params: { people: 2 } },
          { code: "max_nights", params: { people: 1 } },
        ],
        people: { f0: ["on_leave"], f3: ["resting"], f4: ["resting"], f5: ["max_nights"] },
      },
    ]);
    expect(broken(asked, answer)).toEqual([]);
  });

  test("RO-23: nobody of the grade; too few people for a whole month: it ends and names every gap", () => {
    const few = request("3x8", {
      people: [...many(1, "l", "leader", "full_time"), ...many(3, "f", "operator", "full_time")],
    });
    const answer = generateRoster(few);
    expect(answer.gaps.length + Object.keys(answer.slots).length).toBe(31 * 3 * 4);
    for (const gap of answer.gaps) expect(gap.reasons.length).toBeGreaterThan(0);
    expect(broken(few, answer)).toEqual([]);
    const none = generateRoster(request("1x24", { people: many(5, "f", "operator", "full_time"), toOn: "2026-10-01" }));
    expect(none.gaps[0]).toMatchObject({
      eligible: 0,
      reasons: [{ code: "nobody_holds_role", params: { role: "leader_on_duty" } }],
    });
  });
});
