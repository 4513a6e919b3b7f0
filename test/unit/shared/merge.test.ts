import fc from "fast-check";
import { expect, test } from "vitest";
import { type DutyEvent, levels } from "#shared/domain/duty-event/event.ts";
import type { Given } from "#shared/domain/duty-event/given.ts";
import { mergeGiven, type Saw, sawOf } from "#shared/domain/duty-event/merge.ts";
import { seed } from "../../seed.ts";

const team = (name: string) => ({ kind: "team" as const, name });
const seen = { board: "safety", category: "water", level: "normal", lead: team("甲"), coHandlers: [], limitMin: 60 };
const event = (over: Partial<DutyEvent> = {}) => ({ ...seen, ...over }) as unknown as DutyEvent;
const saw = seen as unknown as Saw;
const merge = (given: Given, now: DutyEvent, before: Saw | undefined = saw) => mergeGiven(now, given, before);

test("EV-15: a field that only one of two desks changed keeps that change", () => {
  const given = { board: "safety", category: "water", level: "normal", lead: team("乙") } as const;
  const now = event({ category: "fire", level: "urgent" });
  expect(merge(given, now)).toEqual({
    ok: true,
    value: { board: "safety", category: "fire", level: "urgent", lead: team("乙") },
  });
});

test("EV-15: where both changed it, the higher level and the shorter limit win, and co-handlers are joined", () => {
  const now = event({ level: "critical", limitMin: 30, coHandlers: [team("丙")] });
  const merged = merge({ level: "urgent", limitMin: 45, coHandlers: [team("丁")] }, now);
  expect(merged).toEqual({
    ok: true,
    value: { level: "critical", limitMin: 30, coHandlers: [team("丙"), team("丁")] },
  });
});

test("EV-15: board, category and lead that both changed differently are refused by name; the same change is none", () => {
  const now = event({ lead: team("丙"), board: "livelihood" });
  expect(merge({ lead: team("乙"), board: "livelihood" }, now)).toMatchObject({
    ok: false,
    error: { id: "event.changed", params: { fields: "主办" } },
  });
  expect(merge({ lead: team("丙") }, now)).toEqual({ ok: true, value: { lead: team("丙") } });
});

test("EV-15: an officer who has seen the present state sets what they mean; an op of the first version is taken as it is", () => {
  const now = event({ lead: team("丙") });
  const given = { lead: team("乙"), level: "critical" } as const;
  expect(merge(given, now, sawOf(now, given))).toEqual({ ok: true, value: given });
  expect(mergeGiven(now, given, undefined)).toEqual({ ok: true, value: given });
});

test("EV-15: whichever of two is heard first, the level in the end is the higher of the two changes", () => {
  const level = fc.constantFrom(...levels);
  fc.assert(
    fc.property(level, level, level, (before, one, two) => {
      const after = (first: typeof one, second: typeof two) => {
        const merged = merge({ level: second }, event({ level: first }), { level: before });
        return merged.ok ? merged.value.level : null;
      };
      const [a, b] = [after(one, two), after(two, one)];
      expect(a).toBe(b);
      if (one !== before && two !== before)
        expect(levels.indexOf(a ?? "normal")).toBe(Math.min(levels.indexOf(one), levels.indexOf(two)));
    }),
    { seed },
  );
});
