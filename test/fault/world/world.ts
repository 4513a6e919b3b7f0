import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { leaveCleanMark } from "#core/store/clean-mark.ts";
import type { SyncStore } from "#core/sync/sync.ts";
import type { Context } from "#district/context.ts";
import { type Centre, openCentre } from "./centre.ts";
import { type Breach, judge, judgeConfirmed, judgeShown, numbersOf } from "./checker.ts";
import { openClock } from "./clock.ts";
import type { WorldDesk } from "./desk.ts";
import { openDice } from "./dice.ts";
import { deskIn, folderOf, names, playStart, type Start } from "./start.ts";
import { brewStorm } from "./storm.ts";
import { clear, type Weather } from "./weather.ts";
import { openWorkload } from "./workload.ts";

/** Longest from the healing of the link to the rest of everything. */
const restMs = 60_000;
/** What is still on its way when all has come to rest may not change it any more. */
const aftermathMs = 45_000;

/** Full jitter under one second is two tries a second in the first minute of an outage; a try may be a pull and a push. */
const mostPerMinute = 240;

export interface Told {
  readonly seed: number;
  readonly breaches: readonly Breach[];
  readonly saved: number;
  readonly refused: number;
  readonly requests: number;
  /** Most requests of one desk within 60 s. */
  readonly worstMinute: number;
  /** Answers "this I have already": how often doubling was prevented. */
  readonly suppressed: number;
  readonly kills: number;
  readonly restores: number;
  readonly virtualMs: number;
  /** From healing to rest. */
  readonly restedMs: number;
}

/** A world that is made wrong on purpose, for the control: its checker must see it. */
export interface Sabotage {
  readonly store?: (store: SyncStore) => SyncStore;
  readonly push?: (push: Context["push"]) => Context["push"];
}

let start: Promise<Start> | undefined;

/** Plays one schedule from its seed, heals the link, waits for rest, and has it judged. */
export async function playWorld(seed: number, sabotage: Sabotage = {}, log?: (line: string) => void): Promise<Told> {
  const folder = folderOf();
  try {
    return await playIn(folder, seed, sabotage, log);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function playIn(folder: string, seed: number, sabotage: Sabotage, log?: (line: string) => void): Promise<Told> {
  start ??= playStart();
  const begin = await start;
  const clock = openClock();
  const dice = openDice(seed, "plan");
  const breaches: Breach[] = [];
  const asked = new Map<string, number[]>(names.map((name) => [name, []]));
  const weathers = new Map<string, Weather>();
  writeFileSync(join(folder, "district.db"), begin.centre);
  const centre = await openCentre(join(folder, "district.db"), clock, openDice(seed, "centre"), sabotage.push);
  const desks = names.slice(0, dice.chance(0.4) ? 3 : 2).map((name) => {
    writeFileSync(join(folder, `${name}.db`), begin.desks.get(name) ?? "");
    // The same sound file each time: only a desk that was killed checks what it finds.
    leaveCleanMark(join(folder, `${name}.db`));
    return deskIn(
      folder,
      name,
      clock,
      seed,
      centre,
      (of) => weathers.get(of) ?? clear,
      () => asked.get(name)?.push(clock.now()),
      { ...(sabotage.store ? { sabotage: sabotage.store } : {}), ...(log ? { log } : {}) },
    );
  });
  const say = (line: string) => log?.(`${(clock.now() / 1_000).toFixed(3)} ${line}`);
  const { work, saved } = openWorkload(openDice(seed, "work"), desks);
  const stormMs = dice.pick([20_000, 60_000, 150_000]);
  const sometime = () => dice.between(0, stormMs);
  const turn = (name: string, weather: Weather) => weathers.set(name, weather);
  const count = brewStorm({ clock, dice, desks, centre, lastsMs: stormMs, turn, say });

  function look(): void {
    const numbers = count.restores === 0 ? numbersOf(join(folder, "district.db")) : null;
    for (const desk of desks) {
      const shown = desk.status();
      const db = desk.db();
      if (!shown || !db) continue;
      try {
        breaches.push(...judgeShown(desk.name, shown, db));
        if (numbers) breaches.push(...judgeConfirmed(desk.name, db, numbers));
      } catch (error) {
        if (desk.up) throw error;
      }
    }
  }

  for (const desk of desks) desk.boot();
  for (let acts = dice.between(10, 40); acts > 0; acts--) clock.after(sometime(), work);
  for (let looks = 6; looks > 0; looks--) clock.after(sometime(), look);

  await clock.runUntil(stormMs + 10_000);

  // The link heals; whoever was killed is switched on; a person presses where the desk says that it waits for one.
  for (const name of names) weathers.set(name, clear);
  if (!centre.up) await centre.boot();
  centre.killAt(Number.POSITIVE_INFINITY);
  for (const desk of desks) {
    if (desk.up) desk.killAt(Number.POSITIVE_INFINITY);
    else desk.boot();
    if (desk.status()?.link.state === "stopped") desk.press();
  }
  say("healed");
  const healedAt = clock.now();
  const rested = () => desks.every((desk) => isAtRest(desk, centre));
  await clock.runUntil(healedAt + restMs, rested);
  const restedMs = clock.now() - healedAt;
  if (!rested())
    breaches.push({
      invariant: "I3",
      text: `not at rest ${restMs / 1_000} s after healing: ${desks.map((desk) => `${desk.name} ${JSON.stringify(desk.status())}`).join(" ")}`,
    });
  await clock.runUntil(clock.now() + aftermathMs);
  look();
  const { kills, restores } = count;
  const refused = desks.reduce((sum, desk) => sum + (desk.status()?.refused ?? 0), 0);
  for (const desk of desks) desk.kill();
  centre.kill();
  await clock.runUntil(clock.now() + 1);
  const files = new Map(desks.map((desk) => [desk.name, desk.file]));
  breaches.push(...judge({ desks: files, centre: join(folder, "district.db") }, saved, restores > 0));
  for (const text of centre.bugs) breaches.push({ invariant: "bug", text });
  const virtualMs = clock.now();
  const worstMinute = Math.max(...[...asked.values()].map(worstMinuteOf));
  if (worstMinute > mostPerMinute)
    breaches.push({ invariant: "I8", text: `${worstMinute} requests of one desk in a minute` });
  const requests = [...asked.values()].flat().length;
  return {
    seed,
    breaches,
    saved: saved.length,
    refused,
    requests,
    worstMinute,
    suppressed: centre.suppressed,
    kills,
    restores,
    virtualMs,
    restedMs,
  };
}

function worstMinuteOf(times: readonly number[]): number {
  let first = 0;
  let worst = 0;
  for (const [index, at] of times.entries()) {
    while ((times[first] ?? at) <= at - 60_000) first++;
    worst = Math.max(worst, index - first + 1);
  }
  return worst;
}

function isAtRest(desk: WorldDesk, centre: Centre): boolean {
  const shown = desk.status();
  return shown !== undefined && shown.waiting === 0 && shown.cursor === centre.head();
}
