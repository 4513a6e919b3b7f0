import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { quietStart } from "#host/quiet-start.ts";

describe("the start is over", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  async function isOver(over: Promise<void>): Promise<boolean> {
    let told = false;
    void over.then(() => {
      told = true;
    });
    await vi.advanceTimersByTimeAsync(0);
    return told;
  }

  test("when the pages have every answer and ask for nothing more", async () => {
    const { over, asked } = quietStart();
    const first = asked();
    await vi.advanceTimersByTimeAsync(2_000);
    expect(await isOver(over)).toBe(false);
    const second = asked();
    first();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(await isOver(over)).toBe(false);
    second();
    await vi.advanceTimersByTimeAsync(300);
    asked()();
    await vi.advanceTimersByTimeAsync(300);
    expect(await isOver(over)).toBe(false);
    await vi.advanceTimersByTimeAsync(200);
    expect(await isOver(over)).toBe(true);
  });

  test("at the latest after five seconds, and at once when the desk ends", async () => {
    const busy = quietStart();
    busy.asked();
    await vi.advanceTimersByTimeAsync(5_000);
    expect(await isOver(busy.over)).toBe(true);
    const ended = quietStart();
    ended.end();
    expect(await isOver(ended.over)).toBe(true);
  });
});
