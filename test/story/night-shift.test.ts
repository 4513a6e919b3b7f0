import { afterAll, beforeAll, expect, test } from "vitest";
import type { Alarm, HandoverDraft, InputOf } from "#shared/contract.ts";
import { linesOf, readRecord } from "#shared/domain/handover/record.ts";
import { sheetOfSigned } from "#shared/domain/handover/sheet.ts";
import { hourMs, minuteMs } from "#shared/lib/time.ts";
import { answeredDraft } from "../handover-input.ts";
import { forget, openTestDesk, type TestDesk } from "../unit/core/desk.ts";

/** One night at the desk with time moved forward: what happened between two handovers stands in the second one. */
const pin = "2580";
/** 20:26 in China: the night shift comes at 20:30. */
const evening = Date.parse("2026-11-21T12:26:00Z");
let desk: TestDesk;
beforeAll(async () => {
  desk = await openTestDesk();
});
afterAll(async () => {
  await desk.close();
  forget(desk.profileDir);
});

const person = (people: HandoverDraft["record"]["incoming"], role: string): string =>
  people.find((one) => one.role === role)?.officerId ?? "";
const at = (hour: number, minute = 0) => {
  desk.clock.now = evening - 26 * minuteMs + (hour + (hour < 12 ? 4 : -20)) * hourMs + minute * minuteMs;
};
const sign = (draft: HandoverDraft, side: "outgoing" | "incoming", more: Partial<InputOf<"handover.sign">> = {}) =>
  desk.get("handover.sign", {
    handoverId: draft.handoverId,
    side,
    officerId: person(draft.record[side], "shift_leader"),
    pin,
    ...(side === "outgoing" ? answeredDraft(draft) : {}),
    ...more,
  });
const alarm = async (kind: Alarm["kind"]) => (await desk.get("alarm.list")).alarms.find((one) => one.kind === kind);

test("HO-6 HO-7 HO-12 HO-13: a whole night, from the relief's arrival to the morning's two signatures, and the items on the next desk", async () => {
  // 20:26 The day shift hands over; the night shift signs in.
  desk.clock.now = evening;
  await desk.get("session.signIn", { pin });
  const first = await desk.get("handover.draft");
  expect(first.handoverId).toBe("2026-11-21/day");
  await sign(first, "outgoing");
  await sign(first, "incoming");
  const night = first.record.incoming;
  const leader = person(night, "shift_leader");
  for (const role of ["shift_leader", "main_operator"])
    await desk.get("presence.arrive", { officerId: person(night, role), pin });
  at(20, 31);
  await desk.get("session.signIn", { officerId: leader, pin });

  // 21:00 A call, an instruction, a critical event and its first report; one event is closed.
  at(21);
  await desk.get("log.write", { kind: "call", text: "群众来电：后山有人放烟花", callerPhone: "13800000001" });
  const told = await desk.get("log.write", { kind: "instruction", text: "温书记：今晚盯住后山，烟花劝离后回话" });
  const { event } = await desk.get("event.report", { text: "石桥下有人落水", level: "critical" });
  at(21, 12);
  await desk.get("log.write", { kind: "request", text: "首报：石桥下落水，消防已出动", eventId: event.id });
  const { event: lamp } = await desk.get("event.report", { text: "茶竹路路灯不亮", confidential: true });
  at(21, 40);
  await desk.get("event.transition", { id: event.id, action: "accept" });
  await desk.get("event.transition", { id: event.id, action: "close", given: { result: "人已救起，送医" } });

  // 22:00 The main operator falls ill: the roster has a gap, the desk alarms, somebody acknowledges and fills it.
  at(22);
  const slot = { on: "2026-11-21", shift: "night", role: "main_operator" } as const;
  await desk.get("roster.assign", { ...slot, officerId: null });
  const gap = await alarm("gap_now");
  expect(gap).toMatchObject({ level: "red", roles: ["main_operator"] });
  await desk.get("alarm.acknowledge", { keys: gap?.keys ?? [] });

  // 23:30 on: the desk asks whether somebody is there; nobody answers until the leader on duty does.
  at(23, 30);
  const open = async () => (await desk.get("presence.now")).open;
  for (let minute = 0; (await open()).length === 0; minute++) {
    if (minute > 70) throw new Error("the desk did not ask");
    desk.later(minuteMs);
  }
  desk.later(4 * minuteMs);
  const [asked] = await open();
  expect(asked).toMatchObject({ kind: "vigilance", to: "leader_on_duty", missed: 1 });
  await desk.get("presence.answer", {
    kind: "vigilance",
    checkId: asked?.checkId ?? "",
    officerId: person(night, "leader_on_duty"),
    pin,
  });

  // 08:10 The screen locked itself in the night. The draft has it all without anybody having written it.
  at(8, 10);
  expect(await desk.refusal("handover.draft")).toBe("session.locked");
  await desk.get("session.signIn", { officerId: leader, pin });
  const draft = await desk.get("handover.draft");
  expect(draft).toMatchObject({ handoverId: "2026-11-21/night", phase: "draft" });
  const { record } = draft;
  const titles = (code: Parameters<typeof linesOf>[1]) =>
    linesOf(record, code).map(({ mark, title }) => `${mark} ${title}`);
  expect(record.openEvents.map(({ eventId }) => eventId)).toContain(lamp.id);
  expect(linesOf(record, "closed")).toMatchObject([{ number: event.number, detail: "人已救起，送医" }]);
  expect(titles("report").some((title) => title.startsWith("终报 石桥下有人落水"))).toBe(true);
  expect(titles("instruction")).toContain("批示 温书记：今晚盯住后山，烟花劝离后回话");
  const watch = titles("watch").join("；");
  expect(watch).toMatch(/空档 主班缺 1 人/);
  expect(watch).toMatch(/到岗 \S+、\S+/);
  expect(watch).toMatch(/在岗核验 1 次，席位按时应答 0 次/);
  expect(watch).toMatch(/席位漏答 .+分钟内应答/);
  expect(record.unconfirmed.waiting).toBeGreaterThan(5);

  // 08:24 Item by item, two carry-overs to two people; the instruction was answered meanwhile and is gone.
  at(8, 24);
  await desk.get("log.write", { kind: "note", text: "烟花已劝离，已回话", corrects: told.id });
  const whole = await desk.get("handover.draft");
  expect(
    linesOf(whole.record, "instruction")
      .map(({ title }) => title)
      .join(),
  ).not.toContain("烟花");
  const day = whole.record.incoming;
  const carryOver = [
    ...whole.record.carryOver.map(({ id, text, eventId, toOfficerId }) => ({ id, text, eventId, toOfficerId })),
    { id: null, text: "落水者家属 9 点来取衣物", eventId: null, toOfficerId: person(day, "main_operator") },
    {
      id: null,
      text: `${lamp.number} 路灯：供电所上午来人`,
      eventId: lamp.id,
      toOfficerId: person(day, "shift_leader"),
    },
  ];
  await sign(whole, "outgoing", { carryOver, remarks: "夜里降温，巡查车已加防冻液" });
  expect((await desk.get("desk.now")).handoverOverdueOn).toBeNull();
  at(8, 29);
  const { handover } = await sign(whole, "incoming");
  expect(handover.phase).toBe("sealed");
  const sealed = await desk.get("handover.get", { id: whole.handoverId });
  expect(sealed.check).toEqual({ outgoing: "sound", incoming: "sound" });
  expect(readRecord(handover.record).chain?.head).toMatch(/^[0-9a-f]{64}$/);
  const sheet = JSON.stringify(sheetOfSigned(handover));
  expect(sheet).toContain("夜里降温");
  expect(sheet, "a confidential event keeps its words off the paper").not.toContain("供电所上午来人");

  // 08:40 The next shift has the items on its desk, finishes one, and the other stands in its own draft.
  at(8, 40);
  await desk.get("session.signIn", { officerId: person(day, "main_operator"), pin });
  const mine = (await desk.get("carry.list")).items;
  const ours = mine.filter(({ handoverId }) => handoverId === whole.handoverId);
  expect(ours).toHaveLength(carryOver.length);
  const clothes = ours.find(({ text }) => text.includes("取衣物"));
  expect(clothes).toMatchObject({ state: "waiting", actions: ["accept", "finish", "contest"] });
  await desk.get("carry.act", { id: clothes?.id ?? "", action: "accept" });
  await desk.get("carry.act", { id: clothes?.id ?? "", action: "finish", text: "衣物已取走，签了字" });
  const next = (await desk.get("handover.draft")).record;
  expect(next.on).toBe("2026-11-22");
  expect(next.carryOver.map(({ eventId }) => eventId)).toContain(lamp.id);
  expect(next.carryOver.map(({ text }) => text).join(), "a handover has no word of it").not.toContain("供电所上午来人");
  expect(next.carryOver.map(({ text }) => text).join()).not.toContain("取衣物");
  const [line] = (await desk.get("log.list", { kinds: ["handover"] })).entries;
  expect(line?.text.zh).toBe("遗留事项办完：落水者家属 9 点来取衣物：衣物已取走，签了字");
});
