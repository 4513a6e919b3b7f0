import { afterEach, expect, test, vi } from "vitest";
import { sendFile, smallFile } from "#renderer/bridge/send-file.ts";

afterEach(() => vi.unstubAllGlobals());

/** As a browser answers for a file that another program holds, or that was changed or moved since it was chosen. */
class HeldReader {
  onerror = () => {};
  readAsDataURL() {
    queueMicrotask(() => this.onerror());
  }
}

test("RO-27 TB-7: a small file is taken whole; one that is too large, or that cannot be read, says so", async () => {
  const file = new File(["日期,主班\n"], "值班表.csv");
  expect(await smallFile(file, 1024)).toEqual({
    ok: true,
    value: { fileName: "值班表.csv", base64: Buffer.from("日期,主班\n").toString("base64") },
  });
  expect(await smallFile(new File([new Uint8Array(3000)], "a.xlsx"), 2048)).toMatchObject({
    error: { id: "file.too_large", params: { kb: 3, most: 2 } },
  });
  vi.stubGlobal("FileReader", HeldReader);
  expect(await smallFile(file, 1024)).toMatchObject({ ok: false, error: { id: "file.unreadable" } });
});

test("IM-1: a file that can no longer be read ends its sending with a reason, and leaves nothing half sent", async () => {
  const called: string[] = [];
  vi.stubGlobal("desk", {
    shell: "electron",
    onNotice: () => () => {},
    call: async (name: string) => {
      called.push(name);
      return { ok: true, value: { fileId: "f1" } };
    },
  });
  vi.stubGlobal("FileReader", HeldReader);
  expect(await sendFile(new File(["1,2"], "a.csv"), () => {})).toMatchObject({ error: { id: "file.unreadable" } });
  expect(called).toEqual(["file.begin", "file.drop"]);
});
