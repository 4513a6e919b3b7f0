import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { clocksOf, countedLeft, pressingClock, type StepClock } from "#shared/domain/duty-event/clock.ts";
import type { DutyEvent } from "#shared/domain/duty-event/event.ts";
import type { Given } from "#shared/domain/duty-event/given.ts";
import { judgeAction, judgeReport } from "#shared/domain/duty-event/judge.ts";
import type { Limit } from "#shared/domain/duty-event/limit.ts";
import {
  type ClockStep,
  calendarOf,
  clocksTableSchema,
  type Limits,
  limitsOf,
  shorterLimits,
} from "#shared/domain/duty-event/limits.ts";
import type { EventAction } from "#shared/domain/duty-event/transitions.ts";
import { countedBetween, dueAfter, type Span, type WorkCalendar, workCalendarSchema } from "#shared/lib/work-time.ts";
import { seed } from "#test/seed.ts";
import defaults from "../../../resources/defaults/clocks.json" with { type: "json" };
import { toldDue, toldUsed } from "./clock-oracle.ts";
import { reportGiven } from "./samples.ts";

const minute = 60_000;
const day = 1440 * minute;
/** Thursday 2026-09-24 in China: the mid-autumn holiday, a make-up Sunday and the national day lie ahead. */
const begin = Date.parse("2026-09-24T00:00:00Z");

const dayName = (at: number) => new Date(at).toISOString().slice(0, 10);
const days = fc
  .uniqueArray(fc.integer({ min: 0, max: 20 }), { maxLength: 8 })
  .map((all) => all.map((one) => dayName(begin + one * day)));
const hours = fc
  .uniqueArray(fc.integer({ min: 0, max: 96 }), { minLength: 2, maxLength: 6 })
  .map((all) => all.toSorted((a, b) => a - b).map((quarter) => quarter * 15))
  .map((all) =>
    Array.from(
      { length: Math.floor(all.length / 2) },
      (_, index) => [all[2 * index] ?? 0, all[2 * index + 1] ?? 0] as [number, number],
    ),
  );
/** A zone without a change, or with one or two: a summer time, a duty room that moves to another zone. */
const offsets = fc
  .tuple(
    fc.constantFrom(480, 0, -300, 345),
    fc.uniqueArray(fc.tuple(fc.integer({ min: 1, max: 14 * 1440 }), fc.constantFrom(480, 540, 420, 360, -60)), {
      maxLength: 2,
      selector: ([at]) => at,
    }),
  )
  .map(([first, changes]) => [
    { fromAt: 0, offsetMin: first },
    ...changes.toSorted(([a], [b]) => a - b).map(([at, offsetMin]) => ({ fromAt: begin + at * minute, offsetMin })),
  ]);
const calendars: fc.Arbitrary<WorkCalendar> = fc.record({
  edition: fc.constant("测试"),
  offsets,
  hours,
  weekdays: fc.uniqueArray(fc.integer({ min: 0, max: 6 }), { minLength: 1, maxLength: 7 }),
  off: days,
  on: days,
});
const spans: fc.Arbitrary<Span[]> = fc.array(
  fc
    .tuple(fc.integer({ min: -500, max: 6_000 }), fc.integer({ min: 0, max: 4_000 }))
    .map(([from, length]) => ({ fromAt: begin + from * minute, toAt: begin + (from + length) * minute })),
  { maxLength: 4 },
);

describe("CL-3 against a telling minute by minute", () => {
  test("CL-3 a limit is due, and its time counted, as an oracle says: any calendar, zone changes, pauses over each other", () => {
    fc.assert(
      fc.property(
        fc.option(calendars),
        spans,
        fc.integer({ min: 0, max: 3_000 }),
        fc.integer({ min: 1, max: 900 }),
        fc.integer({ min: 0, max: 3_000 }),
        (calendar, stands, from, limitMin, later) => {
          const startAt = begin + from * minute;
          if (calendar) expect(workCalendarSchema.safeParse(calendar).success).toBe(true);
          const due = toldDue(startAt, limitMin, calendar, stands);
          expect(dueAfter(startAt, limitMin * minute, { calendar, stands })).toBe(due);
          const until = startAt + later * minute;
          expect(countedBetween(startAt, until, { calendar, stands })).toBe(
            toldUsed(startAt, until, calendar, stands) * minute,
          );
        },
      ),
      { seed, numRuns: 150 },
    );
  });

  test("CL-3 by hand: two working hours on the eve of a holiday end after it, and a make-up Sunday counts", () => {
    const notice = {
      "2026-09-25": { name: "中秋节", kind: "holiday" as const },
      "2026-09-20": { name: "调休上班", kind: "makeup_workday" as const },
    };
    const calendar = calendarOf(clocksTableSchema.parse(defaults), notice, 480, "2026-09-18");
    const china = (text: string) => Date.parse(`${text}+08:00`);
    const due = (from: string, minutes: number) => dueAfter(china(from), minutes * minute, { calendar, stands: [] });
    // Thursday 17:00: an hour today, Friday is a holiday, the weekend is free, an hour on Monday.
    expect(due("2026-09-24T17:00", 120)).toBe(china("2026-09-28T10:00"));
    // Saturday 08:00: Sunday the 20th is worked.
    expect(due("2026-09-19T08:00", 60)).toBe(china("2026-09-20T10:00"));
    // The end of a working day is still that day.
    expect(due("2026-09-21T17:00", 60)).toBe(china("2026-09-21T18:00"));
    expect(calendar).toMatchObject({ off: ["2026-09-25"], on: ["2026-09-20"] });
  });
});

interface Told {
  readonly step: ClockStep;
  startAt: number | null;
  endedAt: number | null;
}

const limit = (business: fc.Arbitrary<boolean>): fc.Arbitrary<Limit> =>
  fc
    .tuple(fc.integer({ min: 1, max: 600 }), business)
    .map(([min, isBusiness]) => ({ min, in: isBusiness ? "business" : "round_the_clock" }));
const limitsArb: fc.Arbitrary<Limits> = fc.record({
  accept: fc.option(limit(fc.boolean())),
  acknowledge: fc.option(limit(fc.boolean())),
  arrive: fc.option(limit(fc.boolean())),
  report: fc.option(limit(fc.boolean())),
  handle: fc.option(limit(fc.boolean())),
  wholeIn: fc.constantFrom("business" as const, "round_the_clock" as const),
  calendar: calendars,
});

/** The course of an event up to handling, with what holds its clocks in between. */
const holds = fc.array(
  fc.record({
    gap: fc.integer({ min: 0, max: 300 }),
    kind: fc.constantFrom("pause" as const, "extend" as const, "ask_pause" as const, "ask_extend" as const),
    minutes: fc.integer({ min: 1, max: 700 }),
    granted: fc.boolean(),
    decidedAfter: fc.integer({ min: 0, max: 200 }),
    resumedAfter: fc.option(fc.integer({ min: 0, max: 800 })),
  }),
  { maxLength: 5 },
);

test("CL-3 CL-4 CL-5 CL-6 CL-7 every clock of an event, through asked and approved pauses and extensions, is due when the oracle says", () => {
  fc.assert(
    fc.property(
      limitsArb,
      fc.integer({ min: 1, max: 900 }),
      fc.array(fc.integer({ min: 0, max: 200 }), { minLength: 3, maxLength: 3 }),
      holds,
      (limits, limitMin, gaps, course) => {
        let now = begin;
        const act = (grade: "operator" | "leader") => ({
          at: now,
          by: grade === "leader" ? "leader-1" : "officer-1",
          grade,
        });
        const reported = judgeReport("event-1", { ...reportGiven, limitMin, limits }, act("operator"), undefined);
        if (!reported.ok) throw new Error(reported.error.id);
        let event: DutyEvent = reported.value;
        const take = (
          action: Exclude<EventAction, "report">,
          given: Given = {},
          grade: "operator" | "leader" = "operator",
        ): boolean => {
          const done = judgeAction(event, action, given, act(grade));
          if (done.ok) event = done.value;
          return done.ok;
        };
        const told: Record<ClockStep, Told> = Object.fromEntries(
          (["accept", "acknowledge", "arrive", "report", "handle", "whole"] as const).map((step) => [
            step,
            { step, startAt: null, endedAt: null },
          ]),
        ) as Record<ClockStep, Told>;
        told.accept.startAt = told.whole.startAt = now;
        const pauses: { fromAt: number; toAt: number }[] = [];
        let more = 0;

        now += (gaps[0] ?? 0) * minute;
        expect(take("accept")).toBe(true);
        told.accept.endedAt = now;
        now += (gaps[1] ?? 0) * minute;
        expect(take("assign", { lead: { kind: "post", name: "交通巡逻岗" } })).toBe(true);
        told.acknowledge.startAt = now;
        now += (gaps[2] ?? 0) * minute;
        expect(take("acknowledge")).toBe(true);
        told.acknowledge.endedAt = told.arrive.startAt = told.report.startAt = told.handle.startAt = now;

        for (const { gap, kind, minutes, granted, decidedAfter, resumedAfter } of course) {
          now += gap * minute;
          const isPause = kind === "pause" || kind === "ask_pause";
          const given = { ...(isPause ? { pauseMin: minutes } : { moreMin: minutes }), reason: "等材料" };
          const stands = pauses.some(({ fromAt, toAt }) => now >= fromAt && now < toAt);
          const asks = kind.startsWith("ask_");
          expect(take(kind, given, asks ? "operator" : "leader"), `${kind} while ${stands}`).toBe(!(isPause && stands));
          if (isPause && stands) continue;
          if (asks) {
            now += decidedAfter * minute;
            // An operator does not approve.
            expect(take("grant", {}, "operator")).toBe(false);
            expect(take(granted ? "grant" : "refuse", granted ? {} : { reason: "不行" }, "leader")).toBe(true);
            if (!granted) continue;
          }
          if (!isPause) {
            more += minutes;
            continue;
          }
          const pause = { fromAt: now, toAt: now + minutes * minute };
          pauses.push(pause);
          if (resumedAfter === null) continue;
          now += resumedAfter * minute;
          const isOver = now >= pause.toAt;
          expect(take("resume")).toBe(!isOver);
          if (!isOver) pause.toAt = now;
        }

        const expected = Object.values(told).flatMap(({ step, startAt, endedAt }) => {
          const own = step === "whole" ? { min: limitMin, in: limits.wholeIn } : limits[step];
          if (!own || startAt === null) return [];
          const all = own.min + (step === "whole" || step === "handle" ? more : 0);
          return [
            {
              step,
              startAt,
              endedAt,
              dueAt: toldDue(startAt, all, own.in === "business" ? limits.calendar : null, pauses),
            },
          ];
        });
        const clocks = clocksOf(event);
        expect(
          clocks.map(({ step, startAt, endedAt, dueAt }: StepClock) => ({ step, startAt, endedAt, dueAt })),
        ).toEqual(expected);
        const running = expected.filter(({ endedAt }) => endedAt === null).map(({ dueAt }) => dueAt);
        expect(pressingClock(event)?.dueAt).toBe(Math.min(...running));
        expect(event.dueAt).toBe(expected.find(({ step }) => step === "whole")?.dueAt);
        const whole = clocks.at(-1) as StepClock;
        const used = toldUsed(begin, now, limits.wholeIn === "business" ? limits.calendar : null, pauses);
        expect(countedLeft(event, whole, now)).toBe((limitMin + more - used) * minute);
      },
    ),
    { seed, numRuns: 150 },
  );
});

test("CL-2 the table gives a row by category and level, else the one of every category; the calendar travels only where working time counts", () => {
  const table = clocksTableSchema.parse(defaults);
  const calendar = calendarOf(table, {}, 480, "2026-11-21");
  const whole = (category: string, level: "critical" | "urgent" | "normal") =>
    limitsOf(table.rows, category, level, calendar)?.limitMin;
  // The cases: swimmer, waterlogging, complaint, bus, a new bus line.
  expect(whole("water_rescue", "critical")).toBe(5);
  expect(whole("waterlogging", "urgent")).toBe(10);
  expect(whole("consumer_complaint", "normal")).toBe(2 * 1440);
  expect(whole("bus_service", "normal")).toBe(2 * 1440);
  expect(whole("bus_line", "normal")).toBe(15 * 1440);
  expect(limitsOf(table.rows, "no_such_category", "normal", calendar)).toMatchObject({
    limitMin: null,
    limits: { accept: { min: 15 } },
  });
  expect(limitsOf([], "water_rescue", "normal", calendar)).toBeNull();
  expect(limitsOf(table.rows, "water_rescue", "critical", calendar)?.limits.calendar).toBeNull();
  expect(limitsOf(table.rows, "bus_line", "normal", calendar)?.limits.calendar).toEqual(calendar);
  const twice = { ...table, rows: [...table.rows, table.rows[0]] };
  expect(clocksTableSchema.safeParse(twice).success).toBe(false);
});

test("EV-15 of limits that two officers set, the shorter of each step stays", () => {
  const min = (minutes: number): Limit => ({ min: minutes, in: "round_the_clock" });
  const base: Limits = {
    accept: null,
    acknowledge: min(5),
    arrive: min(30),
    report: null,
    handle: min(9),
    wholeIn: "round_the_clock",
    calendar: null,
  };
  expect(shorterLimits(base, { ...base, acknowledge: min(3), arrive: min(60), handle: null })).toMatchObject({
    acknowledge: min(3),
    arrive: min(30),
    handle: min(9),
  });
  expect(shorterLimits(null, base)).toBe(base);
});
