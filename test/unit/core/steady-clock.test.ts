import { cpSync } from "node:fs";
import Sqlite from "better-sqlite3";
import fc from "fast-check";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { openSteadyClock } from "#core/session/steady-clock.ts";
import { dayMs, hourMs, minuteMs } from "#shared/lib/time.ts";
import { seed } from "#test/seed.ts";
import { forget, openTestDesk, saturday, type TestDesk } from "./desk.ts";

const pin = "2580";
/** A year of a broken battery, a slip of the hand, and both back. */
const moves = [dayMs, -dayMs, 400 * dayMs, -400 * dayMs];
let desk: TestDesk | undefined;

/** A sample desk is made once; each test has its own copy. */
let sample: string;
beforeAll(async () => {
  const made = await openTestDesk({ ports: world().ports });
  await made.close();
  sample = made.profileDir;
});
afterAll(() => forget(sample));
const profileDir = (): string => `${sample}-copy`;
const openCopy = (ports: ReturnType<typeof world>["ports"]): Promise<TestDesk> => {
  cpSync(sample, profileDir(), { recursive: true });
  return openTestDesk({ profileDir: profileDir(), ports });
};
afterEach(async () => {
  if (!desk) return;
  await desk.close();
  forget(profileDir());
  desk = undefined;
});

/** The true time, which nobody can set; the PC's clock runs with it until it is moved. */
function world() {
  const pc = { trueAt: saturday, moved: 0, bootAt: saturday - hourMs, boot: "boot-1" };
  return {
    pc,
    ports: {
      now: () => pc.trueAt + pc.moved,
      monotonic: () => pc.trueAt - pc.bootAt,
      boot: {
        get id() {
          return pc.boot;
        },
        upMs: () => pc.trueAt - pc.bootAt,
      },
    },
    /** The PC is off for a while and starts anew. */
    reboot(offMs: number) {
      pc.trueAt += offMs;
      pc.bootAt = pc.trueAt;
      pc.boot = `${pc.boot}+`;
      pc.trueAt += 5_000;
    },
  };
}

async function report(one: TestDesk): Promise<string> {
  await one.get("session.signIn", { pin });
  const { event } = await one.get("event.report", {
    text: "河里有人游泳",
    level: "critical",
    category: "water_rescue",
  });
  expect(event.limitMin).toBe(5);
  return event.id;
}
const clockOf = async (one: TestDesk, id: string) => {
  await one.get("session.signIn", { pin });
  const { event } = await one.get("event.get", { id });
  return { at: (await one.get("alarm.list")).at, dueAt: event.dueAt };
};
const jumps = async (one: TestDesk) =>
  (await one.get("log.list", { limit: 200 })).entries.filter(({ text }) => /时钟向[前后]跳变/.test(text.zh)).length;

describe("CL-8 CL-9 the PC's clock is moved", () => {
  test.each(moves)(
    "CL-8 while the desk runs, by %i ms: five minutes stay five, the log and the screen say so, and it is over when it is put back",
    async (moved) => {
      const { pc, ports } = world();
      desk = await openCopy(ports);
      const id = await report(desk);
      const { dueAt } = await clockOf(desk, id);
      expect(dueAt).toBe(saturday + 5 * minuteMs);
      pc.trueAt += minuteMs;
      pc.moved = moved;
      desk.beat();
      expect(await clockOf(desk, id)).toEqual({ at: saturday + minuteMs, dueAt });
      expect((await desk.get("link.status")).clock).toMatchObject({
        aheadMs: moved,
        why: "set",
        noticedAt: saturday + minuteMs,
      });
      expect(await jumps(desk)).toBe(1);
      pc.trueAt += 4 * minuteMs + 1_000;
      desk.beat();
      // Late when five true minutes are over, not before.
      expect((await desk.get("event.list", { view: "late" })).rows.some((row) => row.id === id)).toBe(true);
      expect(await jumps(desk)).toBe(1);
      pc.moved = 0;
      desk.beat();
      expect((await desk.get("link.status")).clock).toBeNull();
      expect(await jumps(desk)).toBe(2);
    },
  );

  test.each(moves)("CL-9 over a restart of the desk, by %i ms: the uptime of the PC counts", async (moved) => {
    const { pc, ports } = world();
    desk = await openCopy(ports);
    const id = await report(desk);
    const { dueAt } = await clockOf(desk, id);
    await desk.close();
    pc.moved = moved;
    pc.trueAt += 3 * minuteMs;
    desk = await openTestDesk({ profileDir: desk.profileDir, ports });
    desk.beat();
    await desk.get("session.signIn", { pin });
    expect(await clockOf(desk, id)).toEqual({ at: saturday + 3 * minuteMs, dueAt });
    expect((await desk.get("link.status")).clock).toMatchObject({ aheadMs: moved, why: "set" });
    expect(await jumps(desk)).toBe(1);
  });

  test.each([-dayMs, 400 * dayMs, -400 * dayMs])(
    "CL-9 CL-10 while the PC was off, by %i ms: the desk goes on from its last instant and says so, until a leader takes the PC's clock as right",
    async (moved) => {
      const { pc, ports, reboot } = world();
      desk = await openCopy(ports);
      const id = await report(desk);
      await desk.close();
      reboot(10 * minuteMs);
      pc.moved = moved;
      desk = await openTestDesk({ profileDir: desk.profileDir, ports });
      desk.beat();
      expect((await clockOf(desk, id)).at).toBe(saturday + 5_000);
      expect((await desk.get("link.status")).clock).toMatchObject({ why: "restart" });
      // Who keeps the desk does not say what time it is; who answers for it does, by name.
      const grades = (await desk.get("session.officers")).officers;
      const operator = grades.find(({ grade }) => grade === "operator");
      const leader = grades.find(({ grade }) => grade === "shift_leader");
      await desk.get("session.signIn", { officerId: operator?.id ?? "", pin });
      expect(await desk.refusal("clock.adopt")).toBe("session.not_allowed");
      await desk.get("session.signIn", { officerId: leader?.id ?? "", pin });
      expect((await desk.get("clock.adopt")).clock).toBeNull();
      expect((await desk.get("alarm.list")).at).toBe(pc.trueAt + moved);
      expect(
        (await desk.get("log.list", { limit: 200 })).entries.some(({ text }) =>
          text.zh.startsWith(`${leader?.name} 确认本机时钟为准`),
        ),
      ).toBe(true);
    },
  );

  test("CL-9 a night off is believed, also on a clock that was moved before; nothing is said of it", async () => {
    const { pc, ports, reboot } = world();
    desk = await openCopy(ports);
    const id = await report(desk);
    pc.moved = dayMs;
    desk.beat();
    await desk.close();
    reboot(8 * hourMs);
    desk = await openTestDesk({ profileDir: desk.profileDir, ports });
    expect((await clockOf(desk, id)).at).toBe(saturday + 8 * hourMs + 5_000);
  });
});

describe("CL-8 CL-9 the clock alone", () => {
  const file = () => {
    const db = new Sqlite(":memory:");
    db.exec("CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL)");
    return db;
  };
  const ports = (given: ReturnType<typeof world>["ports"]) => ({
    ...given,
    randomBytes: (length: number) => new Uint8Array(length),
  });

  test("CL-9 the district's time settles what a restart left open, and the way of the desk to it stays", () => {
    const { pc, ports: given, reboot } = world();
    const db = file();
    const before = openSteadyClock(db, ports(given));
    // The desk was three minutes ahead of the district all the time.
    expect(before.learn(3 * minuteMs)).toBe(false);
    reboot(5 * dayMs);
    pc.moved = -400 * dayMs;
    const after = openSteadyClock(db, ports(given));
    expect(after.trouble()).toMatchObject({ why: "restart" });
    const districtAt = pc.trueAt - 3 * minuteMs;
    expect(after.learn(after.now() - districtAt)).toBe(true);
    expect(after.now()).toBe(pc.trueAt);
    expect(after.trouble()).toMatchObject({ why: "set", aheadMs: -400 * dayMs });
    db.close();
  });

  test("CL-8 however the PC's clock is moved and the desk restarted, true time passes: a walk of many moves", () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            passMs: fc.integer({ min: 0, max: hourMs }),
            moveMs: fc.constantFrom(0, 0, 121_000, -121_000, ...moves),
            restart: fc.boolean(),
            looks: fc.boolean(),
          }),
          { maxLength: 30 },
        ),
        (course) => {
          const { pc, ports: given } = world();
          const db = file();
          let clock = openSteadyClock(db, ports(given));
          for (const { passMs, moveMs, restart, looks } of course) {
            pc.trueAt += passMs;
            pc.moved += moveMs;
            if (restart) clock = openSteadyClock(db, ports(given));
            if (looks) clock.look();
            // Never by more than a trim that was followed: 0.05 % of the time that passed.
            expect(Math.abs(clock.now() - pc.trueAt)).toBeLessThanOrEqual((pc.trueAt - saturday) * 0.0005 + 1);
          }
          db.close();
        },
      ),
      { seed, numRuns: 60 },
    );
  });

  test("CL-8 a trim is followed, slowly: a second in half an hour, never at once", () => {
    const { pc, ports: given } = world();
    const db = file();
    const clock = openSteadyClock(db, ports(given));
    pc.moved = 1_000;
    clock.look();
    expect(clock.now()).toBe(pc.trueAt);
    for (let beats = 0; beats < 1_100; beats++) {
      pc.trueAt += 2_000;
      clock.look();
    }
    expect(clock.now()).toBe(pc.trueAt + 1_000);
    expect(clock.trouble()).toBeNull();
    db.close();
  });
});
