import type { Page } from "@playwright/test";
import type { WallNow } from "#shared/contract.ts";
import { findings } from "./axe.ts";
import { fillTo } from "./busy-shift.ts";
import { type DeskUnderTest, expect, deskTest as test } from "./desk.ts";
import { samplePin, setTheme, settle, signIn, themes } from "./screens.ts";

test.use({ start: { demo: true } });

/** Presses the key of the wall and waits for its window. */
async function openWall({ electron, page }: DeskUnderTest): Promise<Page> {
  const opened = electron ? electron.app.waitForEvent("window") : page.context().waitForEvent("page");
  await page.keyboard.press("Alt+w");
  return standing(await opened);
}

async function standing(wall: Page): Promise<Page> {
  await wall.waitForLoadState();
  await wall.getByRole("region", { name: "未办结事件" }).waitFor();
  return wall;
}

/** Whether the whole street stands in its map. */
const outlineIn = (wall: Page): Promise<boolean> =>
  wall.evaluate(() => {
    const map = document.querySelector(".wall-map")?.getBoundingClientRect();
    const street = document.querySelector(".wall-map .map-line-street")?.getBoundingClientRect();
    return map !== undefined && street !== undefined && street.bottom <= map.bottom && street.top >= map.top;
  });

const pagesOf = ({ electron, page }: DeskUnderTest): Page[] =>
  electron ? electron.app.windows() : page.context().pages();

test("WL-1, WL-2, WL-5: by one key the room reads what is open and late; a confidential event it never reads; the change of shift does not blank it", async ({
  desk,
  page,
}) => {
  await signIn(page);
  const wall = await openWall(desk);
  const late = wall.locator(".wall-row.is-late");
  await expect(late).toHaveCount(1);
  await expect(late).toContainText("超 ");
  await expect(late.locator("svg path").last()).toBeVisible();
  await expect(wall.locator(".wall-map canvas")).toHaveAttribute("data-late", "1");
  expect(await outlineIn(wall), "one band of alarms").toBe(true);

  // Opened with a reason at the desk, it is read there, and not here.
  const title = "玄圭辞一";
  const { event } = (await desk.call("event.report", {
    text: title,
    title,
    level: "critical",
    confidential: true,
  })) as {
    event: { id: string; number: string };
  };
  await desk.call("event.open", { id: event.id, reason: "安排处置" });
  await page.keyboard.press("F6");
  await expect(page.getByText(title).first()).toBeVisible();
  const row = wall.locator(".wall-row", { hasText: event.number.slice(4) });
  await expect(row).toContainText("涉密事件");
  await expect(wall.getByText(/特急事件未受理 1 件：.* 涉密事件/)).toBeVisible();
  await expect.poll(() => outlineIn(wall), "two bands leave the map less room").toBe(true);
  await expect(wall.getByText(title)).toHaveCount(0);

  // Pressed again it is the same one.
  await page.keyboard.press("Alt+w");
  await page.waitForTimeout(500);
  expect(pagesOf(desk)).toHaveLength(2);

  await desk.call("session.signOut");
  await page.getByText("谁在值班").waitFor();
  await expect(row).toBeVisible();
  const { officers } = (await desk.call("session.officers")) as { officers: { id: string; grade: string }[] };
  const operator = officers.find(({ grade }) => grade === "operator");
  await desk.call("session.signIn", { officerId: operator?.id, pin: samplePin });
  await desk.call("event.report", { text: "茶竹路积水没过脚踝", level: "urgent" });
  await desk.call("session.lock");
  await expect(wall.getByText("茶竹路积水没过脚踝").first()).toBeVisible();
  const told = (await desk.call("wall.now")) as WallNow;
  expect(JSON.stringify(told)).not.toContain(title);
});

test("WL-3: of sixty open events the most pressing stay and the rest turn; nothing of it is hard to read, by day or by night", async ({
  desk,
  page,
}) => {
  test.skip(desk.electron !== undefined, "the page is the same in both");
  await signIn(page);
  await fillTo(desk, 60);
  const wall = await openWall(desk);
  const scripts = await wall.evaluate(() =>
    performance
      .getEntriesByType("resource")
      .map(({ name }) => name)
      .filter((name) => name.endsWith(".js")),
  );
  // The first chunk, the wall, its map and what they share: neither forms nor the other places.
  expect(scripts.join()).not.toMatch(/Intake|Roster|Handover|antd|TablesPlace|MapPlace/);
  for (const [width, height] of [
    [1366, 768],
    [1920, 1080],
    [3840, 2160],
  ] as const) {
    await wall.setViewportSize({ width, height });
    await settle(wall);
    await expect(wall.locator(".wall-page")).toContainText(/第 \d+\/\d+ 页/);
    const fits = await wall.evaluate(() => {
      const box = document.querySelector(".wall-list > ul")?.getBoundingClientRect();
      const rows = [...document.querySelectorAll(".wall-row")].map((row) => row.getBoundingClientRect().bottom);
      const whole = document.documentElement;
      return {
        rows: rows.length,
        last: Math.max(...rows) <= (box?.bottom ?? 0) + 1,
        wide: whole.scrollWidth <= innerWidth,
      };
    });
    expect(fits).toMatchObject({ last: true, wide: true });
    expect(fits.rows).toBeGreaterThan(5);
  }
  for (const theme of themes) {
    await setTheme(page, theme);
    await expect(wall.locator("html")).toHaveAttribute("data-theme", theme);
    await settle(wall);
    expect(await findings(wall), theme).toEqual([]);
  }
});

test("WL-5: the wall comes back with its desk, and not when a person has closed it", async ({ desk, page }) => {
  test.skip(!desk.electron, "a browser keeps its own tabs");
  await signIn(page);
  await openWall(desk);
  await desk.restart();
  await expect.poll(() => pagesOf(desk).length, { timeout: 20_000 }).toBe(2);
  const wall = await standing(pagesOf(desk).find((one) => one !== desk.page) as Page);
  expect(new URL(wall.url()).search).toBe("?wall");
  await expect(wall.locator(".wall-row").first()).toBeVisible();
  const looks = await desk.electron?.app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows().map(({ webContents }) => ({
      wall: webContents.getURL().endsWith("?wall"),
      muted: webContents.isAudioMuted(),
      sandbox: (webContents as unknown as { getLastWebPreferences(): { sandbox: boolean } }).getLastWebPreferences()
        .sandbox,
    })),
  );
  expect(looks?.sort((a, b) => Number(a.wall) - Number(b.wall))).toEqual([
    { wall: false, muted: false, sandbox: true },
    { wall: true, muted: true, sandbox: true },
  ]);
  const closed = wall.waitForEvent("close");
  await desk.electron?.app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()
      .find(({ webContents }) => webContents.getURL().endsWith("?wall"))
      ?.webContents.sendInputEvent({ type: "keyDown", keyCode: "Escape" }),
  );
  await closed;
  await desk.restart();
  await desk.page.waitForTimeout(5_000);
  expect(pagesOf(desk)).toHaveLength(1);
  // The window of the desk takes its wall with it.
  await signIn(desk.page);
  await openWall(desk);
  const ended = desk.electron?.app.waitForEvent("close");
  await desk.electron?.app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()
      .find(({ webContents }) => !webContents.getURL().endsWith("?wall"))
      ?.close(),
  );
  await ended;
});
