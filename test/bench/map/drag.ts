import type { Page } from "@playwright/test";
import { figure, median, quantile } from "../report.ts";
import { launch, restMs } from "./pages-run.ts";

/** Dragging the map as a screen paces it: ours, and beside it a bare Leaflet map in the same window under the same hand. */

/** The window of both: the desk leaves 1280×800 of it to the map. */
export const windowSize = { width: 1645, height: 881 };

/**
 * Drags the map by mouse; lengths of the frames meanwhile, ms. The hand is the browser's own input: Playwright's mouse runs a script in
 * the page with each move of a pressed button, which costs as much as the drag.
 */
async function dragFrames(page: Page, turns: number, stage: string): Promise<number[]> {
  const box = await page.locator(stage).boundingBox();
  if (!box) throw new Error("no map");
  const [left, top] = [box.x + box.width / 2, box.y + box.height / 2];
  const session = await page.context().newCDPSession(page);
  const mouse = (type: "mouseMoved" | "mousePressed" | "mouseReleased", away: number, pressed: boolean) =>
    session.send("Input.dispatchMouseEvent", {
      type,
      x: left + away,
      y: top + away / 2,
      button: pressed ? "left" : "none",
      buttons: pressed && type !== "mouseReleased" ? 1 : 0,
      clickCount: type === "mouseMoved" ? 0 : 1,
    });
  await page.evaluate("globalThis.stopFrames = bench.watchFrames()");
  for (let turn = 0; turn < turns; turn++) {
    const step = turn % 2 === 0 ? 8 : -8;
    await mouse("mouseMoved", 0, false);
    await mouse("mousePressed", 0, true);
    for (let i = 1; i <= 30; i++) await mouse("mouseMoved", i * step, true);
    await mouse("mouseReleased", 30 * step, true);
  }
  await session.detach();
  return page.evaluate("stopFrames()");
}

/** The map has been open for a while: that rest also ends the one collection of 20 to 40 ms that V8 makes after any page was opened. */
export async function dragged(page: Page, stage = ".map-stage"): Promise<number[]> {
  await dragFrames(page, 2, stage);
  await page.waitForTimeout(restMs);
  await dragFrames(page, 1, stage);
  return dragFrames(page, 12, stage);
}

/** What the machine itself drops: Leaflet with one blank sheet of the same size on it, moved and cleared with every frame. */
export async function draggedBare(address: string): Promise<number[]> {
  const browser = await launch();
  try {
    const page = await (await browser.newContext({ viewport: windowSize })).newPage();
    await page.goto(address);
    return await dragged(page, "#map");
  } finally {
    await browser.close();
  }
}

export const over20 = (frames: readonly number[]): number => frames.filter((length) => length > 20).length;

export const frameFigures = (frames: readonly number[]) => ({
  count: frames.length,
  over20: over20(frames),
  p50: figure(median(frames)),
  p95: figure(quantile(frames, 0.95)),
  longest: figure(Math.max(...frames)),
});
