import { spawnSync } from "node:child_process";
import { join } from "node:path";

/** `npm run screenshots`: the README's pictures, taken in the real Electron window. */
const root = join(import.meta.dirname, "..");
const done = spawnSync(
  process.execPath,
  [
    join(root, "node_modules/@playwright/test/cli.js"),
    "test",
    "-c",
    "test/e2e/playwright.config.ts",
    "--project=pictures",
  ],
  { cwd: root, stdio: "inherit", env: { ...process.env, ZHISHOU_PICTURES: "1" } },
);
process.exit(done.status ?? 1);
