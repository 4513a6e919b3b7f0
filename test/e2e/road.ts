import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { TestDistrict } from "../protocol/district.ts";
import { type DeskUnderTest, deskTest, expect } from "./desk.ts";
import { root } from "./vehicle.ts";

/** A district centre, and the one road to it, which can be shut. */
export interface Road {
  readonly district: TestDistrict;
  readonly dataDir: string;
  readonly url: string;
  shut(): void;
  open(): void;
}

/** A desk at the near end of such a road. */
export const roadTest = deskTest.extend<{ road: Road }>({
  // biome-ignore lint/correctness/noEmptyPattern: a fixture names what it uses, and this one uses none.
  road: async ({}, use) => {
    const dataDir = mkdtempSync(join(tmpdir(), "zhishou-district-"));
    const centre = spawn(process.execPath, [join(root, "district/main.ts"), "--data", dataDir, "--port", "0"], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const url = await urlOf(centre);
    const ca = readFileSync(join(dataDir, "ca.pem"), "utf8").replace(
      /-----BEGIN PRIVATE[\s\S]*?END PRIVATE KEY-----/,
      "",
    );
    const sockets = new Set<Socket>();
    let isShut = false;
    const gate = createServer((near) => {
      if (isShut) {
        near.resetAndDestroy();
        return;
      }
      const far = connect(Number(new URL(url).port), "127.0.0.1");
      for (const [from, to] of [
        [near, far],
        [far, near],
      ] as const) {
        sockets.add(from);
        from.on("error", () => {});
        from.once("close", () => to.destroy());
        from.pipe(to);
      }
    });
    await new Promise<void>((resolve) => gate.listen(0, "127.0.0.1", resolve));
    await use({
      district: { url: () => url, ca: () => ca, skewMs: 0 } as TestDistrict,
      dataDir,
      url: `https://127.0.0.1:${(gate.address() as AddressInfo).port}`,
      shut() {
        isShut = true;
        for (const socket of sockets) socket.destroy();
      },
      open() {
        isShut = false;
      },
    });
    for (const socket of sockets) socket.destroy();
    gate.close();
    centre.kill();
    rmSync(dataDir, { recursive: true, force: true });
  },
  start: async ({ road }, use) => use({ demo: true, district: road.url }),
});

function urlOf(centre: ChildProcess): Promise<string> {
  const { stdout } = centre;
  if (!stdout) throw new Error("The district has no output.");
  return new Promise((resolve) =>
    createInterface({ input: stdout }).once("line", (line) => resolve((JSON.parse(line) as { url: string }).url)),
  );
}

interface Status {
  readonly link: { readonly state: string };
  readonly waiting: number;
  readonly refused: number;
}
export const linkOf = async (desk: DeskUnderTest) => (await desk.call("link.status")) as Status;
export const online = (desk: DeskUnderTest) =>
  expect
    .poll(
      async () => {
        const { link, waiting } = await linkOf(desk);
        return [link.state, waiting];
      },
      { timeout: 30_000 },
    )
    .toEqual(["online", 0]);
