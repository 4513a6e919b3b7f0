import { QueryClientProvider } from "@tanstack/react-query";
import { act, cleanup, render } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import { askAgain, deskAnswers, followDesk, useDesk } from "#renderer/bridge/use-desk.ts";

const asked: string[] = [];
let tell: (notice: { topics: readonly string[] }) => void = () => {};

Object.assign(window, {
  desk: {
    call: async (name: string) => {
      asked.push(name);
      return { ok: true, value: {} };
    },
    onNotice: (listener: typeof tell) => {
      tell = listener;
      return () => {};
    },
    shell: "electron",
  },
});

function Shown() {
  useDesk("log.list", {});
  useDesk("alarm.list", {});
  return null;
}

vi.useFakeTimers();
const pass = (ms: number) => act(() => vi.advanceTimersByTimeAsync(ms));

let unfollow = () => {};
afterEach(() => {
  unfollow();
  cleanup();
  deskAnswers.clear();
  asked.length = 0;
});

async function draw(): Promise<void> {
  unfollow = followDesk();
  render(
    <QueryClientProvider client={deskAnswers}>
      <Shown />
    </QueryClientProvider>,
  );
  await pass(0);
  expect(asked.splice(0)).toEqual(["log.list", "alarm.list"]);
}

test("what stands beside the work is asked for a moment after the news, once for many of them", async () => {
  await draw();
  tell({ topics: ["event"] });
  tell({ topics: ["event", "officer"] });
  await pass(100);
  expect(asked).toEqual(["log.list"]);
  await pass(400);
  expect(asked.filter((name) => name === "alarm.list")).toEqual(["alarm.list"]);
});

test("what was asked for since the news knows it, and is not asked for again; of later news it is", async () => {
  await draw();
  tell({ topics: ["event"] });
  await askAgain("alarm.list");
  await pass(500);
  expect(asked.filter((name) => name === "alarm.list")).toEqual(["alarm.list"]);

  asked.length = 0;
  tell({ topics: ["event"] });
  await askAgain("alarm.list");
  tell({ topics: ["event"] });
  await pass(500);
  expect(asked.filter((name) => name === "alarm.list")).toEqual(["alarm.list", "alarm.list"]);
});

test("when the core is back, everything that was asked for before is asked for again", async () => {
  await draw();
  tell({ topics: ["*"] });
  await pass(500);
  expect(asked.sort()).toEqual(["alarm.list", "log.list"]);
});
