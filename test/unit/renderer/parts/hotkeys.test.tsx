import { cleanup, fireEvent, render } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import {
  boundKeys,
  HotkeyLayer,
  keyName,
  useEarlyKeys,
  useHotkey,
  useKeySheet,
  useNotedKey,
} from "#renderer/parts/hotkeys.tsx";

function Bound({ on, run, when = true }: { on: string; run: () => void; when?: boolean }) {
  useHotkey(on, run, { when });
  return null;
}

afterEach(cleanup);

test("keys have one name each", () => {
  const plain = { ctrlKey: false, altKey: false, metaKey: false, shiftKey: false };
  expect(keyName({ ...plain, key: "F2" })).toBe("F2");
  expect(keyName({ ...plain, key: "Escape" })).toBe("Esc");
  expect(keyName({ ...plain, key: "Enter", ctrlKey: true })).toBe("Ctrl+Enter");
  expect(keyName({ ...plain, key: "?", shiftKey: true })).toBe("?");
  expect(keyName({ ...plain, key: "A", shiftKey: true })).toBe("a");
});

test("the newest binding of a key wins, and gives it back", () => {
  const first = vi.fn();
  const second = vi.fn();
  const { rerender } = render(
    <>
      <Bound on="F6" run={first} />
      <Bound on="F6" run={second} />
    </>,
  );
  fireEvent.keyDown(document.body, { key: "F6" });
  rerender(<Bound on="F6" run={first} />);
  fireEvent.keyDown(document.body, { key: "F6" });
  expect([first.mock.calls.length, second.mock.calls.length]).toEqual([1, 1]);
});

test("a letter never fires while someone types; a function key does, and the browser does not get it", () => {
  const letter = vi.fn();
  const key = vi.fn();
  const { getByRole } = render(
    <>
      <input />
      <Bound on="a" run={letter} />
      <Bound on="F5" run={key} />
    </>,
  );
  fireEvent.keyDown(getByRole("textbox"), { key: "a" });
  expect(letter).not.toHaveBeenCalled();
  expect(fireEvent.keyDown(getByRole("textbox"), { key: "F5" })).toBe(false);
  expect(key).toHaveBeenCalledOnce();
  fireEvent.keyDown(document.body, { key: "a" });
  expect(letter).toHaveBeenCalledOnce();
});

test("an open dialog silences the screen behind it", () => {
  const screen = vi.fn();
  const dialog = vi.fn();
  const { rerender } = render(
    <>
      <Bound on="Ctrl+Enter" run={screen} />
      <HotkeyLayer>
        <Bound on="Ctrl+Enter" run={dialog} />
      </HotkeyLayer>
    </>,
  );
  fireEvent.keyDown(document.body, { key: "Enter", ctrlKey: true });
  fireEvent.keyDown(document.body, { key: "F2" });
  expect([screen.mock.calls.length, dialog.mock.calls.length]).toEqual([0, 1]);
  rerender(<Bound on="Ctrl+Enter" run={screen} />);
  fireEvent.keyDown(document.body, { key: "Enter", ctrlKey: true });
  expect(screen).toHaveBeenCalledOnce();
});

test("a dialog without a layer of its own still keeps the screen's keys", () => {
  const run = vi.fn();
  const { getByRole } = render(
    <>
      <Bound on="F2" run={run} />
      <div role="dialog">
        <button type="button">x</button>
      </div>
    </>,
  );
  fireEvent.keyDown(getByRole("button"), { key: "F2" });
  expect(run).not.toHaveBeenCalled();
});

test("keys of an input method are left alone", () => {
  const run = vi.fn();
  render(<Bound on="Esc" run={run} />);
  fireEvent.keyDown(document.body, { key: "Escape", isComposing: true });
  fireEvent.keyDown(document.body, { key: "Escape", keyCode: 229 });
  expect(run).not.toHaveBeenCalled();
});

test("a key that is switched off is free", () => {
  const run = vi.fn();
  render(<Bound on="F9" run={run} when={false} />);
  expect(fireEvent.keyDown(document.body, { key: "F9" })).toBe(true);
  expect(run).not.toHaveBeenCalled();
});

test("a key pressed before the part that binds it has come is done when it comes, in its order, once, and only where parts are awaited", () => {
  const done: string[] = [];
  function Screen({ waiting, parts }: { waiting: boolean; parts: readonly string[] }) {
    useEarlyKeys(waiting);
    return parts.map((key) => <Bound key={key} on={key} run={() => done.push(key)} />);
  }
  const { rerender } = render(<Screen waiting parts={["g"]} />);
  for (const key of ["z", "g", "d", "x"]) fireEvent.keyDown(document.body, { key });
  expect(done).toEqual(["g"]);
  rerender(<Screen waiting={false} parts={["g", "d", "z"]} />);
  expect(done).toEqual(["g", "z", "d"]);
  rerender(<Screen waiting={false} parts={["g", "d", "z", "x"]} />);
  fireEvent.keyDown(document.body, { key: "q" });
  rerender(<Screen waiting={false} parts={["q", "x"]} />);
  expect(done, "nothing is awaited any more").toEqual(["g", "z", "d"]);
});

test("a key that a list answers by itself stands on the sheet while the list is there, and is bound by nobody", () => {
  const Sheet = () => <p>{useKeySheet().map(({ key, label }) => `${key}=${label}`)}</p>;
  const Noting = () => {
    useNotedKey("Shift+↑ ↓", "连续标记");
    return null;
  };
  const both = (noting: boolean) => (
    <>
      <Sheet />
      {noting && <Noting />}
    </>
  );
  const { container, rerender } = render(both(true));
  expect(container.textContent).toContain("Shift+↑ ↓=连续标记");
  expect(boundKeys()).toEqual([]);
  rerender(both(false));
  expect(container.textContent).not.toContain("连续标记");
});
