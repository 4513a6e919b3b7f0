import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Asked, answer, askedAt, ladderAt, ladderFor, miss, raise } from "#shared/domain/presence/ladder.ts";
import { drawCheck, type PresenceRules, quietSpan, type RungName } from "#shared/domain/presence/rules.ts";
import { defaultOffsetMin, hourMs, minuteMs } from "#shared/lib/time.ts";
import defaults from "../../../../resources/defaults/presence.json" with { type: "json" };
import { seed } from "../../../seed.ts";

const rules = defaults as PresenceRules;
const t0 = Date.parse("2026-11-21T18:00:00Z");
const names: Partial<Record<RungName, string[]>> = { desk: ["李宁"], standby: ["周安"], leader_on_duty: ["王强"] };
const ladder = ladderFor(rules.vigilance.ladder, (to) => names[to] ?? []);
const asked = (at: number): Asked => ({ id: "c", ladder, raisedAt: [at], missedAt: null, answer: null });
const by = { officerId: "o", name: "李宁", locked: false, remarks: "" };

/** What the desk does at each beat: one step, and it is recorded with the time of the beat. */
function beat(check: Asked, now: number): Asked {
  const step = ladderAt(check, now);
  return step.do === "raise" ? raise(check, step.rung, now) : step.do === "miss" ? miss(check, now) : check;
}

test("PS-7 desk, then standby, then leader, each with its whole time; then it is missed and still asked", () => {
  let check = asked(t0);
  expect(askedAt([check], t0)).toEqual([
    { id: "c", to: "desk", names: ["李宁"], sinceAt: t0, untilAt: t0 + 3 * minuteMs },
  ]);
  check = beat(check, t0 + 3 * minuteMs - 1);
  expect(check.raisedAt).toHaveLength(1);
  check = beat(check, t0 + 3 * minuteMs);
  expect(askedAt([check], t0 + 3 * minuteMs)[0]).toMatchObject({ to: "standby", names: ["周安"] });
  check = beat(check, t0 + 8 * minuteMs);
  check = beat(check, t0 + 18 * minuteMs);
  expect(check).toMatchObject({ missedAt: t0 + 18 * minuteMs, answer: null });
  expect(check.raisedAt).toHaveLength(3);
  expect(askedAt([check], t0 + hourMs)[0]).toMatchObject({ to: "leader_on_duty", untilAt: null });
});

test("PS-7 a sleep of five hours raises one rung; a clock set back asks the next at once; a trimmed clock does nothing", () => {
  const woken = beat(asked(t0), t0 + 5 * hourMs);
  expect(woken.raisedAt).toEqual([t0, t0 + 5 * hourMs]);
  expect(beat(woken, t0 + 5 * hourMs + 1)).toBe(woken);
  expect(beat(asked(t0), t0 - hourMs).raisedAt).toEqual([t0, t0 - hourMs]);
  const trimmed = asked(t0);
  expect(beat(trimmed, t0 - 200)).toBe(trimmed);
});

test("PS-7 a rung with nobody in it is left out, the desk never", () => {
  const short = ladderFor(rules.vigilance.ladder, (to) => (to === "leader_on_duty" ? ["王强"] : []));
  expect(short.map(({ to }) => to)).toEqual(["desk", "leader_on_duty"]);
});

test("PS-8 the first answer counts, also after the miss, and nothing moves any more", () => {
  const missed = [3, 8, 18].reduce((check, minute) => beat(check, t0 + minute * minuteMs), asked(t0));
  const late = answer(missed, { ...by, at: t0 + hourMs });
  expect(late).toMatchObject({ missedAt: t0 + 18 * minuteMs, answer: { name: "李宁", afterMs: hourMs } });
  expect(answer(late, { ...by, name: "周安", at: t0 + 2 * hourMs })).toBe(late);
  expect(raise(late, 1, t0)).toBe(late);
  expect(askedAt([late], t0 + 3 * hourMs)).toEqual([]);
});

/** The ladder told the slow way: second by second, with a stopwatch that is only set when somebody is really asked. */
function slowLadder(lengths: readonly number[], beats: readonly number[], answeredAt: number) {
  const raised: number[] = [0];
  let missed: number | null = null;
  const heard = new Set(beats);
  for (let second = 0; second <= Math.max(0, ...beats); second++) {
    if (second >= answeredAt) break;
    if (!heard.has(second) || missed !== null) continue;
    const rung = raised.length - 1;
    const waited = second - (raised[rung] ?? 0);
    if (waited < (lengths[rung] ?? 0)) continue;
    if (rung + 1 < lengths.length) raised.push(second);
    else missed = second;
  }
  return { raised, missed };
}

test("PS-7 over 2,000 random nights the ladder is the slow one: any lengths, beats, sleeps, answers and restarts", () => {
  const length = fc.integer({ min: 1, max: 40 });
  const night = fc.record({
    lengths: fc.array(length, { minLength: 1, maxLength: 3 }),
    gaps: fc.array(fc.oneof(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 50, max: 200 })), { maxLength: 40 }),
    answeredAt: fc.oneof(fc.constant(Number.POSITIVE_INFINITY), fc.integer({ min: 0, max: 300 })),
  });
  fc.assert(
    fc.property(night, ({ lengths, gaps, answeredAt }) => {
      let second = 0;
      const beats = gaps.map((gap) => (second += gap));
      const rungs = lengths.map((length, index) => ({
        to: (["desk", "standby", "leader_on_duty"] as const)[index] ?? "desk",
        names: [],
        answerMs: length * 1000,
      }));
      let check: Asked = { id: "c", ladder: rungs, raisedAt: [0], missedAt: null, answer: null };
      for (const at of beats) {
        if (at >= answeredAt && !check.answer) check = answer(check, { ...by, at: answeredAt * 1000 });
        // A restart between two beats: nothing but what was recorded is left.
        check = beat(JSON.parse(JSON.stringify(check)) as Asked, at * 1000);
      }
      const slow = slowLadder(lengths, beats, answeredAt);
      expect(check.raisedAt).toEqual(slow.raised.map((at) => at * 1000));
      expect(check.missedAt).toBe(slow.missed === null ? null : slow.missed * 1000);
    }),
    { numRuns: 2_000, seed },
  );
});

describe("PS-6", () => {
  const night = quietSpan(rules, t0, defaultOffsetMin);

  test("quiet hours hold across midnight", () => {
    expect(night).toEqual({ fromAt: Date.parse("2026-11-21T14:00:00Z"), toAt: Date.parse("2026-11-21T22:00:00Z") });
    expect(quietSpan(rules, Date.parse("2026-11-21T13:59:59Z"), defaultOffsetMin)).toBeUndefined();
    expect(quietSpan(rules, Date.parse("2026-11-21T22:00:00Z"), defaultOffsetMin)).toBeUndefined();
    const always = { ...rules, vigilance: { ...rules.vigilance, quiet: [{ from: "00:00", to: "00:00" }] } };
    expect(quietSpan(always, t0, defaultOffsetMin)).toMatchObject({ fromAt: Date.parse("2026-11-21T16:00:00Z") });
  });

  test("every moment between the soonest and the latest can come, none beside, none after the quiet hours", () => {
    if (!night) throw new Error("no quiet hours");
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 8 * 60 - 1 }),
        fc.double({ min: 0, max: 0.999999, noNaN: true }),
        (minute, f) => {
          const since = night.fromAt + minute * minuteMs;
          const due = drawCheck(rules, night, since, f);
          const after = (15 + f * 45) * minuteMs;
          if (since + after >= night.toAt) expect(due).toBeUndefined();
          else expect(Math.abs((due ?? 0) - since - after)).toBeLessThan(1);
        },
      ),
      { numRuns: 500, seed },
    );
  });
});
