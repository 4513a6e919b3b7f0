import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import Sqlite from "better-sqlite3";
import { afterAll, beforeAll, expect, test } from "vitest";
import { forget, openTestDesk, type TestDesk } from "../unit/core/desk.ts";

/**
 * The storm: a real district process on a real port, stopped while the desk works, then started again.
 * The desk must never wait, and in the end both hold the same.
 */
const root = join(import.meta.dirname, "../..");
const dataDir = mkdtempSync(join(tmpdir(), "zhishou-district-"));
let district: ChildProcess | undefined;

async function startDistrict(port: string): Promise<string> {
  const child = spawn(process.execPath, [join(root, "district/main.ts"), "--data", dataDir, "--port", port], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  district = child;
  return new Promise((resolve, reject) => {
    child.once("exit", (code) => reject(new Error(`district ended with ${code}`)));
    createInterface({ input: child.stdout }).once("line", (line) => resolve((JSON.parse(line) as { url: string }).url));
  });
}

async function stopDistrict(): Promise<void> {
  const child = district;
  if (!child || child.exitCode !== null || child.signalCode !== null) return;
  child.removeAllListeners("exit");
  const ended = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGKILL");
  await ended;
}

async function until(what: string, limitMs: number, done: () => Promise<boolean>): Promise<number> {
  const startedAt = performance.now();
  while (!(await done())) {
    if (performance.now() - startedAt > limitMs) throw new Error(`not within ${limitMs} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return performance.now() - startedAt;
}

const realTime = { now: Date.now, monotonic: () => performance.now() };
const openDesk = (districtUrl: string, profileDir?: string): Promise<TestDesk> =>
  openTestDesk({ ports: { ...realTime, districtUrl }, ...(profileDir ? { profileDir } : {}) });

let url: string;
let desk: TestDesk;
beforeAll(async () => {
  url = await startDistrict("0");
  desk = await openDesk(url);
  await desk.get("session.signIn", { pin: "2580" });
}, 60_000);
afterAll(async () => {
  await desk.close();
  await stopDistrict();
  forget(desk.profileDir);
  rmSync(dataDir, { recursive: true, force: true });
});

const status = () => desk.get("link.status");
const allConfirmed = async () => {
  const { waiting, recorded, confirmed, refused, cursor, head } = await status();
  return waiting === 0 && refused === 0 && recorded === confirmed && cursor === head;
};

test("PR-5 the sample desk reaches the district: every op of it is confirmed, n of n", async () => {
  await until("all confirmed", 20_000, allConfirmed);
  const { link, recorded, confirmed } = await status();
  expect(link.state).toBe("online");
  expect(recorded).toBeGreaterThan(90);
  expect(confirmed).toBe(recorded);
  const { rows } = await desk.get("event.list", { view: "all" });
  expect(rows.every(({ sync }) => sync.state === "confirmed")).toBe(true);
});

test("PR-7 district stopped: the whole life of an event goes on without delay; district back: all arrives, nothing twice", async () => {
  const before = await status();
  await stopDistrict();
  await until("badge says offline", 15_000, async () => (await status()).link.state === "offline");

  const waits: number[] = [];
  const timed = async <T>(work: Promise<T>): Promise<T> => {
    const startedAt = performance.now();
    const value = await work;
    waits.push(performance.now() - startedAt);
    return value;
  };
  const { event } = await timed(
    desk.get("event.report", { text: "暴雨，安溪河水位上涨，河边有人", level: "critical" }),
  );
  const step = (action: "accept" | "assign" | "acknowledge" | "feedback" | "verify" | "close", given = {}) =>
    timed(desk.get("event.transition", { id: event.id, action, given }));
  await step("accept");
  await step("assign", { lead: { kind: "team", name: "平安巡逻队" } });
  await step("acknowledge");
  await step("feedback", { text: "人已上岸" });
  await step("verify");
  await step("close", { result: "无人受伤" });
  // Not a benchmark: actions that waited for a dead link would all take its shortest time-out, 1.2 s.
  waits.sort((a, b) => a - b);
  expect(waits[waits.length >> 1]).toBeLessThan(1_000);

  const offline = await status();
  expect(offline).toMatchObject({ waiting: 7, recorded: before.recorded + 7, confirmed: before.confirmed });
  expect(offline.link).toMatchObject({ state: "offline" });
  expect(offline.oldestWaitingAt).toBe(event.reportedAt);
  const shown = await desk.get("event.get", { id: event.id });
  expect(shown.event.state).toBe("closed");
  expect(shown.sync).toEqual({ state: "waiting", before: 6 });

  // The desk itself is switched off and on in the middle of the outage.
  const { profileDir } = desk;
  await desk.close();
  desk = await openDesk(url, profileDir);
  await desk.get("session.signIn", { pin: "2580" });
  expect(await status()).toMatchObject({ waiting: 7 });
  // What it says of the link is not of this start alone.
  await until("it has looked for the district", 15_000, async () => (await status()).link.state === "offline");
  const started = await status();
  expect(started.link).toMatchObject({ sinceAt: (offline.link as { sinceAt: number }).sinceAt });
  expect(started.cursor).toBe(offline.cursor);
  expect(started.head).toBe(offline.cursor);
  expect(started.lastContactAt).toBeNull();

  await startDistrict(new URL(url).port);
  await until("all confirmed again", 15_000, allConfirmed);
  const { timeline } = await desk.get("event.get", { id: event.id });
  expect(timeline.map(({ action }) => action)).toEqual([
    "report",
    "accept",
    "assign",
    "acknowledge",
    "feedback",
    "verify",
    "close",
  ]);
  expect(timeline.every(({ sync }) => sync.state === "confirmed")).toBe(true);

  const { recorded } = await status();
  await stopDistrict();
  const ledger = new Sqlite(join(dataDir, "district.db"), { readonly: true });
  const { rows, ops } = ledger.prepare("SELECT count(*) AS rows, count(DISTINCT op_id) AS ops FROM ledger").get() as {
    rows: number;
    ops: number;
  };
  expect(rows).toBe(ops);
  expect(rows).toBe(recorded);
  const theirs = ledger
    .prepare("SELECT state FROM entity WHERE kind = 'event' AND id = ?")
    .pluck()
    .get(event.id) as string;
  expect(JSON.parse(theirs)).toEqual(shown.event);
  ledger.close();
  await startDistrict(new URL(url).port);
});

test("PR-10 a second desk of the same street receives it; a desk of another street does not", async () => {
  const same = await openTestDesk({ ports: { ...realTime, districtUrl: url } });
  const foreign = await openTestDesk({ ports: { ...realTime, districtUrl: url, demoStreet: "500118001" } });
  for (const one of [same, foreign]) await one.get("session.signIn", { pin: "2580" });
  const find = async (one: TestDesk) => (await one.get("event.list", { view: "all", search: "安溪河水位上涨" })).total;
  await until("the other desk has it", 20_000, async () => (await find(same)) === 1);
  await until("the foreign desk is up to date", 20_000, async () => {
    const { waiting, link } = await foreign.get("link.status");
    return waiting === 0 && link.state === "online";
  });
  expect(await find(foreign)).toBe(0);
  for (const one of [same, foreign]) {
    await one.close();
    forget(one.profileDir);
  }
}, 60_000);
