import { describe, expect, test } from "vitest";
import { judgeLayerStep } from "#shared/domain/roster/layer-course.ts";
import { type LayerEntry, layerEntrySchema } from "#shared/domain/roster/layer-entry.ts";
import { doubleDuties, layeredGaps, layRoster, shortRests, whoAt } from "#shared/domain/roster/layers.ts";
import {
  dayKindOf,
  groupOn,
  isNight,
  patternCodes,
  patternFaults,
  patternRules,
  requiredOf,
  yearsWithoutNotice,
} from "#shared/domain/roster/patterns.ts";
import { coverageGaps, rosterRulesSchema, shiftsOn, slotReader } from "#shared/domain/roster/roster.ts";

const required = { leader_on_duty: 1, main_operator: 1 };
const china = (month: number, day: number, hour: number, min = 0) => Date.UTC(2026, month - 1, day, hour - 8, min);

describe("patterns", () => {
  test.each(patternCodes.filter((code) => code !== "free"))("RO-8: %s covers every minute of a month once", (code) => {
    for (const changeMin of [510, 480, 0, 1050]) {
      const rules = patternRules(code, { offsetMin: 480, required, changeMin });
      expect(rosterRulesSchema.safeParse(rules).success).toBe(true);
      expect(patternFaults(rules.shifts)).toEqual([]);
      expect(coverageGaps(rules, () => "filled", china(11, 30, 0), china(12, 31, 0))).toEqual([]);
      expect(rules.shifts.reduce((sum, shift) => sum + shift.lengthMin, 0)).toBe(1440);
      expect(rules.shifts.some(isNight)).toBe(true);
    }
  });

  test("RO-8: a shift may need other numbers than the rest", () => {
    const rules = patternRules("free", {
      offsetMin: 480,
      required,
      shifts: [
        { code: "a", name: { zh: "甲", en: "A" }, startMin: 480, lengthMin: 720, night: false },
        {
          code: "b",
          name: { zh: "乙", en: "B" },
          startMin: 1200,
          lengthMin: 720,
          night: true,
          required: { main_operator: 2 },
        },
      ],
    });
    expect(requiredOf(rules, "a", "main_operator")).toBe(1);
    expect(requiredOf(rules, "b", "main_operator")).toBe(2);
    expect(requiredOf(rules, "b", "leader_on_duty")).toBe(1);
  });

  test("RO-9: what is wrong with a free pattern", () => {
    const name = { zh: "", en: "" };
    expect(
      patternFaults([
        { code: "a", name, startMin: 480, lengthMin: 600, night: false },
        { code: "a", name, startMin: 1020, lengthMin: 780, night: true },
      ]),
    ).toEqual([
      { fault: "twice_named", fromMin: 1020, toMin: 1800, shift: "a" },
      { fault: "uncovered", fromMin: 360, toMin: 480, shift: "" },
      { fault: "overlap", fromMin: 1020, toMin: 1080, shift: "a a" },
    ]);
  });

  test("RO-10: cadre groups take turns, before the anchor too", () => {
    const rotation = { groups: 3, everyDays: 7, anchorOn: "2026-11-30" };
    expect(
      ["2026-11-29", "2026-11-30", "2026-12-06", "2026-12-07", "2026-12-14", "2026-12-21"].map((on) =>
        groupOn(rotation, on),
      ),
    ).toEqual([2, 0, 0, 1, 2, 0]);
  });

  test("RO-11: holidays, make-up workdays, and a year without a notice", () => {
    const table = { "2026-10-01": { kind: "holiday" }, "2026-10-10": { kind: "makeup_workday" } } as const;
    expect(["2026-10-01", "2026-10-10", "2026-10-11", "2026-10-12"].map((on) => dayKindOf(table, on))).toEqual([
      "holiday",
      "workday",
      "weekend",
      "workday",
    ]);
    expect(yearsWithoutNotice(table, "2026-12-01", "2028-01-31")).toEqual(["2027", "2028"]);
  });
});

const hand = (by: string, at = 1) => ({ by, at });
const asked = {
  state: "asked",
  asked: hand("zhou"),
  agreed: null,
  approved: null,
  refused: null,
  ended: null,
  reason: "看病",
  refusal: "",
  about: { zh: "", en: "" },
} as const;
const slot = "2026-11-30/night/main_operator/0";
const standIn: LayerEntry = {
  ...asked,
  id: "s1",
  kind: "stand_in",
  slot,
  officerId: "li",
  fromAt: china(12, 1, 0),
  toAt: china(12, 1, 4),
};
const leave: LayerEntry = {
  ...asked,
  id: "l1",
  kind: "leave",
  officerId: "zhou",
  fromAt: china(12, 1, 0),
  toAt: china(12, 1, 6),
};
const relief: LayerEntry = {
  ...(standIn as Extract<LayerEntry, { kind: "stand_in" }>),
  id: "r1",
  kind: "relief",
  officerId: "he",
  fromAt: china(12, 1, 3),
  toAt: china(12, 1, 5),
};

describe("request, consent and approval", () => {
  const step = (
    entry: LayerEntry,
    ...[name, by, grade, reason]: [
      Parameters<typeof judgeLayerStep>[1],
      string,
      Parameters<typeof judgeLayerStep>[2]["grade"],
      string?,
    ]
  ) => judgeLayerStep(entry, name, { by, at: 5, grade, ...(reason === undefined ? {} : { reason }) });

  test("RO-12: the stand-in agrees, a leader without a part in it approves, the entry names all three", () => {
    expect(step(standIn, "approve", "boss", "leader")).toMatchObject({ ok: false, error: { id: "roster.not_agreed" } });
    expect(step(standIn, "agree", "zhou", "operator")).toMatchObject({ ok: false, error: { id: "roster.not_yours" } });
    const agreed = step(standIn, "agree", "li", "operator");
    if (!agreed.ok) throw new Error("not agreed");
    for (const [by, grade] of [
      ["zhou", "leader"],
      ["li", "admin"],
      ["boss", "operator"],
    ] as const)
      expect(step(agreed.value, "approve", by, grade)).toMatchObject({ ok: false, error: { id: "roster.not_yours" } });
    const approved = step(agreed.value, "approve", "boss", "shift_leader");
    expect(approved).toMatchObject({
      ok: true,
      value: { state: "approved", asked: { by: "zhou" }, agreed: { by: "li" }, approved: { by: "boss", at: 5 } },
    });
    if (!approved.ok) return;
    for (const name of ["agree", "approve", "refuse"] as const)
      expect(step(approved.value, name, "other", "admin", "x")).toMatchObject({
        ok: false,
        error: { id: "roster.decided" },
      });
    expect(standIn.state, "judging changes nothing").toBe("asked");
  });

  test("RO-12: a leave needs no second consent; a refusal needs a reason", () => {
    expect(step(leave, "approve", "boss", "leader")).toMatchObject({ ok: true, value: { state: "approved" } });
    expect(step(leave, "refuse", "boss", "leader")).toMatchObject({ ok: false, error: { id: "input.invalid" } });
    expect(step(leave, "refuse", "li", "operator", "没空")).toMatchObject({
      ok: false,
      error: { id: "roster.not_yours" },
    });
    expect(step(leave, "refuse", "boss", "leader", "人手不足")).toMatchObject({
      ok: true,
      value: { state: "refused", refused: { by: "boss" }, reason: "看病", refusal: "人手不足" },
    });
  });

  test("RO-12: an entry that makes no sense is none", () => {
    expect(layerEntrySchema.safeParse(standIn).success).toBe(true);
    expect(layerEntrySchema.safeParse({ ...standIn, toAt: standIn.fromAt }).success).toBe(false);
    expect(layerEntrySchema.safeParse({ ...standIn, toAt: china(12, 1, 4) + 1 }).success, "cut to the minute").toBe(
      false,
    );
  });
});

describe("layers by hand: the night of 30 November", () => {
  const rules = patternRules("2x12", { offsetMin: 480, required: { main_operator: 1 } });
  const read = slotReader([
    { month: "2026-11", slots: { [slot]: "zhou" } },
    {
      month: "2026-12",
      slots: { "2026-12-01/night/main_operator/0": "wang", "2026-12-01/day/main_operator/0": "wang" },
    },
  ]);
  const yes = (entry: LayerEntry): LayerEntry => ({
    ...entry,
    state: "approved",
    agreed: hand("x"),
    approved: hand("boss", 2),
  });
  const night = [china(11, 30, 20, 30), china(12, 1, 8, 30)] as const;

  test("RO-15, RO-16, RO-17, RO-18: a leave of six hours, a stand-in for four, a relief over its end", () => {
    const roster = layRoster(rules, read, [yes(leave), yes(standIn), yes(relief)]);
    const hours = [23, 24, 27, 28, 29, 30].map((hour) => {
      const one = whoAt(roster, china(11, 30, hour))?.people[0];
      return one ? `${hour} ${one.officerId} ${one.through}` : `${hour} nobody`;
    });
    expect(hours).toEqual([
      "23 zhou plan",
      "24 li stand_in",
      "27 he relief",
      "28 he relief",
      "29 nobody",
      "30 zhou plan",
    ]);
    expect(layeredGaps(roster, ...night)).toEqual([
      {
        fromAt: china(12, 1, 5),
        toAt: china(12, 1, 6),
        on: "2026-11-30",
        shift: "night",
        role: "main_operator",
        missing: 1,
        leaves: ["l1"],
      },
    ]);
  });

  test("RO-13: what is only asked or agreed changes nothing, but a relief who has come counts, until refused", () => {
    const agreed = { state: "agreed", agreed: hand("x") } as const;
    expect(
      whoAt(layRoster(rules, read, [leave, { ...standIn, ...agreed }]), china(12, 1, 3))?.people[0]?.officerId,
    ).toBe("zhou");
    expect(whoAt(layRoster(rules, read, [{ ...relief, ...agreed }]), china(12, 1, 3))?.people[0]?.officerId).toBe("he");
    const refused = { ...relief, ...agreed, state: "refused", refused: hand("boss", china(12, 1, 4)) } as const;
    const roster = layRoster(rules, read, [yes(leave), refused]);
    expect(layeredGaps(roster, ...night).map((gap) => [gap.fromAt, gap.toAt])).toEqual([
      [china(12, 1, 0), china(12, 1, 3)],
      [china(12, 1, 4), china(12, 1, 6)],
    ]);
  });

  test("RO-14: a swap across the month end; the same again is stale", () => {
    const swap: LayerEntry = {
      ...asked,
      id: "w1",
      kind: "swap",
      slot,
      officerId: "zhou",
      otherSlot: "2026-12-01/night/main_operator/0",
      otherId: "wang",
      fromAt: china(11, 30, 20, 30),
      toAt: china(12, 2, 8, 30),
    };
    const roster = layRoster(rules, read, [yes(swap), { ...yes(swap), id: "w2" } as LayerEntry]);
    expect(whoAt(roster, china(12, 1, 3))?.people).toEqual([
      { role: "main_operator", index: 0, officerId: "wang", through: "swap", entryId: "w1" },
    ]);
    expect(whoAt(roster, china(12, 2, 3))?.people[0]?.officerId).toBe("zhou");
    expect(roster.stale.map(({ id }) => id)).toEqual(["w2"]);
  });

  test("RO-16: what one entry lays over several pieces of a slot is one stretch", () => {
    const wide = { ...yes(relief), fromAt: china(12, 1, 1), toAt: china(12, 1, 7) } as LayerEntry;
    const span = shiftsOn(rules, "2026-11-30").find(({ shift }) => shift === "night");
    if (!span) throw new Error("no night");
    const place = { on: "2026-11-30", shift: "night", role: "main_operator", index: 0 } as const;
    const pieces = layRoster(rules, read, [yes(leave), yes(standIn), wide]).stand(place, span);
    expect(pieces.filter(({ through }) => through === "relief")).toMatchObject([
      { fromAt: china(12, 1, 1), toAt: china(12, 1, 7), officerId: "he" },
    ]);
  });

  test("RO-42: a rest as long as the limit is long enough, and another place of the same shift is none", () => {
    const nights = new Set(["2026-11-30", "2026-12-01"]);
    const twoNights = layRoster(
      rules,
      ({ on, shift }) => (shift === "night" && nights.has(on) ? "zhou" : undefined),
      [],
    );
    const [offAt, onAt] = [china(12, 1, 8, 30), china(12, 1, 20, 30)];
    expect(shortRests(twoNights, offAt, onAt, onAt - offAt)).toEqual([]);
    expect(shortRests(twoNights, offAt, onAt, onAt - offAt + 60_000)).toEqual([{ officerId: "zhou", offAt, onAt }]);
    const wide = patternRules("2x12", { offsetMin: 480, required: { main_operator: 1, deputy_operator: 1 } });
    const later = { slot: "2026-11-30/night/deputy_operator/0", fromAt: china(12, 1, 5), toAt: china(12, 1, 7) };
    const there = { ...yes(standIn), id: "s4", ...later } as LayerEntry;
    expect(
      shortRests(
        layRoster(wide, () => undefined, [yes(standIn), there]),
        ...night,
        660 * 60_000,
      ),
    ).toEqual([]);
  });

  test("RO-19: a stand-in in two slots at once is named for the minutes it lasts", () => {
    const other = {
      ...yes(standIn),
      id: "s2",
      slot: "2026-12-01/day/main_operator/0",
      fromAt: china(12, 1, 8),
      toAt: china(12, 1, 9),
    } as LayerEntry;
    const wide = { ...yes(standIn), toAt: china(12, 1, 8, 30) } as LayerEntry;
    expect(doubleDuties(layRoster(rules, read, [wide, other]), ...night)).toEqual([]);
    const twice = patternRules("2x12", { offsetMin: 480, required: { main_operator: 1, deputy_operator: 1 } });
    const both = {
      ...yes(standIn),
      id: "s3",
      slot: "2026-11-30/night/deputy_operator/0",
      fromAt: china(12, 1, 2),
      toAt: china(12, 1, 7),
    } as LayerEntry;
    expect(doubleDuties(layRoster(twice, read, [yes(standIn), both]), ...night)).toEqual([
      {
        officerId: "li",
        fromAt: china(12, 1, 2),
        toAt: china(12, 1, 4),
        slots: [slot, "2026-11-30/night/deputy_operator/0"],
      },
    ]);
  });
});
