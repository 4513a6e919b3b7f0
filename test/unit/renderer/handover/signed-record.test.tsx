import { cleanup, render, screen, waitFor } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import { SignedRecord } from "#renderer/features/handover/SignedRecord.tsx";

afterEach(cleanup);

test("a record that a signature has just put in place of its form has the hand, and scrolls; a hand elsewhere stays there", async () => {
  const { rerender } = render(<input aria-label="PIN" />);
  screen.getByLabelText("PIN").focus();
  rerender(<SignedRecord head="head">words</SignedRecord>);
  await waitFor(() => expect(document.activeElement).toBe(screen.getByRole("region")));
  cleanup();

  const beside = (signed: boolean) => (
    <>
      <input aria-label="search" />
      {signed && <SignedRecord head="head">words</SignedRecord>}
    </>
  );
  const shown = render(beside(false));
  const search = screen.getByLabelText("search");
  search.focus();
  shown.rerender(beside(true));
  await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  expect(document.activeElement).toBe(search);
});
