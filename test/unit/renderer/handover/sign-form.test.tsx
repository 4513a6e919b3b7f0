import { QueryClientProvider } from "@tanstack/react-query";
import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { deskAnswers } from "#renderer/bridge/answers.ts";
import { SignForm } from "#renderer/features/handover/SignForm.tsx";
import type { HandoverDraft } from "#shared/contract.ts";
import { dayMs } from "#shared/lib/time.ts";
import { openPageDesk } from "../page-desk.ts";

/** The signing pane over a real core, at an hour that asks for a reason. */
let page: Awaited<ReturnType<typeof openPageDesk>>;
let draft: HandoverDraft;

beforeAll(async () => {
  page = await openPageDesk();
  const { demoPin } = await page.desk.get("system.status");
  await page.desk.get("session.signIn", { pin: demoPin ?? "" });
  draft = await page.desk.get("handover.draft");
});
afterEach(cleanup);
afterAll(() => page.end());

const show = () =>
  render(
    <QueryClientProvider client={deskAnswers}>
      <SignForm
        side="outgoing"
        draft={draft}
        written={undefined}
        now={draft.record.dueAt + dayMs}
        onSigned={() => {}}
      />
    </QueryClientProvider>,
  );
const reasonField = () => screen.getByPlaceholderText<HTMLInputElement>("写明原因");
const pinField = () => screen.getByLabelText<HTMLInputElement>(/本人 PIN/);
const type = (value: string) => fireEvent.change(document.activeElement as HTMLInputElement, { target: { value } });
const kept = async () => (await page.desk.get("draft.load", { key: `sign:${draft.handoverId}:outgoing` })).value;

test("HO-8: the key leads to the PIN also where a reason is due; Enter goes on to the reason, and the PIN stays", async () => {
  show();
  fireEvent.keyDown(document.body, { key: "s" });
  expect(document.activeElement).toBe(pinField());
  expect(pinField().type).toBe("password");
  type("246810");
  fireEvent.keyDown(pinField(), { key: "Enter" });
  expect(document.activeElement).toBe(reasonField());
  expect(pinField().value).toBe("246810");
  type("接班车辆晚到");
  expect(screen.queryByRole("status")).toBeNull();
  await waitFor(async () => expect(await kept()).toContain("接班车辆晚到"));
});

test("HO-8: digits typed where the reason belongs are not shown, are no reason, and are kept nowhere", async () => {
  show();
  await waitFor(() => expect(reasonField().value).toBe("接班车辆晚到"));
  reasonField().focus();
  for (const pin of ["1", "1357", "１３５７"]) {
    type(pin);
    expect(reasonField().className).toContain("is-hidden");
    expect(reasonField().getAttribute("aria-invalid")).toBe("true");
    expect(screen.getByRole("status").textContent).toContain("可能是 PIN");
  }
  await waitFor(async () => expect(await kept()).toBeNull());
  fireEvent.keyDown(reasonField(), { key: "Enter" });
  expect(document.activeElement).toBe(pinField());
  expect(reasonField().value).toBe("");
  // Digits that begin a reason are shown with it.
  reasonField().focus();
  type("3");
  type("3 号车晚到");
  expect(reasonField().className).not.toContain("is-hidden");
  await waitFor(async () => expect(await kept()).toContain("3 号车晚到"));
});
