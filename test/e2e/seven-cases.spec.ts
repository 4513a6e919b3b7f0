import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { District } from "#district/district.ts";
import { askDistrict } from "#district/operator/ask.ts";
import type { LinkStatus } from "#shared/contract.ts";
import { minuteMs } from "#shared/lib/time.ts";
import { startDistrictAt } from "../district-at.ts";
import { type Hand, type Step, type Story, stories } from "../story/cases.ts";
import { type DeskUnderTest, deskTest, expect } from "./desk.ts";
import {
  detailOf,
  exportCourse,
  openEvent,
  sitDown,
  stateOf,
  stepParty,
  takeAction,
  takeCall,
  unlock,
  writeEntry,
} from "./officer.ts";
import { openPcClock, type PcClock } from "./pc-clock.ts";

/**
 * The seven true cases as an officer takes them, by keyboard alone, from F2 to the exported course, each at its own hours:
 * the PC's clock and the district's are moved as the story goes on. Scripts and expected courses are those of `test/story`.
 */
const street = "500118001";
const names: Readonly<Record<Hand, string>> = { operator: "柏一鸣", shift_leader: "庞小满" };

/** The world outside the desk: the hour, and a district at the other end of a line that can be pulled out. */
interface Town {
  readonly clock: PcClock;
  readonly dataDir: string;
  readonly url: string;
  plugIn(): Promise<void>;
  plugOut(): Promise<void>;
}

async function openTown(at: number): Promise<Town & { close(): Promise<void> }> {
  const clock = openPcClock(at);
  const dataDir = mkdtempSync(join(tmpdir(), "zhishou-district-"));
  let district: District | undefined;
  let port = 0;
  /** At the same address each time, as a district is that comes back. */
  const plugIn = async () => {
    district = await startDistrictAt(dataDir, { port, now: clock.now });
    port = Number(new URL(district.url).port);
  };
  const plugOut = async () => {
    await district?.close();
    district = undefined;
  };
  await plugIn();
  const url = `https://127.0.0.1:${port}`;
  return {
    clock,
    dataDir,
    url,
    plugIn,
    plugOut,
    async close() {
      await plugOut();
      clock.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

const test = deskTest.extend<{ town: Town }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads what a fixture needs from this pattern
  town: async ({}, use) => {
    const town = await openTown(Date.parse("2026-06-29T08:30:00+08:00"));
    await use(town);
    await town.close();
  },
  start: async ({ town }, use) => use({ demo: true, street, district: town.url, env: town.clock.env }),
});

interface Link {
  readonly waiting: number;
  readonly refused: number;
  readonly link: { readonly state: string };
}
const linkOf = async (desk: DeskUnderTest): Promise<Link> => (await desk.call("link.status")) as Link;
const online = (desk: DeskUnderTest) =>
  expect
    .poll(
      async () => {
        const { waiting, refused, link } = await linkOf(desk);
        return { waiting, refused, link: link.state };
      },
      { timeout: 30_000 },
    )
    .toEqual({ waiting: 0, refused: 0, link: "online" });

/** Time goes on; a hand that comes back gives its PIN where the desk has locked itself. */
async function goTo(desk: DeskUnderTest, town: Town, at: number): Promise<void> {
  town.clock.set(at);
  await desk.call("session.touch");
  const { lockedAt } = (await desk.call("session.current")) as { lockedAt: number | null };
  if (lockedAt !== null) await unlock(desk.page);
}

/** Plays one case from the first word to its end, and answers its exported course. */
async function play(desk: DeskUnderTest, town: Town, story: Story, seated: { hand: Hand | null }): Promise<string> {
  const { page } = desk;
  const startsAt = Date.parse(story.startsAt);
  const sit = async (hand: Hand) => {
    if (seated.hand === hand) return false;
    await sitDown(page, names[hand]);
    seated.hand = hand;
    return true;
  };
  const take = async (number: string, step: Step) => {
    if ("district" in step) {
      const entries = detailOf(page).locator(".timeline-entry");
      const before = await entries.count();
      // The district acts on what the desk has told it.
      await expect.poll(async () => ((await desk.call("link.status")) as LinkStatus).waiting).toBe(0);
      await askDistrict(town.dataDir, `/operator/streets/${street}/whistle`, {
        ...step.given,
        event: number,
        step: step.district,
        operator: "钱调度",
      });
      return expect(entries).toHaveCount(before + 1);
    }
    if (await sit(step.by)) await openEvent(page, number);
    if ("act" in step) return takeAction(page, step);
    if ("party" in step) return stepParty(page, step);
    return writeEntry(page, number, step);
  };

  await goTo(desk, town, startsAt);
  await sit(story.by);
  const { rows } = ((await desk.call("system.tables")) as { categories: { rows: { code: string; name: string }[] } })
    .categories;
  const category = rows.find(({ code }) => code === story.call.category)?.name ?? "";
  const number = await takeCall(page, story, category);
  for (const step of story.steps) {
    await goTo(desk, town, startsAt + Math.round(step.after * minuteMs));
    await test.step(`${step.after}: ${JSON.stringify(step).slice(0, 80)}`, () => take(number, step));
  }
  await expect(stateOf(page)).toHaveText("已办结");
  return exportCourse(desk);
}

const expectedOf = ({ key }: Story): string =>
  readFileSync(join(import.meta.dirname, `../story/expected/${key}.txt`), "utf8");

test("TL-1 BO-3 WH-3 TK-2: the seven true cases by keyboard, from F2 to the exported course; two with the link down", async ({
  desk,
  town,
  page,
}) => {
  test.setTimeout(240_000);
  await page.getByText("所有人的 PIN 都是").waitFor();
  await online(desk);
  const seated: { hand: Hand | null } = { hand: null };
  for (const story of stories)
    await test.step(story.name, async () => {
      if (story.offline) {
        await town.plugOut();
        await expect.poll(async () => (await linkOf(desk)).link.state).toBe("offline");
      }
      const text = await play(desk, town, story, seated);
      expect(text).toBe(expectedOf(story));
      const mark = detailOf(page).locator(".detail-sync");
      if (story.offline) {
        await expect(mark.locator(".sync-confirmed")).toHaveCount(0);
        await town.plugIn();
        await desk.call("link.syncNow");
      }
      await expect(mark.locator(".sync-confirmed")).toBeVisible({ timeout: 30_000 });
      await online(desk);
    });
});
