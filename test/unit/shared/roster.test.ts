import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  coverageGaps,
  type DutyRole,
  onDutyAt,
  type RosterMonth,
  type RosterRules,
  shiftsBetween,
  shiftsOn,
  slotReader,
} from "#shared/domain/roster/roster.ts";
import { applyOp } from "#shared/op/kinds.ts";
import { seed } from "#test/seed.ts";
import { opOf } from "./samples.ts";

/**
 * The oracle: minute by minute, on plain calendar numbers. It shares no code with the product: its days are counted by
 * Date.UTC with a day number, the product's by text.
 */
const roles: DutyRole[] = ["leader_on_duty", "shift_leader", "main_operator", "deputy_operator", "standby"];
const minute = 60_000;

interface World {
  readonly rules: RosterRules;
  readonly slots: ReadonlyMap<string, string>;
  /** First day of the drawn stretch: year, month from 0, day. */
  readonly first: readonly [number, number, number];
}

function calendar(world: World, dayNumber: number) {
  const [year, month, day] = world.first;
  const midnight = Date.UTC(year, month, day + dayNumber);
  const date = new Date(midnight);
  const two = (n: number) => String(n).padStart(2, "0");
  return {
    on: `${date.getUTCFullYear()}-${two(date.getUTCMonth() + 1)}-${two(date.getUTCDate())}`,
    midnightAt: midnight - world.rules.offsetMin * minute,
  };
}

/** Every shift that holds this very instant, earliest start first. */
function holding(world: World, at: number, days: readonly number[]) {
  const held: { on: string; shift: string; startAt: number; row: number }[] = [];
  for (const day of days) {
    const { on, midnightAt } = calendar(world, day);
    for (const [row, shift] of world.rules.shifts.entries()) {
      const startAt = midnightAt + shift.startMin * minute;
      if (startAt <= at && at < startAt + shift.lengthMin * minute) held.push({ on, shift: shift.code, startAt, row });
    }
  }
  return held.sort((a, b) => a.startAt - b.startAt || a.row - b.row);
}

const people = (world: World, on: string, shift: string, role: string, places: number) =>
  Array.from({ length: places }, (_, index) => world.slots.get(`${on}/${shift}/${role}/${index}`)).filter(Boolean);

/** `minute shift day role missing` for every minute and every lack of it. */
function gapMinutes(world: World, fromAt: number, toAt: number, days: readonly number[]): string[] {
  const lacks: string[] = [];
  for (let at = fromAt; at < toAt; at += minute) {
    const held = holding(world, at, days);
    for (const role of roles) {
      const needed = world.rules.required[role] ?? 0;
      if (needed === 0) continue;
      if (held.length === 0) lacks.push(`${at} none ${role} ${needed}`);
      for (const { on, shift } of held) {
        const missing = needed - people(world, on, shift, role, needed).length;
        if (missing > 0) lacks.push(`${at} ${on}/${shift} ${role} ${missing}`);
      }
    }
  }
  return lacks.sort();
}

function monthsOf(world: World): RosterMonth[] {
  const months = new Map<string, Record<string, string>>();
  for (const [key, officer] of world.slots) {
    const month = key.slice(0, 7);
    months.set(month, { ...months.get(month), [key]: officer });
  }
  return [...months].map(([month, slots]) => ({ month, slots }));
}

/** Days around which calendars break: month ends, a leap day, New Year, and any. */
const firstDay = fc.oneof(
  fc.constantFrom<[number, number, number]>(
    [2026, 10, 29],
    [2026, 11, 30],
    [2028, 1, 27],
    [2027, 1, 27],
    [2026, 3, 29],
  ),
  fc.tuple(fc.integer({ min: 2024, max: 2030 }), fc.integer({ min: 0, max: 11 }), fc.integer({ min: 1, max: 28 })),
);
const shiftCodes = ["a", "b", "c"];
const world: fc.Arbitrary<World> = fc
  .record({
    first: firstDay,
    offsetMin: fc.constantFrom(480, 480, 0, 540, -210),
    shifts: fc.array(
      fc.record({ startMin: fc.integer({ min: 0, max: 1439 }), lengthMin: fc.integer({ min: 1, max: 2880 }) }),
      {
        minLength: 1,
        maxLength: 3,
      },
    ),
    required: fc.record({
      shift_leader: fc.integer({ min: 0, max: 1 }),
      main_operator: fc.integer({ min: 0, max: 2 }),
      standby: fc.integer({ min: 0, max: 1 }),
    }),
    filled: fc.array(fc.boolean(), { minLength: 150, maxLength: 150 }),
  })
  .map(({ first, offsetMin, shifts, required, filled }) => {
    const rules: RosterRules = {
      label: "",
      pattern: "",
      offsetMin,
      shifts: shifts.map((shift, index) => {
        const code = shiftCodes[index] ?? "";
        return { code, name: { zh: code, en: code }, ...shift };
      }),
      required,
    } as RosterRules;
    const slots = new Map<string, string>();
    const bare: World = { rules, slots, first };
    let draw = 0;
    for (let day = -3; day < 6; day++) {
      for (const { code } of rules.shifts) {
        for (const [role, needed] of Object.entries(required)) {
          for (let index = 0; index < needed; index++) {
            if (filled[draw++ % filled.length])
              slots.set(`${calendar(bare, day).on}/${code}/${role}/${index}`, `p${draw}`);
          }
        }
      }
    }
    return bare;
  });
const daysAround = [-3, -2, -1, 0, 1, 2, 3, 4];
const stretch = fc.record({ fromMin: fc.integer({ min: 0, max: 1440 }), lengthMin: fc.integer({ min: 1, max: 2200 }) });

describe("against a minute-by-minute oracle", () => {
  test("RO-4, RO-5: gaps are exactly the minutes in which a required role is missing", () => {
    fc.assert(
      fc.property(world, stretch, (drawn, { fromMin, lengthMin }) => {
        const fromAt = calendar(drawn, 0).midnightAt + fromMin * minute;
        const toAt = fromAt + lengthMin * minute;
        const gaps = coverageGaps(drawn.rules, slotReader(monthsOf(drawn)), fromAt, toAt);
        const told = gaps.flatMap((gap) => {
          expect(gap.fromAt).toBeLessThan(gap.toAt);
          const place = gap.shift === "" ? "none" : `${gap.on}/${gap.shift}`;
          return Array.from(
            { length: (gap.toAt - gap.fromAt) / minute },
            (_, index) => `${gap.fromAt + index * minute} ${place} ${gap.role} ${gap.missing}`,
          );
        });
        expect(told.sort()).toEqual(gapMinutes(drawn, fromAt, toAt, daysAround));
      }),
      { seed, numRuns: 150 },
    );
  });

  test("RO-3: who is on duty at any instant is the people of the shift that holds it, the later one when two do", () => {
    fc.assert(
      fc.property(world, fc.integer({ min: 0, max: 3 * 1440 * minute }), (drawn, offset) => {
        const at = calendar(drawn, 0).midnightAt + offset;
        const held = holding(drawn, at, daysAround).at(-1);
        const duty = onDutyAt(drawn.rules, slotReader(monthsOf(drawn)), at);
        expect(duty && { on: duty.span.on, shift: duty.span.shift }).toEqual(
          held && { on: held.on, shift: held.shift },
        );
        if (!duty || !held) return;
        for (const role of roles) {
          const needed = drawn.rules.required[role] ?? 0;
          const there = duty.people.filter((person) => person.role === role).map((person) => person.officerId);
          expect(there).toEqual(people(drawn, held.on, held.shift, role, needed));
        }
      }),
      { seed, numRuns: 400 },
    );
  });

  test("RO-2: the shifts that touch a stretch are those that hold one of its minutes, across midnight and month ends", () => {
    fc.assert(
      fc.property(world, stretch, (drawn, { fromMin, lengthMin }) => {
        const fromAt = calendar(drawn, 0).midnightAt + fromMin * minute;
        const toAt = fromAt + lengthMin * minute;
        const seen = new Set<string>();
        for (let at = fromAt; at < toAt; at += minute) {
          for (const { on, shift } of holding(drawn, at, daysAround)) seen.add(`${on}/${shift}`);
        }
        const told = shiftsBetween(drawn.rules, fromAt, toAt).map((span) => `${span.on}/${span.shift}`);
        expect(told.toSorted()).toEqual([...seen].toSorted());
        expect(new Set(told).size, "none twice").toBe(told.length);
      }),
      { seed, numRuns: 150 },
    );
  });

  test("RO-1: the shifts of a day come by their start, and end after their length", () => {
    fc.assert(
      fc.property(world, fc.integer({ min: 0, max: 3 }), (drawn, day) => {
        const { on, midnightAt } = calendar(drawn, day);
        const spans = shiftsOn(drawn.rules, on);
        expect(spans.map((span) => span.startAt)).toEqual(spans.map((span) => span.startAt).toSorted((a, b) => a - b));
        for (const span of spans) {
          const rule = drawn.rules.shifts.find((shift) => shift.code === span.shift);
          expect(span.startAt).toBe(midnightAt + (rule?.startMin ?? 0) * minute);
          expect(span.endAt - span.startAt).toBe((rule?.lengthMin ?? 0) * minute);
        }
      }),
      { seed, numRuns: 200 },
    );
  });
});

describe("by hand", () => {
  /** Day and night of twelve hours from 08:30, China Standard Time; one shift leader and one main operator each. */
  const rules: RosterRules = {
    label: "",
    pattern: "",
    offsetMin: 480,
    shifts: [
      { code: "day", name: { zh: "白班", en: "Day" }, startMin: 510, lengthMin: 720 },
      { code: "night", name: { zh: "夜班", en: "Night" }, startMin: 1230, lengthMin: 720 },
    ],
    required: { shift_leader: 1, main_operator: 1 } as RosterRules["required"],
  };
  const china = (month: number, day: number, hour: number, min = 0) => Date.UTC(2026, month - 1, day, hour - 8, min);
  const read = slotReader([
    {
      month: "2026-11",
      slots: { "2026-11-30/night/shift_leader/0": "wang", "2026-11-30/night/main_operator/0": "li" },
    },
    { month: "2026-12", slots: { "2026-12-01/day/shift_leader/0": "zhou" } },
  ]);

  test("RO-2, RO-3: at 03:00 on 1 December the night shift of 30 November is on duty", () => {
    expect(onDutyAt(rules, read, china(12, 1, 3))).toMatchObject({
      span: { on: "2026-11-30", shift: "night" },
      people: [
        { role: "shift_leader", officerId: "wang" },
        { role: "main_operator", officerId: "li" },
      ],
    });
    expect(onDutyAt(rules, read, china(12, 1, 8, 30) - 1)?.span.shift).toBe("night");
    expect(onDutyAt(rules, read, china(12, 1, 8, 30))?.span).toMatchObject({ on: "2026-12-01", shift: "day" });
  });

  test("RO-4: a missing main operator is a gap of that shift and of nothing else", () => {
    expect(coverageGaps(rules, read, china(12, 1, 6), china(12, 1, 20, 30))).toEqual([
      {
        fromAt: china(12, 1, 8, 30),
        toAt: china(12, 1, 20, 30),
        on: "2026-12-01",
        shift: "day",
        role: "main_operator",
        missing: 1,
      },
    ]);
  });
});

describe("changing a roster", () => {
  const slot = "2026-11-21/day/main_operator/0";
  const assign = (officerId: string | null, was: string | null) =>
    opOf("roster.assign", { month: "2026-11", slot, officerId, was, names: { officer: "李接班", was: "王值班" } });
  const publish = opOf("roster.publish", { month: "2026-11", slots: { [slot]: "wang" } });
  const present = { month: "2026-11", slots: { [slot]: "wang" } };

  test.each([
    ["operator", false],
    ["shift_leader", true],
    ["leader", true],
    ["admin", true],
  ] as const)("RO-6: publishing and changing by grade %s: %s", (grade, allowed) => {
    for (const outcome of [applyOp(publish, undefined, grade), applyOp(assign("li", "wang"), present, grade)]) {
      expect(outcome).toMatchObject(allowed ? { ok: true } : { ok: false, error: { id: "event.role" } });
    }
  });

  test("RO-7: a slot that no longer holds whom the officer saw is not overwritten", () => {
    expect(applyOp(assign("li", "wang"), present, "leader")).toMatchObject({
      ok: true,
      value: { state: { slots: { [slot]: "li" } }, log: { text: { zh: "值班表 2026-11-21 主班：王值班 → 李接班" } } },
    });
    for (const was of [null, "zhou"]) {
      expect(applyOp(assign("li", was), present, "leader")).toMatchObject({
        ok: false,
        error: { id: "roster.changed" },
      });
    }
    expect(applyOp(assign("li", null), undefined, "leader")).toMatchObject({ ok: true });
    expect(applyOp(assign(null, "wang"), present, "leader")).toMatchObject({
      ok: true,
      value: { state: { slots: {} } },
    });
    expect(present.slots[slot], "judging changes nothing").toBe("wang");
  });

  test("RO-6: a month holds only its own days", () => {
    const foreign = opOf("roster.publish", { month: "2026-11", slots: { "2026-12-01/day/main_operator/0": "wang" } });
    expect(applyOp(foreign, undefined, "admin")).toMatchObject({ ok: false, error: { id: "input.invalid" } });
  });
});
