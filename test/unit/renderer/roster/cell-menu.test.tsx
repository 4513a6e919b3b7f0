import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import { CellMenu } from "#renderer/features/roster/CellMenu.tsx";

afterEach(cleanup);

test("the key that a line of the menu shows takes that line, also beyond nine; with Ctrl or Alt it is another key", () => {
  const taken: string[] = [];
  const items = Array.from({ length: 12 }, (_, at) => ({
    key: String(at),
    words: `事项${at}`,
    run: () => taken.push(String(at)),
  }));
  render(<CellMenu title="更多" items={items} anchor={new DOMRect(0, 0, 10, 10)} onLeave={() => {}} />);
  const lines = screen.getAllByRole("menuitem");
  const shown = lines.map((line) => line.querySelector(".roster-menu-number")?.textContent ?? "");
  expect(new Set(shown).size).toBe(12);
  for (const key of shown) {
    expect(key).toHaveLength(1);
    fireEvent.keyDown(screen.getByRole("menu"), { key: key.toLowerCase() });
  }
  expect(taken).toEqual(items.map(({ key }) => key));
  fireEvent.keyDown(screen.getByRole("menu"), { key: "1", altKey: true });
  fireEvent.keyDown(screen.getByRole("menu"), { key: "a", ctrlKey: true });
  expect(taken).toHaveLength(12);
});
