import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { useState } from "react";
import { afterEach, expect, test } from "vitest";
import { PressRow } from "#renderer/features/queue/PressRow.tsx";

afterEach(cleanup);

const options = [
  ["low", "低"],
  ["middle", "中"],
  ["high", "高"],
] as const;

function Row() {
  const [value, setValue] = useState<("low" | "middle" | "high")[]>([]);
  return <PressRow label="等级" options={options} value={value} onChange={setValue} />;
}

test("a row of filters is one stop of Tab; arrows, Home and End move in it, any number of buttons may be down", () => {
  render(<Row />);
  const stops = () => screen.getAllByRole("button").map(({ tabIndex }) => tabIndex);
  const press = (key: string) => fireEvent.keyDown(document.activeElement as Element, { key });
  expect(stops()).toEqual([0, -1, -1]);
  screen.getByRole("button", { name: "低" }).focus();
  press("ArrowLeft");
  expect(document.activeElement?.textContent).toBe("低");
  press("ArrowRight");
  press("ArrowRight");
  press("ArrowRight");
  expect(document.activeElement?.textContent).toBe("高");
  expect(stops()).toEqual([-1, -1, 0]);
  fireEvent.click(document.activeElement as Element);
  press("Home");
  fireEvent.click(document.activeElement as Element);
  const isDown = screen.getAllByRole("button").map((one) => one.getAttribute("aria-pressed"));
  expect(isDown).toEqual(["true", "false", "true"]);
  expect(fireEvent.keyDown(document.activeElement as Element, { key: "Tab" }), "Tab stays Tab").toBe(true);
});
