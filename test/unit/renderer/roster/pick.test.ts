import { describe, expect, test } from "vitest";
import type { Cell } from "#renderer/features/roster/month-grid.ts";
import { choicesFor, mayPlan } from "#renderer/features/roster/pick.ts";
import type { OfficerView } from "#shared/contract.ts";

const officer = (id: string, name: string, grade: OfficerView["grade"], active = true): OfficerView => ({
  id,
  name,
  grade,
  pool: "full_time",
  phone: `138000000${id}`,
  post: "值守员",
  active,
});
const people = [
  officer("01", "王芳", "operator"),
  officer("02", "李明", "shift_leader"),
  officer("03", "周强", "leader"),
  officer("04", "赵静", "operator", false),
];
const cell = (role: Cell["role"], officerId: string | null = null): Cell => ({
  on: "2026-11-22",
  shift: "day",
  role,
  index: 0,
  officerId,
  name: "",
  required: true,
  pieces: [],
  waiting: [],
  gap: officerId === null,
});
const names = (typed: string, at = cell("main_operator"), same: Cell[] = [], initials: string[] = []) =>
  choicesFor(people, at, same, typed, initials).map((choice) => choice.officer.name);

describe("whom a place is offered", () => {
  test("those who usually stand there come first, nobody active is hidden", () => {
    expect(names("")).toEqual(["王芳", "李明", "周强"]);
    expect(names("", cell("leader_on_duty"))[0]).toBe("周强");
  });

  test("by name, phone, or the initials that the core found", () => {
    expect(names("明")).toEqual(["李明"]);
    expect(names("0000003")).toEqual(["周强"]);
    expect(names("wf", cell("main_operator"), [], ["01"])).toEqual(["王芳"]);
    expect(names("zz")).toEqual([]);
  });

  test("who stands in the shift already comes last and is marked", () => {
    const choices = choicesFor(people, cell("main_operator"), [cell("deputy_operator", "01")], "");
    expect(choices.at(-1)).toMatchObject({ officer: { name: "王芳" }, twice: true });
  });

  test("RO-6: shift leaders, leaders and administrators plan", () => {
    expect((["operator", "shift_leader", "leader", "admin", undefined] as const).map(mayPlan)).toEqual([
      false,
      true,
      true,
      true,
      false,
    ]);
  });
});
