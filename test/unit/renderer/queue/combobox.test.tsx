import { act, cleanup, fireEvent, render, screen } from "@testing-library/react";
import { useState } from "react";
import { afterEach, beforeAll, expect, test } from "vitest";
import { Combobox, type ComboboxProps } from "#renderer/features/queue/Combobox.tsx";
import { setLanguage } from "#renderer/text/text.ts";

const options = ["区应急管理局", "区交通运输委员会", "区交通运输委"].map((name) => ({ key: `k/${name}`, name }));
const [first, , whole] = options;

beforeAll(() => setLanguage("zh"));
afterEach(cleanup);

function open(more: Partial<ComboboxProps>, start = "") {
  let set: (value: string) => void = () => {};
  let now = "";
  function Form() {
    const [value, choose] = useState(start);
    now = value;
    set = choose;
    return <Combobox id="to" options={options} value={value} onChange={choose} {...more} />;
  }
  render(<Form />);
  const field = screen.getByRole<HTMLInputElement>("combobox");
  return { field, value: () => now, propose: (value: string) => act(() => set(value)) };
}

test.each([
  { free: true, taken: whole?.name },
  { free: false, taken: whole?.key },
])("a whole name and Enter take that one, whatever stands before it in the list: $free", ({ free, taken }) => {
  const { field, value } = open({ free });
  fireEvent.change(field, { target: { value: "区交通运输委" } });
  expect(screen.getAllByRole("option")).toHaveLength(2);
  fireEvent.keyDown(field, { key: "Enter" });
  expect(value()).toBe(taken);
});

test("free words stay as they were typed when the field is left", () => {
  const { field, value } = open({ free: true });
  fireEvent.change(field, { target: { value: "区交通" } });
  fireEvent.blur(field);
  expect(value()).toBe("区交通");
  expect(field.value).toBe("区交通");
});

test("a proposal that comes while the hand is in the field is replaced by what is typed", () => {
  const { field, propose } = open({});
  act(() => field.focus());
  propose(first?.key ?? "");
  expect(field.value).toBe(first?.name);
  expect(field.value.slice(field.selectionStart ?? 0, field.selectionEnd ?? 0)).toBe(first?.name);
});

test("initials find a name as soon as their readings have come", async () => {
  const { field } = open({ free: true });
  fireEvent.change(field, { target: { value: "qyj" } });
  expect(await screen.findByRole("option")).toHaveProperty("textContent", first?.name);
});
