import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

if (Number(process.versions.napi) < 10) {
  throw new Error(`The tests need Node 22.14 or newer (this is ${process.versions.node}): start them with npm test.`);
}

// A server to make databases on, and never a database to use: no process of a test may take it for its own.
process.env.ZHISHOU_TEST_DATABASE_URL ??= process.env.DATABASE_URL ?? "";
delete process.env.DATABASE_URL;

/** Sample desks that the files of this run share; each test works on a copy (`test/unit/core/desk.ts`). */
const samples = mkdtempSync(join(tmpdir(), "zhishou-samples-"));
process.env.ZHISHOU_TEST_SAMPLES = samples;
process.once("exit", () => rmSync(samples, { recursive: true, force: true }));

/** A checkout that has no times of an earlier run yet would begin with the largest files, and wait for these at its end. */
const longest = ["schedules", "crash", "tls"].map((name) => `/test/fault/${name}.test.ts`);
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isLong = ({ moduleId }: TestSpecification) => longest.some((end) => moduleId.endsWith(end));
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}

/** Suites that need a page; the others run in plain Node. */
const pages = "test/unit/renderer/**/*.test.{ts,tsx}";

export default defineConfig({
  test: {
    // Child processes and databases: a process of its own for each file keeps them apart.
    pool: "forks",
    maxWorkers: 2,
    // Fixed, so that a failure of yesterday fails today; `ZHISHOU_SEED` walks elsewhere.
    sequence: { seed: 20261121, sequencer: LongestFirst },
    // Real processes and sockets on a busy machine: what needed the second try is told as flaky, by name.
    retry: process.env.CI ? 1 : 0,
    testTimeout: 60_000,
    hookTimeout: 90_000,
    projects: [
      {
        extends: true,
        test: {
          name: "desk",
          environment: "node",
          include: ["test/**/*.test.{ts,tsx}"],
          exclude: [pages, "test/e2e/**", "**/node_modules/**"],
        },
      },
      {
        extends: true,
        test: {
          name: "pages",
          environment: "happy-dom",
          include: [pages],
          setupFiles: ["test/unit/renderer/patience.ts"],
        },
      },
    ],
  },
});
