import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { Agent } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";
import Sqlite from "better-sqlite3";
import { enrolDevices, openAsker } from "./devices.ts";
import type { Told } from "./storm.ts";

/**
 * `npm run fuzz:district [-- --count 100000] [--from 1]`: malformed HTTP requests over raw TLS sockets against a district in a process of its own, played by
 * another process, while a healthy desk asks beside them. Must show: the process lives, no 5xx, no "bug" in its audit, and the healthy desk's p99
 * below 500 ms.
 */
const { values } = parseArgs({
  options: { count: { type: "string", default: "100000" }, from: { type: "string", default: "1" } },
});
const root = join(import.meta.dirname, "../../..");
const mostP99Ms = 500;
const askEveryMs = 100;
const attackers = 60;

const folder = mkdtempSync(join(tmpdir(), "zhishou-door-"));
const district = spawn(process.execPath, [join(root, "district/main.ts"), "--data", folder, "--port", "0"], {
  stdio: ["ignore", "pipe", "inherit"],
});
let ended = false;
district.once("exit", () => {
  ended = true;
});
try {
  const url = await new Promise<string>((resolve) =>
    createInterface({ input: district.stdout }).once("line", (line) =>
      resolve((JSON.parse(line) as { url: string }).url),
    ),
  );
  const { devices, ca } = await enrolDevices(url, attackers + 1, ["500118001", "500118002", "500118003"]);
  const [healthy, ...others] = devices;
  if (!healthy) throw new Error("enrolled above");
  const player = spawn(
    process.execPath,
    [join(root, "test/fault/door/play.ts"), "--count", values.count, "--from", values.from],
    {
      stdio: ["pipe", "pipe", "inherit"],
    },
  );
  const lines: string[] = [];
  createInterface({ input: player.stdout }).on("line", (line) => lines.push(line));
  player.stdin.end(JSON.stringify({ door: { port: Number(new URL(url).port), ca }, attackers: others }));
  let playing = true;
  player.once("close", () => {
    playing = false;
  });
  const agent = new Agent({ keepAlive: true, ca });
  const ask = openAsker(url, ca, healthy, agent);
  const took: number[] = [];
  let unanswered = 0;
  const startedAt = performance.now();
  while (playing) {
    const { status, ms } = await ask("/v1/pull", { after: 0, limit: 50, waitMs: 0 });
    took.push(ms);
    if (status !== 200) unanswered++;
    await new Promise((resolve) => setTimeout(resolve, askEveryMs));
  }
  agent.destroy();
  const told = JSON.parse(lines.at(-1) ?? "{}") as Told;
  for (const { name, status, bytes } of told.broken.slice(0, 5))
    console.log(`${status} after ${name}: ${JSON.stringify(bytes.slice(0, 600))}`);
  const file = new Sqlite(join(folder, "district.db"), { readonly: true });
  const bugs = file.prepare("SELECT count(*) FROM audit WHERE what = 'bug'").pluck().get() as number;
  file.close();
  took.sort((a, b) => a - b);
  const p99Ms = took[Math.floor(took.length * 0.99)] ?? Number.NaN;
  const pass =
    !ended &&
    told.broken.length === 0 &&
    bugs === 0 &&
    unanswered === 0 &&
    p99Ms < mostP99Ms &&
    told.sent === Number(values.count);
  console.log(
    JSON.stringify({
      fuzz: "district",
      sent: told.sent,
      seconds: Math.round((performance.now() - startedAt) / 1_000),
      crashed: ended,
      serverErrors: told.broken.length,
      bugs,
      statuses: told.statuses,
      silent: told.hung,
      healthy: {
        asked: took.length,
        unanswered,
        p50Ms: Math.round(took[Math.floor(took.length / 2)] ?? 0),
        p99Ms: Math.round(p99Ms),
      },
      pass,
    }),
  );
  if (!pass) process.exitCode = 1;
} finally {
  district.kill("SIGKILL");
  rmSync(folder, { recursive: true, force: true });
}
