import { afterAll, beforeAll, expect, test } from "vitest";
import { hourMs, minuteMs } from "#shared/lib/time.ts";
import { forget, openTestDesk, type TestDesk } from "./desk.ts";

let desk: TestDesk;
beforeAll(async () => {
  desk = await openTestDesk();
  await desk.get("session.signIn", { pin: "2580" });
});
afterAll(async () => {
  await desk.close();
  forget(desk.profileDir);
});

/** Reports a minute later than the one before. */
async function report(text: string, more: object = {}) {
  desk.clock.now += minuteMs;
  return (await desk.get("event.report", { text, ...more })).event;
}
async function act(id: string, action: string, given: Record<string, unknown> = {}) {
  desk.clock.now += minuteMs;
  return (await desk.get("event.transition", { id, action: action as "accept", given })).event;
}
const detailOf = (id: string) => desk.get("event.get", { id });
const lead = { kind: "post", name: "建设环保岗" };

test("BO-4 BO-5 BO-8 three calls of one matter become one: the first leads, the others are seen from it, each undo brings one back", async () => {
  const first = await report("幸福路路灯不亮", { callerName: "陈女士", callerPhone: "138 0000 0001" });
  const second = await report("幸福路整排路灯都黑了", { callerName: "周先生", callerPhone: "138 0000 0002" });
  const third = await report("幸福路晚上太黑");
  await act(second.id, "accept");
  desk.clock.now += minuteMs;
  const { lead: leads, merged } = await desk.get("event.merge", { ids: [third.id, first.id, second.id] });
  expect(leads.id).toBe(first.id);
  expect(merged.map(({ state }) => state)).toEqual(["merged", "merged"]);
  const seen = await detailOf(first.id);
  expect(seen.bonds.merged).toMatchObject([
    { number: second.number, callerName: "周先生", callerPhone: "138 0000 0002", text: "幸福路整排路灯都黑了" },
    { number: third.number, text: "幸福路晚上太黑" },
  ]);
  expect(seen.event).toMatchObject({ state: "reported" });
  expect((await detailOf(second.id)).bonds.into).toMatchObject({ number: first.number, title: first.title });
  expect((await desk.get("event.list", { view: "open", limit: 200 })).rows.map(({ id }) => id)).not.toContain(third.id);
  expect(await desk.refusal("event.transition", { id: first.id, action: "void", given: { reason: "误报" } })).toBe(
    "event.leads_others",
  );
  const back = await act(second.id, "unmerge");
  expect(back).toMatchObject({ state: "accepted", closedAt: null, merged: null, dueAt: second.dueAt });
  expect((await detailOf(first.id)).bonds.merged.map(({ id }) => id)).toEqual([third.id]);
});

test("BO-8 one that cannot be merged leaves all of them as they were", async () => {
  const first = await report("井盖松动甲");
  const second = await report("井盖松动乙");
  const third = await report("井盖松动丙");
  await act(third.id, "void", { reason: "重复" });
  expect(await desk.refusal("event.merge", { ids: [first.id, second.id, third.id] })).toBe("event.not_from_here");
  expect((await detailOf(second.id)).event.state).toBe("reported");
  expect((await detailOf(first.id)).bonds.merged).toEqual([]);
  await act(first.id, "void", { reason: "误报" });
  const later = await report("井盖松动丁");
  expect(await desk.refusal("event.merge", { ids: [first.id, later.id] })).toBe("event.merge_lead");
});

test("BO-4 a lead that is merged itself still shows everything, and each says where it ends", async () => {
  const a = await report("积水甲");
  const b = await report("积水乙");
  const c = await report("积水丙");
  await desk.get("event.merge", { ids: [b.id, c.id] });
  await desk.get("event.merge", { ids: [a.id, b.id] });
  expect((await detailOf(a.id)).bonds.merged.map(({ id }) => id)).toEqual([b.id, c.id]);
  expect((await detailOf(c.id)).bonds).toMatchObject({ into: { id: b.id }, leads: { id: a.id } });
});

test("BO-6 BO-7 a split makes an event of each line, in one transaction; links show from both sides", async () => {
  const whole = await report("步道垃圾成堆，路灯也坏了，护栏松动", { callerName: "吴女士" });
  await act(whole.id, "accept");
  await act(whole.id, "assign", { lead });
  await act(whole.id, "split", { parts: ["步道路灯坏了三盏", "步道护栏松动两处"] });
  const seen = await detailOf(whole.id);
  expect(seen.event).toMatchObject({ state: "assigned", lead });
  expect(seen.bonds.links).toMatchObject([
    { kind: "split_from", way: "back", title: "步道路灯坏了三盏" },
    { kind: "split_from", way: "back", title: "步道护栏松动两处" },
  ]);
  const piece = await detailOf(seen.bonds.links[0]?.id ?? "");
  expect(piece.event).toMatchObject({ state: "reported", callerName: "吴女士", tasks: [] });
  expect(piece.bonds.links).toMatchObject([{ kind: "split_from", way: "there", number: whole.number }]);
  const other = await report("另一处护栏松动");
  await act(other.id, "link", { other: { eventId: whole.id }, linkKind: "same_cause", text: "同一批护栏" });
  expect((await detailOf(whole.id)).bonds.links.at(-1)).toMatchObject({
    kind: "same_cause",
    way: "back",
    text: "同一批护栏",
  });
  await act(other.id, "unlink", { other: { eventId: whole.id, number: whole.number } });
  expect((await detailOf(whole.id)).bonds.links).toHaveLength(2);
  expect(
    await desk.refusal("event.transition", {
      id: other.id,
      action: "link",
      given: { other: { eventId: "none" }, linkKind: "related" },
    }),
  ).toBe("event.unknown");
});

test("BO-6 CF-2 CF-3 a confidential event stays so where another is linked to it, and is left out on paper", async () => {
  const secret = await report("邻里纠纷，双方已动手", { confidential: true });
  const other = await report("同一栋楼噪声");
  await act(other.id, "link", { other: { eventId: secret.id }, linkKind: "same_cause" });
  await desk.get("session.signOut");
  await desk.get("session.signIn", { pin: "2580" });
  expect((await detailOf(other.id)).bonds.links).toMatchObject([{ number: secret.number, title: "涉密事件" }]);
  expect((await desk.get("event.timeline", { id: other.id })).text).not.toContain("纠纷");
});

test("HO-17 a request to a leader waits in the handover until it is answered; it is no report of its event", async () => {
  const event = await report("山火烟点", { level: "critical" });
  const { officers } = await desk.get("officer.list");
  const leader = officers.find(({ grade }) => grade === "leader")?.id ?? "";
  const { id } = await desk.get("log.write", {
    kind: "request",
    text: "是否疏散游客",
    eventId: event.id,
    officerIds: [leader],
  });
  const linesOf = async () =>
    (await desk.get("handover.draft")).record.sections.find(({ code }) => code === "instruction")?.items ?? [];
  const waiting = async () => (await linesOf()).filter(({ title }) => title === "是否疏散游客");
  expect(await waiting()).toMatchObject([{ mark: "请示", eventId: event.id }]);
  const reports = (await desk.get("handover.draft")).record.sections.find(({ code }) => code === "report")?.items ?? [];
  expect(reports.find(({ eventId }) => eventId === event.id)).toMatchObject({ mark: "首报", detail: "尚未报告" });
  await desk.get("log.write", {
    kind: "instruction",
    text: "疏散",
    eventId: event.id,
    corrects: id,
    officerIds: [leader],
  });
  expect(await waiting()).toEqual([]);
});

test("TL-1 the course of an event is written out whole, the same text each time; TL-2 of a confidential one without its words", async () => {
  desk.clock.now = Date.parse("2026-11-22T02:00:00Z");
  const event = await report("步道西段区界处垃圾无人清理", {
    source: "patrol",
    category: "public_space",
    place: { text: "竹海步道西段", point: null, community: "茶园村", grid: "第六网格" },
  });
  await act(event.id, "accept");
  await act(event.id, "mark_border", { border: "邻区商圈街道" });
  await act(event.id, "assign", { lead });
  await act(event.id, "acknowledge", { party: lead.name, via: "电话" });
  await act(event.id, "whistle", { whistleKind: "difficult", to: "区城市管理局", text: "请商定长期管护" });
  desk.clock.now += 2 * hourMs;
  await act(event.id, "route", { to: "区城市管理局", toldBy: "区中心钱调度" });
  await act(event.id, "feedback", { text: "两区商定", toldBy: "市政科孙科长" });
  await act(event.id, "rate", { scores: [{ code: "timeliness", name: "时效", points: 3, most: 5 }] });
  await act(event.id, "agree", {
    oneOff: "我方清理 200 米",
    upkeep: "对方日常管护",
    agreedBy: "两街道",
    agreedOn: "2026-11-22",
  });
  await act(event.id, "verify");
  await act(event.id, "close", { result: "已清理，\n对方管护" });
  const { text, fileName, sheet } = await desk.get("event.timeline", { id: event.id });
  const who = (await detailOf(event.id)).timeline[0]?.officerName;
  expect(fileName).toBe(`${event.number}_办理经过.txt`);
  expect(text.replaceAll(event.number, "编号").replaceAll(who ?? "?", "甲")).toBe(`茶山竹海街道治理中心
事件办理经过
编号 步道西段区界处垃圾无人清理

状态：已办结
等级：一般
类别：环境卫生与公共空间
板块：无
来源：巡查
来电人：无
地点：竹海步道西段，茶园村 第六网格
事由：步道西段区界处垃圾无人清理
主办：建设环保岗
协办：无
上报：2026-11-22 10:01:00
到期：2026-11-27 10:01:00
结束：2026-11-22 12:12:00
用时：2小时11分，按时
结果：已清理， 对方管护

〔办理经过〕
2026-11-22 10:01:00  接报：步道西段区界处垃圾无人清理  甲
2026-11-22 10:02:00  受理  甲  +1分钟
2026-11-22 10:03:00  标为跨区事项，对方：邻区商圈街道  甲  +1分钟
2026-11-22 10:04:00  分派给 建设环保岗  甲  +1分钟
2026-11-22 10:05:00  建设环保岗签收（电话），开始处置  甲  +1分钟
2026-11-22 10:06:00  吹哨（疑难），请 区城市管理局 报到：请商定长期管护  甲  +1分钟
2026-11-22 12:07:00  派哨给 区城市管理局（区中心钱调度 告知）  甲  +2小时1分
2026-11-22 12:08:00  处置反馈（市政科孙科长 告知）：两区商定  甲  +1分钟
2026-11-22 12:09:00  评哨：3/5 分（时效 3）  甲  +1分钟
2026-11-22 12:10:00  跨区协议（2026-11-22，两街道）：一次处置 我方清理 200 米；日常管护 对方日常管护  甲  +1分钟
2026-11-22 12:11:00  核查通过  甲  +1分钟
2026-11-22 12:12:00  办结：已清理， 对方管护  甲  +1分钟

〔第 1 次吹哨（疑难），区城市管理局，已评哨，得 3/5 分（时效 3/5）〕
2026-11-22 10:06:00  吹哨  区城市管理局，请商定长期管护  甲  2小时1分
2026-11-22 12:07:00  派哨  区城市管理局  甲（区中心钱调度 告知）  1分钟
2026-11-22 12:08:00  反馈  两区商定  甲（市政科孙科长 告知）  1分钟
2026-11-22 12:09:00  评哨  甲

〔跨区协议〕
邻区商圈街道  我方清理 200 米  对方日常管护  2026-11-22 两街道
`);
  desk.clock.now += 30 * hourMs;
  expect((await desk.get("event.timeline", { id: event.id })).text).toBe(text);
  expect(sheet.stamps).toEqual([]);

  const secret = await report("未成年人走失，张某某", { confidential: true, callerName: "张某母亲" });
  await act(secret.id, "accept", { note: "红衣女童" });
  const masked = (await desk.get("event.timeline", { id: secret.id })).text;
  for (const words of ["张某", "女童", "母亲"]) expect(masked).not.toContain(words);
  expect(masked).toContain("受理（涉密，不打印）");
  expect(masked).toContain("【涉密】");
});
