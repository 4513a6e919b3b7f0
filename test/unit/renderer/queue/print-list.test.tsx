import { act, cleanup, fireEvent, render, screen } from "@testing-library/react";
import { createRef } from "react";
import { afterEach, beforeAll, expect, test, vi } from "vitest";
import { PrintHint } from "#renderer/app/PrintHint.tsx";
import { PrintList } from "#renderer/features/queue/PrintList.tsx";
import { NoPaper } from "#renderer/parts/index.ts";
import { setLanguage } from "#renderer/text/text.ts";
import { ok } from "#shared/lib/result.ts";

beforeAll(() => setLanguage("zh"));
afterEach(cleanup);

const column = { name: "标题", share: 100, figures: false };
const list = {
  office: "街道",
  title: "事件清单",
  under: "待办",
  stamps: [],
  columns: [column],
  rows: [["<img src=x onerror=alert(1)>"]],
};

test("LS-8: the list is on paper while it prints and not a moment longer; markup in it is text", async () => {
  const print = vi.fn();
  vi.stubGlobal("print", print);
  render(<PrintList make={async () => ok(list)} event={createRef()} />);
  fireEvent.keyDown(window, { key: "p", ctrlKey: true });
  await vi.waitFor(() => expect(print).toHaveBeenCalledTimes(1));
  const paper = document.querySelector(".list-paper");
  expect(paper?.textContent).toContain("<img src=x onerror=alert(1)>");
  expect(paper?.querySelector("img")).toBeNull();
  act(() => void window.dispatchEvent(new Event("afterprint")));
  expect(document.querySelector(".paper")).toBeNull();
  vi.unstubAllGlobals();
});

test("where nothing prints the key says what does, and the paper is not blank", () => {
  HTMLDialogElement.prototype.showModal ??= function showModal(this: HTMLDialogElement) {
    this.open = true;
  };
  render(
    <>
      <NoPaper />
      <PrintHint />
    </>,
  );
  expect(document.querySelector(".paper-none")?.textContent).toContain("能打印的有");
  fireEvent.keyDown(window, { key: "p", ctrlKey: true });
  expect(screen.getByRole("dialog", { hidden: true }).textContent).toContain("这里没有可打印的");
});
