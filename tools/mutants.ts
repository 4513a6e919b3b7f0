import { spawn } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Mutant, mutants } from "./mutants/list.ts";

/**
 * Plants known bugs, one at a time, in a copy of the tree: each must be found by the test that is named for it. Without
 * this, "500 schedules, none failed" says little.
 */

const root = join(import.meta.dirname, "..");
const copied = ["shared", "electron", "district", "test"];
/** For the run of all of them without a bug. A planted one may then take so many times as long as all took together. */
const soundLimitMs = 1_800_000;
const patience = 3;
const tickMs = 1_000;
/** Enough that each planted bug shows itself. */
const schedules = "60";

interface Report {
  readonly numPassedTests: number;
  readonly testResults: readonly {
    readonly assertionResults: readonly { readonly status: string; readonly title: string }[];
  }[];
}

function copyTree(): string {
  const tree = mkdtempSync(join(tmpdir(), "zhishou-mutants-"));
  for (const name of copied) cpSync(join(root, name), join(tree, name), { recursive: true });
  for (const name of readdirSync(root)) {
    if (!copied.includes(name) && !name.startsWith(".")) symlinkSync(join(root, name), join(tree, name));
  }
  return tree;
}

/** Runs tests of the tree by file and title. Answers the titles that passed and failed; `null`: they did not end in time. */
async function runTests(tree: string, files: readonly string[], titles: readonly string[], limitMs: number) {
  const report = join(tree, "report.json");
  rmSync(report, { force: true });
  const pattern = titles.map((title) => title.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("|");
  const args = ["run", ...files, "-t", pattern, "--reporter=json", `--outputFile=${report}`];
  const child = spawn(process.execPath, [join(root, "node_modules/vitest/vitest.mjs"), ...args], {
    cwd: tree,
    stdio: "ignore",
    env: { ...process.env, ZHISHOU_SCHEDULES: schedules },
  });
  // Counted in ticks: a machine that was held still meanwhile does not count.
  let left = limitMs;
  const limit = setInterval(() => {
    left -= tickMs;
    if (left <= 0) child.kill();
  }, tickMs);
  await new Promise((resolve) => child.once("close", resolve));
  clearInterval(limit);
  if (!existsSync(report)) return null;
  const { testResults } = JSON.parse(readFileSync(report, "utf8")) as Report;
  const all = testResults.flatMap((one) => one.assertionResults);
  const having = (status: string) => all.filter((one) => one.status === status).map((one) => one.title);
  return { passed: having("passed"), failed: having("failed") };
}

async function judge(tree: string, mutant: Mutant, limitMs: number): Promise<"caught" | "MISSED" | "NO END"> {
  const file = join(tree, mutant.file);
  const source = readFileSync(file, "utf8");
  if (source.split(mutant.find).length !== 2) throw new Error(`${mutant.name}: its place in ${mutant.file} is gone`);
  writeFileSync(
    file,
    source.replace(mutant.find, () => mutant.put),
  );
  try {
    const ran = await runTests(tree, [mutant.test], [mutant.title], limitMs);
    if (!ran) return "NO END";
    return ran.failed.some((title) => title.includes(mutant.title)) ? "caught" : "MISSED";
  } finally {
    writeFileSync(file, source);
  }
}

const wanted = mutants.filter(({ name }) => process.argv.slice(2).every((word) => name.includes(word)));
const tree = copyTree();
try {
  const titles = [...new Set(wanted.map((mutant) => mutant.title))];
  const startedAt = performance.now();
  const sound = await runTests(tree, [...new Set(wanted.map((mutant) => mutant.test))], titles, soundLimitMs);
  const limitMs = Math.min(soundLimitMs, patience * (performance.now() - startedAt));
  const unproved = titles.filter((title) => !sound?.passed.some((passed) => passed.includes(title)));
  if (!sound || sound.failed.length > 0 || unproved.length > 0) {
    const why = sound ? [...new Set([...sound.failed, ...unproved])].join("; ") : "they do not end in time";
    console.error(`Without any planted bug these must pass, and do not: ${why}`);
    process.exitCode = 1;
  } else {
    let caught = 0;
    for (const mutant of wanted) {
      const verdict = await judge(tree, mutant, limitMs);
      if (verdict === "caught") caught++;
      console.log(`${verdict}  ${mutant.name}  (${mutant.test}: ${mutant.title})`);
    }
    console.log(`${caught} of ${wanted.length} caught`);
    if (caught < wanted.length) process.exitCode = 1;
  }
} finally {
  rmSync(tree, { recursive: true, force: true });
}
