import type { Page } from "@playwright/test";
import { deskTest, expect } from "./desk.ts";
import { processes } from "./processes.ts";

deskTest.use({ start: { demo: true } });

/** Longer than a second: in it the figures change at least once. */
const lookMs = 1_200;

const picture = async (page: Page): Promise<string> =>
  (await page.locator(".strip-time").screenshot()).toString("base64");

async function goesOn(page: Page): Promise<boolean> {
  const before = await picture(page);
  await page.waitForTimeout(lookMs);
  return (await picture(page)) !== before;
}

deskTest(
  "the second hand goes on without the page being laid out, by day and night, and comes back after a fault of the GPU's process",
  async ({ desk, page }) => {
    await desk.call("session.signIn", { pin: "2580" });
    await page.getByRole("main").waitFor();
    expect(await goesOn(page)).toBe(true);
    // For a reader it is text, to the minute.
    await expect(page.locator(".strip-second time")).toHaveText(/^\d\d:\d\d$/);

    const devtools = await page.context().newCDPSession(page);
    await devtools.send("Performance.enable");
    const laidOut = async () => {
      const { metrics } = await devtools.send("Performance.getMetrics");
      return metrics.find(({ name }) => name === "LayoutCount")?.value;
    };
    // What else moves, a minute that turns or an answer, is not in every such stretch.
    await expect
      .poll(
        async () => {
          const before = await laidOut();
          await page.waitForTimeout(2 * lookMs);
          return (await laidOut()) === before;
        },
        { intervals: [0], timeout: 20_000 },
      )
      .toBe(true);
    await devtools.detach();

    const dark = (): Promise<boolean> => page.evaluate(() => document.documentElement.dataset.theme === "night");
    const wasDark = await dark();
    await page.emulateMedia({ colorScheme: wasDark ? "light" : "dark" });
    await expect.poll(dark).toBe(!wasDark);
    expect(await goesOn(page)).toBe(true);

    const gpu = processes().find(
      ({ command }) => command.includes("--type=gpu-process") && command.includes(desk.profile),
    );
    if (!gpu) throw new Error("no process of the GPU");
    process.kill(gpu.pid, "SIGKILL");
    // That it comes back is asked, not how soon: a picture of a busy machine takes seconds.
    await expect.poll(() => goesOn(page), { intervals: [200], timeout: 60_000 }).toBe(true);
  },
);
