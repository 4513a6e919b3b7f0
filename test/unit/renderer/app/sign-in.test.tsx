import { QueryClientProvider } from "@tanstack/react-query";
import { act, cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { afterEach, beforeAll, expect, test } from "vitest";
import { LookSwitch } from "#renderer/app/KeyStrip.tsx";
import { askAgain, deskAnswers } from "#renderer/bridge/answers.ts";
import { SignIn } from "#renderer/features/session/SignIn.tsx";
import { setLanguage } from "#renderer/text/text.ts";
import type { SystemStatus } from "#shared/contract.ts";

/** Who leads the shift; the roster may turn while a person types. */
let leader = "p1";
const signed: unknown[] = [];
const officers = () =>
  ["p1", "p2"].map((id) => ({
    id,
    name: id === "p1" ? "甲班长" : "乙班长",
    grade: "shift_leader",
    post: "",
    onDuty: id === leader ? "shift_leader" : null,
  }));

beforeAll(async () => {
  await setLanguage("zh");
  Object.assign(window, {
    desk: {
      call: async (name: string, input: unknown) => {
        if (name === "session.signIn") signed.push(input);
        return { ok: true, value: name === "session.officers" ? { officers: officers() } : {} };
      },
      onNotice: () => () => {},
      shell: "electron",
    },
  });
});
afterEach(cleanup);

test("a PIN goes to whom it was begun for, though the shift turns while it is typed", async () => {
  render(
    <QueryClientProvider client={deskAnswers}>
      <SignIn status={{ demoPin: null } as unknown as SystemStatus} />
    </QueryClientProvider>,
  );
  const shown = () => document.querySelector(".sign-in-name")?.textContent;
  await waitFor(() => expect(shown()).toBe("甲班长"));
  const field = screen.getByLabelText("输入 PIN");
  fireEvent.change(field, { target: { value: "25" } });
  leader = "p2";
  await act(() => askAgain("session.officers"));
  fireEvent.change(field, { target: { value: "2580" } });
  expect(shown()).toBe("甲班长");
  fireEvent.keyDown(field, { key: "Enter" });
  await waitFor(() => expect(signed).toEqual([{ officerId: "p1", pin: "2580" }]));
});

test("a click on a name, a figure, the language or nothing leaves the hand in the PIN; a digit goes there from anywhere", async () => {
  render(
    <QueryClientProvider client={deskAnswers}>
      <SignIn status={{ demoPin: null } as unknown as SystemStatus} />
      <LookSwitch />
    </QueryClientProvider>,
  );
  const field = screen.getByLabelText("输入 PIN");
  for (const clicked of [
    screen.getByRole("button", { name: "7" }),
    screen.getByRole("button", { name: "夜间" }),
    screen.getByRole("button", { name: "English" }),
    document.body,
  ]) {
    field.blur();
    expect(fireEvent.mouseDown(clicked)).toBe(false);
    expect(document.activeElement).toBe(field);
  }
  expect(fireEvent.mouseDown(field)).toBe(true);
  const language = screen.getByRole("button", { name: "English" });
  language.focus();
  fireEvent.keyDown(language, { key: "Tab" });
  expect(document.activeElement).toBe(language);
  fireEvent.keyDown(language, { key: "2" });
  expect(document.activeElement).toBe(field);
});

test("whoever was broken off is asked for again and told why; nobody else is", async () => {
  const draw = (brokenOff: string | null) =>
    render(
      <QueryClientProvider client={deskAnswers}>
        <SignIn status={{ demoPin: null } as unknown as SystemStatus} brokenOff={brokenOff} />
      </QueryClientProvider>,
    );
  leader = "p1";
  const shown = () => document.querySelector(".sign-in-name")?.textContent;
  draw("p2");
  await waitFor(() => expect(shown()).toBe("乙班长"));
  expect(screen.getByText(/值守刚才中断/)).toBeTruthy();
  cleanup();
  draw(null);
  await waitFor(() => expect(shown()).toBe("甲班长"));
  expect(screen.queryByText(/值守刚才中断/)).toBeNull();
});
