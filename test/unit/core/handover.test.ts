import { createHash, createPublicKey, verify } from "node:crypto";
import { cpSync } from "node:fs";
import { inflateRawSync } from "node:zlib";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { hashOf } from "#core/session/handover-signature.ts";
import type { HandoverDraft, InputOf } from "#shared/contract.ts";
import { linesOf, readRecord } from "#shared/domain/handover/record.ts";
import { sheetOfSigned } from "#shared/domain/handover/sheet.ts";
import { hourMs, minuteMs } from "#shared/lib/time.ts";
import { answeredDraft } from "../../handover-input.ts";
import { forget, openTestDesk, saturday, type TestDesk } from "./desk.ts";

const pin = "2580";
/** 20:26 in China, four minutes before the day shift ends. */
const almostDue = saturday + 6 * hourMs + 23 * minuteMs;
let desk: TestDesk;
let profileDir: string;

/** A sample desk is made once; each test has its own copy. */
let sample: string;
beforeAll(async () => {
  const made = await openTestDesk();
  await made.close();
  sample = made.profileDir;
});
afterAll(() => forget(sample));
beforeEach(async () => {
  profileDir = `${sample}-copy`;
  cpSync(sample, profileDir, { recursive: true });
  desk = await openTestDesk({ profileDir });
  desk.clock.now = almostDue;
  await desk.get("session.signIn", { pin });
});
afterEach(async () => {
  await desk.close();
  forget(profileDir);
});

type SignInput = InputOf<"handover.sign">;
const offer = (draft: HandoverDraft, more: Partial<SignInput> = {}): SignInput => ({
  handoverId: draft.handoverId,
  side: "outgoing",
  officerId: draft.mayOffer[0] ?? "",
  pin,
  ...answeredDraft(draft),
  ...more,
});
const accept = (draft: HandoverDraft, more: Partial<SignInput> = {}): SignInput => ({
  handoverId: draft.handoverId,
  side: "incoming",
  officerId: draft.mayAccept.find((id) => id !== draft.mayOffer[0]) ?? "",
  pin,
  ...more,
});

test("HO-1 HO-2 HO-3 HO-4: both sides sign the same record, in order, and then it is sealed", async () => {
  const draft = await desk.get("handover.draft");
  expect(draft).toMatchObject({ handoverId: "2026-11-21/day", phase: "draft" });
  expect(draft.record.openEvents).toHaveLength(5);
  expect(linesOf(draft.record, "whistle")).toHaveLength(1);
  expect(draft.record.checklist.length).toBeGreaterThan(5);
  const { handoverId } = draft;
  const first = offer(draft, { remarks: "夜间注意茶竹路大雾" });
  expect(await desk.refusal("handover.sign", accept(draft))).toBe("handover.order");
  expect(await desk.refusal("handover.sign", { ...first, officerId: draft.mayAccept[0] ?? "" })).toBe(
    "handover.not_outgoing",
  );
  expect(await desk.refusal("handover.sign", { ...first, pin: "0000" })).toBe("session.wrong_pin");
  await desk.get("handover.sign", first);
  expect(await desk.refusal("handover.sign", first)).toBe("handover.order");
  expect(await desk.refusal("handover.sign", accept(draft, { officerId: first.officerId }))).toBe(
    "handover.not_incoming",
  );

  // What happens after the outgoing signature does not change what was signed.
  await desk.get("event.report", { text: "交班后来电：路灯不亮" });
  const { handover } = await desk.get("handover.sign", accept(draft));
  expect(handover.phase).toBe("sealed");
  expect(handover.record.openEvents).toHaveLength(5);
  expect(handover.record.remarks).toBe("夜间注意茶竹路大雾");
  for (const side of ["outgoing", "incoming"] as const) {
    const signature = handover[side];
    if (!signature) throw new Error("no signature");
    expect(signature.recordHash).toBe(hashOf(handover.record));
    const key = createPublicKey({
      key: { kty: "OKP", crv: "Ed25519", x: Buffer.from(signature.publicKey, "base64").toString("base64url") },
      format: "jwk",
    });
    const { recordHash, statementHash, officerId, at } = signature;
    const text = ["zhishou-handover-v2", handoverId, side, recordHash, statementHash, officerId, String(at)].join("\n");
    expect(verify(null, Buffer.from(text), key, Buffer.from(signature.signature, "base64"))).toBe(true);
    expect(verify(null, Buffer.from(`${text}0`), key, Buffer.from(signature.signature, "base64"))).toBe(false);
  }
  expect(await desk.refusal("handover.sign", accept(draft))).toBe("handover.sealed");
  expect(await desk.get("handover.get", { id: handoverId })).toMatchObject({
    handover,
    check: { outgoing: "sound", incoming: "sound" },
  });
  expect((await desk.get("handover.list")).handovers[0]).toMatchObject({ id: handoverId, phase: "sealed" });
  expect((await desk.get("handover.list", { search: "茶竹路大雾" })).handovers).toHaveLength(1);
  expect((await desk.get("handover.list", { search: "%没有这样的字_" })).handovers).toEqual([]);
});

test("HO-5: the core refuses a handover whose checks are open, before it looks at the PIN", async () => {
  const draft = await desk.get("handover.draft");
  const open = draft.record.checklist.map(({ item }) => ({ item, ok: false, note: "" }));
  const required = draft.record.checklist.filter(({ required }) => required).length;
  const answer = await desk.call("handover.sign", offer(draft, { checklist: open, pin: "0000" }));
  expect(answer).toMatchObject({ ok: false, error: { id: "handover.checklist", params: { count: required } } });
  const noted = open.map((one) => ({ ...one, note: "未查，备件在路上" }));
  await desk.get("handover.sign", offer(draft, { checklist: noted }));
});

test("HO-6: every item must have been seen as it stands; one that changed since is unseen again", async () => {
  const draft = await desk.get("handover.draft");
  expect(await desk.refusal("handover.sign", offer(draft, { review: [] }))).toBe("handover.unseen");
  const [event] = draft.record.openEvents;
  if (!event) throw new Error("the sample has no open event");
  const { actions } = await desk.get("event.get", { id: event.eventId });
  expect(actions.length).toBeGreaterThan(0);
  desk.clock.now += minuteMs;
  await desk.get("event.report", { text: "新来一件：桥下积水" });
  const answer = await desk.call("handover.sign", offer(draft));
  expect(answer).toMatchObject({ ok: false, error: { id: "handover.unseen", params: { count: 1 } } });
  const now = await desk.get("handover.draft");
  const review = now.review.map((one, index) => ({ ...one, note: index === 0 ? "等交巡警" : "" }));
  const { handover } = await desk.get("handover.sign", offer(now, { review }));
  expect(readRecord(handover.record).openEvents[0]?.note).toBe("等交巡警");
});

test("HO-19: who signs is told what somebody of the outgoing shift typed and did not save, not the words; it stops nobody", async () => {
  const draft = await desk.get("handover.draft");
  const [first = "", second = ""] = [...new Set(draft.record.outgoing.map(({ officerId }) => officerId))];
  const officerIds = [first, second];
  const unsaved = async () => (await desk.get("draft.unsaved", { officerIds })).drafts;
  expect(await unsaved()).toEqual([]);
  await desk.get("session.signIn", { pin, officerId: second });
  await desk.get("draft.save", { key: "log", value: "半句话" });
  // What is kept of a screen, and of a step that is taken later, is no news.
  await desk.get("draft.save", { key: "map.layers", value: "{}" });
  await desk.get("session.signIn", { pin, officerId: first });
  desk.clock.now += minuteMs;
  await desk.get("draft.save", { key: "intake", value: "桥下有人呼救" });
  const typed = await unsaved();
  expect(typed).toEqual([
    { officerId: second, form: "log", savedAt: desk.clock.now - minuteMs },
    { officerId: first, form: "intake", savedAt: desk.clock.now },
  ]);
  expect((await desk.get("draft.unsaved", { officerIds: [second] })).drafts).toHaveLength(1);
  const { handover } = await desk.get("handover.sign", offer(await desk.get("handover.draft")));
  expect(JSON.stringify(handover)).not.toContain("呼救");
  expect(await unsaved(), "the relief is told, too").toEqual(typed);
  await desk.get("draft.drop", { key: "intake" });
  expect((await unsaved()).map(({ form }) => form)).toEqual(["log"]);
});

test("HO-7 HO-12: two items pass to named people, one refuses, the leader decides, and both go on until they are finished", async () => {
  const draft = await desk.get("handover.draft");
  const left = draft.record.carryOver;
  expect(left.length, "the sample's night shift left two items").toBe(2);
  expect(await desk.refusal("handover.sign", offer(draft, { carryOver: [] }))).toBe("handover.carry_lost");
  const signer = accept(draft).officerId;
  const main = draft.record.incoming.find(({ role }) => role === "main_operator")?.officerId ?? "";
  const carryOver = [
    ...left.map(({ id, text }) => ({ id, text, eventId: null, toOfficerId: main })),
    { id: null, text: "盯住茶竹路涝点", eventId: draft.record.openEvents[0]?.eventId ?? null, toOfficerId: signer },
  ];
  await desk.get("handover.sign", offer(draft, { carryOver }));
  expect((await desk.get("carry.list")).items.every(({ times }) => times === 1)).toBe(true);
  await desk.get("handover.sign", accept(draft));
  const items = (await desk.get("handover.get", { id: draft.handoverId })).items;
  expect(items.map(({ state, officerId, times }) => [state, officerId, times])).toEqual([
    ["waiting", main, 2],
    ["waiting", main, 2],
    ["accepted", signer, 1],
  ]);

  // The next shift: the named person refuses one, the leader gives it back, both are finished in time.
  await desk.get("session.signIn", { pin, officerId: main });
  const [first, second] = (await desk.get("carry.list")).items;
  if (!first || !second) throw new Error("the items are not on the desk");
  expect(first.actions).toEqual(["accept", "finish", "contest"]);
  expect(await desk.refusal("carry.act", { id: first.id, action: "contest" })).toBe("event.missing");
  await desk.get("carry.act", { id: first.id, action: "contest", text: "施工队电话不通" });
  expect(await desk.refusal("carry.act", { id: first.id, action: "decide", text: "还是你" })).toBe("carry.not_yours");
  await desk.get("carry.act", { id: second.id, action: "accept" });
  const leader = draft.leaders[0]?.officerId ?? "";
  await desk.get("session.signIn", { pin, officerId: leader });
  const decided = await desk.get("carry.act", {
    id: first.id,
    action: "decide",
    text: "改由值班长联系",
    toOfficerId: signer,
  });
  expect(decided.item).toMatchObject({ state: "waiting", officerId: signer });
  await desk.get("session.signIn", { pin, officerId: main });
  await desk.get("carry.act", { id: second.id, action: "finish", text: "电池已签收" });
  expect(await desk.refusal("carry.act", { id: second.id, action: "finish", text: "又一次" })).toBe("carry.finished");
  const texts = (await desk.get("log.list", { kinds: ["handover"] })).entries.map(({ text }) => text.zh);
  expect(texts[0]).toMatch(/^遗留事项办完：.*：电池已签收$/);

  // What is not finished stands in the next draft by itself.
  desk.clock.now += 12 * hourMs;
  const next = await desk.get("handover.draft");
  expect(next.handoverId).toBe("2026-11-21/night");
  expect(next.record.carryOver.map(({ id }) => id).sort()).toEqual(
    items
      .map(({ id }) => id)
      .filter((id) => id !== second.id)
      .sort(),
  );
});

test("HO-8 HO-9: late says why; with a required person absent only a leader signs", async () => {
  desk.clock.now = almostDue + 30 * minuteMs;
  const draft = await desk.get("handover.draft");
  expect(draft.handoverId, "the unsigned shift stays first").toBe("2026-11-21/day");
  expect(await desk.refusal("handover.sign", offer(draft))).toBe("handover.late");
  const [gone] = draft.record.outgoing;
  if (!gone) throw new Error("nobody is on duty");
  const statement = { reason: "接班人堵在路上", absent: [{ ...gone, why: "送医" }] };
  expect(await desk.refusal("handover.sign", offer(draft, { statement, officerId: draft.mayOffer[1] ?? "" }))).toBe(
    "handover.partial",
  );
  const leader = draft.leaders.find(({ officerId }) => !draft.mayOffer.includes(officerId));
  if (!leader) throw new Error("the sample has one leader only");
  expect(
    await desk.refusal("handover.sign", offer(draft, { statement: { reason: "晚" }, officerId: leader.officerId })),
  ).toBe("handover.not_outgoing");
  const { handover } = await desk.get("handover.sign", offer(draft, { statement, officerId: leader.officerId }));
  expect(handover.statements?.outgoing.absent).toHaveLength(1);
  const [line] = (await desk.get("log.list", { kinds: ["handover"] })).entries;
  expect(line?.text.zh).toMatch(/晚 26 分钟，.*缺席，领导代签/);
});

test("HO-10 HO-11: an offer is taken back and signed anew; what is contested waits for the leader and does not hold the shift", async () => {
  const draft = await desk.get("handover.draft");
  await desk.get("draft.save", { key: "handover", value: "半份草稿" });
  await desk.get("handover.sign", offer(draft));
  await desk.get("handover.act", { handoverId: draft.handoverId, action: "withdraw", text: "漏了一件" });
  expect((await desk.get("draft.load", { key: "handover" })).value, "nothing written is lost").toBe("半份草稿");
  const again = await desk.get("handover.draft");
  expect(again).toMatchObject({ phase: "withdrawn", handover: { withdrawn: [{ text: "漏了一件" }] } });
  await desk.get("handover.sign", offer(again));
  const refused = await desk.get("handover.sign", accept(again, { statement: { remarks: "钥匙少一把" } }));
  expect(refused.handover).toMatchObject({ phase: "contested", incoming: { name: expect.any(String) } });
  desk.clock.now = almostDue + hourMs;
  expect((await desk.get("desk.now")).handoverOverdueOn).toBeNull();
  const decide = { handoverId: draft.handoverId, action: "decide", text: "钥匙明早补配" } as const;
  expect(await desk.refusal("handover.act", decide)).toBe("event.role");
  await desk.get("session.signIn", { pin, officerId: draft.leaders[0]?.officerId ?? "" });
  expect((await desk.get("handover.act", decide)).handover).toMatchObject({
    phase: "sealed",
    decision: { text: "钥匙明早补配" },
  });
  expect((await desk.get("handover.get", { id: draft.handoverId })).check).toEqual({
    outgoing: "sound",
    incoming: "sound",
  });
});

test("HO-3 HO-21 PS-1: who stands on both sides signs once and has come to the next shift; with nobody else left a leader signs instead", async () => {
  const { current, next } = await desk.get("desk.now");
  const stays = current?.people.find(({ role }) => role === "main_operator");
  if (!stays || !next) throw new Error("the sample has no shift");
  // By plan nobody else comes.
  await desk.get("session.signIn", { pin, officerId: "cs-14" });
  const changes = next.people.map(({ role, index, officerId }) => ({
    slot: `${next.on}/${next.shift}/${role}/${index}`,
    officerId: role === "main_operator" ? stays.officerId : null,
    was: officerId,
  }));
  await desk.get("roster.edit", { changes });
  await desk.get("session.signIn", { pin, officerId: stays.officerId });
  const draft = await desk.get("handover.draft");
  expect(draft.mayAccept).toEqual([stays.officerId]);
  await desk.get("handover.sign", offer(draft, { officerId: stays.officerId }));
  expect((await desk.get("presence.now")).next?.people).toMatchObject([{ officerId: stays.officerId, arrival: {} }]);

  const { handoverId, leaders, mayAccept } = await desk.get("handover.draft");
  expect(mayAccept).toEqual([stays.officerId, ...leaders.map(({ officerId }) => officerId)]);
  const taken = { handoverId, side: "incoming", pin } as const;
  expect(await desk.refusal("handover.sign", { ...taken, officerId: stays.officerId })).toBe("handover.same_person");
  const other = draft.mayOffer.find((id) => id !== stays.officerId && !mayAccept.includes(id)) ?? "";
  expect(await desk.refusal("handover.sign", { ...taken, officerId: other })).toBe("handover.not_incoming");
  const { handover } = await desk.get("handover.sign", { ...taken, officerId: leaders[0]?.officerId ?? "" });
  expect(handover).toMatchObject({ phase: "sealed", statements: { incoming: { absent: [] } } });
  expect(sheetOfSigned(handover).signatures.map(({ notes }) => notes)).toEqual([
    [],
    ["本方没有另外的人可签，由带班领导代签"],
  ]);
});

test("PS-1: who signs for the incoming shift is not named as missing", async () => {
  const draft = await desk.get("handover.draft");
  await desk.get("handover.sign", offer(draft));
  const officerId = draft.record.incoming.find(({ role }) => role === "main_operator")?.officerId ?? "";
  await desk.get("handover.sign", accept(draft, { officerId }));
  desk.clock.now = draft.record.dueAt + minuteMs;
  const { alarms } = await desk.get("alarm.list");
  const absent = alarms.find(({ kind }) => kind === "absent");
  expect(absent?.keys).toHaveLength(2);
  expect(absent?.keys.some((key) => key.endsWith(officerId))).toBe(false);
});

test("HO-20: the record says who stood in a place that changed hands during the shift, with their times, and so does the sheet", async () => {
  const leader = "cs-05";
  const { shift } = await desk.get("roster.onDuty");
  const here = shift?.people.find(({ role }) => role === "deputy_operator");
  const { officers } = await desk.get("officer.list");
  const relief = officers.find(
    ({ id, grade }) => grade === "operator" && !shift?.people.some(({ officerId }) => officerId === id),
  );
  if (!shift || !here || !relief) throw new Error("the sample has nobody for this");
  const from = shift.startAt + 4 * hourMs;
  const untilAt = (until: number) => ({ fromAt: from, toAt: until, slot: `${shift.on}/day/deputy_operator/0` });
  const stood = async () => {
    const { record, review } = await desk.get("handover.draft");
    const line = linesOf(record, "watch").find(({ key }) => key === "watch/stood/deputy_operator/0");
    return { line, stamp: review.find(({ key }) => key === line?.key)?.stamp, record };
  };
  expect((await stood()).line, "nothing changed hands").toBeUndefined();
  await desk.get("session.signIn", { pin, officerId: leader });
  const given = { kind: "relief", officerId: relief.id, reason: "发热" } as const;
  await desk.get("roster.cover", { ...given, ...untilAt(from + 2 * hourMs) });
  const before = await stood();
  expect(before.line?.title).toBe(
    `副班：${here.name} 08:30–12:30、${relief.name} 12:30–14:30（临时顶岗）、${here.name} 14:30–20:30`,
  );
  // HO-6: words as long as before are other words.
  await desk.get("roster.cover", { ...given, ...untilAt(from + 3 * hourMs) });
  const after = await stood();
  expect(after.line?.title).toBe(before.line?.title.replaceAll("14:30", "15:30"));
  expect(after.stamp).not.toBe(before.stamp);
  const draft = await desk.get("handover.draft");
  const { handover } = await desk.get("handover.sign", offer(draft));
  const [facts, , more] = sheetOfSigned(handover).blocks;
  expect(JSON.stringify(facts)).toContain(`先后在岗 副班：${here.name} 08:30–12:30、${relief.name} 12:30`);
  expect(JSON.stringify(more), "told once").not.toContain("先后在岗");
});

test("HO-16 HO-17: a critical event owes its reports, an instruction stays until an entry names it", async () => {
  const { event } = await desk.get("event.report", { text: "河边有人落水", level: "critical" });
  const reportsOf = async () =>
    linesOf((await desk.get("handover.draft")).record, "report").filter(({ eventId }) => eventId === event.id);
  expect(await reportsOf()).toMatchObject([{ mark: "首报", detail: "尚未报告", at: almostDue + hourMs }]);
  desk.clock.now += 5 * minuteMs;
  await desk.get("log.write", { kind: "request", text: "首报：落水已出警", eventId: event.id });
  expect(await reportsOf()).toMatchObject([{ mark: "续报", detail: "已报 1 次", at: desk.clock.now + 2 * hourMs }]);

  const instructions = async () =>
    linesOf((await desk.get("handover.draft")).record, "instruction").map(({ title }) => title);
  const { id } = await desk.get("log.write", { kind: "instruction", text: "区长要求今晚报积水点清单" });
  expect(await instructions()).toContain("区长要求今晚报积水点清单");
  await desk.get("log.write", { kind: "note", text: "清单已报，区长已阅", corrects: id });
  expect(await instructions()).not.toContain("区长要求今晚报积水点清单");
});

test("HO-18: an open event names for whom it waits, by its tasks", async () => {
  const lead = { kind: "post", name: "交通巡逻岗" } as const;
  const co = { kind: "joint_post", name: "综合执法岗" } as const;
  const { event } = await desk.get("event.report", { text: "校门口堵车" });
  const next = async () =>
    (await desk.get("handover.draft")).record.openEvents.find(({ eventId }) => eventId === event.id)?.next;
  const step = (party: { kind: string; name: string }, action: "acknowledge" | "finish" | "decline", given = {}) =>
    desk.get("task.act", { eventId: event.id, taskId: `${party.kind}:${party.name}`, action, given });
  await desk.get("event.transition", { id: event.id, action: "accept" });
  await desk.get("event.transition", { id: event.id, action: "assign", given: { lead, coHandlers: [co] } });
  expect(await next()).toBe("待交通巡逻岗等2方签收");
  await step(lead, "acknowledge");
  expect(await next()).toBe("待交通巡逻岗等2方办完");
  await step(lead, "finish", { text: "已疏导" });
  expect(await next()).toBe("待综合执法岗签收");
  await step(co, "finish", { text: "已拖车" });
  expect(await next()).toBe("反馈");
  const other = await desk.get("event.report", { text: "河堤有人钓鱼" });
  await desk.get("event.transition", { id: other.event.id, action: "accept" });
  await desk.get("event.transition", { id: other.event.id, action: "assign", given: { lead } });
  const declined = { eventId: other.event.id, taskId: "post:交通巡逻岗", action: "decline", given: { text: "不归我" } };
  await desk.get("task.act", declined as never);
  const lines = (await desk.get("handover.draft")).record.openEvents;
  expect(lines.find(({ eventId }) => eventId === other.event.id)?.next).toBe("交通巡逻岗已退单，待改派");
});

test("HO-15: a signature that does not belong to the record is found; one of a former key is told apart", async () => {
  const draft = await desk.get("handover.draft");
  await desk.get("handover.sign", offer(draft));
  const { handover } = await desk.get("handover.sign", accept(draft));
  const { checkSignatures } = await import("#core/session/handover-signature.ts");
  const keys = new Map([handover.outgoing, handover.incoming].map((one) => [one?.officerId, one?.publicKey]));
  const keyOf = (id: string) => keys.get(id);
  expect(checkSignatures(handover, keyOf)).toEqual({ outgoing: "sound", incoming: "sound" });
  expect(checkSignatures(handover, () => undefined)).toEqual({ outgoing: "other_key", incoming: "other_key" });
  const record = { ...readRecord(handover.record), remarks: "改过" };
  expect(checkSignatures({ ...handover, record }, keyOf)).toEqual({ outgoing: "broken", incoming: "broken" });
  const { statements } = handover;
  if (!statements?.incoming) throw new Error("no statement");
  const softened = { ...statements, incoming: { ...statements.incoming, remarks: "没有异议" } };
  expect(checkSignatures({ ...handover, statements: softened }, keyOf)).toEqual({
    outgoing: "sound",
    incoming: "broken",
  });
  expect(checkSignatures({ ...handover, incoming: null }, keyOf).incoming).toBe("unsigned");
});

test("HO-14: the Word sheet made again later holds the same document, picture and all, and nothing confidential", async () => {
  await desk.get("event.report", { text: "未成年人走失，家长在所里", confidential: true, level: "critical" });
  const draft = await desk.get("handover.draft");
  await desk.get("handover.sign", offer(draft));
  await desk.get("handover.sign", accept(draft));
  const hashes: string[][] = [];
  const made = async () => {
    const { fileName, base64 } = await desk.get("handover.word", { id: draft.handoverId });
    expect(fileName).toBe("交接班记录_2026-11-21_白班.docx");
    const parts = partsOf(Buffer.from(base64, "base64"));
    const wanted = [...parts].filter(([name]) => /^word\/(document\.xml|footer\d\.xml|media\/.+\.png)$/.test(name));
    expect(wanted).toHaveLength(3);
    hashes.push(wanted.map(([name, bytes]) => `${name} ${createHash("sha256").update(bytes).digest("hex")}`));
    return parts.get("word/document.xml")?.toString("utf8") ?? "";
  };
  const text = await made();
  desk.clock.now += 400 * 24 * hourMs;
  await desk.get("session.signIn", { pin, officerId: draft.mayOffer[0] });
  await desk.get("event.report", { text: "后来的事" });
  await made();
  expect(hashes[1]).toEqual(hashes[0]);
  expect(text).toContain("值班交接班记录");
  expect(text).toContain("（涉密，不打印）");
  expect(text).not.toContain("走失");
});

test("HO-6: the draft of sixty open events is there at once, and one after the other is told apart", async () => {
  for (let index = 0; index < 60; index++)
    await desk.get("event.report", { text: `路灯不亮 ${index}`, level: "urgent" });
  const draft = await desk.get("handover.draft");
  expect(draft.record.openEvents).toHaveLength(65);
  expect(new Set(draft.review.map(({ key }) => key)).size).toBe(draft.review.length);
  const { handover } = await desk.get("handover.sign", offer(draft));
  expect(JSON.stringify(handover.record).length).toBeLessThan(60_000);
});

/** The files in a zip, by its central directory. */
function partsOf(zip: Buffer): Map<string, Buffer> {
  const parts = new Map<string, Buffer>();
  const end = zip.lastIndexOf("PK\x05\x06");
  let at = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left--) {
    const [size, nameLength] = [zip.readUInt32LE(at + 20), zip.readUInt16LE(at + 28)];
    const local = zip.readUInt32LE(at + 42);
    const from = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    const packed = zip.subarray(from, from + size);
    const name = zip.toString("utf8", at + 46, at + 46 + nameLength);
    parts.set(name, zip.readUInt16LE(at + 10) === 8 ? inflateRawSync(packed) : packed);
    at += 46 + nameLength + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  return parts;
}
