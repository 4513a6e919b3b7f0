import { QueryClientProvider } from "@tanstack/react-query";
import { act, cleanup, render } from "@testing-library/react";
import { afterEach, beforeAll, expect, test, vi } from "vitest";
import { AlarmSound } from "#renderer/app/AlarmSound.tsx";
import { deskAnswers } from "#renderer/bridge/answers.ts";
import { setLanguage } from "#renderer/text/text.ts";

let voices = 0;
const node = () => ({
  frequency: { value: 0 },
  gain: { setValueAtTime() {}, linearRampToValueAtTime() {} },
  connect: (next: unknown) => next,
  start() {},
  stop() {},
});

beforeAll(async () => {
  await setLanguage("zh");
  vi.stubGlobal(
    "AudioContext",
    class {
      currentTime = 0;
      constructor() {
        voices += 1;
      }
      createOscillator = node;
      createGain = node;
      close() {}
    },
  );
  Object.assign(window, {
    desk: {
      call: async () => ({
        ok: true,
        value: { at: Date.now(), alarms: [{ level: "red", keys: ["a"], acknowledged: null }] },
      }),
      onNotice: () => () => {},
      shell: "electron",
    },
  });
});

afterEach(() => {
  cleanup();
  deskAnswers.clear();
  vi.restoreAllMocks();
  vi.useRealTimers();
  voices = 0;
});

async function soundAt(ageMs: number) {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "setInterval", "clearInterval"] });
  vi.spyOn(performance, "now").mockReturnValue(ageMs);
  render(
    <QueryClientProvider client={deskAnswers}>
      <AlarmSound />
    </QueryClientProvider>,
  );
  await act(() => vi.advanceTimersByTimeAsync(10));
}

test("PS-11: what stands already when a page comes up sounds when its screens are there, and then again and again", async () => {
  await soundAt(500);
  expect(voices).toBe(0);
  await act(() => vi.advanceTimersByTimeAsync(1_500));
  expect(voices).toBe(1);
  await act(() => vi.advanceTimersByTimeAsync(4_000));
  expect(voices).toBe(2);
});

test("PS-11: what comes later sounds at once", async () => {
  await soundAt(60_000);
  expect(voices).toBe(1);
});
