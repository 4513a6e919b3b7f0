import { expect, test } from "vitest";
import {
  givenOfStep,
  lastInstantOf,
  prefillStep,
  problemsOfStep,
  readStepDraft,
  stepsAtOnce,
} from "#renderer/features/queue/task-fields.ts";
import { newTask, type Task } from "#shared/domain/duty-event/task.ts";
import { type TaskAction, taskActions } from "#shared/domain/duty-event/task-steps.ts";

/** Sunday 2026-11-22 01:05 in China. */
const now = Date.parse("2026-11-21T17:05:00Z");
const party = { kind: "team", name: "应急小分队" } as const;
const call = { way: "radio", person: "李强", phone: "13800000001", at: now, answer: "" } as const;
const task: Task = {
  ...newTask([], { party, role: "co", ask: "" }, { at: now, by: "wang" }),
  steps: [{ action: "tell", at: now, by: "wang", text: "", call }],
};

test("TK-7: a time of day is the last one that has been: after midnight, 23:50 was yesterday", () => {
  expect(lastInstantOf("01:05", now)).toBe(now);
  expect(lastInstantOf("23：50", now)).toBe(Date.parse("2026-11-21T15:50:00Z"));
  for (const wrong of ["", "24:00", "9", "9:60", "早上"]) expect(lastInstantOf(wrong, now), wrong).toBeNull();
});

test("TK-7: who was spoken to last stands in the form; a call is recorded only when its way is chosen", () => {
  const tell = prefillStep("tell", task);
  expect(tell).toMatchObject({ way: "radio", person: "李强", phone: "13800000001" });
  expect(givenOfStep("tell", { ...tell, time: "23:50", answer: " 马上到 " }, now)).toEqual({
    call: { ...call, at: Date.parse("2026-11-21T15:50:00Z"), answer: "马上到" },
  });
  const report = { ...prefillStep("report", task), text: " 在路上 " };
  expect(givenOfStep("report", report, now)).toEqual({ text: "在路上" });
  expect(givenOfStep("report", { ...report, way: "phone" }, now)).toEqual({
    text: "在路上",
    call: { ...call, way: "phone" },
  });
  expect(prefillStep("tell", undefined)).toMatchObject({ way: "phone", person: "" });
});

test("TK-5, TK-6, TK-8 to TK-11: what a step needs is asked for before it is sent", () => {
  const asked = (action: TaskAction) => problemsOfStep(action, prefillStep(action, task), now);
  expect(Object.fromEntries(taskActions.map((action) => [action, asked(action)]))).toEqual({
    give: ["party"],
    acknowledge: [],
    arrive: [],
    report: ["text"],
    finish: ["text"],
    tell: [],
    decline: ["text"],
    replace: ["text", "party"],
    send_back: ["text"],
    withdraw: ["text"],
  });
  expect(problemsOfStep("tell", { ...prefillStep("tell", task), time: "25:00" }, now)).toEqual(["time"]);
  expect(taskActions.filter(stepsAtOnce)).toEqual(["acknowledge", "arrive"]);
});

test("kept words come back; what cannot be read is left aside", () => {
  const fresh = prefillStep("report", task);
  expect(readStepDraft(JSON.stringify({ text: "写了一半" }), fresh)).toEqual({ ...fresh, text: "写了一半" });
  expect(readStepDraft("{", fresh)).toBeNull();
  expect(readStepDraft(null, fresh)).toBeNull();
});

test("TK-7: a call that names neither whom nor what is not recorded; one word of it is enough", () => {
  const blank = prefillStep("tell", undefined);
  expect(problemsOfStep("tell", { ...blank, person: " " }, now)).toEqual(["call"]);
  for (const name of ["person", "phone", "answer", "text"] as const)
    expect(problemsOfStep("tell", { ...blank, [name]: "李强" }, now), name).toEqual([]);
  // Where a step says something by itself, how it came may stand alone.
  expect(problemsOfStep("acknowledge", { ...prefillStep("acknowledge", undefined), way: "phone" }, now)).toEqual([]);
});
