import { afterEach, describe, expect, test } from "vitest";
import { demoPin } from "#core/sample/sample.ts";
import { contract, type OutputOf } from "#shared/contract.ts";
import { forget, openTestDesk, type TestDesk } from "./desk.ts";
import { day, days, type Value, workbook } from "./sheets/sheet.ts";

const open: TestDesk[] = [];
async function desk(grade: "admin" | "operator" | "shift_leader" = "shift_leader"): Promise<TestDesk> {
  const one = await openTestDesk();
  open.push(one);
  const { officers } = await one.get("session.officers");
  const officerId = officers.find((officer) => officer.grade === grade)?.id ?? "";
  await one.get("session.signIn", { officerId, pin: demoPin });
  return one;
}
afterEach(async () => {
  for (const one of open.splice(0)) {
    await one.close();
    forget(one.profileDir);
  }
});

const slotsOf = (month: OutputOf<"roster.month">): Record<string, string> =>
  Object.fromEntries(
    month.shifts.flatMap(({ on, shift, people }) =>
      people.map(({ role, index, officerId }) => [`${on}/${shift}/${role}/${index}`, officerId]),
    ),
  );

async function file(rows: readonly (readonly Value[])[], name = "2027年1月值班表.xlsx") {
  return { fileName: name, base64: Buffer.from(await workbook({ rows })).toString("base64") };
}
const head = ["日期", "白班主班", "白班副班", "夜班主班", "夜班副班"];
/** January 2027 by names of the sample crew, with one who is not known. */
async function january(one: TestDesk, unknown = "小王") {
  const { officers } = await one.get("officer.list");
  const crew = officers.filter(({ grade }) => grade === "operator");
  const name = (step: number) => crew[step % crew.length]?.name ?? "";
  const sheet = await file([
    head,
    ...days(31, (d) => [day(1, d, 2027), d === 3 ? unknown : name(d), name(d + 1), name(d + 2), name(d + 3)]),
  ]);
  return { sheet, crew };
}

describe("an import of a roster", () => {
  test("RO-28: asks, refuses with open questions, then publishes what the sheet names and nothing else", async () => {
    const one = await desk();
    const { sheet, crew } = await january(one);
    const wang = crew[3]?.id ?? "";
    await one.get("roster.assign", { on: "2027-01-05", shift: "day", role: "shift_leader", officerId: "cs-05" });
    const first = await one.get("sheet.readRoster", sheet);
    expect(first.questions.map(({ id }) => id)).toEqual(["name:小王"]);
    expect(first.sheets[0]?.cells.find(({ cell }) => cell === "B4")).toMatchObject({ as: "unknown", text: "小王" });
    expect(first.count).toBe(123);
    expect(await one.refusal("sheet.takeRoster", sheet)).toBe("sheet.questions_open");
    expect(await one.refusal("sheet.takeRoster", { ...sheet, answers: { "name:小王": "nobody-here" } })).toBe(
      "roster.unknown_officer",
    );
    expect(Object.keys(slotsOf(await one.get("roster.month", { month: "2027-01" })))).toHaveLength(1);

    const answered = { ...sheet, answers: { "name:小王": wang } };
    const second = await one.get("sheet.readRoster", answered);
    expect(second.questions).toEqual([]);
    expect(second.months).toEqual([{ month: "2027-01", read: 124, added: 124, changed: 0 }]);
    expect(await one.get("sheet.takeRoster", answered)).toEqual({ months: ["2027-01"], changed: 124 });
    const month = await one.get("roster.month", { month: "2027-01" });
    expect(month.published).toBe(true);
    expect(slotsOf(month)).toMatchObject({
      "2027-01-05/day/shift_leader/0": "cs-05",
      "2027-01-03/day/main_operator/0": wang,
    });

    // The same file again changes nothing and leaves no second publication.
    const { items: before } = await one.get("link.outbox");
    expect(await one.get("sheet.takeRoster", answered)).toEqual({ months: [], changed: 0 });
    expect((await one.get("link.outbox")).items).toHaveLength(before.length);
  });

  test("RO-28: who is put elsewhere in a shift leaves the place held there", async () => {
    const one = await desk();
    await one.get("roster.assign", { on: "2027-01-02", shift: "day", role: "main_operator", officerId: "cs-10" });
    const sheet = await file([["日期", "白班副班"], ...days(3, (d) => [day(1, d, 2027), d === 2 ? "喻青" : "鲜子墨"])]);
    const reading = await one.get("sheet.readRoster", sheet);
    expect(reading.months[0]).toMatchObject({ read: 3, added: 3, changed: 1 });
    expect(reading.changes).toContainEqual({
      slot: "2027-01-02/day/main_operator/0",
      was: "cs-10",
      officerId: null,
    });
    await one.get("sheet.takeRoster", sheet);
    const slots = slotsOf(await one.get("roster.month", { month: "2027-01" }));
    expect(slots["2027-01-02/day/deputy_operator/0"]).toBe("cs-10");
    expect(slots["2027-01-02/day/main_operator/0"]).toBeUndefined();
  });

  test("RO-26: an answer is remembered over a restart, shown, and can be corrected", async () => {
    const one = await desk();
    const { sheet, crew } = await january(one);
    const [a = "", b = ""] = [crew[3]?.id, crew[5]?.id];
    await one.get("sheet.takeRoster", { ...sheet, answers: { "name:小王": a } });
    await one.close();
    open.splice(0);
    const again = await openTestDesk({ profileDir: one.profileDir });
    open.push(again);
    await again.get("session.signIn", { officerId: "cs-05", pin: demoPin });
    const reading = await again.get("sheet.readRoster", sheet);
    expect(reading.questions).toEqual([]);
    expect(reading.recalled.map(({ question, answer }) => [question.id, answer])).toEqual([["name:小王", a]]);
    expect(await again.get("sheet.takeRoster", { ...sheet, answers: { "name:小王": b } })).toEqual({
      months: ["2027-01"],
      changed: 1,
    });
    expect((await again.get("sheet.readRoster", sheet)).recalled[0]?.answer).toBe(b);
  });

  test("RO-27: a broken file and one that is too large are refused; an operator may read and not publish", async () => {
    const one = await desk("operator");
    const broken = { fileName: "a.xlsx", base64: Buffer.from("PK broken").toString("base64") };
    expect(await one.refusal("sheet.readRoster", broken)).toBe("sheet.broken");
    expect(await one.refusal("sheet.takeRoster", broken)).toBe("sheet.broken");
    const large = { fileName: "a.xlsx", base64: Buffer.alloc(701 * 1024).toString("base64") };
    expect(await one.refusal("sheet.readRoster", large)).toBe("input.invalid");
    const { sheet } = await january(one, "喻青");
    expect((await one.get("sheet.readRoster", sheet)).questions).toEqual([]);
    expect(await one.refusal("sheet.takeRoster", sheet)).toBe("event.role");
    expect((await one.get("roster.month", { month: "2027-01" })).published).toBe(false);
  });

  test("the largest file passes the body limit of the browser shell with room for its answers", async () => {
    const most = contract["sheet.readRoster"].input.shape.base64.maxLength ?? 0;
    expect(most).toBeLessThan(1024 * 1024 - 64 * 1024);
    // A year of a full crew as a workbook is far below it.
    const { base64 } = await file([head, ...days(366, () => [day(1, 1), "张三丰", "李四光", "王五六", "赵六七"])]);
    expect(base64.length).toBeLessThan(most / 8);
  });
});

describe("a month planned by the desk", () => {
  test("RO-29: an empty month without a gap, explained, published as it was shown", async () => {
    const one = await desk();
    const plan = await one.get("roster.generate", { month: "2027-01" });
    expect(plan.gaps).toEqual([]);
    expect(plan.fromOn).toBe("2027-01-01");
    expect(Object.keys(plan.slots)).toHaveLength(248);
    expect(Object.values(plan.reasons).every((reasons) => reasons.length > 0)).toBe(true);
    expect(plan.fairness.reduce((sum, { shifts }) => sum + shifts, 0)).toBe(248);
    expect(plan.yearsWithoutNotice).toEqual(["2027"]);
    expect(await one.get("roster.generate", { month: "2027-01" })).toEqual(plan);
    await one.get("roster.publish", { month: "2027-01", slots: plan.slots });
    const month = await one.get("roster.month", { month: "2027-01" });
    expect(month.gaps).toEqual([]);
    expect(slotsOf(month)).toEqual(plan.slots);
  });

  test("RO-29: today and before stay; what is filled is kept unless the month is planned anew", async () => {
    const one = await desk();
    const before = slotsOf(await one.get("roster.month", { month: "2026-11" }));
    await one.get("roster.assign", { on: "2026-11-25", shift: "day", role: "main_operator", officerId: null });
    const kept = await one.get("roster.generate", { month: "2026-11" });
    expect(kept.fromOn).toBe("2026-11-22");
    const different = Object.keys(before).filter((slot) => kept.slots[slot] !== before[slot]);
    expect(different.filter((slot) => slot !== "2026-11-25/day/main_operator/0")).toEqual([]);
    const anew = await one.get("roster.generate", { month: "2026-11", keep: false });
    expect(anew.kept).toBe(0);
    const moved = Object.keys(before).filter((slot) => anew.slots[slot] !== before[slot]);
    expect(moved.length).toBeGreaterThan(0);
    expect(moved.every((slot) => slot.slice(0, 10) >= "2026-11-22")).toBe(true);
    expect(await one.refusal("roster.generate", { month: "2026-10" })).toBe("roster.past");
  });

  test("RO-23: a crew that is too small leaves gaps, each with what holds everybody back", async () => {
    const one = await openTestDesk({ demo: false });
    open.push(one);
    const officer = (name: string, grade: "leader" | "operator") => ({ name, grade, phone: "", pin: "1357" });
    await one.get("setup.desk", {
      street: "500118004",
      deskName: "值守台",
      officers: [officer("张建国", "leader"), officer("王小明", "operator")],
    });
    const { officers } = await one.get("session.officers");
    const officerId = officers.find(({ grade }) => grade === "leader")?.id ?? "";
    await one.get("session.signIn", { officerId, pin: "1357" });
    const { slots, gaps } = await one.get("roster.generate", { month: "2027-01" });
    expect(Object.keys(slots).length + gaps.length).toBe(248);
    expect(gaps.length).toBeGreaterThan(120);
    for (const gap of gaps) expect(gap.reasons.length, gap.slot).toBeGreaterThan(0);
    expect(await one.refusal("roster.publish", { month: "2027-01", slots })).toBe("roster.gaps_open");
    const accept = { reason: "人员尚未配齐", pin: "1357" };
    expect(await one.get("roster.publish", { month: "2027-01", slots, accept })).toMatchObject({
      accepted: gaps.length,
    });
    const { gaps: uncovered } = await one.get("roster.month", { month: "2027-01" });
    const inside = uncovered.filter(({ on }) => on >= "2027-01-01");
    expect(inside.reduce((sum, { missing }) => sum + missing, 0)).toBe(gaps.length);
  });

  test("publishing judges places, people, twice in a shift, and the right to plan", async () => {
    const one = await desk();
    const slot = "2027-01-01/day/main_operator/0";
    const publish = (slots: Record<string, string>) => one.refusal("roster.publish", { month: "2027-01", slots });
    expect(await publish({ "2027-02-01/day/main_operator/0": "cs-10" })).toBe("roster.unknown_slot");
    expect(await publish({ "2027-01-01/early/main_operator/0": "cs-10" })).toBe("roster.unknown_slot");
    expect(await publish({ [slot]: "nobody" })).toBe("roster.unknown_officer");
    expect(await publish({ [slot]: "cs-10", "2027-01-01/day/deputy_operator/0": "cs-10" })).toBe("roster.twice");
    expect(await publish({ [slot]: "cs-10" })).toBe("roster.gaps_open");
    const other = await desk("operator");
    expect(await other.refusal("roster.publish", { month: "2027-01", slots: { [slot]: "cs-10" } })).toBe("event.role");
  });
});
