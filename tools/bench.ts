import { spawn } from "node:child_process";
import { existsSync, readdirSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

/**
 * `npm run bench -- NAME [options of that bench]` runs `test/bench/NAME.ts`, which measures us and the peers on the same data in
 * one run. Its last line is one JSON object (`report` in `test/bench/report.ts` prints it); a goal that was missed
 * is exit code 1.
 */

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const benches = join(root, "test/bench");

/** A bench is a module with a name of its own; what several share lies beside it in folders and in the modules named here. */
const shared = new Set(["report", "peers", "kept"]);
const names = (): string[] =>
  readdirSync(benches)
    .filter((file) => file.endsWith(".ts"))
    .map((file) => file.slice(0, -".ts".length))
    .filter((name) => !shared.has(name));

function run(program: string, args: readonly string[], cwd: string): Promise<{ code: number; last: string }> {
  const child = spawn(program, args, { cwd, stdio: ["ignore", "pipe", "inherit"] });
  let last = "";
  createInterface({ input: child.stdout }).on("line", (line) => {
    if (line.trim()) last = line;
    process.stdout.write(`${line}\n`);
  });
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => resolve({ code: code ?? 1, last }));
  });
}

/** The peers are packages of the benches alone: fetched the first time, and again when their lock file is newer. */
async function fetchPeers(): Promise<void> {
  const peers = join(benches, "peers");
  const [lock, installed] = ["package-lock.json", "node_modules/.package-lock.json"].map((file) => join(peers, file));
  if (!lock || !installed) return;
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync(lock).mtimeMs) return;
  console.log("bench: fetching the peers into test/bench/peers");
  const npm = process.env.npm_execpath;
  const { code } = await run(npm ? process.execPath : "npm", [...(npm ? [npm] : []), "ci", "--ignore-scripts"], peers);
  if (code !== 0) throw new Error("The peers could not be fetched: see what npm says above.");
}

/** Whether the last line of a bench says that every goal was met. */
function passed(line: string): boolean {
  try {
    return (JSON.parse(line) as { pass?: unknown }).pass === true;
  } catch {
    return false;
  }
}

const [name, ...args] = process.argv.slice(2);
if (!name || !names().includes(name)) {
  console.error(`npm run bench -- NAME, one of: ${names().join(" ")}`);
  process.exit(1);
}
await fetchPeers();
const { code, last } = await run(process.execPath, [join(benches, `${name}.ts`), ...args], root);
process.exitCode = code === 0 && passed(last) ? 0 : 1;
