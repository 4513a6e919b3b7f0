import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { checks } from "./check/all.ts";
import { sealMigrations } from "./check/migrations.ts";
import { type Problem, sayProblem } from "./check/problem.ts";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");

export interface Checked {
  readonly name: string;
  readonly problems: readonly Problem[];
  readonly ms: number;
}

/** Runs the checks side by side, few at a time, and says each one as it ends. */
export async function runChecks(names: readonly string[], say: (line: string) => void): Promise<Checked[]> {
  const queue = [...names];
  const done: Checked[] = [];
  const worker = async () => {
    for (let name = queue.shift(); name; name = queue.shift()) {
      const started = performance.now();
      const problems = await problemsOf(name);
      const checked = { name, problems, ms: performance.now() - started };
      done.push(checked);
      say(lineOf(checked));
      for (const problem of problems) say(`    ${sayProblem(problem)}`);
    }
  };
  // The type check keeps one core busy for the whole time; the others share the second.
  await Promise.all([worker(), worker()]);
  return done;
}

/** A check that cannot run has not passed. */
async function problemsOf(name: string): Promise<Problem[]> {
  try {
    return (await checks[name]?.check(root)) ?? [{ file: "tools/check.ts", rule: name, text: "no such check" }];
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    return [{ file: "tools/check.ts", rule: name, text: `could not run: ${text}` }];
  }
}

function lineOf({ name, problems, ms }: Checked): string {
  const verdict = problems.length === 0 ? "ok    " : "failed";
  const count = problems.length === 0 ? "" : `: ${problems.length} problem${problems.length > 1 ? "s" : ""}`;
  return `${verdict} ${name.padEnd(10)} ${(ms / 1000).toFixed(1).padStart(5)} s  ${checks[name]?.about ?? ""}${count}`;
}

if (import.meta.main) {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { "seal-migrations": { type: "boolean", default: false } },
  });
  if (values["seal-migrations"]) {
    for (const file of sealMigrations(root)) console.log(`sealed ${file}`);
  } else {
    const done = await runChecks(positionals.length > 0 ? positionals : Object.keys(checks), console.log);
    if (done.some((checked) => checked.problems.length > 0)) process.exitCode = 1;
  }
}
