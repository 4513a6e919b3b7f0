import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type CallName, contract, type InputOf } from "#shared/contract.ts";
import { transitionOf } from "#shared/domain/duty-event/transitions.ts";
import { type Grade, grades } from "#shared/domain/officer/officer.ts";
import { forget, openTestDesk, type TestDesk } from "./desk.ts";

const pin = "2580";
/** What says that the grade may not; anything else is about the thing itself. */
const notAllowed = ["session.not_allowed", "event.role", "event.sealed"];
const everyone: readonly Grade[] = grades;
const duty: readonly Grade[] = ["operator", "shift_leader", "leader"];
const upper: readonly Grade[] = ["shift_leader", "leader", "admin"];
const admin: readonly Grade[] = ["admin"];

let desk: TestDesk;
let other: string;
let event: string;
let assigned: string;
/** Two events for each grade that may merge them. */
const pairs: string[][] = [];
const ids = new Map<Grade, string>();
const sheet = Buffer.from("\ufeff日期,班次,值班长\n2026-12-01,白班,贺成\n").toString("base64");

type Row = { readonly who: readonly Grade[]; readonly input: () => Promise<unknown> | unknown };

/** Every command behind the officer's door: who may, and an input that gets as far as the question of rights. */
const table: Partial<Record<CallName, Row>> = {
  "system.snapshot": { who: everyone, input: () => ({}) },
  "event.report": { who: duty, input: () => ({ text: "路灯不亮" }) },
  // What a step needs is a row of the event's table; here that the core asks it.
  "event.transition": {
    who: transitionOf("void").who,
    input: async () => ({ id: event, action: "void", given: { reason: "" } }),
  },
  "event.transitionAll": {
    who: everyone,
    input: async () => ({ ids: [event], action: "void", given: { reason: "" } }),
  },
  "event.setLook": { who: everyone, input: () => ({}) },
  "export.events": { who: everyone, input: () => ({ format: "csv", selection: {}, columns: ["number"] }) },
  "task.act": {
    who: duty,
    input: () => ({ eventId: assigned, taskId: "post:交通巡逻岗", action: "report", given: { text: "在路上" } }),
  },
  "event.merge": { who: transitionOf("merge").who, input: () => ({ ids: pairs.pop() }) },
  "draft.save": { who: everyone, input: () => ({ key: "k", value: "v" }) },
  "draft.drop": { who: everyone, input: () => ({ key: "k" }) },
  "log.write": { who: everyone, input: () => ({ kind: "note", text: "记一笔" }) },
  "officer.add": { who: admin, input: () => ({ name: "新人", grade: "operator", pin: "1111" }) },
  "officer.edit": { who: admin, input: () => ({ id: other, active: true }) },
  "sheet.takeStaff": { who: admin, input: () => ({ fileName: "a.csv", base64: sheet }) },
  "officer.setPin": { who: everyone, input: () => ({ pin, newPin: pin }) },
  "officer.resetPin": { who: admin, input: () => ({ officerId: other, newPin: pin }) },
  "roster.assign": {
    who: upper,
    input: () => ({ on: "2027-06-05", shift: "day", role: "standby", index: 0, officerId: other }),
  },
  "roster.publish": { who: upper, input: () => ({ month: "2027-05", slots: {} }) },
  "sheet.takeRoster": { who: upper, input: () => ({ fileName: "a.csv", base64: sheet }) },
  "event.open": { who: ["shift_leader", "leader"], input: () => ({ id: event, reason: "查看" }) },
  "event.sop": { who: duty, input: () => ({ id: event, item: "没有这一项", done: true }) },
  "intake.take": { who: duty, input: () => ({ text: "路灯不亮" }) },
  "table.publish": {
    who: admin,
    input: () => ({ table: "criteria", cells: [["a", "时效", "", "25", ""]], was: "0000000000000000" }),
  },
  "handover.sign": {
    who: everyone,
    input: () => ({ handoverId: "2026-11-21/none", side: "outgoing", officerId: other, pin }),
  },
  "fault.report": { who: everyone, input: () => ({ assetId: "none", text: "不亮" }) },
  "fault.act": { who: everyone, input: () => ({ id: "none", action: "note" }) },
  "hazard.report": { who: everyone, input: () => ({ title: "护栏松动", dueOn: "2026-12-20" }) },
  "hazard.act": { who: everyone, input: () => ({ id: "none", action: "note" }) },
  "link.enrol": { who: upper, input: () => ({ url: "x", code: "y" }) },
  "clock.adopt": { who: ["shift_leader", "leader"], input: () => ({}) },
  "link.settle": { who: everyone, input: () => ({ opId: "none", how: "drop" }) },
  "alarm.acknowledge": { who: everyone, input: () => ({ keys: ["none"] }) },
};

/** Every officer comes to these; the rules of their own noun say more, and its tests prove them. */
const ofTheirNoun = [
  ...["asset.put", "asset.remove", "basemap.add", "basemap.addOnline", "basemap.remove", "work.create"],
  ...["file.begin", "file.piece", "file.drop", "import.open", "import.choose", "import.take", "import.undo"],
  ...["import.leave", "export.begin", "export.left", "export.leave", "carry.act", "handover.act"],
  ...["attachment.stage", "attachment.unstage", "attachment.add", "attachment.withdraw", "attachment.fetch"],
  ...["log.changeKey", "log.erase", "log.export", "holiday.take", "overlay.save", "overlay.bring", "overlay.remove"],
  ...["roster.cover", "roster.edit", "roster.leave", "roster.rules", "roster.step", "roster.swap", "roster.wish"],
];

beforeAll(async () => {
  desk = await openTestDesk();
  for (const officer of (await desk.get("session.officers")).officers) {
    if (ids.has(officer.grade)) other = officer.id;
    else ids.set(officer.grade, officer.id);
  }
  await desk.get("session.signIn", { pin });
  assigned = (await desk.get("event.report", { text: "路口堵车" })).event.id;
  await desk.get("event.transition", { id: assigned, action: "accept" });
  await desk.get("event.transition", {
    id: assigned,
    action: "assign",
    given: { lead: { kind: "post", name: "交通巡逻岗" } },
  });
  const reported = async () => (await desk.get("event.report", { text: "路灯不亮" })).event.id;
  event = await reported();
  for (const _ of grades) pairs.push([await reported(), await reported()]);
}, 60_000);
afterAll(async () => {
  await desk.close();
  forget(desk.profileDir);
});

describe("OF-4 role × command", () => {
  test.each(grades)("%s", async (grade) => {
    await desk.get("session.signIn", { officerId: ids.get(grade) ?? "", pin });
    const may: string[] = [];
    const mayNot: string[] = [];
    for (const [name, row] of Object.entries(table) as [CallName, Row][]) {
      const error = await desk.refusal(name, (await row.input()) as InputOf<CallName>);
      (notAllowed.includes(error) ? mayNot : may).push(name);
    }
    const expected = Object.entries(table).flatMap(([name, { who }]) => (who.includes(grade) ? [name] : []));
    expect(may).toEqual(expected);
    expect(may.length + mayNot.length).toBe(Object.keys(table).length);
  });

  test("no command behind the officer's door is forgotten", () => {
    const behind = Object.entries(contract).flatMap(([name, row]) =>
      row.kind === "command" && row.door === "officer" ? [name] : [],
    );
    expect([...Object.keys(table), ...ofTheirNoun].toSorted()).toEqual(behind.toSorted());
    const narrowed = behind.filter((name) => "grades" in contract[name as CallName]);
    expect(narrowed.filter((name) => ofTheirNoun.includes(name))).toEqual([]);
  });
});
