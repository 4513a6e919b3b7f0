import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { useState } from "react";
import { afterEach, beforeAll, expect, test } from "vitest";
import { PartyChips } from "#renderer/features/queue/PartyChips.tsx";
import { setLanguage } from "#renderer/text/text.ts";
import type { Party } from "#shared/domain/duty-event/event.ts";

const listed: Party = { kind: "joint_post", name: "公安联勤岗" };

beforeAll(() => setLanguage("zh"));
afterEach(cleanup);

/** The field as the forms use it; answers what is chosen. */
function open(): { field: HTMLElement; chosen: () => readonly Party[] } {
  let now: readonly Party[] = [];
  function Form() {
    const [chosen, choose] = useState<readonly Party[]>([]);
    now = chosen;
    return <PartyChips id="co" describedBy="about" parties={[listed]} chosen={chosen} onChange={choose} />;
  }
  render(<Form />);
  return { field: screen.getByRole("combobox"), chosen: () => now };
}

const type = (field: HTMLElement, text: string) => fireEvent.change(field, { target: { value: text } });

test("a school that no list has is named by Enter, and only once", () => {
  const { field, chosen } = open();
  for (let time = 0; time < 2; time++) {
    type(field, "渝开小学");
    fireEvent.keyDown(field, { key: "Enter" });
  }
  expect(chosen()).toEqual([{ kind: "department", name: "渝开小学" }]);
});

test("a listed party comes first, and words that were only left behind name nobody", () => {
  const { field, chosen } = open();
  type(field, "公安");
  fireEvent.keyDown(field, { key: "Enter" });
  type(field, "渝开");
  fireEvent.blur(field);
  expect(chosen()).toEqual([listed]);
});
