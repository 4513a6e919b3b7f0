import { expect, test, vi } from "vitest";
import { saveFile } from "#renderer/bridge/save-file.ts";

test("a made file reaches the browser byte for byte, under its name and kind", async () => {
  let given: Blob | undefined;
  let name = "";
  vi.stubGlobal("URL", {
    createObjectURL: (blob: Blob) => {
      given = blob;
      return "blob:here";
    },
    revokeObjectURL: () => {},
  });
  vi.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(function (this: HTMLAnchorElement) {
    name = this.download;
  });
  const bytes = Uint8Array.from([0, 255, 80, 75, 3, 4]);
  saveFile({ fileName: "2026年11月值班表.xlsx", base64: Buffer.from(bytes).toString("base64") });
  expect(name).toBe("2026年11月值班表.xlsx");
  expect(given?.type).toContain("spreadsheetml");
  const read = await new Promise((resolve) => {
    const reader = new FileReader();
    reader.onload = () => resolve(new Uint8Array(reader.result as ArrayBuffer));
    reader.readAsArrayBuffer(given as Blob);
  });
  expect(read).toEqual(bytes);
});
