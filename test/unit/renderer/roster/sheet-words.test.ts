import { beforeAll, describe, expect, test } from "vitest";
import { slotsOf, standingOf } from "#renderer/features/roster/month-grid.ts";
import { marksOf } from "#renderer/features/roster/plan-marks.ts";
import {
  choicesOf,
  choiceText,
  placeOf,
  problemText,
  readText,
  type Wording,
} from "#renderer/features/roster/sheet-words.ts";
import { sayId, setLanguage } from "#renderer/text/text.ts";
import type { SheetQuestion } from "#shared/contract.ts";
import type { RosterRules } from "#shared/domain/roster/roster.ts";

const rules: RosterRules = {
  label: "默认",
  pattern: "2x12",
  offsetMin: 480,
  shifts: [
    { code: "day", name: { zh: "白班", en: "Day" }, startMin: 510, lengthMin: 720 },
    { code: "night", name: { zh: "夜班", en: "Night" }, startMin: 1230, lengthMin: 720 },
  ],
  required: { leader_on_duty: 1, shift_leader: 1, main_operator: 1, deputy_operator: 1, standby: 0 },
};
const words: Wording = { t: sayId, rules, nameOf: (id) => ({ a: "王小明", b: "李明" })[id] ?? id };
beforeAll(() => setLanguage("zh"));

const question = (more: Partial<SheetQuestion>): SheetQuestion => ({
  id: "code:A1",
  kind: "code",
  text: "A1",
  sheet: "Sheet1",
  cells: ["B3"],
  choices: ["off", "*", "day", "night", "skip"],
  proposal: null,
  ...more,
});
const read = (as: string, value: string, text = "x") => readText({ cell: "B3", text, as, value }, words);

describe("the words of an import", () => {
  test("what a cell was taken for", () => {
    expect(read("shift", "day/main_operator")).toBe("白班 主班");
    expect(read("code", "night/")).toBe("夜班");
    expect(read("code", "off")).toBe("休息");
    expect(read("person", "a,b")).toBe("王小明、李明");
    expect(read("person", "a", "王小明")).toBe("人员");
    expect(read("date", "2026-12-01")).toBe("12月1日 周二");
    expect(read("ignored", "remark")).toBe("备注，不读");
    expect(read("ignored", "anything else")).toBe("不读");
    expect(read("unknown", "小王")).toContain("没有读懂");
  });

  test("choices: the suggestion first, each once, with the roles that a code may mean", () => {
    const choices = choicesOf(question({ proposal: "day/main_operator" }), rules);
    expect(choices[0]).toBe("day/main_operator");
    expect(choices.filter((choice) => choice === "day/main_operator")).toHaveLength(1);
    expect(choices).toContain("night/standby");
    const months = choicesOf(question({ kind: "month", choices: ["2026-12"], proposal: "2026-12" }), rules);
    expect(months).toContain("2026-12");
    expect(months).toContain("2027-01");
    expect(new Set(months).size).toBe(months.length);
    expect(choiceText("name", "skip", words)).toBe("不是人名");
    expect(choiceText("name", "a", words)).toBe("王小明");
    expect(choiceText("code", "skip", words)).toBe("不读");
    expect(choiceText("code", "*", words)).toBe("每一班");
    expect(choiceText("placing", "by_grade", words)).toBe("按职级排");
    expect(choiceText("column", "/standby", words)).toBe("备勤");
  });

  test("a problem names its cell and what is wrong", () => {
    const params = { on: "2026-12-01", said: 3, is: 2 };
    expect(problemText({ code: "weekday", cell: "A3", params }, words)).toBe(
      "A3：12月1日 周二是周二，表上写周三，请核对月份",
    );
  });

  test("addresses", () => {
    expect(placeOf("AB12")).toEqual({ row: 12, col: 28 });
    expect(placeOf("Sheet1!")).toBeUndefined();
  });
});

test("a proposal marks what it adds, changes and empties, and nothing else", () => {
  const slot = (role: string) => `2027-01-02/day/${role}/0`;
  const present = { [slot("main_operator")]: "a", [slot("deputy_operator")]: "b", [slot("standby")]: "b" };
  const proposed = { [slot("main_operator")]: "a", [slot("deputy_operator")]: "a", [slot("shift_leader")]: "b" };
  expect([...marksOf(present, proposed, words.nameOf)]).toEqual([
    [slot("deputy_operator"), { kind: "changed", was: "李明" }],
    [slot("standby"), { kind: "emptied", was: "李明" }],
    [slot("shift_leader"), { kind: "added", was: "" }],
  ]);
  expect(slotsOf(standingOf(proposed, words.nameOf))).toEqual(proposed);
});
