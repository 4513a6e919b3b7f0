import { cleanup, render, screen, waitFor } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import { useHandOn } from "#renderer/parts/focus-here.ts";

afterEach(cleanup);

function Form({ step }: { readonly step: number }) {
  useHandOn(step, () => document.querySelector<HTMLElement>("#next"));
  return (
    <>
      {step === 0 && <input aria-label="question" />}
      <input aria-label="other" />
      <button type="button" id="next">
        go on
      </button>
    </>
  );
}

test("where what had the hand is gone, the hand goes on to what is next; where it is somewhere, it stays", async () => {
  const { rerender } = render(<Form step={0} />);
  screen.getByLabelText("question").focus();
  rerender(<Form step={1} />);
  await waitFor(() => expect(document.activeElement?.id).toBe("next"));
  const other = screen.getByLabelText("other");
  other.focus();
  rerender(<Form step={2} />);
  await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  expect(document.activeElement).toBe(other);
});
