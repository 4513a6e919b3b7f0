import { describe, expect, test } from "vitest";
import type { Grade } from "#shared/domain/officer/officer.ts";
import { missingYear, readNotice, withYears } from "#shared/domain/roster/holidays.ts";
import { stepsFor } from "#shared/domain/roster/layer-course.ts";
import type { LayerEntry } from "#shared/domain/roster/layer-entry.ts";
import { layeredGaps, layRoster, whoAt } from "#shared/domain/roster/layers.ts";
import { monthDigest } from "#shared/domain/roster/month.ts";
import { patternRules } from "#shared/domain/roster/patterns.ts";
import { coverageGaps, rulesOn, shiftsOn, slotReader } from "#shared/domain/roster/roster.ts";
import { withLater } from "#shared/domain/roster/settings.ts";
import { applyOp } from "#shared/op/kinds.ts";
import { at, minute, opOf } from "./samples.ts";

const slot = "2026-11-25/night/main_operator/0";
const leaderSlot = "2026-11-25/night/leader_on_duty/0";
const fromAt = Date.UTC(2026, 10, 25, 12, 30);
const stretch = { fromAt, toAt: fromAt + 720 * minute };
const words = { id: "a", reason: "看病", about: { zh: "十一月二十五日", en: "25 November" } };

/** Plays `[kind or step, by, grade]` in turn; answers the last state or the id of the first refusal. */
function play(ask: object, ...steps: readonly (readonly [string, string, Grade, string?])[]) {
  let entry: unknown;
  for (const [index, [step, by, grade, reason = ""]] of steps.entries()) {
    const op = index === 0 ? opOf("layer.ask", { ...words, ...ask }) : opOf("layer.step", { id: "a", step, reason });
    const applied = applyOp({ ...op, by, at: at + index * minute }, entry, grade);
    if (!applied.ok) return applied.error.id;
    entry = applied.value.state;
  }
  return entry as LayerEntry;
}
const swap = {
  kind: "swap",
  slot,
  officerId: "wang",
  otherSlot: "2026-11-26/day/main_operator/0",
  otherId: "li",
  ...stretch,
};
const leave = { kind: "leave", officerId: "wang", ...stretch };
const standIn = { kind: "stand_in", slot, officerId: "li", ...stretch };
const relief = { kind: "relief", slot, officerId: "li", ...stretch };

describe("asking, agreeing, approving, as ops", () => {
  test("RO-30: who may ask for what, and when asking is agreeing", () => {
    expect(play(swap, ["ask", "zhao", "admin"])).toBe("roster.not_yours");
    expect(play(swap, ["ask", "li", "operator"], ["agree", "li", "operator"])).toBe("roster.not_yours");
    expect(play(swap, ["ask", "li", "operator"], ["agree", "wang", "operator"])).toMatchObject({
      state: "agreed",
      asked: { by: "li" },
      agreed: { by: "wang" },
    });
    expect(play(leave, ["ask", "li", "operator"])).toBe("roster.not_yours");
    expect(play(leave, ["ask", "boss", "shift_leader"])).toMatchObject({ state: "asked", officerId: "wang" });
    expect(play({ ...leave, reason: " " }, ["ask", "wang", "operator"])).toBe("input.invalid");
    expect(play(standIn, ["ask", "li", "operator"])).toMatchObject({ state: "agreed", agreed: { by: "li" } });
    expect(play(standIn, ["ask", "wang", "operator"])).toMatchObject({ state: "asked", agreed: null });
    // The emergency: at once by the shift leader, approved afterwards by somebody else.
    expect(play(relief, ["ask", "boss", "shift_leader"])).toMatchObject({ state: "agreed", agreed: { by: "boss" } });
    expect(play(relief, ["ask", "wang", "operator"])).toMatchObject({ state: "asked" });
    expect(play(relief, ["ask", "boss", "shift_leader"], ["approve", "boss", "shift_leader"])).toBe("roster.not_yours");
    expect(play(relief, ["ask", "boss", "shift_leader"], ["approve", "chief", "leader"])).toMatchObject({
      state: "approved",
    });
    expect(play(leave, ["ask", "wang", "operator"]), "the same id again").toMatchObject({ state: "asked" });
  });

  test("RO-31: a place is taken only by a grade that holds its role; in an emergency by whom can come", () => {
    const forLeader = { ...standIn, slot: leaderSlot };
    expect(play(forLeader, ["ask", "li", "operator"])).toBe("roster.wrong_grade");
    expect(play(forLeader, ["ask", "wang", "leader"], ["agree", "li", "shift_leader"])).toBe("roster.wrong_grade");
    expect(play(forLeader, ["ask", "wang", "leader"], ["agree", "li", "leader"])).toMatchObject({ state: "agreed" });
    const uneven = { ...swap, otherSlot: "2026-11-26/day/shift_leader/0" };
    expect(play(uneven, ["ask", "wang", "operator"])).toBe("roster.wrong_grade");
    expect(play(uneven, ["ask", "wang", "shift_leader"], ["agree", "li", "operator"])).toMatchObject({
      state: "agreed",
    });
    expect(
      play({ ...relief, slot: leaderSlot }, ["ask", "wang", "operator"], ["agree", "li", "operator"]),
    ).toMatchObject({
      state: "agreed",
    });
  });

  test("RO-32: the leader's place is approved by a leader or an administrator", () => {
    const asked = [["ask", "li", "leader"]] as const;
    const forLeader = { ...standIn, slot: leaderSlot };
    expect(play(forLeader, ...asked, ["approve", "boss", "shift_leader"])).toBe("roster.leader_approves");
    for (const grade of ["leader", "admin"] as const)
      expect(play(forLeader, ...asked, ["approve", "boss", grade])).toMatchObject({ state: "approved" });
  });

  test("RO-33: withdrawn before the decision by whom asked; ended early after it; a swap is not ended", () => {
    expect(play(leave, ["ask", "wang", "operator"], ["withdraw", "li", "operator"])).toBe("roster.not_yours");
    const withdrawn = play(leave, ["ask", "wang", "operator"], ["withdraw", "wang", "operator"]);
    expect(withdrawn).toMatchObject({ state: "withdrawn", ended: { by: "wang" } });
    const approved = [
      ["ask", "wang", "operator"],
      ["approve", "boss", "leader"],
    ] as const;
    expect(play(leave, ...approved, ["withdraw", "wang", "operator"])).toBe("roster.decided");
    expect(play(leave, ...approved, ["end", "li", "operator"])).toBe("roster.not_yours");
    expect(play(leave, ...approved, ["end", "wang", "operator"])).toMatchObject({
      state: "approved",
      ended: { by: "wang" },
    });
    expect(play(leave, ...approved, ["end", "wang", "operator"], ["end", "wang", "operator"])).toBe("roster.decided");
    const swapped = [
      ["ask", "wang", "operator"],
      ["agree", "li", "operator"],
      ["approve", "boss", "leader"],
    ] as const;
    expect(play(swap, ...swapped, ["end", "wang", "operator"])).toBe("roster.decided");
  });

  test("RO-33: what was ended in the middle counts up to that minute", () => {
    const rules = patternRules("2x12", { offsetMin: 480, required: { main_operator: 1 } });
    const entry = play(leave, ["ask", "wang", "operator"], ["approve", "boss", "leader"]) as LayerEntry;
    const ended = { ...entry, ended: { by: "wang", at: fromAt + 60 * minute + 1 } };
    const roster = layRoster(rules, slotReader([{ month: "2026-11", slots: { [slot]: "wang" } }]), [ended]);
    expect(layeredGaps(roster, stretch.fromAt, stretch.toAt)).toMatchObject([
      { fromAt, toAt: fromAt + 61 * minute, leaves: ["a"] },
    ]);
    expect(whoAt(roster, fromAt + 61 * minute)?.people[0]?.officerId).toBe("wang");
  });

  test("RO-12, OP-2: the steps offered are those that the rules take", () => {
    const asked = play(standIn, ["ask", "wang", "operator"]) as LayerEntry;
    const offered = (entry: LayerEntry, by: string, grade: Grade) => stepsFor(entry, { by, grade, at });
    expect(offered(asked, "li", "operator")).toEqual(["agree", "refuse"]);
    expect(offered(asked, "wang", "operator")).toEqual(["refuse", "withdraw"]);
    expect(offered(asked, "boss", "leader")).toEqual(["refuse"]);
    const agreed = play(standIn, ["ask", "wang", "operator"], ["agree", "li", "operator"]) as LayerEntry;
    expect(offered(agreed, "boss", "leader")).toEqual(["approve", "refuse"]);
    expect(offered(agreed, "zhao", "operator")).toEqual([]);
  });

  test("the log names the kind, who and why", () => {
    const applied = applyOp({ ...opOf("layer.ask", { ...words, ...leave }), by: "wang" }, undefined, "operator");
    expect(applied).toMatchObject({ ok: true, value: { log: { text: { zh: "申请请假：十一月二十五日，看病" } } } });
  });
});

describe("publishing", () => {
  const slots = { [slot]: "wang" };
  const publish = (body: object, present: unknown, by = "boss") =>
    applyOp({ ...opOf("roster.publish", { month: "2026-11", slots, ...body }, { v: 2 }), by }, present, "leader");

  test("RO-34: only over the month that was seen; a body of the first version still reads", () => {
    const present = { month: "2026-11", slots: { [slot]: "li" } };
    expect(publish({ was: monthDigest(present.slots) }, present)).toMatchObject({ ok: true });
    expect(publish({ was: monthDigest({}) }, present)).toMatchObject({ ok: false, error: { id: "roster.changed" } });
    expect(publish({ was: monthDigest({}) }, undefined)).toMatchObject({ ok: true });
    expect(applyOp(opOf("roster.publish", { month: "2026-11", slots }), present, "leader")).toMatchObject({
      ok: true,
      value: { state: { month: "2026-11", slots } },
    });
  });

  test("RO-34: the digest does not depend on order and sees every change", () => {
    const many = Object.fromEntries(
      Array.from({ length: 60 }, (_, day) => [`2026-11-${day}/day/standby/0`, `p${day % 7}`]),
    );
    const other = Object.fromEntries(Object.entries(many).reverse());
    expect(monthDigest(other)).toBe(monthDigest(many));
    const seen = new Set([monthDigest(many), monthDigest({})]);
    for (const key of Object.keys(many)) {
      seen.add(monthDigest({ ...many, [key]: "someone" }));
      const { [key]: _, ...without } = many;
      seen.add(monthDigest(without));
    }
    expect(seen.size).toBe(2 + 2 * 60);
  });

  test("RO-35: a gap needs the acceptance of whom publishes; it falls away with the last empty place", () => {
    const gap = "2026-11-25/night/shift_leader/0";
    const accepted = { reason: "人手不足", officerId: "boss", name: "周", at, signature: "s", publicKey: "k" };
    expect(publish({ gaps: [gap] }, undefined)).toMatchObject({
      ok: false,
      error: { id: "roster.gaps_open", params: { count: 1 } },
    });
    expect(publish({ gaps: [gap], accepted }, undefined, "other")).toMatchObject({ error: { id: "roster.not_yours" } });
    expect(publish({ gaps: [slot], accepted }, undefined), "a filled place is no gap").toMatchObject({
      error: { id: "input.invalid" },
    });
    const done = publish({ gaps: [gap], accepted }, undefined);
    expect(done).toMatchObject({
      ok: true,
      value: {
        state: { accepted: [{ slots: [gap], reason: "人手不足" }] },
        log: { text: { zh: expect.stringContaining("接受空档 1 处：人手不足") } },
      },
    });
    if (!done.ok) return;
    const fill = { month: "2026-11", undoes: false, names: {}, changes: [{ slot: gap, officerId: "li", was: null }] };
    const filled = applyOp(opOf("roster.edit", fill), done.value.state, "leader");
    expect(filled).toMatchObject({ ok: true, value: { state: { slots: { [gap]: "li" } } } });
    expect(filled.ok && filled.value.state).not.toHaveProperty("accepted");
  });

  test("RO-36, RO-7: an edit of several places tells each change, and changes all or none", () => {
    const other = "2026-11-26/day/main_operator/0";
    const present = { month: "2026-11", slots: { [slot]: "wang", [other]: "li" } };
    const changes = [
      { slot, officerId: "li", was: "wang" },
      { slot: other, officerId: "wang", was: "li" },
    ];
    const body = { month: "2026-11", changes, names: { wang: "王", li: "李" }, undoes: false };
    const done = applyOp(opOf("roster.edit", body), present, "shift_leader");
    expect(done).toMatchObject({
      ok: true,
      value: { state: { slots: { [slot]: "li", [other]: "wang" } }, log: { changes } },
    });
    const stale = { ...body, changes: [changes[0], { ...changes[1], was: "zhao" }] };
    expect(applyOp(opOf("roster.edit", stale), present, "admin")).toMatchObject({ error: { id: "roster.changed" } });
    expect(applyOp(opOf("roster.edit", body), present, "operator")).toMatchObject({ error: { id: "event.role" } });
  });
});

describe("settings and holidays", () => {
  const base = patternRules("2x12", { offsetMin: 480, required: { main_operator: 1 }, label: "默认" });
  const threeShifts = patternRules("3x8", { offsetMin: 480, required: { main_operator: 2 } }).shifts;
  const body = {
    fromOn: "2027-01-01",
    label: "三班倒",
    pattern: "3x8",
    shifts: threeShifts,
    required: base.required,
    offsetMin: 480,
  };
  const put = (more: object, grade: Grade = "admin") =>
    applyOp(opOf("roster.rules", { ...body, ...more }), undefined, grade);

  test("RO-38: by an administrator, from a month that has not begun, without a minute uncovered", () => {
    expect(put({})).toMatchObject({ ok: true });
    expect(put({}, "leader")).toMatchObject({ error: { id: "session.not_allowed" } });
    expect(put({ fromOn: "2026-11-01" })).toMatchObject({ error: { id: "roster.past" } });
    expect(put({ fromOn: "2026-12-02" })).toMatchObject({ error: { id: "input.invalid" } });
    expect(put({ shifts: threeShifts.slice(1) })).toMatchObject({
      error: { id: "roster.pattern_fault", params: { from: "08:30", to: "16:30" } },
    });
  });

  test("RO-38: the past stays; the turn of the settings leaves no minute without a shift", () => {
    const { offsetMin: _, ...edition } = body;
    const rules = withLater(base, [{ ...edition, offsetMin: 480 }]);
    expect(rulesOn(rules, "2026-12-31").shifts).toHaveLength(2);
    expect(rulesOn(rules, "2027-01-01").shifts).toHaveLength(3);
    // The first night of three shifts begins while the last one of two still runs: two stand there, never nobody.
    expect(coverageGaps(rules, () => "filled", Date.UTC(2026, 11, 1), Date.UTC(2027, 1, 1))).toEqual([]);
    expect(shiftsOn(rules, "2026-12-31").map(({ shift }) => shift)).toEqual(["day", "night"]);
    expect(shiftsOn(rules, "2027-01-01").map(({ shift }) => shift)).toEqual(["night", "early", "middle"]);
  });

  const notice = `国务院办公厅关于2026年部分节假日安排的通知
一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
二、春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。
三、清明节：4月4日（周六）至6日（周一）放假，共3天。`;

  test("RO-39: reads a notice in sentences", () => {
    const { year, days, unread } = readNotice(notice);
    expect(year).toBe("2026");
    expect(unread).toEqual([]);
    const of = (kind: string) => Object.keys(days).filter((on) => days[on]?.kind === kind);
    expect(of("makeup_workday")).toEqual(["2026-01-04", "2026-02-14", "2026-02-28"]);
    expect(of("holiday")).toHaveLength(15);
    expect(days["2026-02-20"]).toEqual({ name: "春节", kind: "holiday" });
    expect(readNotice(notice.replaceAll("\n", "")).days, "without line breaks").toEqual(days);
  });

  test("RO-39: reads a table, names what it cannot read, and guesses no year", () => {
    const table = "2027-01-01\t元旦\t休\n2027/1/2 元旦 放假\n2027-01-03,调休,班\n2月30日放假\n";
    const { days, unread } = readNotice(table);
    expect(days).toEqual({
      "2027-01-01": { name: "元旦", kind: "holiday" },
      "2027-01-02": { name: "元旦", kind: "holiday" },
      "2027-01-03": { name: "调休上班", kind: "makeup_workday" },
    });
    expect(unread).toEqual(["2月30日放假"]);
    expect(readNotice("元旦：1月1日放假")).toMatchObject({ year: null, days: {} });
    expect(readNotice("元旦：1月1日放假", "2027").days).toHaveProperty("2027-01-01");
    const across = readNotice("一、元旦：2027年12月31日至2028年1月2日放假调休。", "2028");
    expect(Object.keys(across.days)).toEqual(["2027-12-31", "2028-01-01", "2028-01-02"]);
  });

  test("RO-39: an entered year replaces what was known of it; from October a missing next year is named", () => {
    const known = {
      "2026-10-01": { name: "国庆节", kind: "holiday" },
      "2027-05-01": { name: "旧", kind: "holiday" },
    } as const;
    const year = {
      year: "2027",
      source: "通知",
      edition: 1,
      days: { "2027-01-01": { name: "元旦", kind: "holiday" as const } },
    };
    expect(withYears(known, [year])).toEqual({ "2026-10-01": known["2026-10-01"], ...year.days });
    expect(missingYear(known, "2026-11-21")).toBeNull();
    expect(missingYear({ "2026-10-01": known["2026-10-01"] }, "2026-09-30")).toBeNull();
    expect(missingYear({ "2026-10-01": known["2026-10-01"] }, "2026-10-01")).toBe("2027");
    const put = (present: unknown) =>
      applyOp(opOf("holiday.put", { year: "2027", source: "通知", days: year.days }), present, "leader");
    expect(put(undefined)).toMatchObject({ value: { state: { edition: 1 } } });
    expect(put(year)).toMatchObject({ value: { state: { edition: 2 } } });
  });
});
