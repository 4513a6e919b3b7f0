import { QueryClientProvider } from "@tanstack/react-query";
import { cleanup, render, screen } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import { askAhead, deskAnswers } from "#renderer/bridge/answers.ts";
import { useDesk } from "#renderer/bridge/use-desk.ts";

const asked: string[] = [];
let answer: (outcome: unknown) => void = () => {};

Object.assign(window, {
  desk: {
    call: (name: string) => {
      asked.push(name);
      return new Promise((resolve) => {
        answer = resolve;
      });
    },
    onNotice: () => () => {},
    shell: "electron",
  },
});

function Phase() {
  const { data, error } = useDesk("system.status", {});
  return <p>{data?.phase ?? error?.id ?? "…"}</p>;
}
const draw = () =>
  render(
    <QueryClientProvider client={deskAnswers}>
      <Phase />
    </QueryClientProvider>,
  );

afterEach(() => {
  cleanup();
  deskAnswers.clear();
  asked.length = 0;
});

test("what was asked ahead is shown without being asked again", async () => {
  const ahead = askAhead("system.status");
  draw();
  answer({ ok: true, value: { phase: "ready" } });
  await ahead;
  await screen.findByText("ready");
  expect(asked).toEqual(["system.status"]);
});

test("what failed ahead leaves nothing behind: whoever shows it asks for itself", async () => {
  const ahead = askAhead("system.status");
  answer({ ok: false, error: { id: "setup.needed", kind: "stop" } });
  await ahead;
  draw();
  expect(screen.getByText("…")).toBeTruthy();
  expect(asked).toEqual(["system.status", "system.status"]);
  answer({ ok: true, value: { phase: "setup" } });
  await screen.findByText("setup");
});
