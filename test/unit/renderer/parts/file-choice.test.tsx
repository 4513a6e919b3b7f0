import { cleanup, fireEvent, render } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import { FileButton } from "#renderer/parts/index.ts";

afterEach(cleanup);

test("a file that was mended can be chosen again under its name", () => {
  const onFile = vi.fn();
  const { container } = render(
    <FileButton accept=".csv" onFile={onFile}>
      选文件
    </FileButton>,
  );
  const input = container.querySelector("input") as HTMLInputElement;
  const forgotten = vi.spyOn(input, "value", "set");
  const file = new File(["一"], "值班表.csv");
  fireEvent.change(input, { target: { files: [file] } });
  expect(onFile).toHaveBeenCalledWith(file);
  expect(forgotten).toHaveBeenCalledWith("");
});
