import { describe, expect, test } from "vitest";
import { dayStrip, instantOfText, namesIn, partOfDay } from "#renderer/features/roster/day-strip.ts";
import { gapGroups, missingIn } from "#renderer/features/roster/gap-groups.ts";
import { remarkOf } from "#renderer/features/roster/layer-words.ts";
import { loadOf } from "#renderer/features/roster/load.ts";
import {
  columnsOf,
  dayKindOf,
  gridOf,
  monthBeside,
  moveSpot,
  nextShiftOf,
} from "#renderer/features/roster/month-grid.ts";
import { sayId } from "#renderer/text/text.ts";
import type { GapView, PieceView, ShiftView, Tables } from "#shared/contract.ts";
import type { DutyRole, RosterRules } from "#shared/domain/roster/roster.ts";
import { shiftsOn } from "#shared/domain/roster/roster.ts";
import { hourMs, instantOf } from "#shared/lib/time.ts";

const rules: RosterRules = {
  label: "默认",
  pattern: "2x12",
  offsetMin: 480,
  shifts: [
    { code: "night", name: { zh: "夜班", en: "Night" }, startMin: 1230, lengthMin: 720 },
    { code: "day", name: { zh: "白班", en: "Day" }, startMin: 510, lengthMin: 720 },
  ],
  required: { leader_on_duty: 1, shift_leader: 1, main_operator: 1, deputy_operator: 1, standby: 0 },
};
const holidays: Tables["holidays"] = {
  label: "默认",
  days: {
    "2026-10-01": { name: "国庆节", kind: "holiday" },
    "2026-10-10": { name: "调休上班", kind: "makeup_workday" },
  },
};

/** Every required place of a day filled; `without` names places to leave empty. */
function filled(on: string, without: readonly string[] = []): ShiftView[] {
  const roles: DutyRole[] = ["leader_on_duty", "shift_leader", "main_operator", "deputy_operator"];
  return shiftsOn(rules, on).map((span) => ({
    ...span,
    people: roles
      .filter((role) => !without.includes(`${span.shift}/${role}`))
      .map((role) => ({ role, index: 0, officerId: `${span.shift}-${role}`, name: role, phone: "" })),
  }));
}

describe("the month as a grid", () => {
  test("columns follow the shifts of the day and the roles, two places for standby", () => {
    const columns = columnsOf(rules);
    expect(columns).toHaveLength(12);
    expect(columns.slice(0, 6).map((column) => column.shift)).toEqual(Array(6).fill("day"));
    expect(columns.filter((column) => column.first).map((column) => column.shift)).toEqual(["day", "night"]);
  });

  test("RO-4: a required place without anybody is a gap, an empty standby is not", () => {
    const rows = gridOf("2026-11", rules, filled("2026-11-22", ["day/main_operator"]), holidays);
    expect(rows).toHaveLength(30);
    const day = rows[21];
    expect(day?.gaps).toBe(1);
    expect(day?.cells.filter((cell) => cell.gap).map((cell) => `${cell.shift}/${cell.role}`)).toEqual([
      "day/main_operator",
    ]);
    expect(day?.cells.filter((cell) => cell.role === "standby").every((cell) => !cell.gap)).toBe(true);
  });

  test("a month that nobody planned is all gaps", () => {
    expect(gridOf("2026-12", rules, [], holidays).every((row) => row.gaps === 8)).toBe(true);
  });

  test("days are workdays, weekends, holidays or make-up workdays", () => {
    expect(dayKindOf("2026-10-01", holidays)).toEqual({ kind: "holiday", holiday: "国庆节" });
    expect(dayKindOf("2026-10-10", holidays).kind).toBe("makeup_workday");
    expect(dayKindOf("2026-11-22", holidays).kind).toBe("weekend");
    expect(dayKindOf("2026-11-23", holidays).kind).toBe("workday");
  });

  test("arrows stop at the edges, Home and End go along the row, with Ctrl over the month", () => {
    const move = (key: string, ctrl = false) => moveSpot({ row: 0, column: 11 }, key, 30, 12, ctrl);
    expect(move("ArrowUp")).toEqual({ row: 0, column: 11 });
    expect(move("ArrowRight")).toEqual({ row: 0, column: 11 });
    expect(move("ArrowDown")).toEqual({ row: 1, column: 11 });
    expect(move("Home")).toEqual({ row: 0, column: 0 });
    expect(move("End", true)).toEqual({ row: 29, column: 11 });
    expect(move("x")).toBeUndefined();
  });

  test("whoever is looked for stands next from today on, else stood last, by plan or through a layer", () => {
    const shifts = ["2026-11-05", "2026-11-20"].flatMap((on) => filled(on));
    const rows = gridOf("2026-11", rules, shifts, holidays);
    const [first] = rows[4]?.cells ?? [];
    const id = first?.officerId ?? "";
    expect(id).not.toBe("");
    const next = (today: string) => nextShiftOf(rows, id, today);
    expect(next("2026-11-01")).toEqual({ row: 4, column: 0 });
    expect(next("2026-11-06")).toEqual({ row: 19, column: 0 });
    expect(next("2026-11-30")?.row).toBe(19);
    expect(nextShiftOf(rows, "nobody", "2026-11-01")).toBeUndefined();
    const piece: PieceView = {
      slot: "2026-11-10/day/standby/0",
      fromAt: 0,
      toAt: 1,
      officerId: "relief",
      through: "relief",
      entryId: "e",
    };
    const over = gridOf("2026-11", rules, shifts, holidays, { pieces: [piece] });
    expect(nextShiftOf(over, "relief", "2026-11-01")?.row).toBe(9);
  });

  test("months turn over the year", () => {
    expect(monthBeside("2026-12", 1)).toBe("2027-01");
    expect(monthBeside("2027-01", -1)).toBe("2026-12");
    expect(monthBeside("2027-02", 1)).toBe("2027-03");
    expect(monthBeside("2027-01", 1)).toBe("2027-02");
  });

  test("RO-44: loads count who stands, and paper says what put them there", () => {
    const slot = "2026-11-22/night/main_operator/0";
    const at = (hour: number) => instantOf("2026-11-22", hour * 60, 480);
    const piece = (from: number, to: number, officerId: string, through: PieceView["through"]): PieceView => ({
      slot,
      fromAt: at(from),
      toAt: at(to),
      officerId,
      through,
      entryId: "e",
    });
    const words = { t: sayId, rules, nameOf: (id: string) => id };
    const shown = (pieces: readonly PieceView[]) => {
      const shifts = filled("2026-11-22");
      const rows = gridOf("2026-11", rules, shifts, holidays, { pieces });
      const [, evening] = dayStrip("2026-11-22", 480, shifts);
      const [night] = dayStrip("2026-11-23", 480, shifts);
      if (!evening || !night) throw new Error("no parts");
      return {
        load: loadOf(rows, rules),
        remarks: rows.flatMap(({ cells }) => cells.flatMap((cell) => remarkOf(cell, words))),
        strip: [evening, night].map((part) => namesIn(part, pieces, words.nameOf)[2]),
      };
    };
    const plain = shown([]);
    expect(plain.remarks).toEqual([]);
    expect(plain.strip).toEqual(["main_operator", "main_operator"]);
    const whole = shown([piece(20.5, 32.5, "替的人", "stand_in")]);
    expect(whole.remarks).toEqual(["夜班主班 替班（原排main_operator）"]);
    expect(whole.strip).toEqual(["替的人", "替的人"]);
    expect([whole.load.get("night-main_operator"), whole.load.get("替的人")?.nights]).toEqual([undefined, 1]);
    const parts = shown([piece(20.5, 22, "替的人", "stand_in"), piece(22, 32.5, "顶的人", "relief")]);
    expect(parts.remarks).toEqual([
      "夜班主班 20:30–22:00 替的人 替班、22:00–08:30 顶的人 临时顶岗（原排main_operator）",
    ]);
    expect(parts.strip).toEqual(["替的人/顶的人", "顶的人"]);
  });

  test("loads count nights and days off apart", () => {
    const rows = gridOf("2026-11", rules, [...filled("2026-11-22"), ...filled("2026-11-23")], holidays);
    const load = loadOf(rows, rules);
    expect(load.get("night-main_operator")).toEqual({ shifts: 2, nights: 2, offDays: 1 });
    expect(load.get("day-main_operator")).toEqual({ shifts: 2, nights: 0, offDays: 1 });
  });
});

describe("gaps", () => {
  const at = (on: string, hour: number) => instantOf(on, hour * 60, 480);
  const gap = (on: string, role: DutyRole, missing = 1): GapView => ({
    fromAt: at(on, 8),
    toAt: at(on, 20),
    on,
    shift: "day",
    role,
    missing,
  });

  test("those of one shift are one line, what is over comes last", () => {
    const gaps = [
      gap("2026-11-20", "main_operator"),
      gap("2026-11-23", "shift_leader"),
      gap("2026-11-23", "main_operator", 2),
    ];
    const groups = gapGroups(gaps, at("2026-11-22", 9));
    expect(groups.map((group) => [group.on, group.missing])).toEqual([
      ["2026-11-23", 3],
      ["2026-11-20", 1],
    ]);
    expect(missingIn(gaps)).toBe(4);
  });
});

describe("the strip of one day", () => {
  const shifts = [...filled("2026-11-21"), ...filled("2026-11-22")];

  test("holds the night of the day before, the day and the begin of the night", () => {
    const parts = dayStrip("2026-11-22", 480, shifts);
    expect(parts.map((part) => [part.shift.on, part.shift.shift, part.carried])).toEqual([
      ["2026-11-21", "night", true],
      ["2026-11-22", "day", false],
      ["2026-11-22", "night", false],
    ]);
    expect(parts.reduce((sum, part) => sum + part.width, 0)).toBeCloseTo(1);
  });

  test("now is on the strip of its own day only", () => {
    const noon = instantOf("2026-11-22", 720, 480);
    expect(partOfDay("2026-11-22", 480, noon)).toBe(0.5);
    expect(partOfDay("2026-11-21", 480, noon)).toBeUndefined();
  });

  test("a typed time is an instant, anything else is not", () => {
    expect(instantOfText("2026-11-22", "3:05", 480)).toBe(instantOf("2026-11-22", 185, 480));
    expect(instantOfText("2026-11-22", "23:59", 480)).toBe(instantOf("2026-11-23", 0, 480) - hourMs / 60);
    for (const text of ["24:00", "12:60", "12", "", "noon"])
      expect(instantOfText("2026-11-22", text, 480)).toBeUndefined();
  });
});
