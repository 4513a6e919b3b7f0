import { QueryClientProvider } from "@tanstack/react-query";
import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, beforeAll, expect, test } from "vitest";
import { usePage } from "#renderer/app/store.ts";
import { deskAnswers } from "#renderer/bridge/answers.ts";
import { FindPalette } from "#renderer/features/find/FindPalette.tsx";
import { setLanguage } from "#renderer/text/text.ts";

beforeAll(async () => {
  await setLanguage("zh");
  Object.assign(window, {
    desk: { call: async () => ({ ok: true, value: { found: [] } }), onNotice: () => () => {}, shell: "electron" },
  });
});
afterEach(() => {
  cleanup();
  usePage.getState().forget();
});

function search(): HTMLElement {
  usePage.getState().openFind(true);
  render(
    <QueryClientProvider client={deskAnswers}>
      <FindPalette />
    </QueryClientProvider>,
  );
  const field = screen.getByRole("combobox", { hidden: true });
  fireEvent.change(field, { target: { value: "zh" } });
  return field;
}

test("a call that comes while somebody searches is taken at once: F2 a new event, F3 an entry of the log", () => {
  fireEvent.keyDown(search(), { key: "F2" });
  expect(usePage.getState()).toMatchObject({ findOpen: false, intakeOpen: true });
  cleanup();
  usePage.getState().closeIntake();
  fireEvent.keyDown(search(), { key: "F3" });
  expect(usePage.getState()).toMatchObject({
    findOpen: false,
    intakeOpen: false,
    place: "log",
    args: { write: "call" },
  });
});
