import { createPublicKey, verify } from "node:crypto";
import ExcelJS from "exceljs";
import { afterEach, describe, expect, test } from "vitest";
import { demoPin } from "#core/sample/sample.ts";
import { sql } from "#core/store/database.ts";
import type { OutputOf } from "#shared/contract.ts";
import { acceptanceText } from "#shared/domain/roster/month.ts";
import { forget, openTestDesk, type TestDesk } from "./desk.ts";

const open: TestDesk[] = [];
async function desk(): Promise<TestDesk> {
  const one = await openTestDesk();
  open.push(one);
  return one;
}
afterEach(async () => {
  for (const one of open.splice(0)) {
    await one.close();
    forget(one.profileDir);
  }
});
const signIn = (one: TestDesk, officerId: string) => one.get("session.signIn", { officerId, pin: demoPin });
const china = (day: number, hour: number, min = 0) => Date.UTC(2026, 10, day, hour - 8, min);

interface Stand {
  readonly slot: string;
  readonly officerId: string;
}
/** Who is planned in a role of a shift. */
async function planned(one: TestDesk, on: string, shift: string, role: string): Promise<Stand> {
  const month = await one.get("roster.month", { month: on.slice(0, 7) });
  const people = month.shifts.find((span) => span.on === on && span.shift === shift)?.people ?? [];
  const person = people.find((one) => one.role === role);
  return { slot: `${on}/${shift}/${role}/0`, officerId: person?.officerId ?? "" };
}

describe("layers from the request to the strip", () => {
  test("RO-12, RO-17, RO-30, RO-36: a stand-in is asked for, agreed, approved, stands on duty and in the history", async () => {
    const one = await desk();
    const held = await planned(one, "2026-11-25", "night", "main_operator");
    const lead = await planned(one, "2026-11-25", "night", "shift_leader");
    const free = ["cs-05", "cs-06"].find((id) => id !== lead.officerId) ?? "";
    await signIn(one, held.officerId);
    const { layer } = await one.get("roster.cover", {
      kind: "stand_in",
      slot: held.slot,
      officerId: free,
      reason: "家里有事",
    });
    expect(layer).toMatchObject({
      waitsFor: free,
      replaces: held.officerId,
      may: ["refuse", "withdraw"],
      entry: { state: "asked" },
    });
    expect((await one.get("roster.waiting")).mine).toBe(0);
    const id = layer.entry.id;
    const onDuty = async () =>
      (await one.get("roster.onDuty", { at: china(26, 3) })).shift?.people.find(({ role }) => role === "main_operator");
    expect((await onDuty())?.officerId).toBe(held.officerId);
    await signIn(one, free);
    expect((await one.get("roster.waiting")).mine).toBe(1);
    await one.get("roster.step", { id, step: "agree" });
    expect((await onDuty())?.officerId, "agreed is not approved").toBe(held.officerId);
    expect(await one.refusal("roster.step", { id, step: "approve" })).toBe("roster.not_yours");
    await signIn(one, "cs-01");
    expect((await one.get("roster.waiting")).mine).toBe(1);
    await one.get("roster.step", { id, step: "approve" });
    expect(await onDuty()).toMatchObject({
      officerId: free,
      through: "stand_in",
      entryId: id,
      insteadOf: expect.any(String),
    });
    const { changes } = await one.get("roster.history", { month: "2026-11", slot: held.slot });
    expect(
      changes
        .slice(0, 3)
        .map(({ action }) => action)
        .sort(),
    ).toEqual(["agree", "approve", "ask"]);
    expect(changes.map(({ action }) => action)).toContain("publish");
    const month = await one.get("roster.month", { month: "2026-11" });
    expect(month.pieces).toMatchObject([{ slot: held.slot, officerId: free, through: "stand_in" }]);
    expect(month.gaps).toEqual([]);
    const log = await one.get("log.list", {});
    expect(log.entries.filter(({ kind }) => kind === "roster").length).toBeGreaterThan(2);
  });

  test("RO-15, RO-18: an approved leave opens a gap on every screen, with since when; a relief closes it at once", async () => {
    const one = await desk();
    const held = await planned(one, "2026-11-21", "day", "deputy_operator");
    await signIn(one, held.officerId);
    const leave = { fromAt: china(21, 15), toAt: china(21, 20, 30), reason: "发热" } as const;
    const { layer } = await one.get("roster.leave", leave);
    await signIn(one, "cs-01");
    await one.get("roster.step", { id: layer.entry.id, step: "approve" });
    const span = { fromAt: china(21, 15), toAt: china(21, 20, 30) };
    expect((await one.get("roster.coverage", span)).gaps).toMatchObject([
      { ...span, role: "deputy_operator", missing: 1 },
    ]);
    expect((await one.get("roster.month", { month: "2026-11" })).gaps).toHaveLength(1);
    expect((await one.get("roster.gaps", span)).gaps).toMatchObject([
      { leave: "发热", knownAt: one.clock.now, accepted: null },
    ]);
    one.clock.now = china(21, 15, 30);
    expect((await one.get("desk.now")).gapsNow).toHaveLength(1);
    // Called in by the shift leader: at once, approved afterwards.
    await signIn(one, "cs-05");
    const off = (await one.get("officer.list")).officers.find(
      ({ id, grade }) => grade === "operator" && id !== held.officerId,
    );
    const { shift } = await one.get("roster.onDuty");
    const relief = (await one.get("officer.list")).officers.find(
      ({ id, grade }) =>
        grade === "operator" && !shift?.people.some(({ officerId }) => officerId === id) && id !== held.officerId,
    );
    expect(off).toBeDefined();
    const asked = await one.get("roster.cover", {
      kind: "relief",
      slot: held.slot,
      officerId: relief?.id ?? "",
      reason: "临时发热",
    });
    expect(asked.layer.entry).toMatchObject({ state: "agreed", fromAt: china(21, 15, 30), toAt: china(21, 20, 30) });
    const now = await one.get("desk.now");
    expect(now.gapsNow).toEqual([]);
    expect(now.current?.people.find(({ role }) => role === "deputy_operator")).toMatchObject({
      officerId: relief?.id,
      through: "relief",
    });
    expect((await one.get("handover.draft")).record.outgoing.map(({ officerId }) => officerId)).toContain(relief?.id);
  });

  test("RO-14, RO-19, RO-43: a swap is refused where somebody would stand twice, else both change places", async () => {
    const one = await desk();
    const a = await planned(one, "2026-11-25", "day", "main_operator");
    const deputy = await planned(one, "2026-11-25", "day", "deputy_operator");
    await signIn(one, a.officerId);
    const mine = (await one.get("roster.month", { month: "2026-11" })).shifts.flatMap((span) =>
      span.people
        .filter(({ role }) => role === "main_operator")
        .map(({ officerId }) => ({ officerId, on: span.on, shift: span.shift })),
    );
    const other = mine.find(
      ({ on, officerId, shift }) =>
        on > "2026-11-26" && shift === "day" && officerId !== a.officerId && officerId !== deputy.officerId,
    );
    if (!other) throw new Error("nobody to swap with");
    const otherSlot = `${other.on}/${other.shift}/main_operator/0`;
    const { layer } = await one.get("roster.swap", { slot: a.slot, otherSlot });
    await signIn(one, other.officerId);
    await one.get("roster.step", { id: layer.entry.id, step: "agree" });
    await signIn(one, "cs-14");
    await one.get("roster.step", { id: layer.entry.id, step: "approve" });
    const at = async (when: number) =>
      (await one.get("roster.onDuty", { at: when })).shift?.people.find(({ role }) => role === "main_operator")
        ?.officerId;
    expect(await at(china(25, 12))).toBe(other.officerId);
    expect(await at(china(Number(other.on.slice(8)), 12))).toBe(a.officerId);
    const voided = async () => (await one.get("alarm.list")).alarms.filter(({ kind }) => kind === "swap_void");
    expect(await voided()).toEqual([]);
    // Refusals: a stranger's slot, a past one, a place that is none, somebody who stands there already.
    expect(await one.refusal("roster.swap", { slot: deputy.slot, otherSlot })).toBe("roster.not_holder");
    const cover = { kind: "stand_in", slot: deputy.slot, officerId: other.officerId, reason: "x" } as const;
    expect(await one.refusal("roster.cover", cover)).toBe("roster.busy_then");
    expect(await one.refusal("roster.cover", { ...cover, slot: "2026-11-25/early/standby/0" })).toBe(
      "roster.unknown_slot",
    );
    expect(await one.refusal("roster.cover", { ...cover, slot: "2026-11-10/day/standby/0" })).toBe("roster.past");

    // RO-43: planned anew by somebody who did not know of it, as at another desk while the link was cut.
    const { officers } = await one.get("officer.list");
    const place = { on: other.on, shift: other.shift, role: "main_operator", index: 0 } as const;
    await one.get("roster.assign", { ...place, officerId: "cs-05", was: other.officerId });
    const names = [a.officerId, other.officerId].map((id) => officers.find((person) => person.id === id)?.name);
    expect(await at(china(25, 12)), "the other does not come").toBe(a.officerId);
    expect(await voided()).toMatchObject([{ level: "yellow", count: 1, names, acknowledged: null }]);
    await one.get("alarm.acknowledge", { keys: [`swap_void/${layer.entry.id}`] });
    expect(await voided()).toMatchObject([{ acknowledged: { name: "简宁" } }]);
    one.clock.now = china(21, 21);
    expect(await voided(), "each shift sees it").toMatchObject([{ acknowledged: null }]);
    one.clock.now = china(Number(other.on.slice(8)), 21);
    expect(await voided()).toEqual([]);
  });

  test("RO-45: a leave that waits names what it would leave empty, to the minute; once decided, or with somebody to stand in, it does not", async () => {
    const one = await desk();
    const held = await planned(one, "2026-11-25", "night", "main_operator");
    await signIn(one, held.officerId);
    const asked = async (from: number, to: number) =>
      (
        await one.get("roster.leave", {
          officerId: held.officerId,
          fromAt: china(25, from),
          toAt: china(25, to),
          reason: "去医院",
        })
      ).layer;
    const gapsOf = ({ gaps }: { gaps: readonly { on: string; role: string; fromAt: number; toAt: number }[] }) =>
      gaps.map(({ on, role, fromAt, toAt }) => ({ on, role, fromAt, toAt }));
    const weighed = await one.get("roster.weigh", {
      kind: "leave",
      officerId: held.officerId,
      fromAt: china(25, 21),
      toAt: china(25, 23),
    });
    const evening = await asked(21, 23);
    expect(weighed, "before it is asked for").toEqual({ rests: [], gaps: evening.gaps });
    expect(await one.refusal("roster.weigh", { kind: "leave", officerId: held.officerId })).toBe("input.invalid");
    expect(await one.refusal("roster.weigh", { kind: "swap" })).toBe("roster.unknown_slot");
    expect(gapsOf(evening)).toEqual([
      { on: "2026-11-25", role: "main_operator", fromAt: china(25, 21), toAt: china(25, 23) },
    ]);
    expect(gapsOf(await asked(9, 10)), "they do not stand then").toEqual([]);
    const again = async () => {
      const { layers } = await one.get("roster.layers");
      const layer = layers.find(({ entry }) => entry.id === evening.entry.id);
      if (!layer) throw new Error("the leave is gone");
      return layer;
    };
    // Somebody stands in for the first hour of it.
    const free = "cs-06";
    const cover = await one.get("roster.cover", {
      kind: "stand_in",
      slot: held.slot,
      officerId: free,
      fromAt: china(25, 21),
      toAt: china(25, 22),
      reason: "家里有事",
    });
    await signIn(one, free);
    await one.get("roster.step", { id: cover.layer.entry.id, step: "agree" });
    await signIn(one, "cs-14");
    const before = (await one.get("roster.waiting")).mine;
    await one.get("roster.step", { id: cover.layer.entry.id, step: "approve" });
    expect((await one.get("roster.waiting")).mine).toBe(before - 1);
    expect(gapsOf(await again())).toMatchObject([{ fromAt: china(25, 22), toAt: china(25, 23) }]);
    await one.get("roster.step", { id: evening.entry.id, step: "approve" });
    expect(gapsOf(await again()), "decided").toEqual([]);
  });

  test("RO-42: a rest made too short is told before, and to who approves; a swap whose places changed hands is not approved", async () => {
    const one = await desk();
    const month = await one.get("roster.month", { month: "2026-11" });
    const mains = month.shifts.flatMap(({ on, shift, people }) =>
      on < "2026-11-24"
        ? []
        : people
            .filter(({ role }) => role === "main_operator")
            .map(({ officerId }) => ({ slot: `${on}/${shift}/main_operator/0`, on, shift, officerId })),
    );
    // A night of theirs, the day after it of somebody else, and another shift of theirs to give for it.
    const tired = mains.flatMap((night) =>
      night.shift === "night"
        ? mains.flatMap((day) =>
            day.shift === "day" && Date.parse(day.on) - Date.parse(night.on) === 86_400_000
              ? mains
                  .filter(({ slot, officerId }) => officerId === night.officerId && slot !== night.slot)
                  .map((mine) => ({ night, day, mine }))
              : [],
          )
        : [],
    );
    const free = await (async () => {
      for (const { night, day, mine } of tired) {
        await signIn(one, mine.officerId);
        const said = await one.call("roster.weigh", { kind: "swap", slot: mine.slot, otherSlot: day.slot });
        if (said.ok) return { night, day, mine, rests: said.value.rests };
      }
      throw new Error("no such swap");
    })();
    const { night, day, mine, rests } = free;
    const [year, monthOfDay, date] = day.on.split("-").map(Number) as [number, number, number];
    expect(year + monthOfDay).toBe(2037);
    const morning = china(date, 8, 30);
    expect(rests).toContainEqual({ officerId: night.officerId, offAt: morning, onAt: morning });
    const { layer } = await one.get("roster.swap", { slot: mine.slot, otherSlot: day.slot });
    expect(layer.rests).toEqual(rests);
    // Beside it another request for the same place.
    const others = mains.filter(({ officerId }) => officerId !== mine.officerId && officerId !== day.officerId);
    const second = await (async () => {
      for (const other of others) {
        const said = await one.call("roster.swap", { slot: mine.slot, otherSlot: other.slot });
        if (said.ok) return { id: said.value.layer.entry.id, officerId: other.officerId };
      }
      throw new Error("no second swap");
    })();
    await signIn(one, second.officerId);
    await one.get("roster.step", { id: second.id, step: "agree" });
    await signIn(one, day.officerId);
    await one.get("roster.step", { id: layer.entry.id, step: "agree" });
    await signIn(one, "cs-14");
    const seen = async (id: string) => (await one.get("roster.layers")).layers.find(({ entry }) => entry.id === id);
    expect(await seen(layer.entry.id)).toMatchObject({ rests, stale: false });
    expect(await seen(second.id)).toMatchObject({ stale: false });
    const done = await one.get("roster.step", { id: layer.entry.id, step: "approve" });
    expect(done.layer.rests, "decided").toEqual([]);
    expect(await seen(second.id)).toMatchObject({ stale: true, entry: { state: "agreed" } });
    expect(await one.refusal("roster.step", { id: second.id, step: "approve" })).toBe("roster.moved_on");
    await one.get("roster.step", { id: second.id, step: "refuse", reason: "那一班已经换出去了" });

    // What is too short already is not told of whoever asks next.
    const slot = `${day.on}/day/deputy_operator/0`;
    const { officers } = await one.get("officer.list");
    for (const { id } of officers) {
      const said = await one.call("roster.weigh", { kind: "stand_in", slot, officerId: id });
      if (!said.ok || id === night.officerId) continue;
      expect(said.value.rests.filter(({ officerId }) => officerId !== id)).toEqual([]);
      return;
    }
    throw new Error("nobody could stand in");
  });
});

describe("publishing, planning and what goes out", () => {
  test("RO-35: a month with gaps is refused with their places, then published signed; the signature holds", async () => {
    const one = await desk();
    await signIn(one, "cs-05");
    const { slots } = await one.get("roster.generate", { month: "2027-01" });
    const gap = "2027-01-09/night/shift_leader/0";
    const { [gap]: _, ...rest } = slots;
    const refused = await one.call("roster.publish", { month: "2027-01", slots: rest });
    expect(refused).toMatchObject({ ok: false, error: { id: "roster.gaps_open", params: { count: 1, places: gap } } });
    const accept = { reason: "值班长外出培训", pin: demoPin };
    expect(
      await one.refusal("roster.publish", { month: "2027-01", slots: rest, accept: { ...accept, pin: "0000" } }),
    ).toBe("session.wrong_pin");
    expect(await one.get("roster.publish", { month: "2027-01", slots: rest, accept })).toEqual({
      month: "2027-01",
      accepted: 1,
    });
    const month = await one.get("roster.month", { month: "2027-01" });
    expect(month.accepted).toMatchObject([{ slots: [gap], reason: accept.reason }]);
    expect(month.gaps.filter(({ on }) => on >= "2027-01-01")).toHaveLength(1);
    // Accepted once: the same month with another hand in it needs no second signature for the same place.
    expect(await one.refusal("roster.publish", { month: "2027-01", slots: rest, was: "0".repeat(16) })).toBe(
      "roster.changed",
    );
    expect(await one.get("roster.publish", { month: "2027-01", slots: rest, was: month.digest })).toMatchObject({
      accepted: 0,
    });
    await one.close();
    const { default: Database } = await import("better-sqlite3");
    const db = new Database(`${one.profileDir}/desk.db`, { readonly: true });
    const state = JSON.parse(
      sql(db as never, "SELECT state FROM entity WHERE kind = 'roster' AND id = '2027-01'")
        .pluck()
        .get() as string,
    );
    const [accepted] = state.accepted;
    const key = createPublicKey({
      key: { kty: "OKP", crv: "Ed25519", x: Buffer.from(accepted.publicKey, "base64").toString("base64url") },
      format: "jwk",
    });
    const holds = (text: string) => verify(null, Buffer.from(text), key, Buffer.from(accepted.signature, "base64"));
    expect(holds(acceptanceText("2027-01", rest, accepted))).toBe(true);
    expect(holds(acceptanceText("2027-01", slots, accepted)), "of another month").toBe(false);
    db.close();
    open.splice(0);
    forget(one.profileDir);
  });

  test("RO-37, RO-15: approved leave blocks the generator, wishes are kept where nothing gives way", async () => {
    const one = await desk();
    const me = "cs-08";
    await signIn(one, me);
    const leave = {
      fromAt: Date.UTC(2027, 0, 4, -8),
      toAt: Date.UTC(2027, 0, 11, -8),
      reason: "探亲",
    } as const;
    const { layer } = await one.get("roster.leave", leave);
    const wish = { on: "2027-01-20", shift: null, want: "off" } as const;
    await one.get("roster.wish", { month: "2027-01", wishes: [wish] });
    expect(await one.refusal("roster.wish", { month: "2027-01", officerId: "cs-09", wishes: [] })).toBe(
      "roster.not_yours",
    );
    await signIn(one, "cs-01");
    await one.get("roster.step", { id: layer.entry.id, step: "approve" });
    expect((await one.get("roster.wishes", { month: "2027-01" })).wishes).toEqual([
      { officerId: me, month: "2027-01", wishes: [wish] },
    ]);
    const plan = await one.get("roster.generate", { month: "2027-01" });
    const mine = Object.entries(plan.slots)
      .filter(([, id]) => id === me)
      .map(([slot]) => slot.slice(0, 10));
    expect(mine.filter((on) => on >= "2027-01-04" && on <= "2027-01-10")).toEqual([]);
    expect(plan.wishes).toEqual([{ officerId: me, ...wish, kept: !mine.includes(wish.on) }]);
    expect(plan.gaps).toEqual([]);
  });

  test("RO-36: an edit of two places and its undo are two changes of their own; fairness follows who stood", async () => {
    const one = await desk();
    await signIn(one, "cs-05");
    const a = await planned(one, "2026-11-25", "day", "main_operator");
    const b = await planned(one, "2026-11-28", "day", "main_operator");
    const swap = (x: Stand, y: Stand) => [
      { slot: x.slot, officerId: y.officerId, was: x.officerId },
      { slot: y.slot, officerId: x.officerId, was: y.officerId },
    ];
    const outcome = await one.call("roster.edit", { changes: swap(a, b) });
    if (!outcome.ok) expect(outcome.error.id).toBe("roster.twice");
    else {
      const back = swap(a, b).map(({ slot, officerId, was }) => ({ slot, officerId: was, was: officerId }));
      await one.get("roster.edit", { changes: back, undoes: true });
      const { changes } = await one.get("roster.history", { month: "2026-11", slot: a.slot });
      expect(changes.filter(({ action }) => action === "assign")).toHaveLength(2);
    }
    const { rows } = await one.get("roster.fairness", { month: "2026-11" });
    expect(rows.reduce((sum, row) => sum + row.month.shifts, 0)).toBe(240);
    for (const { month, year } of rows) expect(year.shifts).toBeGreaterThanOrEqual(month.shifts);
  });

  test("RO-38: new settings from January on; November stays as it was", async () => {
    const one = await desk();
    await signIn(one, "cs-14");
    const before = await one.get("roster.month", { month: "2026-11" });
    const { roster } = await one.get("system.tables");
    const shift = (code: string, startMin: number, night: boolean) => ({
      code,
      name: { zh: code, en: code },
      startMin,
      lengthMin: 720,
      night,
    });
    const rules = {
      fromOn: "2027-01-01",
      label: "早九点交接",
      pattern: "free",
      shifts: [shift("day", 540, false), shift("night", 1260, true)],
      required: { ...roster.required, standby: 1 },
    };
    await one.get("roster.rules", rules);
    expect(await one.refusal("roster.rules", { ...rules, fromOn: "2026-11-01" })).toBe("roster.past");
    expect(await one.get("roster.month", { month: "2026-11" })).toEqual(before);
    const january = await one.get("roster.month", { month: "2027-01" });
    expect(january.shifts[0]).toMatchObject({ shift: "day", startAt: Date.UTC(2027, 0, 1, 1) });
    const plan = await one.get("roster.generate", { month: "2027-01" });
    expect(Object.keys(plan.slots).some((slot) => slot.includes("/standby/"))).toBe(true);
    await signIn(one, "cs-05");
    expect(await one.refusal("roster.rules", { ...rules, fromOn: "2027-02-01" })).toBe("session.not_allowed");
  });

  test("RO-39: a notice that was entered changes what the roster counts as a holiday", async () => {
    const one = await desk();
    await signIn(one, "cs-14");
    const text = "一、元旦：1月1日（周五）至3日（周日）放假，共3天。";
    const reading = await one.get("holiday.read", { text, year: "2027" });
    expect(reading).toMatchObject({ year: "2027", edition: 0, unread: [] });
    expect(await one.refusal("holiday.take", { year: "2027", source: "通知", days: {} })).toBe("roster.no_notice");
    expect(await one.get("holiday.take", { year: "2027", source: "通知", days: reading.days })).toMatchObject({
      days: 3,
      edition: 1,
    });
    expect((await one.get("system.tables")).holidays.days["2027-01-02"]).toEqual({ name: "元旦", kind: "holiday" });
    expect((await one.get("roster.generate", { month: "2027-01" })).yearsWithoutNotice).toEqual([]);
    expect((await one.get("holiday.take", { year: "2027", source: "更正", days: reading.days })).edition).toBe(2);
  });
});

describe("sheets and calendars, opened again", () => {
  const bytesOf = ({ base64 }: OutputOf<"roster.excel">) => Buffer.from(base64, "base64");

  test.each(["days", "people"] as const)(
    "RO-40: the sheet of %s is read again by the desk, place by place",
    async (layout) => {
      const one = await desk();
      await signIn(one, "cs-05");
      const file = await one.get("roster.excel", { month: "2026-12", layout });
      const reading = await one.get("sheet.readRoster", { fileName: file.fileName, base64: file.base64 });
      expect(reading.questions).toEqual([]);
      expect(reading.months).toEqual([{ month: "2026-12", read: 248, added: 0, changed: 0 }]);
      expect(reading.changes).toEqual([]);
    },
  );

  test("RO-44: a place that changed hands says so in the remarks of the sheet, and the sheet is still read", async () => {
    const one = await desk();
    await signIn(one, "cs-14");
    const held = await planned(one, "2026-11-25", "night", "main_operator");
    const { officers } = await one.get("officer.list");
    const { shifts } = await one.get("roster.month", { month: "2026-11" });
    const busy = shifts.filter(({ on }) => on === "2026-11-25").flatMap(({ people }) => people);
    const free = officers.filter(
      ({ id, grade }) => grade === "operator" && !busy.some(({ officerId }) => officerId === id),
    );
    const [whole, relief] = free;
    if (!whole || !relief) throw new Error("nobody is free");
    const nameOf = (id: string) => officers.find((one) => one.id === id)?.name;
    await signIn(one, held.officerId);
    const cover = { slot: held.slot, officerId: whole.id, reason: "家里有事" };
    const { layer } = await one.get("roster.cover", { kind: "stand_in", ...cover });
    await signIn(one, whole.id);
    await one.get("roster.step", { id: layer.entry.id, step: "agree" });
    await signIn(one, "cs-14");
    await one.get("roster.step", { id: layer.entry.id, step: "approve" });
    const remarks = async () => {
      const file = await one.get("roster.excel", { month: "2026-11", layout: "days" });
      const reading = await one.get("sheet.readRoster", { fileName: file.fileName, base64: file.base64 });
      expect(reading.questions).toEqual([]);
      const book = new ExcelJS.Workbook();
      await book.xlsx.load(bytesOf(file) as never);
      const row = book.worksheets[0]?.getRow(25 + 3).values as string[];
      return row.at(-1);
    };
    expect(await remarks()).toBe(`夜班主班 替班（原排${nameOf(held.officerId)}）`);
    await one.get("roster.cover", { ...cover, kind: "relief", officerId: relief.id, fromAt: china(26, 2) });
    expect(await remarks()).toBe(
      `夜班主班 20:30-02:00 ${whole.name} 替班、02:00-08:30 ${relief.name} 临时顶岗（原排${nameOf(held.officerId)}）`,
    );
  });

  test("RO-40: the calendar tells each stretch in instants, across midnight, with names that stay", async () => {
    const one = await desk();
    await signIn(one, "cs-05");
    const read = async (officerId?: string) => {
      const text = bytesOf(
        await one.get("roster.calendar", { month: "2026-11", ...(officerId ? { officerId } : {}) }),
      ).toString();
      expect(text.startsWith("BEGIN:VCALENDAR\r\n")).toBe(true);
      return text
        .replaceAll("\r\n ", "")
        .split("BEGIN:VEVENT")
        .slice(1)
        .map((event) =>
          Object.fromEntries(
            event
              .split("\r\n")
              .filter((line) => line.includes(":"))
              .map((line) => [line.slice(0, line.indexOf(":")), line.slice(line.indexOf(":") + 1)]),
          ),
        );
    };
    const all = await read();
    expect(all).toHaveLength(240);
    expect(new Set(all.map(({ UID }) => UID)).size).toBe(240);
    const night = all.find(({ UID }) => UID?.startsWith("2026-11-30.night.main_operator.0"));
    expect(night).toMatchObject({ DTSTART: "20261130T123000Z", DTEND: "20261201T003000Z" });
    const held = await planned(one, "2026-11-25", "night", "main_operator");
    const own = await read(held.officerId);
    await one.get("roster.assign", { on: "2026-11-25", shift: "night", role: "main_operator", officerId: null });
    expect((await read(held.officerId)).length).toBe(own.length - 1);
    expect((await read()).map(({ UID }) => UID)).toEqual(
      all.map(({ UID }) => UID).filter((uid) => !uid?.startsWith("2026-11-25.night.main_operator")),
    );
    const gaps = await one.get("roster.gapsFile", {});
    expect(gaps.fileName).toMatch(/^断档报告.*\.xlsx$/);
    const ExcelJS = (await import("exceljs")).default;
    const book = new ExcelJS.Workbook();
    await book.xlsx.load(bytesOf(gaps) as never);
    expect(book.worksheets[0]?.getRow(3).values).toContain("2026-11-25");
  });
});

describe("the staff list", () => {
  test("RO-41: new people get a first PIN each and sign in with it; known ones change, nobody else does", async () => {
    const one = await desk();
    const list = (rows: string) => ({
      fileName: "人员.csv",
      base64: Buffer.from(`\ufeff姓名,职务,人员类别,电话\n${rows}`).toString("base64"),
    });
    const file = list("王小明,值班员,专职,13800000009\n喻青,主任,专职,13811112222\n牟一航,值班员,专职,\n");
    await signIn(one, "cs-05");
    expect(await one.refusal("sheet.takeStaff", file)).toBe("session.not_allowed");
    await signIn(one, "cs-14");
    const reading = await one.get("sheet.readStaff", file);
    expect(reading.questions.map(({ id }) => id)).toEqual(["grade:主任"]);
    expect(await one.refusal("sheet.takeStaff", file)).toBe("sheet.questions_open");
    const answered = { ...file, answers: { "grade:主任": "shift_leader" } };
    expect((await one.get("sheet.readStaff", answered)).people.map(({ name, change }) => [name, change])).toEqual([
      ["王小明", "new"],
      ["喻青", "changed"],
      ["牟一航", "same"],
    ]);
    const before = (await one.get("officer.list")).officers;
    const { added, updated } = await one.get("sheet.takeStaff", answered);
    expect([added.length, updated]).toEqual([1, 1]);
    expect(added[0]?.pin).toMatch(/^\d{6}$/);
    const after = (await one.get("officer.list")).officers;
    expect(after).toHaveLength(before.length + 1);
    expect(after.find(({ name }) => name === "喻青")).toMatchObject({
      id: "cs-10",
      grade: "shift_leader",
      phone: "13811112222",
    });
    const untouched = (list: typeof after) => list.filter(({ name }) => name !== "喻青" && name !== "王小明");
    expect(untouched(after)).toEqual(untouched(before));
    // The answer is remembered; the same list again changes nothing.
    expect((await one.get("sheet.readStaff", file)).people.every(({ change }) => change === "same")).toBe(true);
    const wang = after.find(({ name }) => name === "王小明")?.id ?? "";
    await one.get("session.signIn", { officerId: wang, pin: added[0]?.pin ?? "" });
    await signIn(one, "cs-14");
    await one.get("officer.edit", { id: wang, active: false });
    expect(await one.refusal("session.signIn", { officerId: wang, pin: added[0]?.pin ?? "" })).toBe(
      "session.unknown_officer",
    );
    expect(await one.refusal("officer.edit", { id: "cs-14", active: false })).toBe("session.not_allowed");
  });
});
