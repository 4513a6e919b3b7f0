import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { checks } from "./check/all.ts";
import { runChecks } from "./check.ts";
import { prepareTestElectron } from "./test-electron/prepare.ts";

/** Everything that proves the desk, in one command: checks, then tests in Node, then the desk in Chromium and in Electron. */

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const reports = mkdtempSync(join(tmpdir(), "zhishou-test-"));
const playwrightLimitMs = 1_080_000;
/** Tests start some hundred Nodes (browser shells, cores, districts): code that one has compiled the next one finds, and is up in half the time. */
process.env.NODE_COMPILE_CACHE = join(reports, "compiled");

/** A server to make databases on. No process of a test finds it as its own: it would write where somebody else keeps something. */
const databaseUrl = process.env.DATABASE_URL ?? "";
delete process.env.DATABASE_URL;
/** The contract of the district, which also runs on PostgreSQL. */
const contractOfStore = [
  ...["district", "operator", "whistle", "pieces", "freight"].map((name) => `test/protocol/${name}.test.ts`),
  "test/unit/district/store.test.ts",
];

/** What a suite came to. `why` says in plain words why it did not run. */
interface Tally {
  readonly suite: string;
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly ms: number;
  readonly why?: string;
}

const notRun = (suite: string, why: string): Tally => ({ suite, passed: 0, failed: 0, skipped: 1, ms: 0, why });

async function timed(suite: string, count: () => Promise<Omit<Tally, "suite" | "ms">>): Promise<Tally> {
  const started = performance.now();
  console.log(`\n== ${suite}`);
  return { suite, ...(await count()), ms: performance.now() - started };
}

/** Runs a tool of node_modules in this same Node; what it says goes straight to the terminal. */
function runTool(file: string, args: readonly string[], env: Record<string, string> = {}): Promise<number> {
  const child = spawn(process.execPath, [join(root, "node_modules", file), ...args], {
    cwd: root,
    stdio: ["ignore", "inherit", "inherit"],
    env: { ...process.env, ...env },
  });
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => resolve(code ?? 1));
  });
}

function readReport<T>(file: string): T | undefined {
  return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as T) : undefined;
}

async function countChecks(): Promise<Omit<Tally, "suite" | "ms">> {
  const done = await runChecks(Object.keys(checks), console.log);
  const failed = done.filter((checked) => checked.problems.length > 0).length;
  return { passed: done.length - failed, failed, skipped: 0 };
}

interface VitestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly message: string;
    readonly assertionResults: readonly {
      readonly fullName: string;
      readonly status: string;
      readonly failureMessages: readonly string[] | null;
    }[];
  }[];
}

/** What went wrong, by file, name and first line: told again at the end, where the last screen of a log still shows it. */
const troubles: string[] = [];
const firstLine = (text = "") => text.split("\n")[0]?.slice(0, 300) ?? "";

async function countVitest(
  only: readonly string[] = [],
  env: Record<string, string> = {},
): Promise<Omit<Tally, "suite" | "ms">> {
  const file = join(reports, "vitest.json");
  rmSync(file, { force: true });
  const args = ["run", ...only, "--reporter=default", "--reporter=json", `--outputFile.json=${file}`];
  const code = await runTool("vitest/vitest.mjs", args, env);
  const report = readReport<VitestReport>(file);
  if (!report) return { passed: 0, failed: 1, skipped: 0 };
  // A file that could not even be read has no tests to count, and has failed.
  const unread = report.testResults.filter(
    (one) => one.status === "failed" && one.assertionResults.length === 0,
  ).length;
  for (const { name, status, message, assertionResults } of report.testResults) {
    const file = relative(root, name);
    if (status === "failed" && assertionResults.length === 0) troubles.push(`failed  ${file}: ${firstLine(message)}`);
    for (const { fullName, status: came, failureMessages } of assertionResults) {
      const [failure] = failureMessages ?? [];
      if (came === "failed") troubles.push(`failed  ${file}: ${fullName}: ${firstLine(failure)}`);
      else if (failure)
        troubles.push(`flaky   ${file}: ${fullName}: passed at the second try after ${firstLine(failure)}`);
    }
  }
  const failed = report.numFailedTests + unread;
  return {
    passed: report.numPassedTests,
    failed: failed === 0 && code !== 0 ? 1 : failed,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

interface PlaywrightSuite {
  readonly suites?: readonly PlaywrightSuite[];
  readonly specs?: readonly {
    readonly title: string;
    readonly file: string;
    readonly tests: readonly { readonly projectName: string; readonly status: string }[];
  }[];
}

const testsOf = (suite: PlaywrightSuite): { projectName: string; status: string; title: string }[] => [
  ...(suite.specs ?? []).flatMap(({ title, file, tests }) =>
    tests.map((one) => ({ ...one, title: `${file}: ${title}` })),
  ),
  ...(suite.suites ?? []).flatMap(testsOf),
];

async function countPlaywright(projects: readonly string[]): Promise<Tally[]> {
  const started = performance.now();
  const file = join(reports, "playwright.json");
  console.log(`\n== the desk in ${projects.join(" and ")}`);
  const code = await runTool(
    "@playwright/test/cli.js",
    [
      "test",
      "--config=test/e2e/playwright.config.ts",
      "--reporter=list,json",
      `--global-timeout=${playwrightLimitMs}`,
      ...projects.map((project) => `--project=${project}`),
    ],
    { PLAYWRIGHT_JSON_OUTPUT_NAME: file, PLAYWRIGHT_JSON_OUTPUT_FILE: file },
  );
  const report = readReport<PlaywrightSuite & { readonly errors?: readonly unknown[] }>(file);
  const tests = report ? testsOf(report) : [];
  for (const { status, projectName, title } of tests) {
    if (status === "unexpected") troubles.push(`failed  ${projectName} ${title}`);
    else if (status === "flaky") troubles.push(`flaky   ${projectName} ${title}: passed at the second try`);
  }
  const tallies = projects.map((suite): Tally => {
    const own = tests.filter((one) => one.projectName === suite);
    const count = (...statuses: string[]) => own.filter((one) => statuses.includes(one.status)).length;
    return {
      suite,
      passed: count("expected", "flaky"),
      // No test at all is no proof.
      failed: own.length === 0 ? 1 : count("unexpected"),
      skipped: count("skipped"),
      ms: performance.now() - started,
    };
  });
  const [first, ...others] = tallies;
  if (code !== 0 && first && tallies.every((tally) => tally.failed === 0)) return [{ ...first, failed: 1 }, ...others];
  return tallies;
}

const isOnPath = (program: string): boolean =>
  (process.env.PATH ?? "").split(delimiter).some((folder) => folder !== "" && existsSync(join(folder, program)));

/** Which of the two shells can be driven here; what cannot is told, with what would help. */
async function shellsHere(): Promise<{ able: string[]; unable: Tally[] }> {
  const able: string[] = [];
  const unable: Tally[] = [];
  if (process.platform === "linux" && !isOnPath("Xvfb")) {
    const why = "there is no Xvfb on PATH to draw on (Debian: apt-get install xvfb)";
    return { able, unable: [notRun("chromium", why), notRun("electron", why)] };
  }
  const { chromium } = await import("@playwright/test");
  if (existsSync("/usr/bin/chromium") || existsSync(chromium.executablePath())) able.push("chromium");
  else unable.push(notRun("chromium", "there is no Chromium (Debian: apt-get install chromium)"));
  if (await prepareTestElectron(console.error)) able.push("electron");
  else unable.push(notRun("electron", "no Electron binary could be had for this machine"));
  return { able, unable };
}

function say(tally: Tally): void {
  const counts = `${tally.passed} passed, ${tally.failed} failed${tally.skipped ? `, ${tally.skipped} skipped` : ""}`;
  const verdict = tally.why ? "not run" : tally.failed === 0 ? "ok     " : "failed ";
  const tail = tally.why ?? `${counts.padEnd(36)} ${(tally.ms / 1000).toFixed(0)} s`;
  console.log(`${verdict} ${tally.suite.padEnd(10)} ${tail}`);
}

/** `npm test -- check vitest postgres chromium electron`: only those. */
async function run(wanted: readonly string[]): Promise<Tally[]> {
  const isWanted = (suite: string) => wanted.length === 0 || wanted.includes(suite);
  const tallies: Tally[] = [];
  if (isWanted("check")) tallies.push(await timed("check", countChecks));
  if (isWanted("vitest")) tallies.push(await timed("vitest", () => countVitest()));
  if (isWanted("postgres") && databaseUrl === "")
    tallies.push(notRun("postgres", "DATABASE_URL names no server to make databases on; on SQLite the same tests ran"));
  else if (isWanted("postgres"))
    tallies.push(
      await timed("postgres", () =>
        countVitest(contractOfStore, { ZHISHOU_STORE: "postgres", ZHISHOU_TEST_DATABASE_URL: databaseUrl }),
      ),
    );
  if (isWanted("chromium") || isWanted("electron")) {
    const { able, unable } = await shellsHere();
    const shells = able.filter(isWanted);
    if (shells.length > 0) tallies.push(...(await countPlaywright(shells)));
    tallies.push(...unable.filter((tally) => isWanted(tally.suite)));
  }
  return tallies;
}

if (Number(process.versions.napi) < 10) {
  console.error(`The tests need Node 22.14 or newer (this is ${process.versions.node}): start them with npm test.`);
  console.log("0 passed, 1 failed");
  process.exit(1);
}
const { positionals } = parseArgs({ allowPositionals: true });
const tallies = await run(positionals).finally(() => rmSync(reports, { recursive: true, force: true }));
const sum = (of: (tally: Tally) => number) => tallies.reduce((total, tally) => total + of(tally), 0);
const [passed, failed, skipped] = [sum((one) => one.passed), sum((one) => one.failed), sum((one) => one.skipped)];
console.log("\n== all suites");
for (const tally of tallies) say(tally);
for (const trouble of troubles) console.log(trouble);
if (passed === 0 && failed === 0) process.exitCode = 1;
if (failed > 0) process.exitCode = 1;
console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`);
