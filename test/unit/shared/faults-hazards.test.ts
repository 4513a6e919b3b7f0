import { describe, expect, test } from "vitest";
import {
  type Fault,
  type FaultState,
  faultActions,
  faultStates,
  faultStepOf,
  judgeFault,
  judgeFaultStep,
} from "#shared/domain/asset/fault.ts";
import {
  type Hazard,
  type HazardState,
  hazardActions,
  hazardStates,
  hazardStepOf,
  judgeHazard,
  judgeHazardStep,
} from "#shared/domain/hazard/hazard.ts";
import { grades } from "#shared/domain/officer/officer.ts";
import type { StepGiven, StepRow } from "#shared/domain/step.ts";
import { dayMs } from "#shared/lib/time.ts";
import { applyOp } from "#shared/op/kinds.ts";
import { at, opOf } from "./samples.ts";

const place = { text: "茶竹路", point: { lng: 105.87, lat: 29.45 }, community: "粽粑社区", grid: "第一网格" };
const faultGiven = {
  assetId: "CS-CAM-0001",
  assetKind: "camera",
  assetName: "摄像头 0001",
  place,
  text: "画面黑屏",
  sample: false,
};
const hazardGiven = {
  number: "YH20261121-A001",
  title: "边坡松动",
  text: "雨后有落石",
  grade: "general" as const,
  place,
  assetId: "",
  party: "茶竹村",
  dueAt: at + 7 * dayMs,
  sample: false,
};
const by = (grade: (typeof grades)[number], more = {}) => ({ at: at + 1000, by: "officer-1", grade, ...more });
const made = <T>(result: { ok: true; value: T } | { ok: false; error: unknown }): T => {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
};
const faultIn = (state: FaultState): Fault => ({
  ...made(judgeFault("f1", faultGiven, by("operator"), undefined)),
  state,
});
const hazardIn = (state: HazardState): Hazard => ({
  ...made(judgeHazard("h1", hazardGiven, by("operator"), undefined)),
  state,
});

/** Enough for a step of this row to be judged by state and grade alone. */
function enough(row: StepRow<never>): StepGiven {
  const given: { -readonly [K in keyof StepGiven]: StepGiven[K] } = {};
  for (const { name } of row.fields) {
    if (name === "dueAt") given.dueAt = at + 30 * dayMs;
    else given[name] = "已办";
  }
  return given;
}

describe("faults", () => {
  test("FA-1: a report opens a fault with device, place and words; the same id twice is refused", () => {
    const op = opOf("fault.report", { faultId: "f1", given: faultGiven });
    expect(made(applyOp(op, undefined, "operator"))).toMatchObject({
      state: { id: "f1", state: "open", assetId: "CS-CAM-0001", reportedAt: at, endedAt: null, steps: [] },
      log: { kind: "asset", action: "report", text: { zh: "摄像头 0001故障：画面黑屏" } },
    });
    expect(applyOp(op, faultIn("repaired"), "operator")).toMatchObject({ ok: false, error: { id: "event.exists" } });
    expect(
      applyOp(opOf("fault.report", { faultId: "f1", given: { ...faultGiven, text: " " } }), undefined, "leader"),
    ).toMatchObject({
      error: { id: "input.invalid" },
    });
  });

  test("FA-2, FA-3: every state × step × grade is judged as its row says", () => {
    for (const state of faultStates) {
      for (const action of faultActions) {
        for (const grade of grades) {
          const row = faultStepOf(action);
          const done = judgeFaultStep(faultIn(state), action, enough(row as never), by(grade));
          const to = row.moves[state];
          const name = `${state} ${action} ${grade}`;
          if (!to) expect(done, name).toMatchObject({ ok: false, error: { id: "step.not_from_here" } });
          else if (!row.who.includes(grade))
            expect(done, name).toMatchObject({ ok: false, error: { id: "event.role" } });
          else expect(made(done), name).toMatchObject({ state: to, steps: [{ action, by: "officer-1" }] });
        }
      }
    }
  });

  test("FA-2: sent for repair twice, both are in the history and the log names who went", () => {
    const first = made(judgeFaultStep(faultIn("open"), "dispatch", { to: "通信公司" }, by("operator")));
    const op = opOf("fault.act", { faultId: "f1", action: "dispatch", given: { to: "供电所", text: "线路断" } });
    const second = made(applyOp(op, first, "operator"));
    expect(second).toMatchObject({
      state: { state: "repairing", sentTo: "供电所", steps: [{ to: "通信公司" }, { to: "供电所", text: "线路断" }] },
      log: { text: { zh: "摄像头 0001派修给供电所：线路断" } },
    });
    const wordless = opOf("fault.act", { faultId: "f1", action: "dispatch", given: { to: "供电所" } });
    expect(made(applyOp(wordless, first, "operator")).log.text.zh).toBe("摄像头 0001派修给供电所");
  });

  test("FA-3: a repair without words, or with a field that is not its own, changes nothing", () => {
    expect(judgeFaultStep(faultIn("open"), "repair", {}, by("operator"))).toMatchObject({
      error: { id: "step.missing", field: "text" },
    });
    expect(judgeFaultStep(faultIn("open"), "repair", { text: "已换", dueAt: at }, by("operator"))).toMatchObject({
      error: { id: "step.missing", field: "dueAt" },
    });
    const done = made(judgeFaultStep(faultIn("open"), "repair", { text: "已换电源" }, by("operator")));
    expect(done).toMatchObject({ state: "repaired", endedAt: at + 1000 });
    expect(judgeFaultStep(done, "note", { text: "再看" }, by("leader"))).toMatchObject({ ok: false });
  });
});

describe("hazards", () => {
  test("HZ-1: a finding needs a limit that lies ahead; the same id twice is refused", () => {
    const op = opOf("hazard.report", { hazardId: "h1", given: hazardGiven });
    expect(made(applyOp(op, undefined, "operator"))).toMatchObject({
      state: { state: "found", foundAt: at, endedAt: null, steps: [] },
      log: { kind: "hazard", text: { zh: "发现隐患“边坡松动”，限 2026-11-28 前整改" } },
    });
    expect(applyOp(op, hazardIn("found"), "operator")).toMatchObject({ error: { id: "event.exists" } });
    const late = opOf("hazard.report", { hazardId: "h2", given: { ...hazardGiven, dueAt: at } });
    expect(applyOp(late, undefined, "operator")).toMatchObject({ error: { id: "hazard.due", field: "dueAt" } });
  });

  test("HZ-2, HZ-3, HZ-4, HZ-6: every state × step × grade is judged as its row says", () => {
    for (const state of hazardStates) {
      for (const action of hazardActions) {
        for (const grade of grades) {
          const row = hazardStepOf(action);
          const done = judgeHazardStep(hazardIn(state), action, enough(row as never), by(grade));
          const to = row.moves[state];
          const name = `${state} ${action} ${grade}`;
          if (!to) expect(done, name).toMatchObject({ ok: false, error: { id: "step.not_from_here" } });
          else if (!row.who.includes(grade))
            expect(done, name).toMatchObject({ ok: false, error: { id: "event.role" } });
          else expect(made(done), name).toMatchObject({ state: to, steps: [{ action }] });
        }
      }
    }
  });

  test("HZ-2 to HZ-4: found, rectified, sent back, rectified, checked off: the history tells all of it", () => {
    let hazard = hazardIn("found");
    const steps = [
      ["rectify", { text: "已清理" }],
      ["send_back", { text: "还有两块" }],
      ["rectify", { text: "全部清完" }],
      ["clear", {}],
    ] as const;
    for (const [action, given] of steps) {
      hazard = made(judgeHazardStep(hazard, action, given, by("shift_leader")));
    }
    expect(hazard.steps.map(({ action, text }) => [action, text])).toEqual([
      ["rectify", "已清理"],
      ["send_back", "还有两块"],
      ["rectify", "全部清完"],
      ["clear", ""],
    ]);
    expect(hazard).toMatchObject({ state: "cleared", endedAt: at + 1000, dueAt: hazardGiven.dueAt });
  });

  test("HZ-5: a limit is only ever extended, never shortened", () => {
    const extend = (dueAt: number) =>
      judgeHazardStep(hazardIn("found"), "extend", { dueAt, text: "等材料" }, by("leader"));
    expect(extend(hazardGiven.dueAt)).toMatchObject({ error: { id: "hazard.due" } });
    expect(extend(hazardGiven.dueAt - dayMs)).toMatchObject({ error: { id: "hazard.due" } });
    expect(made(extend(hazardGiven.dueAt + dayMs))).toMatchObject({
      state: "found",
      dueAt: hazardGiven.dueAt + dayMs,
    });
  });
});
