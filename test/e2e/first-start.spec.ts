import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { expect, deskTest as test } from "./desk.ts";
import { signIn } from "./screens.ts";
import { root } from "./vehicle.ts";

test("one key tries the sample district: signed in, linked, and linked again after a plain restart", async ({
  desk,
  page,
}) => {
  await page.getByRole("button", { name: /试用示例/ }).waitFor();
  await page.keyboard.press("2");
  await signIn(page);
  const badge = page.getByRole("banner").getByText("已连通");
  await expect(badge).toBeVisible({ timeout: 30_000 });
  await expect(page.getByRole("banner").getByText("茶山竹海街道治理中心")).toBeVisible();

  const again = await desk.restart();
  await signIn(again);
  await expect(again.getByRole("banner").getByText("已连通")).toBeVisible({ timeout: 30_000 });
});

test.describe("beside a district centre", () => {
  const dataDir = mkdtempSync(join(tmpdir(), "zhishou-district-"));
  let district: ChildProcess;
  let ready: { url: string; codes: { street: string; code: string }[] };

  test.beforeAll(async () => {
    district = spawn(process.execPath, [join(root, "district/main.ts"), "--data", dataDir, "--port", "0", "--codes"], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const { stdout } = district;
    if (!stdout) throw new Error("The district has no output.");
    ready = await new Promise((resolve) =>
      createInterface({ input: stdout }).once("line", (line) => resolve(JSON.parse(line))),
    );
  });
  test.afterAll(() => {
    district.kill();
    rmSync(dataDir, { recursive: true, force: true });
  });

  test("a desk is set up and enrolled by its one-time code; an empty roster is an alarm, a used code is said", async ({
    desk,
    page,
  }) => {
    const { code = "" } = ready.codes.find(({ street }) => street === "500118001") ?? {};
    await page.getByRole("button", { name: /开始设置/ }).waitFor();
    await page.keyboard.press("1");
    await page.getByRole("combobox", { name: "镇街" }).fill("中山路");
    await page.keyboard.press("Enter");
    await page.getByLabel("姓名").first().fill("周安宁");
    await page.getByLabel("PIN", { exact: true }).first().fill("135790");
    await page.getByLabel("地址").fill(ready.url);
    await page.getByLabel("登记码").fill(code);
    await page.keyboard.press("Control+Enter");

    const banner = page.getByRole("banner");
    await expect(banner.getByText("中山路街道治理中心")).toBeVisible({ timeout: 30_000 });
    await expect(banner.getByText("已连通")).toBeVisible({ timeout: 30_000 });
    const status = (await desk.call("link.status")) as { waiting: number; recorded: number; confirmed: number };
    expect(status).toMatchObject({ waiting: 0, recorded: 1, confirmed: 1 });
    expect(((await desk.call("desk.now")) as { gapsNow: unknown[] }).gapsNow).toHaveLength(4);
    await expect(desk.call("link.enrol", { url: ready.url, code })).rejects.toThrow("link.enrolled");
  });
});
