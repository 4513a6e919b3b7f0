import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { EventDetail } from "#shared/contract.ts";
import { type CallName, contract } from "#shared/contract.ts";
import { sheetOf, sheetOfSigned } from "#shared/domain/handover/sheet.ts";
import { answeredDraft } from "../../handover-input.ts";
import { record } from "../shared/samples.ts";
import { forget, openTestDesk, type TestDesk } from "./desk.ts";

const pin = "2580";
/** Words that stand nowhere else: each in a field of its own. */
const secrets = {
  title: "玄圭辞一",
  text: "玄圭辞二",
  callerName: "玄圭辞三",
  callerPhone: "13912345678",
  place: "玄圭辞四",
  feedback: "玄圭辞五",
  log: "玄圭辞六",
  sop: "玄圭辞七",
  why: "玄圭辞十七",
};
/** One step of the procedure of each category. */
const steps = { minor_protection: "通知公安联勤岗和学校", water_rescue: "语音杆、喊话劝离，盯住落水点" };

let desk: TestDesk;
let id: string;
let number: string;
let handoverId: string | undefined;
/** An event before it, and where it happened. */
let other: string;
const place = { community: "玄圭社区", grid: "玄圭网格" };
const ids: Record<string, string[]> = {};
const as = (grade: string, which = 0) => desk.get("session.signIn", { officerId: ids[grade]?.[which] ?? "", pin });

async function takeIt(category: keyof typeof steps): Promise<void> {
  desk = await openTestDesk();
  for (const grade of Object.keys(ids)) delete ids[grade];
  for (const { grade, id: officerId } of (await desk.get("session.officers")).officers)
    ids[grade] = [...(ids[grade] ?? []), officerId];
  await as("operator", 0);
  other = (await desk.get("event.report", { text: "路灯不亮" })).event.id;
  await desk.get("event.transition", { id: other, action: "accept", given: {} });
  const taken = await desk.get("intake.take", {
    text: secrets.text,
    title: secrets.title,
    level: "critical",
    category,
    callerName: secrets.callerName,
    callerPhone: secrets.callerPhone,
    place: { text: secrets.place, point: { lng: 105.87776, lat: 29.41064 }, ...place },
    dispatch: { lead: { kind: "joint_post", name: "公安联勤岗" } },
  });
  ({ id, number } = taken.event);
  await desk.get("event.transition", { id, action: "acknowledge", given: {} });
  await desk.get("event.transition", { id, action: "feedback", given: { text: secrets.feedback } });
  await desk.get("event.sop", { id, item: steps[category], done: true, note: secrets.sop });
  handoverId = (await desk.get("handover.list", {})).handovers[0]?.id;
  await desk.get("log.write", { kind: "instruction", text: secrets.log, eventId: id });
}

/** Enough for every query that needs to be told something. */
const inputs = async (): Promise<Partial<Record<CallName, unknown>>> => {
  const word = secrets.text;
  return {
    find: { text: word },
    "event.get": { id },
    "event.list": { view: "all", search: word, limit: 200 },
    "log.list": { search: secrets.log },
    "intake.think": {
      text: word,
      category: "minor_protection",
      phone: secrets.callerPhone,
      place: { text: secrets.place },
    },
    "intake.places": { text: secrets.place },
    "map.near": { lng: 105.87776, lat: 29.41064 },
    "handover.get": { id: handoverId },
    "handover.word": { id: handoverId },
    "table.get": { table: "category" },
    "event.propose": { text: "路灯" },
  };
};

async function words(): Promise<{ asked: number; found: string[] }> {
  const own = await inputs();
  const found: string[] = [];
  let asked = 0;
  for (const [name, row] of Object.entries(contract) as [CallName, (typeof contract)[CallName]][]) {
    if (row.kind !== "query") continue;
    for (const input of name in own ? [own[name], {}] : [{}]) {
      const answer = await desk.core.call(name, input);
      if (!answer.ok) continue;
      asked++;
      const said = JSON.stringify(answer.value);
      for (const [field, secret] of Object.entries(secrets)) if (said.includes(secret)) found.push(`${name}: ${field}`);
    }
  }
  return { asked, found };
}

describe.each([
  ["from its report on", "minor_protection"],
  ["made so after all of it was said (CF-4)", "water_rescue"],
] as const)("an event that is confidential %s", (_, category) => {
  beforeAll(async () => {
    await takeIt(category);
    if (category === "water_rescue")
      await desk.get("event.transition", { id, action: "seal", given: { reason: secrets.why } });
  }, 60_000);
  afterAll(async () => {
    await desk.close();
    forget(desk.profileDir);
  });

  test("CF-1: no query of the contract tells one of its words to an operator who did not report it", async () => {
    await as("operator", 1);
    const { asked, found } = await words();
    expect(found).toEqual([]);
    expect(asked).toBeGreaterThan(50);
    const detail: EventDetail = await desk.get("event.get", { id });
    expect(detail).toMatchObject({
      seal: "closed",
      event: { number, title: "涉密事件", lead: { name: "公安联勤岗" } },
      timeline: [],
    });
    const listed = await desk.get("event.list", { view: "open", limit: 200 });
    expect(listed.rows.find((row) => row.id === id)).toMatchObject({
      title: "涉密事件",
      place: { text: "", point: null },
    });
    expect((await desk.get("event.list", { view: "all", search: number })).rows.map((row) => row.id)).toEqual([id]);
    expect((await desk.get("event.list", { view: "all", search: secrets.title })).rows).toEqual([]);
    // As a list shows it and as it is said on the phone, in the list and by F4; it is not found by what it says beside.
    for (const said of [number, number.slice(4), number.slice(9), number.toLowerCase()]) {
      const rows = (await desk.get("event.list", { view: "all", search: said })).rows.map((row) => row.id);
      expect(rows, said).toContain(id);
      expect((await desk.get("find", { text: said })).found, said).toContainEqual(
        expect.objectContaining({ id, title: "涉密事件", point: null }),
      );
    }
    expect((await desk.get("event.list", { view: "all", search: `${number} ${secrets.title}` })).rows).toEqual([]);
    expect((await desk.get("find", { text: secrets.title })).found).toEqual([]);
    // How far the parties and the procedure are is no word of it.
    expect(detail.event.tasks.map(({ state, feedback, steps }) => ({ state, feedback, steps }))).toEqual([
      { state: "finished", feedback: "", steps: [] },
    ]);
    expect(detail.event.sop?.ticks).toMatchObject([{ item: steps[category], done: true, note: "" }]);
  });

  test("CF-1: nor to whom nobody has signed in as, nor to an administrator", async () => {
    await as("admin");
    expect((await words()).found).toEqual([]);
    await desk.get("session.signOut");
    expect((await words()).found).toEqual([]);
  });

  test("CF-1: nor to who has the right, before they have opened it: neither filter, order nor search tells it", async () => {
    for (const grade of ["leader", "shift_leader"]) {
      await as(grade);
      const { asked, found } = await words();
      expect(found).toEqual([]);
      expect(asked).toBeGreaterThan(50);
      const listed = (await desk.get("event.list", { view: "open", limit: 200 })).rows.find((row) => row.id === id);
      expect(listed).toMatchObject({ number, title: "涉密事件", confidential: true, level: "critical" });
      const finds = async (asked: object) =>
        (await desk.get("event.list", { view: "all", limit: 200, ...asked })).rows.some((row) => row.id === id);
      for (const said of [secrets.title, secrets.text, secrets.callerPhone, secrets.place, "xgcy"])
        expect(await finds({ search: said }), said).toBe(false);
      expect(await finds({ search: number })).toBe(true);
      expect(await finds({ communities: [place.community] })).toBe(false);
      expect(await finds({ grids: [place.grid] })).toBe(false);
      expect(await finds({ relapse: false })).toBe(true);
      expect((await desk.get("task.list", { view: "all" })).rows.find((row) => row.event.id === id)).toMatchObject({
        event: { title: "涉密事件" },
        task: { feedback: "" },
      });
    }
  });

  test("CF-1: the walk would find them: whoever has opened it sees them in lists; whoever reported it needs not, nor after signing in again", async () => {
    const names = ["event.list: title", "find: title", "log.list: log", "map.events: place", "intake.think: title"];
    await as("leader");
    await desk.get("event.open", { id, reason: "安排处置" });
    for (const name of names) expect((await words()).found).toContain(name);
    await as("operator", 0);
    const { found } = await words();
    for (const name of names) expect(found).toContain(name);
    // In full it is read after opening alone.
    expect(found.filter((one) => one.startsWith("event.get"))).toEqual([]);
    await desk.get("session.signOut");
    expect((await words()).found).toEqual([]);
    // The same officer begins anew, too.
    await as("leader");
    expect((await words()).found).toEqual([]);
  });

  test("CF-1: a relapse is not told by the filter either, before it is opened", async () => {
    await as("operator", 0);
    await desk.get("event.transition", {
      id,
      action: "link",
      given: { other: { eventId: other }, linkKind: "relapse" },
    });
    const lists = async (relapse: boolean) =>
      (await desk.get("event.list", { view: "all", relapse, limit: 200 })).rows.some((row) => row.id === id);
    expect([await lists(true), await lists(false)]).toEqual([true, false]);
    // Nor by the bonds, from either side.
    const links = async (of: string) => (await desk.get("event.get", { id: of })).bonds.links.length;
    await as("leader");
    expect([await lists(true), await lists(false)]).toEqual([false, true]);
    expect([await links(id), await links(other)]).toEqual([0, 0]);
    await desk.get("event.open", { id, reason: "安排处置" });
    expect([await links(id), await links(other)]).toEqual([1, 1]);
    expect([await lists(true), await lists(false)]).toEqual([true, false]);
  });

  test("CF-1: what was merged into it is told by its number until it is opened", async () => {
    await as("operator", 0);
    const report = async (text: string, confidential: boolean) =>
      (await desk.get("event.report", { text, confidential, callerName: "玄圭之邻" })).event;
    const [lead, open] = [await report("玄圭辞十三", true), await report("玄圭辞十四", false)];
    await desk.get("event.merge", { ids: [lead.id, open.id] });
    const merged = async () => (await desk.get("event.get", { id: lead.id })).bonds.merged;
    await as("leader");
    expect(await merged()).toMatchObject([{ number: open.number, title: "涉密事件", text: "", callerName: "" }]);
    await desk.get("event.open", { id: lead.id, reason: "安排处置" });
    expect(await merged()).toMatchObject([{ number: open.number, text: "玄圭辞十四", callerName: "玄圭之邻" }]);
  });

  test("CF-1: what two sealed events answer when they are merged has none of their words", async () => {
    await as("operator", 0);
    const ids: string[] = [];
    for (const text of ["玄圭辞十一", "玄圭辞十二"]) {
      const { event } = await desk.get("intake.take", {
        text,
        title: text,
        level: "normal",
        category: "minor_protection",
      });
      ids.push(event.id);
    }
    await as("leader");
    expect(JSON.stringify(await desk.get("event.merge", { ids }))).not.toContain("玄圭");
  });

  test("CF-2: it is read in full only after opening with a reason; that is a line of the log; another officer begins anew", async () => {
    await as("shift_leader");
    expect(await desk.get("event.get", { id })).toMatchObject({ seal: "may_open", event: { text: "" } });
    expect(await desk.refusal("event.open", { id, reason: "看" })).toBe("input.invalid");
    await desk.get("event.open", { id, reason: "安排回访" });
    const read = await desk.get("event.get", { id });
    expect(read).toMatchObject({ seal: "none", event: { text: secrets.text, callerName: secrets.callerName } });
    expect(read.timeline.at(-1)).toMatchObject({ action: "open", text: { zh: "打开涉密事件查看：安排回访" } });
    await as("operator", 1);
    expect(await desk.refusal("event.open", { id, reason: "想看" })).toBe("event.sealed");
    expect((await desk.get("event.get", { id })).event.text).toBe("");
    await as("shift_leader");
    expect((await desk.get("event.get", { id })).seal).toBe("may_open");
  });

  test("CF-1: what sounds is read by the whole room: it names the event only after opening, also to a leader", async () => {
    await as("operator", 0);
    const category = "minor_protection";
    const { event } = await desk.get("intake.take", {
      text: "玄圭辞八",
      title: "玄圭辞九",
      level: "critical",
      category,
    });
    const names = async () =>
      (await desk.get("alarm.list")).alarms.flatMap((alarm) => (alarm.eventId === event.id ? alarm.names : []));
    await as("leader");
    expect(await names()).toEqual(["涉密事件"]);
    await desk.get("event.open", { id: event.id, reason: "安排处置" });
    expect(await names()).toEqual(["玄圭辞九"]);
    await desk.get("session.lock");
    expect(await names(), "whoever stands before a locked desk").toEqual(["涉密事件"]);
    await desk.get("session.unlock", { pin: "2580" });
    expect(await names()).toEqual(["玄圭辞九"]);
    await desk.get("event.transition", { id: event.id, action: "accept", given: {} });
  });

  test("CF-1: what an operator without the right does to it answers without its words; whoever reported it may open it", async () => {
    await as("operator", 1);
    const done = await desk.get("event.transition", { id, action: "verify", given: {} });
    expect(JSON.stringify(done)).not.toContain(secrets.text);
    await as("operator", 0);
    await desk.get("event.open", { id, reason: "补充情况" });
    expect((await desk.get("event.get", { id })).event.text).toBe(secrets.text);
  });
});

test("CF-3: a handover as it goes to paper has none of the words, whoever prints it", () => {
  const line = {
    key: "closed/1",
    mark: "",
    number: "1",
    title: secrets.title,
    detail: secrets.text,
    at: null,
    eventId: null,
  };
  const carry = { id: "c", text: secrets.log, eventId: null, confidential: true, toOfficerId: "o", toName: "某" };
  const open = {
    eventId: "e",
    number: "1",
    title: secrets.place,
    state: "handling",
    level: "urgent",
    dueAt: null,
    lead: "",
  };
  const whole = {
    ...record,
    openEvents: [
      { ...open, next: "", reportedAt: 0, isNew: true, marks: [], confidential: true, note: secrets.feedback },
    ],
    sections: [{ code: "closed" as const, items: [{ ...line, confidential: true, note: secrets.callerName }] }],
    carryOver: [carry],
  };
  const source = { id: "h", record: whole, handover: null };
  expect(JSON.stringify(sheetOf(source, { masked: true }))).not.toContain("玄圭");
  expect(JSON.stringify(sheetOf(source, { masked: false }))).toContain(secrets.place);
});

describe("an SOP card", () => {
  beforeAll(() => takeIt("water_rescue"), 60_000);
  afterAll(async () => {
    await desk.close();
    forget(desk.profileDir);
  });

  test("SP-1 SP-2: with the first tick the card is the event's own; the first tick stands, may be taken back, and ends with the event", async () => {
    await as("operator", 1);
    const { event } = await desk.get("event.report", { text: "楼道积水", category: "waterlogging" });
    const [first] = (await desk.get("system.tables")).sops.rows.filter(({ category }) => category === "waterlogging");
    const item = first?.text ?? "";
    const tick = (done: boolean, note = "") => desk.refusal("event.sop", { id: event.id, item, done, note });
    expect(await desk.refusal("event.sop", { id: event.id, item: "没有这一项", done: true })).toBe("event.sop_item");
    expect(await tick(true, "约二十厘米")).toBe("none");
    const { sop } = (await desk.get("event.get", { id: event.id })).event;
    expect(sop?.card).toHaveLength(5);
    expect(sop?.ticks).toMatchObject([{ item, done: true, by: ids.operator?.[1], note: "约二十厘米" }]);
    await as("operator", 0);
    expect(await tick(true, "又勾一次")).toBe("none");
    expect((await desk.get("event.get", { id: event.id })).event.sop).toEqual(sop);
    expect(await tick(false)).toBe("none");
    const { timeline } = await desk.get("event.get", { id: event.id });
    expect(timeline.filter(({ action }) => action === "sop").map(({ text }) => text.zh)).toEqual([
      `处置规程：${item}（约二十厘米）`,
      `处置规程：${item}（又勾一次）`,
      `处置规程取消勾选：${item}`,
    ]);
    await as("leader");
    await desk.get("event.transition", { id: event.id, action: "void", given: { reason: "试" } });
    expect(await tick(true)).toBe("event.not_from_here");
  });
});

test("CF-1: a handover is masked on screen until its event is opened, but signed with its words; none is found by what is masked", async () => {
  const sample = await openTestDesk({ now: Date.parse("2026-11-21T12:26:00Z") });
  const { officers } = await sample.get("session.officers");
  const sit = (grade: string) =>
    sample.get("session.signIn", { officerId: officers.find((one) => one.grade === grade)?.id ?? "", pin });
  await sit("operator");
  const { event } = await sample.get("intake.take", {
    text: secrets.text,
    title: secrets.title,
    level: "critical",
    category: "minor_protection",
  });
  expect(JSON.stringify(await sample.get("handover.draft"))).toContain(secrets.title);
  await sit("leader");
  const draft = await sample.get("handover.draft");
  expect(JSON.stringify(draft)).not.toContain("玄圭");
  expect(draft.record.openEvents.find(({ eventId }) => eventId === event.id)).toMatchObject({ title: "涉密事件" });
  const item = { id: null, text: secrets.log, eventId: event.id, toOfficerId: draft.mayAccept[0] ?? "" };
  const { handover } = await sample.get("handover.sign", {
    handoverId: draft.handoverId,
    side: "outgoing",
    officerId: draft.mayOffer[0] ?? "",
    pin,
    ...answeredDraft(draft),
    carryOver: [
      ...draft.record.carryOver.map(({ id: itemId, text, eventId, toOfficerId }) => ({
        id: itemId,
        text,
        eventId,
        toOfficerId,
      })),
      item,
    ],
  });
  expect(JSON.stringify(handover)).not.toContain("玄圭");
  const found = async (search: string) => (await sample.get("handover.list", { search })).handovers.length;
  expect([await found(secrets.title), await found(event.number)]).toEqual([0, 1]);
  await sample.get("event.open", { id: event.id, reason: "交班核对" });
  const read = await sample.get("handover.get", { id: draft.handoverId });
  expect(JSON.stringify(read.handover)).toContain(secrets.title);
  expect(JSON.stringify(read.handover)).toContain(secrets.log);
  expect(await found(secrets.title)).toBe(1);
  await sample.close();
  forget(sample.profileDir);
});

test("CF-4: assessed into a confidential category an event is so by itself; who did it reads on until the desk is taken over; a piece that its words make confidential is so too", async () => {
  const own = await openTestDesk();
  const { officers } = await own.get("session.officers");
  const sit = (grade: string) =>
    own.get("session.signIn", { officerId: officers.find((one) => one.grade === grade)?.id ?? "", pin });
  await sit("operator");
  const { event } = await own.get("event.report", { text: secrets.text, level: "normal" });
  await sit("shift_leader");
  await own.get("event.transition", { id: event.id, action: "accept", given: {} });
  const lead = { kind: "joint_post", name: "公安联勤岗" };
  const given = { board: "safety", level: "normal", lead };
  const assess = (category: string) =>
    own.get("event.transition", { id: event.id, action: "assess", given: { ...given, category } });
  await assess("waterlogging");
  expect((await own.get("event.get", { id: event.id })).event.confidential).toBe(false);
  await assess("minor_protection");
  const read = await own.get("event.get", { id: event.id });
  expect(read).toMatchObject({ seal: "none", event: { confidential: true, text: secrets.text } });
  expect(read.timeline.at(-1)?.text.zh).toContain("按类别转为涉密");
  expect(read.actions).not.toContain("seal");
  expect(await own.refusal("event.transition", { id: event.id, action: "seal", given: { reason: "再来" } })).toBe(
    "event.confidential_already",
  );
  // Not taken back by another category.
  await assess("waterlogging");
  expect((await own.get("event.get", { id: event.id })).event.confidential).toBe(true);
  await sit("leader");
  expect(await own.get("event.get", { id: event.id })).toMatchObject({ seal: "may_open", event: { text: "" } });

  const { event: whole } = await own.get("event.report", { text: "楼道积水" });
  const parts = ["有未成年人被打，家长在派出所", "楼道灯不亮"];
  await own.get("event.transition", { id: whole.id, action: "split", given: { parts } });
  const rows = (await own.get("event.list", { view: "all", limit: 200 })).rows;
  expect(rows.find(({ title }) => title === parts[0])).toMatchObject({ confidential: true });
  // CF-1: nor does the event that they were split off say it, in its course, in the log or in its op.
  await sit("operator");
  const { timeline } = await own.get("event.get", { id: whole.id });
  expect(timeline.find(({ text }) => text.zh.startsWith("拆分"))?.text.zh).toBe("拆分出 2 件");
  const log = await own.get("log.list", {});
  const op = await own.get("link.outbox", {}).catch(() => ({}));
  expect(JSON.stringify([timeline, log, op])).not.toContain("有未成年人");
  await sit("leader");
  await own.close();
  forget(own.profileDir);
});

test("CF-5: what was merged into an event, or is merged into it later, is as confidential as it is; what was split off or linked is not", async () => {
  const own = await openTestDesk();
  const { officers } = await own.get("session.officers");
  const sit = (grade: string, which = 0) =>
    own.get("session.signIn", { officerId: officers.filter((one) => one.grade === grade)[which]?.id ?? "", pin });
  await sit("operator");
  const report = async (text: string) => (await own.get("event.report", { text, callerName: "玄圭之邻" })).event;
  const lead = await report("玄圭辞二一");
  const [near, chained, far, linked] = [
    await report("玄圭辞二二"),
    await report("玄圭辞二三"),
    await report("玄圭辞二四"),
    await report("另一件事"),
  ];
  await own.get("event.merge", { ids: [near.id, chained.id] });
  await own.get("event.merge", { ids: [lead.id, near.id] });
  const other = { eventId: linked.id };
  await own.get("event.transition", { id: lead.id, action: "link", given: { other, linkKind: "related" } });
  await own.get("event.transition", { id: lead.id, action: "seal", given: { reason: "涉及未成年人" } });
  // Who made it confidential has read them too.
  const merged = async () => (await own.get("event.get", { id: lead.id })).bonds.merged.map(({ text }) => text);
  expect((await merged()).sort()).toEqual(["玄圭辞二三", "玄圭辞二二"].sort());
  // By the action of one event, and by the merge of several.
  const later = await report("玄圭辞二五");
  await own.get("event.transition", { id: far.id, action: "merge", given: { into: { eventId: lead.id } } });
  await own.get("event.merge", { ids: [lead.id, later.id] });

  await sit("operator", 1);
  for (const { id } of [near, chained, far, later])
    expect(await own.get("event.get", { id })).toMatchObject({
      seal: "closed",
      event: { state: "merged", merged: null, confidential: true, title: "涉密事件" },
    });
  expect((await own.get("event.get", { id: linked.id })).event).toMatchObject({
    confidential: false,
    text: "另一件事",
  });
  const said = JSON.stringify([
    await own.get("event.list", { view: "all", limit: 200 }),
    await own.get("find", { text: "玄圭辞" }),
    await own.get("log.list", {}),
    await own.get("handover.draft", {}),
    await own.get("paper.events", { selection: { view: "all" } }),
    await own.get("wall.now", {}),
  ]);
  expect(said).not.toContain("玄圭");
  await sit("leader");
  expect(await merged()).toEqual(["", "", "", ""]);
  await own.get("event.open", { id: lead.id, reason: "安排处置" });
  expect(await merged()).toEqual(expect.arrayContaining(["玄圭辞二三", "玄圭辞二五"]));
  await own.close();
  forget(own.profileDir);
});

test("CF-4: what became confidential after a handover was signed is masked in it, on screen, in its search and on paper", async () => {
  const sample = await openTestDesk({ now: Date.parse("2026-11-21T12:26:00Z") });
  const { officers } = await sample.get("session.officers");
  const sit = (grade: string) =>
    sample.get("session.signIn", { officerId: officers.find((one) => one.grade === grade)?.id ?? "", pin });
  await sit("operator");
  const { event } = await sample.get("event.report", { text: secrets.text, title: secrets.title, level: "normal" });
  const draft = await sample.get("handover.draft");
  const kept = draft.record.carryOver.map(({ id: one, text, eventId, toOfficerId }) => ({
    id: one,
    text,
    eventId,
    toOfficerId,
  }));
  await sample.get("handover.sign", {
    handoverId: draft.handoverId,
    side: "outgoing",
    officerId: draft.mayOffer[0] ?? "",
    pin,
    ...answeredDraft(draft),
    carryOver: [...kept, { id: null, text: secrets.log, eventId: event.id, toOfficerId: draft.mayAccept[0] ?? "" }],
  });
  const read = async () => JSON.stringify(await sample.get("handover.get", { id: draft.handoverId }));
  const found = async () => (await sample.get("handover.list", { search: secrets.title })).handovers.length;
  const onPaper = async () => {
    const { handover } = await sample.get("handover.get", { id: draft.handoverId });
    return JSON.stringify(sheetOfSigned(handover));
  };
  await sit("leader");
  expect(await read()).toContain(secrets.title);
  expect(await onPaper()).toContain(secrets.title);
  expect(await found()).toBe(1);
  await sit("operator");
  await sample.get("event.transition", { id: event.id, action: "seal", given: { reason: secrets.why } });
  expect(await read(), "who made it so reads on").toContain(secrets.title);
  expect(await onPaper()).not.toContain("玄圭");
  await sit("leader");
  expect(await read()).not.toContain("玄圭");
  expect(await found()).toBe(0);
  const { check } = await sample.get("handover.get", { id: draft.handoverId });
  expect(check).toEqual({ outgoing: "sound", incoming: "unsigned" });
  await sample.close();
  forget(sample.profileDir);
});
