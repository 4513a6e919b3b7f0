import { rmSync, truncateSync } from "node:fs";
import { join } from "node:path";
import AxeBuilder from "@axe-core/playwright";
import { expect, deskTest as test } from "./desk.ts";
import { setTheme, signIn, themes } from "./screens.ts";

test.use({ start: { demo: true } });

test("a broken database opens the recovery screen, never an empty desk, and comes back from the newest snapshot", async ({
  desk,
  page,
}) => {
  await signIn(page);
  await desk.call("event.report", { text: "备份前接到的一件事" });
  await desk.call("system.snapshot");

  const broken = await desk.restart({}, (profile) => {
    for (const suffix of ["-wal", "-shm"]) rmSync(join(profile, `desk.db${suffix}`), { force: true });
    truncateSync(join(profile, "desk.db"), 20_000);
  });
  await expect(broken.getByRole("heading", { name: "本席位停在恢复状态" })).toBeVisible();
  await expect(broken.getByText("请用最近的备份恢复")).toBeVisible();
  for (const theme of themes) {
    await setTheme(broken, theme);
    const { violations } = await new AxeBuilder({ page: broken }).setLegacyMode(true).analyze();
    expect(violations.filter(({ impact }) => impact === "serious" || impact === "critical")).toEqual([]);
  }
  await broken.keyboard.press("Control+Enter");
  await signIn(broken);
  await broken.keyboard.press("F6");
  await expect(
    broken
      .getByRole("row", { name: /备份前接到的一件事/ })
      .or(broken.getByText("备份前接到的一件事"))
      .first(),
  ).toBeVisible();
});
