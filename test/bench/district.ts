import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { Agent } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";
import { v7 } from "uuid";
import { enrolDevices, openAsker } from "#test/fault/door/devices.ts";
import { figure, quantile, report } from "./report.ts";
import { officer } from "./sync/ops.ts";

/**
 * `npm run bench -- district [--desks 200] [--seconds 30]`: as many desks on one district process, each with one request a second, every other one a
 * push of an op; then all of them lose their connections at once and come back at once with what they recorded meanwhile.
 */
const { values } = parseArgs({
  options: { desks: { type: "string", default: "200" }, seconds: { type: "string", default: "30" } },
});
const desks = Number(values.desks);
const seconds = Number(values.seconds);
const root = join(import.meta.dirname, "../..");
const folder = mkdtempSync(join(tmpdir(), "zhishou-load-"));
const district = spawn(process.execPath, [join(root, "district/main.ts"), "--data", folder, "--port", "0"], {
  stdio: ["ignore", "pipe", "inherit"],
});
try {
  const url = await new Promise<string>((resolve) =>
    createInterface({ input: district.stdout }).once("line", (line) =>
      resolve((JSON.parse(line) as { url: string }).url),
    ),
  );
  const streets = Array.from({ length: 6 }, (_, index) => `50011800${index + 1}`);
  const { devices, ca } = await enrolDevices(url, desks, streets);
  const made = devices.map((device) => {
    let agent = new Agent({ keepAlive: true, ca });
    let seq = 0;
    const op = (kind: string, by: string, body: unknown) => {
      seq++;
      return { id: v7(), kind, v: 1, street: device.street, device: device.id, seq, at: Date.now(), by, body };
    };
    const officerId = `o-${device.id.slice(0, 8)}`;
    const note = () => op("log.write", officerId, { id: v7(), kind: "note", text: "巡查正常，各岗位在位" });
    let ask = openAsker(url, ca, device, agent);
    return {
      begin: () => ask("/v1/push", { ops: [op("officer.put", "setup", { ...officer, id: officerId })] }),
      push: (count = 1) => ask("/v1/push", { ops: Array.from({ length: count }, note) }),
      pull: () => ask("/v1/pull", { after: 0, limit: 50, waitMs: 0 }),
      drop() {
        agent.destroy();
        agent = new Agent({ keepAlive: true, ca });
        ask = openAsker(url, ca, device, agent);
      },
      end: () => agent.destroy(),
    };
  });
  const failed: Record<string, number> = {};
  const note = ({ status, ms, body }: { status: number; ms: number; body: string }, into: number[]) => {
    into.push(ms);
    const good = status === 200 && !body.includes('"outcome":"refused"') && !body.includes('"outcome":"later"');
    if (!good) failed[status] = (failed[status] ?? 0) + 1;
  };
  const begun: number[] = [];
  for (const desk of made) note(await desk.begin(), begun);

  console.log(`${desks} desks, one request a second each, for ${seconds} s`);
  const steady: number[] = [];
  await Promise.all(
    made.map(async (desk, index) => {
      await new Promise((resolve) => setTimeout(resolve, (index / desks) * 1_000));
      let dueAt = performance.now();
      for (let turn = 0; turn < seconds; turn++) {
        note(await (turn % 2 === 0 ? desk.push() : desk.pull()), steady);
        dueAt += 1_000;
        await new Promise((resolve) => setTimeout(resolve, Math.max(0, dueAt - performance.now())));
      }
    }),
  );

  console.log("all connections are lost, and all desks come back at once, each with 20 ops");
  for (const desk of made) desk.drop();
  const back: number[] = [];
  const startedAt = performance.now();
  await Promise.all(
    made.map(async (desk) => {
      note(await desk.pull(), back);
      note(await desk.push(20), back);
    }),
  );
  const backMs = performance.now() - startedAt;
  for (const desk of made) desk.end();
  const errors = Object.values(failed).reduce((sum, count) => sum + count, 0);
  console.log(
    `steady: ${steady.length} requests, p50 ${figure(quantile(steady, 0.5))} ms, p99 ${figure(quantile(steady, 0.99))} ms; ` +
      `all back after ${figure(backMs / 1_000)} s, slowest request ${figure(Math.max(...back))} ms; errors ${JSON.stringify(failed)}`,
  );
  report({
    bench: "district",
    ratio: { steady_p99_ms: quantile(steady, 0.99), errors, all_back_s: backMs / 1_000 },
    goal: { steady_p99_ms: { most: 250 }, errors: { most: 0 }, all_back_s: { most: 20 } },
    desks,
    seconds,
    steadyP50Ms: figure(quantile(steady, 0.5)),
    slowestBackMs: figure(Math.max(...back)),
  });
} finally {
  district.kill("SIGKILL");
  rmSync(folder, { recursive: true, force: true });
}
process.exit();
