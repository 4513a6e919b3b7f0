import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import type { PresenceRules } from "#shared/domain/presence/rules.ts";
import { type DeskUnderTest, expect, deskTest as test } from "./desk.ts";
import { samplePin, signIn } from "./screens.ts";
import { root } from "./vehicle.ts";

test.use({ start: { demo: true } });

/** What an operator at the district centre types; the sample district is a real one, in a process of its own. */
function district(desk: DeskUnderTest, ...args: string[]): string {
  const dataDir = join(desk.profile, "sample-district");
  const { stdout, stderr, status } = spawnSync(process.execPath, ["district/main.ts", "--data", dataDir, ...args], {
    cwd: root,
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(stderr);
  return stdout;
}

const online = (desk: DeskUnderTest) =>
  expect
    .poll(async () => ((await desk.call("link.status")) as { link: { state: string } }).link.state, { timeout: 30_000 })
    .toBe("online");

/** Counts what the page really plays. */
const listen = (page: Page) =>
  page.evaluate(() => {
    const heard = window as unknown as { beeps: number };
    heard.beeps = 0;
    const { createOscillator } = AudioContext.prototype;
    AudioContext.prototype.createOscillator = function () {
      heard.beeps += 1;
      return createOscillator.call(this);
    };
  });
const beeps = (page: Page) => page.evaluate(() => (window as unknown as { beeps: number }).beeps);

/** The district has other rules of presence: asked within seconds, the next rung after `rungS`. */
function drill(desk: DeskUnderTest, rungS: number): void {
  const rules = JSON.parse(readFileSync(join(root, "resources/defaults/presence.json"), "utf8")) as PresenceRules;
  const ladder = [
    { to: "desk" as const, answerMinutes: rungS / 60 },
    { to: "leader_on_duty" as const, answerMinutes: 30 },
  ];
  const quiet = [{ from: "00:00", to: "00:00" }];
  const vigilance = { quiet, soonestMinutes: 0.02, latestMinutes: 0.04, ladder };
  const file = join(tmpdir(), `zhishou-rules-${process.pid}.json`);
  writeFileSync(file, JSON.stringify({ ...rules, label: "演练", vigilance }));
  district(desk, "--rules", file, "--for", "500118004");
}

test("PS-7 PS-8 a vigilance check is asked, missed, climbs to the leader, sounds with the window hidden, and is answered with one key", async ({
  desk,
  page,
}) => {
  await signIn(page);
  await online(desk);
  await listen(page);
  drill(desk, 3);
  const band = page.getByRole("alert").filter({ hasText: "在岗核验" });
  await expect(band).toContainText("请应答");
  await expect(band).toContainText(/现在请 带班领导 \S+/);
  if (desk.electron) {
    await desk.electron.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.hide());
    const before = await beeps(page);
    await expect.poll(() => beeps(page), { timeout: 10_000 }).toBeGreaterThan(before);
    await desk.electron.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.show());
  } else await expect.poll(() => beeps(page)).toBeGreaterThan(0);
  // Also from the middle of a form.
  await page.keyboard.press("F2");
  await page.getByLabel("事由").fill("写了一半");
  await page.keyboard.press("F12");
  await expect(page.getByLabel("事由")).toHaveValue("写了一半");
  await page.keyboard.press("Escape");
  await page.keyboard.press("F8");
  await expect(page.getByText(/在岗核验：\S+ \S+后应答/).first()).toBeVisible();
  await expect(page.getByText(/未应答，改请 带班领导/).first()).toBeVisible();
});

test("PS-9 PS-10 the district asks, the desk answers with a remark, and the district sees who and how fast", async ({
  desk,
  page,
}) => {
  await signIn(page);
  await online(desk);
  district(desk, "--ask", "500118004", "--words", "请报在岗人员", "--operator", "钱调度");
  const band = page.getByRole("alert").filter({ hasText: "区中心查岗" });
  await expect(band).toContainText("“请报在岗人员”");
  await band.getByLabel("备注，可不填").fill("主班副班均在岗");
  await page.keyboard.press("F12");
  await expect(band).toHaveCount(0);
  const seen = () =>
    (JSON.parse(district(desk, "--presence", "500118004")) as { dutyChecks: { standing: string; answer: unknown }[] })
      .dutyChecks[0];
  await expect.poll(seen).toMatchObject({ standing: "answered", answer: { remarks: "主班副班均在岗" } });
});

test("PS-5 PS-4 a locked screen hides the work, keeps a half-typed draft, goes on sounding, and can be taken over", async ({
  desk,
  page,
}) => {
  await signIn(page);
  await listen(page);
  await page.keyboard.press("F2");
  await page.getByLabel("事由").fill("茶竹路有人呼救");
  await page.keyboard.press("Alt+l");
  const lock = page.getByRole("dialog", { name: /^已锁屏/ });
  await expect(lock).toBeVisible();
  // A second Esc closes a dialog of the platform without asking: the lock stays all the same.
  for (let press = 0; press < 4; press++) await page.keyboard.press("Escape");
  await expect(lock).toBeVisible();
  await expect(lock.getByRole("textbox")).toBeFocused();
  await expect(desk.call("event.list")).rejects.toThrow("session.locked");
  await expect.poll(() => beeps(page), { timeout: 20_000 }).toBeGreaterThan(0);
  await page.keyboard.type("0000");
  await page.keyboard.press("Enter");
  await expect(lock.getByRole("alert").filter({ hasText: "PIN 不对" })).toBeVisible();
  await page.keyboard.type(samplePin);
  await page.keyboard.press("Enter");
  await expect(lock).toHaveCount(0);
  await expect(page.getByLabel("事由")).toHaveValue("茶竹路有人呼救");
  // The keys work again where they were.
  await page.keyboard.type("，请速去");
  await expect(page.getByLabel("事由")).toHaveValue("茶竹路有人呼救，请速去");

  await page.keyboard.press("Alt+l");
  await lock.getByRole("button", { name: "换别人登录" }).click();
  await lock.getByRole("listbox", { name: "谁在值班" }).getByRole("option").nth(2).click();
  await lock.getByLabel("输入 PIN").fill(samplePin);
  await page.keyboard.press("Enter");
  await expect(lock).toHaveCount(0);
  await page.keyboard.press("F8");
  await expect(page.getByText(/接管席位，前一人/).first()).toBeVisible();
});
