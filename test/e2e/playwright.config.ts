import { join } from "node:path";
import { defineConfig } from "@playwright/test";
import type { DeskUse } from "./desk.ts";

/**
 * Specs of whole ways through the desk run twice: in Debian's Chromium over the browser shell, and in a real Electron
 * window. Those whose page is the same in both, and which are long, run in Chromium alone.
 */
const inChromiumAlone = [
  "a11y.spec.ts",
  "battle-map.spec.ts",
  "climb.spec.ts",
  "conflict.spec.ts",
  "handover-busy.spec.ts",
  "hostile-places.spec.ts",
  "map-files.spec.ts",
  "map-scale.spec.ts",
  "map-work.spec.ts",
  "officer-tools.spec.ts",
  "operator.spec.ts",
  "planning.spec.ts",
  "roster-layers.spec.ts",
  "roster.spec.ts",
  "tables.spec.ts",
];

/** Of a spec that runs in both: what looks at the page alone. */
const ofThePage = new RegExp(
  [
    "no serious accessibility fault",
    "sixty events",
    "where a closed event stood",
    "in a flood the event",
    "OF-5",
    "wrong input is said",
    "CF-1 CF-2",
    "CF-4",
    "IN-8",
    "PS-9",
    "WL-3",
    "how far the review is",
    "return, whistle, reopen and void",
    "the parties of an event by keyboard",
    "a correction is an entry of its own",
    "the grid of a rule table",
    "an event is found on the map",
    "the keyboard asks who covers a point",
    "the swimmer is on the way",
  ].join("|"),
);

export default defineConfig<object, DeskUse>({
  testDir: ".",
  outputDir: join(import.meta.dirname, "../../test-results/e2e"),
  globalSetup: "./global-setup.ts",
  // A desk mostly waits for its disk: two side by side keep two cores busy.
  workers: 2,
  fullyParallel: false,
  // A window of a busy machine may miss one key; what needed the second try is told as flaky, by name.
  retries: process.env.CI ? 1 : 0,
  timeout: 90_000,
  expect: { timeout: 15_000 },
  reporter: [["list"]],
  use: { screenshot: "only-on-failure", actionTimeout: 15_000, navigationTimeout: 30_000 },
  projects: [
    { name: "chromium", use: { shell: "chromium" }, testIgnore: ["shell*.spec.ts", "package.spec.ts"] },
    { name: "electron", use: { shell: "electron" }, testIgnore: inChromiumAlone, grepInvert: ofThePage },
    // Not a test: `npm run screenshots`.
    ...(process.env.ZHISHOU_PICTURES
      ? [{ name: "pictures", use: { shell: "electron" as const }, testMatch: "*.shots.ts" }]
      : []),
  ],
});
