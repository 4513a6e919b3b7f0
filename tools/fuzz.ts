import { spawn } from "node:child_process";
import { randomInt } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";

/** Plays fresh schedules of the proving ground on both cores. Seeds that fail are printed and kept, to be played by the tests. */

const root = join(import.meta.dirname, "..");
const keptFile = join(root, "test/fault/world/kept-seeds.json");
const workers = 2;

interface Told {
  readonly seed: number;
  readonly breaches: readonly { readonly invariant: string; readonly text: string }[];
  readonly suppressed: number;
}

/** Runs one worker over its share of the seeds. Answers whether it ended by itself. */
function play(from: number, count: number, each: (told: Told) => void): Promise<boolean> {
  const file = join(root, "test/fault/world/play.ts");
  const args = [file, "--from", String(from), "--count", String(count), "--step", String(workers)];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  createInterface({ input: child.stdout }).on("line", (line) => each(JSON.parse(line) as Told));
  return new Promise((resolve) => child.once("close", (code) => resolve(code === 0)));
}

/**
 * `--kills`: the whole counts of what `npm test` plays a share of: a district killed 100 times in the middle of a batch, restored
 * 50 times, a desk restored and cloned 25 times each.
 */
function kill(): Promise<number> {
  const suites = ["district-kill", "past"].map((name) => `test/fault/${name}.test.ts`);
  const env = { ...process.env, ZHISHOU_DISTRICT_KILLS: "100", ZHISHOU_PASTS: "50" };
  const args = [join(root, "node_modules/vitest/vitest.mjs"), "run", ...suites];
  const child = spawn(process.execPath, args, { cwd: root, stdio: "inherit", env });
  return new Promise((resolve) => child.once("close", (code) => resolve(code ?? 1)));
}

function keep({ seed, breaches }: Told): void {
  const kept = JSON.parse(readFileSync(keptFile, "utf8")) as { seed: number; name: string }[];
  if (kept.some((one) => one.seed === seed)) return;
  const name = `${breaches[0]?.invariant}: ${breaches[0]?.text.slice(0, 100)}`;
  writeFileSync(keptFile, `${JSON.stringify([...kept, { seed, name }], null, 2)}\n`);
}

const { values } = parseArgs({
  options: {
    seeds: { type: "string", default: "1000" },
    from: { type: "string" },
    kills: { type: "boolean", default: false },
  },
});
if (values.kills) process.exit(await kill());
const seeds = Number(values.seeds);
const from = values.from === undefined ? randomInt(2 ** 30) : Number(values.from);
if (!Number.isInteger(seeds) || seeds < 1 || !Number.isInteger(from)) {
  console.error("npm run test:fuzz -- --seeds 1000 [--from 1]");
  process.exit(2);
}
console.log(`${seeds} schedules from seed ${from}`);
const startedAt = performance.now();
const count = { played: 0, failed: 0, guarded: 0 };
const ended = await Promise.all(
  Array.from({ length: Math.min(workers, seeds) }, (_, index) =>
    play(from + index, Math.ceil((seeds - index) / workers), (told) => {
      count.played++;
      if (told.suppressed > 0) count.guarded++;
      if (count.played % 500 === 0) console.log(`${count.played} played, ${count.failed} failed`);
      if (told.breaches.length === 0) return;
      count.failed++;
      console.log(`seed ${told.seed} fails:`);
      for (const { invariant, text } of told.breaches.slice(0, 5)) console.log(`  ${invariant} ${text.slice(0, 300)}`);
      keep(told);
    }),
  ),
);
const seconds = ((performance.now() - startedAt) / 1_000).toFixed(0);
console.log(
  `${count.played} played in ${seconds} s, ${count.failed} failed, ${count.guarded} needed the guard against doubling`,
);
if (count.failed > 0 || count.played !== seeds || ended.includes(false)) process.exitCode = 1;
