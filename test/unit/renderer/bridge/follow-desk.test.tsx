import { QueryClientProvider } from "@tanstack/react-query";
import { act, cleanup, render } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import { askAgain, askAhead, deskAnswers } from "#renderer/bridge/answers.ts";
import { followDesk } from "#renderer/bridge/follow-desk.ts";
import { useDesk } from "#renderer/bridge/use-desk.ts";

const asked: string[] = [];
/** While set, calls wait here for their answers. */
let held: (() => void)[] | undefined;
let tell: (notice: { topics: readonly string[] }) => void = () => {};

Object.assign(window, {
  desk: {
    call: async (name: string) => {
      asked.push(name);
      const value = { turn: asked.filter((one) => one === name).length };
      if (held) await new Promise<void>((resolve) => held?.push(resolve));
      return { ok: true, value };
    },
    onNotice: (listener: typeof tell) => {
      tell = listener;
      return () => {};
    },
    shell: "electron",
  },
});

function Shown() {
  const log = useDesk("log.list", {}).data as unknown as { turn: number } | undefined;
  useDesk("alarm.list", {});
  return <output>{log?.turn}</output>;
}

function Officer() {
  useDesk("session.current", {});
  return null;
}

vi.useFakeTimers();
const pass = (ms: number) => act(() => vi.advanceTimersByTimeAsync(ms));

let unfollow = () => {};
afterEach(() => {
  unfollow();
  held = undefined;
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

test("news that overtakes the first answer is followed: the answer may have left the core before it", async () => {
  const answers: (() => void)[] = [];
  held = answers;
  await draw();
  tell({ topics: ["event"] });
  await pass(500);
  tell({ topics: ["event"] });
  await pass(500);
  expect(asked, "a first answer that is on its way is let come").toEqual([]);

  held = undefined;
  for (const answer of answers) answer();
  await pass(500);
  expect(asked.sort(), "and asked for again once").toEqual(["alarm.list", "log.list"]);
});

test("what was asked ahead follows the news from then on, though no screen shows it yet", async () => {
  const answers: (() => void)[] = [];
  held = answers;
  unfollow = followDesk();
  void askAhead("session.current");
  tell({ topics: ["session"] });
  await pass(200);
  render(
    <QueryClientProvider client={deskAnswers}>
      <Officer />
    </QueryClientProvider>,
  );
  await pass(0);
  expect(asked).toEqual(["session.current"]);
  held = undefined;
  for (const answer of answers) answer();
  await pass(200);
  expect(asked).toEqual(["session.current", "session.current"]);
});

test("while news pours in faster than the desk answers, each answer is let come and shown, and asked for once more afterwards", async () => {
  await draw();
  const shown = document.querySelector("output");
  let answers: (() => void)[] = [];
  const answer = async () => {
    const [come] = answers;
    answers = answers.slice(1);
    held = answers;
    come?.();
    await pass(0);
  };
  const pour = async () => {
    for (let time = 0; time < 4; time++) {
      tell({ topics: ["log"] });
      await pass(200);
    }
  };
  held = answers;
  await pour();
  expect(asked, "the answer on its way is not thrown away").toEqual(["log.list"]);
  await answer();
  expect(shown?.textContent).toBe("1");
  expect(asked, "it may have left the core before the news").toEqual(["log.list", "log.list"]);
  await pour();
  await answer();
  expect(shown?.textContent).toBe("2");
  await answer();
  await pass(1_000);
  expect(shown?.textContent).toBe("3");
  expect(asked, "no news since: no further question").toHaveLength(3);
});

test("what another officer is told, or another core, is asked for anew at once: the answer on its way was not theirs", async () => {
  for (const topic of ["session", "*"]) {
    unfollow = followDesk();
    render(
      <QueryClientProvider client={deskAnswers}>
        <Officer />
      </QueryClientProvider>,
    );
    await pass(0);
    held = [];
    tell({ topics: ["session"] });
    await pass(0);
    tell({ topics: [topic] });
    await pass(200);
    expect(asked).toEqual(["session.current", "session.current", "session.current"]);
    held = undefined;
    unfollow();
    cleanup();
    deskAnswers.clear();
    asked.length = 0;
  }
});
