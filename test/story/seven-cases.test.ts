import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Sqlite from "better-sqlite3";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import type { District } from "#district/district.ts";
import { askDistrict } from "#district/operator/ask.ts";
import type { InputOf } from "#shared/contract.ts";
import { minuteMs } from "#shared/lib/time.ts";
import { startDistrictAt } from "../district-at.ts";
import { forget, openTestDesk, type TestDesk } from "../unit/core/desk.ts";
import { type Hand, type Step, type Story, stories } from "./cases.ts";

/**
 * The seven true cases from the first word to the score or the close, on a real desk with a real district over HTTPS, time
 * moved as each case tells it. Their courses are compared with texts that were written by hand.
 */
const street = "500118001";
const pin = "2580";
const officers: Readonly<Record<Hand, string>> = { operator: "zs-08", shift_leader: "zs-05" };

const dataDir = mkdtempSync(join(tmpdir(), "zhishou-district-"));
const clock = { now: Date.parse("2026-06-29T08:30:00+08:00"), monotonic: 0 };
let district: District | undefined;
let desk: TestDesk;
let beat = () => {};

/** At the same address each time, as a district is that comes back. */
async function plugIn(): Promise<string> {
  district = await startDistrictAt(dataDir, { port, now: () => clock.now });
  port = Number(new URL(district.url).port);
  return district.url;
}
let port = 0;

async function plugOut(): Promise<void> {
  await district?.close();
  district = undefined;
}

beforeAll(async () => {
  const districtUrl = await plugIn();
  desk = await openTestDesk({
    ports: {
      now: () => clock.now,
      monotonic: () => clock.monotonic,
      every: (work) => {
        beat = work;
        return () => {};
      },
      demoStreet: street,
      districtUrl,
    },
  });
  // An event is numbered with the letter that the district gave: no story begins before it is known.
  await within(async () => expect((await desk.get("link.status")).link.state).toBe("online"));
}, 60_000);
afterAll(async () => {
  await desk.close();
  await plugOut();
  forget(desk.profileDir);
  rmSync(dataDir, { recursive: true, force: true });
});

const within = <T>(what: () => Promise<T>): Promise<T> => vi.waitFor(what, { timeout: 15_000, interval: 20 });

function goTo(at: number): void {
  clock.monotonic += at - clock.now;
  clock.now = at;
  beat();
}

/** The officer sits down at the desk, which locks itself while nobody touches it. */
async function hand(by: Hand): Promise<void> {
  const { officer, lockedAt } = await desk.get("session.current");
  if (officer?.id !== officers[by] || lockedAt !== null)
    await desk.get("session.signIn", { officerId: officers[by], pin });
}

async function take(id: string, step: Step): Promise<void> {
  await hand("by" in step ? step.by : "operator");
  if ("district" in step) {
    // The district acts on what the desk has told it.
    await within(async () => expect((await desk.get("link.status")).waiting).toBe(0));
    const before = (await desk.get("event.get", { id })).timeline.length;
    await askDistrict(dataDir, `/operator/streets/${street}/whistle`, {
      ...step.given,
      event: id,
      step: step.district,
      operator: "钱调度",
    });
    await within(async () => expect((await desk.get("event.get", { id })).timeline).toHaveLength(before + 1));
    return;
  }
  if ("act" in step) {
    const asked = { id, action: step.act, given: step.given ?? {} } as InputOf<"event.transition">;
    if (step.refused) {
      expect(await desk.refusal("event.transition", asked), step.act).toBe(step.refused);
      return;
    }
    await desk.get("event.transition", asked);
  } else if ("party" in step) {
    const taskId = step.party && `${step.party.kind}:${step.party.name}`;
    const call = step.call ? { call: { ...step.call, at: clock.now } } : {};
    await desk.get("task.act", { eventId: id, taskId, action: step.step, given: { ...step.given, ...call } });
  } else {
    await desk.get("log.write", { kind: step.log, text: step.text, eventId: id });
  }
}

/** The event as the district's own file holds it. */
function atDistrict(id: string): unknown {
  const file = new Sqlite(join(dataDir, "district.db"), { readonly: true });
  const state = file.prepare("SELECT state FROM entity WHERE kind = 'event' AND id = ?").pluck().get(id) as string;
  file.close();
  return JSON.parse(state);
}

/** As it was written by hand, of a desk with the letter of this number: on a slow machine the district may have lettered one before. */
const expected = ({ key }: Story, number: string): string =>
  readFileSync(new URL(`./expected/${key}.txt`, import.meta.url), "utf8").replaceAll(
    /(?<=\d{8}-)A(?=\d{3})/g,
    number.charAt(9),
  );

test.each(stories.map((story) => [story.name, story] as const))(
  "IN-6 EV-14 TK-2 WH-3 BO-3 CL-6 TL-1: %s",
  async (_, story) => {
    const startsAt = Date.parse(story.startsAt);
    if (story.offline) await plugOut();
    goTo(startsAt);
    await hand(story.by);
    if (story.offline) await within(async () => expect((await desk.get("link.status")).link.state).toBe("offline"));
    const { event } = await desk.get("intake.take", {
      ...story.call,
      place: { ...story.call.place, point: null },
    });
    for (const step of story.steps) {
      goTo(startsAt + Math.round(step.after * minuteMs));
      await take(event.id, step);
    }
    if (story.offline) {
      const detail = await desk.get("event.get", { id: event.id });
      expect(detail.timeline.map(({ sync }) => sync.state)).not.toContain("confirmed");
      await plugIn();
      await desk.get("link.syncNow");
    }
    // The badge says confirmed when it is true: line by line, and at the district the same event to the last field.
    const done = await within(async () => {
      const detail = await desk.get("event.get", { id: event.id });
      expect(detail.timeline.filter(({ sync }) => sync.state !== "confirmed")).toEqual([]);
      const { waiting, refused, link } = await desk.get("link.status");
      expect({ waiting, refused, link: link.state }).toEqual({ waiting: 0, refused: 0, link: "online" });
      return detail;
    });
    expect(done.sync.state).toBe("confirmed");
    expect(done.event.state).toBe("closed");
    expect(atDistrict(event.id)).toEqual(done.event);
    expect((await desk.get("event.timeline", { id: event.id })).text).toBe(expected(story, event.number));
  },
);
