import { QueryClientProvider } from "@tanstack/react-query";
import { act, cleanup, renderHook, waitFor } from "@testing-library/react";
import { afterEach, beforeAll, expect, test } from "vitest";
import { deskAnswers } from "#renderer/bridge/answers.ts";
import { useEdits } from "#renderer/features/roster/use-edits.ts";

beforeAll(() =>
  Object.assign(window, {
    desk: { call: async () => ({ ok: true, value: {} }), onNotice: () => () => {}, shell: "electron" },
  }),
);
afterEach(cleanup);

test("what was taken back is told of its month alone; what may still be taken back stays when another month is turned to", async () => {
  const { result } = renderHook(() => useEdits("", () => {}), {
    wrapper: ({ children }) => <QueryClientProvider client={deskAnswers}>{children}</QueryClientProvider>,
  });
  const slot = "2026-12-25/night/deputy_operator";
  act(() => result.current.edit([{ slot, was: "a", wasName: "王小明", officerId: "b", name: "李小红" }]));
  await waitFor(() => expect(result.current.said?.type).toBe("done"));
  act(() => result.current.turned());
  expect(result.current.undo).toBeDefined();
  act(() => result.current.undo?.());
  await waitFor(() => expect(result.current.said?.type).toBe("undone"));
  act(() => result.current.turned());
  expect(result.current.said).toBeUndefined();
});
