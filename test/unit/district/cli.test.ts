import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import Sqlite from "better-sqlite3";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { readArguments } from "#district/arguments.ts";
import { readCode } from "#shared/protocol/code.ts";

const main = fileURLToPath(new URL("../../../district/main.ts", import.meta.url));
// Each of these starts several processes, and a busy machine takes its time over each.
vi.setConfig({ testTimeout: 90_000 });

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "zhishou-cli-"));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const once = (...args: string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...args], {
    encoding: "utf8",
    timeout: 60_000,
  });
  return { status, stdout, stderr };
};

async function start(...args: string[]) {
  const child = spawn(process.execPath, [main, "--data", dir, "--with-parent", ...args], {
    stdio: ["pipe", "pipe", "pipe"],
  });
  const ended = new Promise<number | null>((resolve) => child.once("exit", resolve));
  const line = await new Promise<string>((resolve) => {
    let text = "";
    child.stdout.on("data", (chunk) => {
      text += chunk;
      if (text.includes("\n")) resolve(text);
    });
  });
  return {
    child,
    ended,
    ready: JSON.parse(line) as { url: string; serverId: string; ca: string; codes: { street: string; code: string }[] },
  };
}

test("one line of JSON when ready; codes at the first start or when asked; the same port again; ends with its parent", async () => {
  const first = await start();
  expect(first.ready.url).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/);
  expect(first.ready.ca).toMatch(/^[0-9a-f]{64}$/);
  expect(first.ready.codes).toHaveLength(23);
  for (const { code } of first.ready.codes) expect(readCode(code)).not.toBeNull();
  expect(statSync(join(dir, "district.db")).mode & 0o077).toBe(0);

  const beside = once("--data", dir, "--code", "500118001");
  expect(beside).toMatchObject({ status: 0, stderr: "" });
  expect(readCode((JSON.parse(beside.stdout) as { code: string }).code)).not.toBeNull();
  expect(once("--data", dir)).toMatchObject({
    status: 1,
    stdout: "",
    stderr: expect.stringMatching(/正被另一个区中心使用.*Another district/),
  });
  const taken = once("--data", `${dir}2`, "--port", new URL(first.ready.url).port);
  rmSync(`${dir}2`, { recursive: true, force: true });
  expect(taken).toMatchObject({ status: 1, stdout: "", stderr: expect.stringMatching(/已被占用.*is taken/) });

  expect(once("--data", dir, "--whistles", "500118001").stdout).toContain('"whistles":[]');
  const step = ["--whistle", "500118001", "--event", "20261121-A001", "--step", "route", "--to", "区交通运输委"];
  expect(once("--data", dir, ...step)).toMatchObject({ status: 1, stderr: expect.stringContaining("event.unknown") });
  expect(() => readArguments(["--data", dir, "--whistle", "500118001"])).toThrow("--event");
  const asked = once("--data", dir, "--ask", "500118001", "--words", "点名");
  expect(asked).toMatchObject({ status: 0, stderr: "" });
  const { checkId } = JSON.parse(asked.stdout) as { checkId: string };
  const seen = once("--data", dir, "--presence", "500118001");
  expect(JSON.parse(seen.stdout)).toMatchObject({ dutyChecks: [{ checkId, standing: "on_its_way", words: "点名" }] });
  expect(once("--data", dir, "--ask", "1")).toMatchObject({
    status: 1,
    stderr: expect.stringMatching(/没有这个镇街.*no street/),
  });

  first.child.stdin.end();
  expect(await first.ended).toBe(0);
  expect(once("--data", dir, "--ask", "500118001")).toMatchObject({
    status: 1,
    stderr: expect.stringMatching(/没有在运行.*No district is running/),
  });
  const second = await start("--codes");
  expect(second.ready).toMatchObject({ url: first.ready.url, serverId: first.ready.serverId, ca: first.ready.ca });
  expect(second.ready.codes).toHaveLength(23);
  second.child.kill("SIGTERM");
  expect(await second.ended).toBe(0);
});

test("when the old port is taken meanwhile, any other will do", async () => {
  const first = await start();
  first.child.stdin.end();
  await first.ended;
  const squatter = createServer().listen(Number(new URL(first.ready.url).port), "127.0.0.1");
  await new Promise((resolve) => squatter.once("listening", resolve));
  const second = await start();
  expect(second.ready.url).not.toBe(first.ready.url);
  expect(second.ready.codes).toEqual([]);
  second.child.stdin.end();
  await second.ended;
  squatter.close();
});

test("what cannot be done is said in one sentence of both languages", () => {
  const file = join(dir, "file");
  writeFileSync(file, "");
  const cases: [string[], RegExp][] = [
    [["--data", join(file, "below")], /不可写.*cannot be written/],
    [["--data", dir, "--code", "1"], /没有这个镇街.*no street/],
    [["--data", dir, "--revoke", "nobody"], /没有这个在册席位.*no enrolled device/],
    [["--data", dir, "--port", "70000"], /参数不对.*Bad arguments/],
    [[], /参数不对.*Bad arguments/],
  ];
  for (const [args, sentence] of cases) {
    const { status, stdout, stderr } = once(...args);
    expect(stderr).toMatch(sentence);
    expect(stderr.trim().split("\n")).toHaveLength(1);
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
  }
  expect(existsSync(join(file, "below"))).toBe(false);
});

test("arguments", () => {
  expect(readArguments(["--data", "d"])).toMatchObject({ dataDir: "d", port: 0, allowSample: true, codes: false });
  expect(readArguments(["--data", "d", "--no-sample", "--port", "8443"])).toMatchObject({
    allowSample: false,
    port: 8443,
  });
  expect(() => readArguments(["--data", "d", "--what"])).toThrow();
});

test("PR-6: --backup copies a running ledger, --restore puts it back under a new epoch and keeps what was there; other files are refused plainly", async () => {
  const file = join(dir, "backup.db");
  const running = await start();
  const made = once("--data", dir, "--backup", file);
  expect(made).toMatchObject({ status: 0, stderr: "" });
  expect(once("--data", dir, "--restore", file)).toMatchObject({
    status: 1,
    stderr: expect.stringContaining("正被另一个区中心使用"),
  });
  running.child.stdin.end();
  await running.ended;
  const epoch = (of: string) => {
    const db = new Sqlite(of, { readonly: true });
    const value = db.prepare("SELECT value FROM meta WHERE key = 'epoch'").pluck().get();
    db.close();
    return value;
  };
  const before = epoch(file);
  const done = once("--data", dir, "--restore", file);
  expect(done).toMatchObject({ status: 0, stderr: "" });
  const told = JSON.parse(done.stdout) as { epoch: string; kept: string };
  expect(told.epoch).not.toBe(before);
  expect(epoch(join(dir, "district.db"))).toBe(told.epoch);
  expect(epoch(told.kept)).toBe(before);
  writeFileSync(file, "no database");
  expect(once("--data", dir, "--restore", file)).toMatchObject({
    status: 1,
    stderr: expect.stringContaining("不是完好的区中心备份"),
  });
  expect(epoch(join(dir, "district.db"))).toBe(told.epoch);
});
