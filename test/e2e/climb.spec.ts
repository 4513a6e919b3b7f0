import type { Page } from "@playwright/test";
import type { EventDetail, OutputOf } from "#shared/contract.ts";
import { minuteMs } from "#shared/lib/time.ts";
import { type DeskUnderTest, deskTest, expect } from "./desk.ts";
import { detailOf } from "./officer.ts";
import { openPcClock, type PcClock } from "./pc-clock.ts";
import { signIn } from "./screens.ts";

/** The PC's clock is in the test's hand: hours pass when it says so, and not otherwise. */
const test = deskTest.extend<{ clock: PcClock }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads what a fixture needs from this pattern
  clock: async ({}, use) => {
    const clock = openPcClock(Date.parse("2026-06-29T09:00:00+08:00"));
    await use(clock);
    clock.close();
  },
  start: async ({ clock }, use) => use({ demo: true, env: clock.env }),
});

/** Counts the tones of the gravest alarm that the page really plays. */
const listen = (page: Page) =>
  page.evaluate(() => {
    const heard = window as unknown as { red: number };
    heard.red = 0;
    const { start } = OscillatorNode.prototype;
    OscillatorNode.prototype.start = function (at) {
      if (this.frequency.value > 800) heard.red += 1;
      start.call(this, at);
    };
  });
const redTones = (page: Page) => page.evaluate(() => (window as unknown as { red: number }).red);
/** A red alarm sounds every four seconds. */
const longerThanRedMs = 5_000;

const climbsOf = async (desk: DeskUnderTest, id: string) =>
  ((await desk.call("event.get", { id })) as EventDetail).event.climbs[0]?.asked.raisedAt.length ?? 0;

test("CL-11 CL-12: what nobody accepts climbs to the district with a sound that only a person ends; a flood is one line, and none of it is lost", async ({
  desk,
  page,
  clock,
}) => {
  await signIn(page);
  const open = (await desk.call("event.list", { view: "open" })) as OutputOf<"event.list">;
  for (const { id } of open.rows)
    await desk.call("event.transition", { id, action: "close", given: { result: "清场" } }).catch(() => undefined);
  await listen(page);
  const pass = async (minutes: number) => {
    clock.set(clock.now() + minutes * minuteMs);
    await desk.call("session.touch");
  };
  const foot = (words: string | RegExp) => page.locator(".keys-news .one-line").filter({ hasText: words });
  const band = (words: string | RegExp) => page.getByRole("alert").locator(".alarm").filter({ hasText: words });

  const matter = { text: "石马河有人落水", level: "critical", category: "water_rescue" };
  const { event } = (await desk.call("event.report", matter)) as OutputOf<"event.report">;
  await expect(band("特急事件未受理 1 件：石马河有人落水")).toBeVisible();
  // Due in a minute; then each rung has its own time.
  await pass(2);
  await expect.poll(() => climbsOf(desk, event.id)).toBe(1);
  for (const [minutes, whom] of [
    [1, "值班长"],
    [2, "带班领导"],
    [3, "区中心"],
  ] as const) {
    await pass(minutes);
    await expect(band("石马河有人落水")).toContainText(`特急事件超时未办 1 件，已报${whom}`);
  }
  const before = await redTones(page);
  await expect.poll(() => redTones(page), { timeout: 2 * longerThanRedMs }).toBeGreaterThan(before);

  // One key says who has seen it, and only then it is quiet.
  await page.keyboard.press("F12");
  await expect(band("石马河有人落水")).toHaveCount(0);
  await expect(page.getByText("告警 1，已确认")).toBeVisible();
  await page.waitForTimeout(500);
  const quiet = await redTones(page);
  await page.waitForTimeout(longerThanRedMs);
  expect(await redTones(page)).toBe(quiet);

  // Each step stands in its course.
  await page.keyboard.press("F6");
  await expect(detailOf(page).getByRole("heading", { name: "石马河有人落水" })).toBeVisible();
  const course = detailOf(page).locator(".timeline-entry");
  for (const line of [
    /受理超时，提醒值班台/,
    /受理超时未办，逐级上报值班长 \S+/,
    /受理超时未办，逐级上报带班领导 \S+/,
    /受理超时未办，逐级上报区中心/,
  ])
    await expect(course.filter({ hasText: line })).toHaveCount(1);

  const ids: string[] = [];
  for (let index = 0; index < 100; index++) {
    const one = { text: `涝点 ${index} 积水`, level: "urgent", category: "waterlogging" };
    ids.push(((await desk.call("event.report", one)) as OutputOf<"event.report">).event.id);
    clock.set(clock.now() + 600);
  }
  await expect(foot(/紧急事件未受理 100 件：/)).toBeVisible();
  await pass(4);
  await expect.poll(async () => Promise.all(ids.map((id) => climbsOf(desk, id)))).toEqual(ids.map(() => 1));
  await pass(6);
  const flood = band(/紧急事件超时未办 100 件，已报值班长/);
  await expect(flood).toHaveCount(1);
  await flood.getByRole("button", { name: "知道了" }).click();
  await expect(flood).toHaveCount(0);
  const { alarms } = (await desk.call("alarm.list")) as OutputOf<"alarm.list">;
  const told = alarms.filter(({ kind, eventLevel }) => kind === "climbed" && eventLevel === "urgent");
  expect(told).toMatchObject([{ count: 100, acknowledged: { name: expect.stringMatching(/./) } }]);
  expect(new Set(told[0]?.keys.map((key) => key.split("/")[1]))).toEqual(new Set(ids));
});
