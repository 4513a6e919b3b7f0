import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { type ElectronDesk, launchDesk, testVehicle } from "#test/e2e/electron-app.ts";
import globalSetup from "#test/e2e/global-setup.ts";
import { processes } from "#test/e2e/processes.ts";
import { acceptOne, letArrive, noteKeys, scrollNothing, scrollThrough } from "./desk/pages.ts";
import { seededProfile } from "./desk/profile.ts";
import { emptyWindowMs, leastDeskMs, pictureOf, settled, shown } from "./desk/windows.ts";
import { figure, median, quantile, report } from "./report.ts";

/**
 * The desk in a real Electron window with years of events in it: from its start to a queue that can be used, against an empty
 * window, and beside them the least that a desk could be; from a click to the changed row, with the line up and cut; typing while
 * events pour in; the whole list under the scroll bar; and what it takes when nobody touches it (scaled from a short rest): once as
 * the list leaves it, with red alarms that sound until a person has answered, and once when everything that sounds was answered.
 * `--events N` (210,000); `--quick`: fewer of everything, 10,000 events unless N is given. The seeded profile is kept in
 * `.cache/bench` between runs.
 */
const { values } = parseArgs({
  options: { events: { type: "string" }, quick: { type: "boolean", default: false } },
});
const count = Number(values.events ?? (values.quick ? 10_000 : 210_000));
const runs = values.quick ? 1 : 3;
const accepts = values.quick ? 20 : 60;
const idleMs = values.quick ? 15_000 : 60_000;
const arriving = { count: values.quick ? 300 : 1_000, spanMs: values.quick ? 3_000 : 10_000 };
const frames = values.quick ? 240 : 1_200;
const pin = "2580";

const tearDown = await globalSetup();
const found = testVehicle();
if (!found) throw new Error("no Electron can be had on this machine");
const vehicle = found;

const profile = vehicle.newFolder("profile");
await seededProfile(profile, count);
if (process.getuid?.() === 0) execFileSync("chown", ["-R", "--reference", profile, profile]);

/** Starts the desk; the PIN is given by a call, as no person is here to type it. */
async function startDesk(): Promise<{ desk: ElectronDesk; ms: number }> {
  const from = performance.now();
  const desk = await launchDesk({ profile, demo: true });
  const { page } = desk;
  await page.evaluate(async (given) => {
    const { desk: bridge } = window as unknown as { desk: { call(name: string, input: unknown): Promise<unknown> } };
    await bridge.call("session.signIn", { pin: given });
  }, pin);
  await shown(page, "main");
  await page.keyboard.press("F6");
  await shown(page, ".queue .row .at-title");
  await settled(page);
  return { desk, ms: performance.now() - from };
}

console.log("desk: start against an empty window");
const emptyMs: number[] = [];
const leastMs: number[] = [];
const startMs: number[] = [];
// Nobody's measure: from here on all three find their files in memory.
let running = (await startDesk()).desk;
const picture = await pictureOf(running.page, vehicle.tree);
for (let run = 0; run < runs; run++) {
  // Else a window would share the machine with a desk that has just come up.
  await running.close();
  emptyMs.push(await emptyWindowMs(vehicle));
  leastMs.push(await leastDeskMs(vehicle, picture, join(profile, "desk.db")));
  const started = await startDesk();
  running = started.desk;
  startMs.push(started.ms);
}
const { page } = running;
const call = async (name: string, input: unknown): Promise<unknown> =>
  JSON.parse(
    await page.evaluate(
      ([called, given]) =>
        (window as unknown as { desk: { call(name: string, input: unknown): Promise<string> } }).desk.call(
          called as string,
          given,
        ),
      [name, input] as const,
    ),
  );

const district = () =>
  processes().find(({ command }) => /district(\/main\.ts|\.mjs)/.test(command) && command.includes(profile));

/** So many accepts by mouse, one event after the other, in the list of what waits for acceptance. */
async function accepting(line: "通" | "断"): Promise<number[]> {
  const textOf = (one: number) => `线路${line}时待受理的第${one}件`;
  for (let one = 0; one <= accepts; one++) await call("event.report", { text: textOf(one) });
  await page.keyboard.press("F6");
  await page.getByRole("tab", { name: /今日/ }).click();
  await page.locator(".queue select.filters-select").first().selectOption("newest");
  // The hand goes to the first only when it is there: news beside the work comes a moment later.
  await page
    .locator(".queue .row")
    .filter({ hasText: textOf(accepts) })
    .first()
    .waitFor();
  await page.locator(".queue .rows-frame").focus();
  await page.keyboard.press("End");
  await page.keyboard.press("Home");
  await page.waitForTimeout(500);
  const taken: number[] = [];
  for (let one = 0; one < accepts; one++) taken.push(await page.evaluate(acceptOne));
  return taken;
}

console.log("desk: from click to row, the line up and cut");
const upMs = await accepting("通");
const line = district();
if (line) process.kill(line.pid, "SIGSTOP");
const downMs = await accepting("断");
if (line) process.kill(line.pid, "SIGCONT");

console.log("desk: typing while events pour in");
await page.evaluate(noteKeys);
await page.keyboard.press("F2");
await page.getByRole("textbox", { name: "事由" }).waitFor();
const arrivals = page.evaluate(letArrive, arriving);
const typed: Promise<void> = (async () => {
  const until = performance.now() + arriving.spanMs;
  while (performance.now() < until) await page.keyboard.type("abc", { delay: 40 });
})();
const went = await arrivals;
await typed;
const waits = await page.evaluate(() => (window as unknown as { waits: number[] }).waits);
await page.keyboard.press("Escape");

console.log("desk: the whole list under the scroll bar");
await page.getByRole("tab", { name: /全部/ }).click();
await page.waitForTimeout(1_500);
const bareFrames = await page.evaluate(scrollNothing, 120);
const scrollFrames = await page.evaluate(scrollThrough, frames);
const listed = await page.locator(".queue .row").first().getAttribute("aria-setsize");
await page.getByRole("tab", { name: /待办/ }).click();

const ofDesk = (): number[] => {
  const all = processes();
  const own = new Set(all.filter(({ command }) => command.includes(profile)).map(({ pid }) => pid));
  for (let grew = true; grew; ) {
    const before = own.size;
    for (const { pid, parent } of all) if (own.has(parent)) own.add(pid);
    grew = own.size > before;
  }
  return [...own];
};
const usedOf = (pids: readonly number[]) => {
  let ticks = 0;
  let pages = 0;
  for (const pid of pids)
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
      const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
      ticks += Number(fields[11]) + Number(fields[12]);
      pages += Number(fields[21]);
    } catch {
      // It has ended meanwhile.
    }
  return { cpuMs: ticks * 10, mb: (pages * 4096) / 1e6 };
};
/** An hour is meant: what hundreds of answered alarms leave to be swept up, sent, climbed and compiled is over after a minute. */
const settleMs = 60_000;
async function atRest(ms: number, afterMs: number) {
  await page.waitForTimeout(afterMs);
  const pids = ofDesk();
  const before = usedOf(pids);
  await page.waitForTimeout(ms);
  const after = usedOf(pids);
  return { before, after, share: (after.cpuMs - before.cpuMs) / ms };
}

async function unanswered() {
  type Told = { value: { alarms: { kind: string; stops: string; keys: string[]; acknowledged: unknown }[] } };
  return ((await call("alarm.list", {})) as Told).value.alarms.filter(({ acknowledged }) => acknowledged === null);
}

/** Answers all that sounds, as a person would: what waits for acceptance is accepted, the rest acknowledged. */
async function answerAlarms(): Promise<void> {
  let left = await unanswered();
  // An alarm names only so many of what it counts.
  for (let round = 0; left.length > 0 && round < 100; round++) {
    for (const { stops, keys } of left) {
      if (stops === "acknowledge") await call("alarm.acknowledge", { keys });
      else if (stops === "accept")
        for (const key of keys) await call("event.transition", { id: key.split("/")[1], action: "accept", given: {} });
    }
    left = await unanswered();
  }
}

console.log(`desk: at rest for ${idleMs / 1000} s, with alarms and without`);
const loud = await atRest(idleMs, 15_000);
await answerAlarms();
const { before, after, share } = await atRest(idleMs, settleMs);
const sounding = await unanswered();
await running.close();
await tearDown();

report({
  bench: "desk",
  ratio: {
    "start to usable queue / empty window": median(startMs) / median(emptyMs),
    "click to row, line up, p95 ms": quantile(upMs, 0.95),
    "click to row, line cut, p95 ms": quantile(downMs, 0.95),
    "typing while events arrive, p99 ms": quantile(waits, 0.99),
    "events that did not arrive": arriving.count - went,
    "scroll: frames over 20 ms, share": scrollFrames.filter((ms) => ms > 20).length / scrollFrames.length,
    "at rest: share of one core": share,
    "at rest: memory after / before": after.mb / before.mb,
    "at rest: alarms that sound": sounding.length,
  },
  goal: {
    "start to usable queue / empty window": { most: 1.5 },
    "click to row, line up, p95 ms": { most: 50 },
    "click to row, line cut, p95 ms": { most: 50 },
    "typing while events arrive, p99 ms": { most: 50 },
    "events that did not arrive": { most: 0 },
    "scroll: frames over 20 ms, share": { most: 0.01 },
    "at rest: share of one core": { most: 0.01 },
    "at rest: memory after / before": { most: 1.05 },
    "at rest: alarms that sound": { most: 0 },
  },
  events: count,
  listed: Number(listed),
  startMs: startMs.map(figure),
  emptyMs: emptyMs.map(figure),
  /** The picture of the queue as dead markup and a core that does next to nothing, against the empty window. */
  leastMs: leastMs.map(figure),
  leastOfEmpty: figure(median(leastMs) / median(emptyMs)),
  clickMedianMs: { up: figure(median(upMs)), cut: figure(median(downMs)) },
  typed: { keys: waits.length, medianMs: figure(median(waits)), most: figure(Math.max(...waits)) },
  framesOver20: {
    ours: scrollFrames.filter((ms) => ms > 20).length,
    of: scrollFrames.length,
    p95Ms: figure(quantile(scrollFrames, 0.95)),
    emptyPage: bareFrames.filter((ms) => ms > 20).length,
    ofEmpty: bareFrames.length,
  },
  restMs: idleMs,
  whileAlarmsSound: { share: figure(loud.share) },
  memoryMb: { before: figure(before.mb), after: figure(after.mb) },
});
