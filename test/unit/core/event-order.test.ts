import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openDatabase } from "#core/store/database.ts";
import { writeEntity } from "#core/store/entities.ts";
import { type EventSort, eventSorts, type InputOf } from "#shared/contract.ts";
import { boards, type DutyEvent, eventStates, isOpen, levels, sources } from "#shared/domain/duty-event/event.ts";
import { seededEvents } from "#test/bench/data/events.ts";
import { seed } from "#test/seed.ts";
import { forget, openTestDesk, saturday, type TestDesk } from "./desk.ts";

type Asked = InputOf<"event.list">;

let desk: TestDesk;
/** Where the seeded events really happened: of a confidential one the desk does not say. */
const placeOf = new Map<string, DutyEvent["place"]>();
beforeAll(async () => {
  const first = await openTestDesk();
  await first.close();
  const opened = openDatabase(`${first.profileDir}/desk.db`);
  if (!opened.ok) throw new Error(opened.error.id);
  const { db } = opened.value;
  db.transaction(() => {
    for (const event of seededEvents(1_200, saturday)) {
      placeOf.set(event.id, event.place);
      writeEntity(db, "event", event.id, event, null);
    }
  })();
  db.close();
  desk = await openTestDesk({ profileDir: first.profileDir });
  await desk.get("session.signIn", { pin: "2580" });
});
afterAll(async () => {
  await desk.close();
  forget(desk.profileDir);
});

/** Page after page along the index: a fresh reading. */
async function walked(asked: Asked, limit = 200): Promise<string[]> {
  const ids: string[] = [];
  for (let cursor: string | undefined; ; ) {
    const page = await desk.get("event.list", { ...asked, limit, ...(cursor ? { cursor } : {}) });
    ids.push(...page.rows.map(({ id }) => id));
    if (!page.next) return ids;
    cursor = page.next;
  }
}

/** Page after page out of the held order, from its end to its beginning. */
async function held(asked: Asked, limit = 200): Promise<{ ids: string[]; total: number }> {
  const { total } = await desk.get("event.list", { ...asked, from: 0, limit: 1 });
  const ids: string[] = [];
  for (let until = total; until > 0; until -= limit) {
    const from = Math.max(0, until - limit);
    const { rows } = await desk.get("event.list", { ...asked, from, limit: Math.min(limit, until) });
    ids.unshift(...rows.map(({ id }) => id));
  }
  return { ids, total };
}

/** The order that is held of the open ones, against their own lines and an index that knows nothing of it. */
async function expectByUrgency(): Promise<void> {
  const rows: { id: string; place: string }[] = [];
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const page = await desk.get("event.list", {
      view: "open",
      sort: "urgency",
      limit: 170,
      ...(cursor ? { cursor } : {}),
    });
    for (const { id, level, clock } of page.rows)
      rows.push({ id, place: `${levels.indexOf(level)} ${String(clock?.dueAt ?? 9e12).padStart(14, "0")}` });
    cursor = page.next;
  }
  expect(rows.map(({ place }) => place)).toEqual(rows.map(({ place }) => place).toSorted());
  const listed = await walked({ view: "open", sort: "newest" });
  expect(rows.map(({ id }) => id).toSorted()).toEqual(listed.toSorted());
}

async function everyEvent(): Promise<DutyEvent[]> {
  const ids = await walked({ view: "all", sort: "newest" });
  return await Promise.all(
    ids.map(async (id) => {
      const { event } = await desk.get("event.get", { id });
      return { ...event, place: placeOf.get(id) ?? event.place };
    }),
  );
}

describe("the order of a list", () => {
  test("LS-1: from the end to the beginning, every place at once, gives what the index gives page after page", async () => {
    for (const sort of eventSorts)
      for (const view of ["open", "all"] as const) {
        const asked = { view, sort, turned: sort.length % 2 === 0 };
        const whole = await walked(asked, 131);
        expect(new Set(whole).size).toBe(whole.length);
        expect(await held(asked), `${view} by ${sort}`).toEqual({ ids: whole, total: whole.length });
        const turned = await walked({ ...asked, turned: !asked.turned });
        if (sort !== "urgency" && sort !== "due") expect(turned).toEqual(whole.toReversed());
      }
    const beyond = await desk.get("event.list", { view: "all", from: 1_000_000 });
    expect(beyond.rows).toEqual([]);
  });

  test("LS-1: words too: any place of what they find, and the exact total", async () => {
    const asked = { view: "all", search: "路" } as const;
    const whole = await walked(asked);
    expect(await held(asked)).toEqual({ ids: whole, total: whole.length });
  });

  test("LS-4: filters named together hold as a look through all events says, whatever the sort", async () => {
    const all = await everyEvent();
    const some = <T>(list: readonly T[]) => fc.subarray([...list], { minLength: 1, maxLength: 3 });
    const filter = fc.record(
      {
        states: some(eventStates),
        levels: some(levels),
        boards: some(boards),
        sources: some(sources),
        communities: some(["桂花园小区", "大河坝", "三教村"]),
        party: fc.constantFrom("防汛抗旱岗", "交通巡逻", "综合执法岗"),
        days: fc.integer({ min: 1, max: 7 }),
        confidential: fc.boolean(),
        whistled: fc.boolean(),
      },
      { requiredKeys: [] },
    );
    const sort: fc.Arbitrary<EventSort> = fc.constantFrom(...eventSorts);
    await fc.assert(
      fc.asyncProperty(filter, sort, fc.constantFrom("all", "open"), async (asked, sort, view) => {
        const today = Date.parse("2026-11-20T16:00:00Z");
        const holds = (event: DutyEvent) =>
          (view === "all" || isOpen(event.state)) &&
          (asked.states?.includes(event.state) ?? true) &&
          (asked.levels?.includes(event.level) ?? true) &&
          (asked.boards === undefined || (event.board !== null && asked.boards.includes(event.board))) &&
          (asked.sources?.includes(event.source) ?? true) &&
          // CF-1: where a confidential event happened is told by no filter.
          (asked.communities === undefined ||
            (!event.confidential && asked.communities.includes(event.place.community))) &&
          (asked.party === undefined ||
            [event.lead, ...event.coHandlers].some((party) => party?.name === asked.party)) &&
          (asked.days === undefined || event.reportedAt >= today - (asked.days - 1) * 86_400_000) &&
          (asked.confidential ?? event.confidential) === event.confidential &&
          (asked.whistled ?? event.whistle !== null) === (event.whistle !== null);
        const wanted = all.filter(holds).map(({ id }) => id);
        const found = await held({ ...asked, view: view as "all", sort });
        expect(found.ids.toSorted()).toEqual(wanted.toSorted());
        expect(await walked({ ...asked, view: view as "all", sort })).toEqual(found.ids);
      }),
      { seed, numRuns: 40 },
    );
  });

  test("LS-2: a held order follows reports, actions and bulk steps: it stays what a fresh reading gives", async () => {
    const lists: Asked[] = [
      { view: "all", sort: "newest" },
      { view: "all", sort: "urgency" },
      { view: "open", sort: "state" },
      { view: "all", sort: "state", turned: true },
      { view: "closed", sort: "newest", levels: ["normal"] },
    ];
    for (const list of lists) await held(list);
    const { rows } = await desk.get("event.list", { view: "open", sort: "newest", limit: 40 });
    const change = fc.oneof(
      fc.record({ kind: fc.constant("report" as const), level: fc.constantFrom(...levels) }),
      fc.record({
        kind: fc.constant("close" as const),
        ids: fc.subarray(
          rows.map(({ id }) => id),
          { minLength: 1, maxLength: 6 },
        ),
      }),
      fc.record({
        kind: fc.constant("assess" as const),
        ids: fc.subarray(
          rows.map(({ id }) => id),
          { minLength: 1, maxLength: 3 },
        ),
      }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 4 }), async (changes) => {
        for (const one of changes) {
          desk.clock.now += 1_000;
          if (one.kind === "report") await desk.get("event.report", { text: "井盖松动", level: one.level });
          else if (one.kind === "close")
            await desk.get("event.transitionAll", { ids: one.ids, action: "close", given: { result: "已办" } });
          else {
            const lead = { kind: "post", name: "应急管理岗" };
            const given = { board: "safety", category: "dispute", level: "urgent", lead };
            await desk.get("event.transitionAll", { ids: one.ids, action: "assess", given });
          }
        }
        for (const list of lists) expect((await held(list)).ids).toEqual(await walked(list));
        await expectByUrgency();
      }),
      { seed, numRuns: 8 },
    );
  }, 30_000);

  test("LS-7: one step on many: each is judged by itself, and the answer names those that did not go, with the reason", async () => {
    const one = (await desk.get("event.report", { text: "路灯不亮一" })).event;
    const other = (await desk.get("event.report", { text: "路灯不亮二" })).event;
    await desk.get("event.transition", { id: other.id, action: "accept" });
    const done = await desk.get("event.transitionAll", { ids: [one.id, other.id, "none", one.id], action: "accept" });
    expect(done.went).toEqual([{ id: one.id, number: one.number }]);
    expect(done.not.map(({ number, error }) => [number, error.id])).toEqual([
      [other.number, "event.not_from_here"],
      ["", "event.unknown"],
    ]);
    expect((await desk.get("event.get", { id: one.id })).event.state).toBe("accepted");
    expect(await desk.refusal("event.transitionAll", { ids: [], action: "accept" })).toBe("input.invalid");
    const given = { to: "综合执法岗", text: "请尽快" };
    const urged = await desk.get("event.transitionAll", { ids: [one.id, other.id], action: "urge", given });
    expect(urged.went.map(({ id }) => id)).toEqual([one.id, other.id]);
    expect((await desk.get("event.get", { id: other.id })).event.urges).toMatchObject([given]);
  });

  test("LS-3: mine, waiting, this shift and my board list what they say", async () => {
    const { event } = await desk.get("event.report", { text: "广告牌摇晃" });
    const ids = async (view: "mine" | "waiting" | "shift" | "board") => (await held({ view })).ids;
    expect(await ids("mine")).toContain(event.id);
    expect(await ids("shift")).toContain(event.id);
    expect(await ids("waiting")).not.toContain(event.id);
    expect(await ids("board")).toEqual([]);
    await desk.get("event.setLook", { board: "safety" });
    const lead = { kind: "post", name: "应急管理岗" };
    await desk.get("event.transition", { id: event.id, action: "accept" });
    const given = { board: "safety", category: "dispute", level: "urgent", lead };
    await desk.get("event.transition", { id: event.id, action: "assess", given });
    await desk.get("event.transition", { id: event.id, action: "assign" });
    expect(await ids("waiting")).toContain(event.id);
    expect(await ids("board")).toContain(event.id);
    const closed = (await desk.get("event.list", { view: "closed", limit: 1 })).rows[0];
    expect(await ids("mine")).not.toContain(closed?.id);
  });

  test("LS-4, LS-5: own views are counted by the length of their lists, and belong to one officer", async () => {
    const selection = { view: "all", levels: ["critical" as const], sources: ["patrol" as const] } as const;
    await desk.get("event.setLook", {
      views: [{ id: "v1", name: "巡查特急", selection: { ...selection, levels: ["critical"], sources: ["patrol"] } }],
      columns: ["number", "title"],
    });
    const { total } = await desk.get("event.list", {
      ...selection,
      levels: ["critical"],
      sources: ["patrol"],
      from: 0,
    });
    const tally = await desk.get("event.tally");
    expect(tally.own).toEqual({ v1: { total, more: false } });
    const open = await walked({ view: "open" });
    expect(tally.views.open).toEqual({ total: open.length, more: false });
    for (const view of ["late", "due_soon", "to_acknowledge", "waiting", "today", "closed", "all"] as const) {
      const list = await desk.get("event.list", { view, from: 0, limit: 1 });
      expect(tally.views[view], view).toEqual({ total: list.total, more: false });
    }
    const { officers } = await desk.get("session.officers");
    const { officer } = await desk.get("session.current");
    const other = officers.find(({ id, grade }) => id !== officer?.id && grade === "operator");
    await desk.get("session.signOut");
    await desk.get("session.signIn", { pin: "2580", officerId: other?.id ?? "" });
    expect(await desk.get("event.look")).toEqual({ views: [], columns: [], board: null });
    await desk.get("session.signOut");
    await desk.get("session.signIn", { pin: "2580", ...(officer ? { officerId: officer.id } : {}) });
    expect((await desk.get("event.look")).views.map(({ name }) => name)).toEqual(["巡查特急"]);
  });
});
