import fc from "fast-check";
import { expect, test } from "vitest";
import { isGivenUp, isTaskGivenUp, clockAt as look, pressingClock } from "#shared/domain/duty-event/clock.ts";
import type { DutyEvent } from "#shared/domain/duty-event/event.ts";
import { eventSheet } from "#shared/domain/duty-event/event-sheet.ts";
import { noMarks } from "#shared/domain/duty-event/marks.ts";
import { taskStates } from "#shared/domain/duty-event/task.ts";
import { seed } from "#test/seed.ts";
import { at, eventIn, minute } from "./samples.ts";

const clockAt = (event: DutyEvent, moment: number) => look(pressingClock(event), moment);

const running = eventIn("handling", { reportedAt: at, limitMin: 100 });

test.each([
  [0, "running"],
  [74, "running"],
  [75, "soon"],
  [100, "soon"],
  [101, "late"],
] as const)("CL-1: %i of 100 minutes used: %s", (used, state) => {
  expect(clockAt(running, at + used * minute)).toMatchObject({ state, leftMs: (100 - used) * minute });
});

test("CL-1: to the millisecond: more than a quarter is grey, a quarter is soon, the last instant is not late", () => {
  expect(clockAt(running, at + 75 * minute - 1).state).toBe("running");
  expect(clockAt(running, at + 100 * minute).state).toBe("soon");
  expect(clockAt(running, at + 100 * minute + 1).state).toBe("late");
});

test("CL-1: an ended event stands still at its end; no limit, no clock", () => {
  const closed = eventIn("closed", { reportedAt: at, limitMin: 10, closedAt: at + 12 * minute });
  for (const later of [0, 5, 5_000]) {
    expect(clockAt(closed, at + later * minute)).toMatchObject({ state: "stopped", leftMs: -2 * minute, part: 0 });
  }
  expect(clockAt(eventIn("handling", { limitMin: null }), at).state).toBe("none");
});

test("CL-1: grows only one way: running, soon, late; the part that is left stays within 0…1", () => {
  const order = ["running", "soon", "late"];
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 100_000 }),
      fc.array(fc.integer({ min: -1_000, max: 200_000 }), { minLength: 2, maxLength: 20 }),
      (limitMin, moments) => {
        const event = eventIn("assigned", { reportedAt: at, limitMin });
        const seen = moments.toSorted((a, b) => a - b).map((moment) => clockAt(event, at + moment * minute));
        const places = seen.map((clock) => order.indexOf(clock.state));
        expect(places).toEqual(places.toSorted());
        expect(seen.every((clock) => clock.part >= 0 && clock.part <= 1)).toBe(true);
      },
    ),
    { seed, numRuns: 300 },
  );
});

test("CL-4: what was voided before anybody accepted it kept no clock, also where an older version noted it as accepted in that instant", () => {
  const voidedAt = at + 10 * minute;
  const acceptGivenUp = (acceptedAt: number | null, more: Partial<DutyEvent> = {}) =>
    isGivenUp(eventIn("void", { marks: { ...noMarks, acceptedAt }, updatedAt: voidedAt, ...more }), "accept");
  expect(acceptGivenUp(null)).toBe(true);
  expect(acceptGivenUp(voidedAt)).toBe(true);
  // Accepted first, or only merged or closed in that instant: the step was done.
  expect(acceptGivenUp(at + 3 * minute)).toBe(false);
  expect(acceptGivenUp(voidedAt, { state: "merged" })).toBe(false);
  expect(acceptGivenUp(voidedAt, { state: "closed" })).toBe(false);
  // A file was taken back from it later: when it was voided is what the timeline says.
  const touched = eventIn("void", { marks: { ...noMarks, acceptedAt: voidedAt }, updatedAt: voidedAt + minute });
  expect(isGivenUp(touched, "accept", voidedAt)).toBe(true);
  expect(isGivenUp({ ...touched, marks: { ...noMarks, acceptedAt: at + 3 * minute } }, "accept", voidedAt)).toBe(false);
});

test("CL-4: of a task that was open when its event was merged, or that its party declined or no longer had, the clock was neither kept nor missed", () => {
  const givenUp = (state: DutyEvent["state"]) => taskStates.filter((task) => isTaskGivenUp({ state }, { state: task }));
  expect(givenUp("merged")).toEqual(["given", "acknowledged", "arrived", "reported", "declined", "withdrawn"]);
  expect(givenUp("void")).toContain("withdrawn");
  expect(givenUp("assessed")).toEqual(["declined", "withdrawn"]);
  expect(givenUp("closed")).toEqual(["declined", "withdrawn"]);
});

test("CL-4: on paper a closed event was in time or late; a merged one has its length and neither", () => {
  const spent = (event: DutyEvent) =>
    eventSheet({
      event,
      lines: [],
      office: { streetName: "某街道", offsetMin: 480 },
      category: "",
      merged: [],
      links: [],
      at,
      nameOf: (id) => id,
    }).facts.find(({ name }) => name === "用时")?.text;
  const ended = { limitMin: 120, dueAt: at + 120 * minute, closedAt: at + 60 * minute };
  expect(spent(eventIn("closed", ended))).toBe("1小时0分，按时");
  expect(spent(eventIn("closed", { ...ended, closedAt: at + 180 * minute }))).toBe("3小时0分，超时 1小时0分");
  expect(spent(eventIn("merged", ended))).toBe("1小时0分");
});
