import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { useState } from "react";
import { afterEach, beforeAll, expect, test } from "vitest";
import { MeasuresField } from "#renderer/features/queue/BondFields.tsx";
import { setLanguage } from "#renderer/text/text.ts";
import type { Measures } from "#shared/domain/duty-event/review.ts";

beforeAll(() => setLanguage("zh"));
afterEach(cleanup);

function Form() {
  const [measures, setMeasures] = useState<Measures>([]);
  return (
    <>
      <MeasuresField id="measures" describedBy="about" value={measures} invalid onChange={setMeasures} />
      <output>{JSON.stringify(measures)}</output>
    </>
  );
}

test("RV-1: a measure is typed field by field, its day with a year of four figures; Enter behind the day begins the next", () => {
  const { container } = render(<Form />);
  const type = (label: string, value: string) =>
    fireEvent.change(screen.getAllByLabelText(label).at(-1) as HTMLElement, { target: { value } });
  type("做什么", "加装护栏");
  type("谁负责", "城管岗");
  type("哪天完成", "2026-07-14");
  const day = screen.getByLabelText<HTMLInputElement>("哪天完成");
  expect(day.max).toBe("9999-12-31");
  expect(container.querySelector("output")?.textContent).toBe(
    JSON.stringify([{ text: "加装护栏", who: "城管岗", dueOn: "2026-07-14" }]),
  );
  // Ctrl+Enter is the form's.
  expect(fireEvent.keyDown(day, { key: "Enter", ctrlKey: true })).toBe(true);
  expect(screen.getAllByLabelText("做什么")).toHaveLength(1);
  expect(fireEvent.keyDown(day, { key: "Enter" })).toBe(false);
  expect(screen.getAllByLabelText("做什么")).toHaveLength(2);
  expect(fireEvent.keyDown(screen.getAllByLabelText("做什么")[0] as HTMLElement, { key: "Enter" })).toBe(false);
  expect(screen.getAllByLabelText("做什么")).toHaveLength(2);
});

test("RV-1: of a measure that was begun, what it lacks is marked; a row that nobody began lacks nothing", () => {
  const { container } = render(<Form />);
  const lacking = () =>
    [...container.querySelectorAll(".is-lacking[aria-invalid]")].map((field) => field.getAttribute("aria-label"));
  expect(lacking()).toEqual([]);
  fireEvent.change(screen.getByLabelText("做什么"), { target: { value: "每周夜巡" } });
  expect(lacking()).toEqual(["谁负责", "哪天完成"]);
  fireEvent.change(screen.getByLabelText("谁负责"), { target: { value: "建设环保岗" } });
  expect(lacking()).toEqual(["哪天完成"]);
});
