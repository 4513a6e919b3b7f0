import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Sqlite from "better-sqlite3";
import { syncStore } from "#core/open-desk.ts";
import { openChain } from "#core/store/chain.ts";
import { openDatabase } from "#core/store/database.ts";
import type { SyncStore } from "#core/sync/sync.ts";
import type { LinkStatus } from "#shared/contract.ts";
import { type Centre, openCentre, startAt } from "./centre.ts";
import { type Breach, judge, judgeShown } from "./checker.ts";
import { openClock } from "./clock.ts";
import type { WorldDesk } from "./desk.ts";
import { openDice } from "./dice.ts";
import { deskIn, folderOf, playStart, type Start } from "./start.ts";
import { clear, drawWeather, type Weather } from "./weather.ts";
import { openWorkload } from "./workload.ts";

/**
 * What comes back from the past: the district's older backup is put back; a desk's older copy is; a desk is copied and both
 * go on; the copy gets a name of its own and holds what its former name said. Something is always lost by it and something new is always written after it, or nothing would be proved.
 */
export const pasts = ["district restored", "desk restored", "desk cloned", "copy enrolled anew"] as const;
export type Past = (typeof pasts)[number];

export interface PastTold {
  readonly seed: number;
  readonly breaches: readonly Breach[];
  /** Numbers that were given and confirmed after the copy was made, and what only a dead PC ever held. */
  readonly takenBack: number;
  readonly gone: number;
  /** Ops that came back to desks that did not hold them. */
  readonly broughtBack: number;
}

/** A world that is made wrong on purpose. */
export interface PastSabotage {
  readonly store?: (store: SyncStore) => SyncStore;
  /** What the desk says of itself, before it is judged. */
  readonly says?: (status: LinkStatus) => LinkStatus;
}

const restMs = 60_000;
/** A desk looks for the district at least this often. */
const oneLookMs = 12_000;

const idsOf = (file: string, text: string): Set<string> => {
  const db = new Sqlite(file, { readonly: true });
  try {
    return new Set(db.prepare(text).pluck().all() as string[]);
  } finally {
    db.close();
  }
};
const ownIds = "SELECT id FROM op";
const numberedIds = "SELECT op_id FROM ledger";

let start: Promise<Start> | undefined;

/** Plays one such story from its seed, waits for rest, and has it judged. */
export async function playPast(
  past: Past,
  seed: number,
  sabotage: PastSabotage = {},
  log?: (line: string) => void,
): Promise<PastTold> {
  const folder = folderOf();
  try {
    start ??= playStart();
    return await playIn(folder, past, seed, sabotage, await start, log);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function playIn(
  folder: string,
  past: Past,
  seed: number,
  sabotage: PastSabotage,
  begin: Start,
  log?: (line: string) => void,
): Promise<PastTold> {
  const clock = openClock();
  const dice = openDice(seed, past);
  const weathers = new Map<string, Weather>();
  const centreFile = join(folder, "district.db");
  writeFileSync(centreFile, begin.centre);
  const centre = await openCentre(centreFile, clock, openDice(seed, "centre"));
  const breaches: Breach[] = [];
  const breach = (invariant: Breach["invariant"], text: string) => breaches.push({ invariant, text });

  const open = (name: string, bytes: Uint8Array, device = name): WorldDesk => {
    writeFileSync(join(folder, `${name}.db`), bytes);
    const extra = {
      device,
      witnesses: true,
      ...(sabotage.store ? { sabotage: sabotage.store } : {}),
      ...(log ? { log } : {}),
    };
    return deskIn(
      folder,
      name,
      clock,
      seed,
      centre,
      (of) => weathers.get(of) ?? clear,
      () => {},
      extra,
    );
  };
  const first = open("A", begin.desks.get("A") as Uint8Array);
  const other = open("B", begin.desks.get("B") as Uint8Array);
  const desks = [first, other];
  const { work, write, saved } = openWorkload(openDice(seed, "work"), desks);

  /** Officers at work for a while, on a link that is as it may be, and at its end is good. */
  async function live(acts: number, ms: number): Promise<void> {
    const untilAt = clock.now() + ms;
    for (const { name } of desks) weathers.set(name, dice.chance(0.7) ? drawWeather(dice) : clear);
    for (let left = acts; left > 0; left--) clock.after(dice.between(0, ms), work);
    await clock.runUntil(untilAt);
  }
  async function calm(): Promise<void> {
    for (const { name } of desks) weathers.set(name, clear);
    const untilAt = clock.now() + restMs;
    // A person presses where the desk says that it waits for one.
    const press = () => {
      for (const desk of desks) if (desk.status()?.link.state === "stopped") desk.press();
    };
    press();
    await clock.runUntil(untilAt, () => desks.every((desk) => isAtRest(desk, centre)));
  }

  for (const desk of desks) desk.boot();
  await live(dice.between(3, 10), 20_000);
  if (dice.chance(0.5)) await calm();
  const centreCopy = centre.backUp();
  const deskCopy = first.db()?.serialize() ?? new Uint8Array();
  const copied = filed(folder, deskCopy, ownIds);
  const headThen = centre.head();

  await live(dice.between(5, 14), 30_000);
  for (const desk of desks) write(desk);
  await calm();
  // Some of it the district does not know when the world breaks in two.
  for (const { name } of desks) if (dice.chance(0.5)) weathers.set(name, { ...clear, down: "refused" });
  for (let left = dice.between(0, 4); left > 0; left--) work();
  const takenBack = centre.head() - headThen;
  if (takenBack === 0) breach("I1", "nothing was written after the copy: this proves nothing");

  let gone = 0;
  const copies: { readonly desk: WorldDesk; readonly had: ReadonlySet<string>; readonly since: number }[] = [];
  if (past === "district restored") {
    if (dice.chance(0.5)) {
      centre.killAt(dice.pick(["in_push", "before_answer"] as const));
      await live(3, 3_000);
    }
    await centre.restore(centreCopy);
    centre.killAt(Number.POSITIVE_INFINITY);
  } else if (past === "desk restored") {
    first.kill();
    await clock.runUntil(clock.now() + 1);
    // What never left the PC went with its disk: no promise covers it. What the district refused, its desk alone could show.
    const known = idsOf(centreFile, numberedIds);
    const lost = saved.filter(({ desk, opId }) => desk === "A" && !copied.has(opId) && !known.has(opId));
    for (const one of lost) saved.splice(saved.indexOf(one), 1);
    gone = lost.length;
    for (const end of ["-wal", "-shm"]) rmSync(first.file + end, { force: true });
    writeFileSync(first.file, deskCopy);
    first.boot();
    copies.push({ desk: first, had: copied, since: saved.length });
  } else if (past === "copy enrolled anew") {
    const clone = open("A2", dice.chance(0.5) ? (first.db()?.serialize() ?? new Uint8Array()) : deskCopy, "A2");
    const { letter } = await centre.enrol("A2", "A2台");
    enrolAnew(clone.file, "A2", letter);
    desks.push(clone);
    clone.boot();
  } else {
    const now = first.db()?.serialize() ?? new Uint8Array();
    const bytes = dice.chance(0.5) ? now : deskCopy;
    const had = filed(folder, bytes, ownIds);
    const clone = open("A2", bytes, "A");
    desks.push(clone);
    clone.boot();
    copies.push({ desk: first, had: filed(folder, now, ownIds), since: saved.length });
    copies.push({ desk: clone, had, since: saved.length });
  }

  await live(dice.between(4, 12), 30_000);
  for (const desk of desks) write(desk);
  await calm();
  // And once more, so that every log has been shown since.
  for (const desk of desks) write(desk);
  await calm();
  await clock.runUntil(clock.now() + oneLookMs);
  if (!desks.every((desk) => isAtRest(desk, centre)))
    breach("I3", `not at rest: ${desks.map((desk) => `${desk.name} ${JSON.stringify(desk.status())}`).join(" ")}`);

  for (const text of centre.bugs) breach("bug", text);
  const shown = new Map<string, LinkStatus>();
  for (const desk of desks) {
    const [status, db] = [desk.status(), desk.db()];
    if (!status || !db) continue;
    shown.set(desk.name, (sabotage.says ?? ((said) => said))(status));
    breaches.push(...judgeShown(desk.name, status, db));
  }
  for (const desk of desks) desk.kill();
  centre.kill();
  await clock.runUntil(clock.now() + 1);

  // What the district refused to its former name, a copy does not hold as refused.
  const twice = new Set([...copies.map(({ desk }) => desk.name), ...(past === "copy enrolled anew" ? ["A2"] : [])]);
  const files = new Map(desks.map((desk) => [desk.name, desk.file]));
  breaches.push(...judge({ desks: files, centre: centreFile }, saved, past === "district restored", twice));

  let broughtBack = 0;
  if (past === "copy enrolled anew") {
    for (const [name, { restored, fork }] of shown) {
      if (restored) breach("I7", `${name} says that the district was restored, and it was not`);
      if (fork) breach("I7", `${name} speaks of a copy that goes on under its name, and there is none`);
    }
  } else if (past === "district restored") {
    for (const desk of desks) {
      const said = shown.get(desk.name);
      if (!said?.restored) breach("I7", `${desk.name} does not say that the district was restored`);
      if (said?.fork) breach("I7", `${desk.name} speaks of a copy, and there was none`);
    }
  } else {
    for (const { desk, had, since } of copies) {
      const recorded = new Set(saved.slice(since).flatMap((one) => (one.desk === desk.name ? [one.opId] : [])));
      const back = [...idsOf(desk.file, ownIds)].filter((id) => !had.has(id) && !recorded.has(id)).length;
      broughtBack += back;
      const said = shown.get(desk.name)?.fork;
      if (!said && back > 0) breach("I7", `${desk.name} took ${back} ops back and does not say so`);
      if (said && said.broughtBack !== back)
        breach("I7", `${desk.name} says ${said.broughtBack} came back, and it were ${back}`);
    }
    for (const [name, { restored }] of shown)
      if (restored) breach("I7", `${name} says that the district was restored, and it was not`);
    if (shown.get("B")?.fork) breach("I7", "B speaks of a copy, and there was none of it");
    if (broughtBack === 0) breach("I1", "no copy lacked anything: this proves nothing");
    const named = idsOf(centreFile, "SELECT what FROM audit WHERE device = 'A' AND what IN ('log_behind', 'log_fork')");
    if (named.size === 0) breach("I5", "the district has two histories of A's log and does not name them");
    const receipts = copies.flatMap(({ desk }) => [...idsOf(desk.file, "SELECT outcome FROM chain_receipt")]);
    if (!receipts.some((outcome) => outcome !== "extends")) breach("I5", "no copy of A was told of the other history");
  }
  if (
    idsOf(centreFile, "SELECT what FROM audit WHERE device = 'B' AND what IN ('fork', 'log_behind', 'log_fork')").size >
    0
  )
    breach("I5", "B is called a copy, and there is none of it");
  return { seed, breaches, takenBack, gone, broughtBack };
}

/** By hand, as it is done with a copy: its enrolment is taken away, then it is enrolled under another name. */
function enrolAnew(file: string, device: string, letter: string): void {
  const opened = openDatabase(file);
  if (!opened.ok) throw new Error(opened.error.id);
  const { db } = opened.value;
  const dice = openDice(1, "anew");
  openChain(db, { now: () => startAt, monotonic: () => 0, randomBytes: (length) => dice.bytes(length) });
  const store = syncStore(db);
  const before = store.readEnrolment();
  if (!before) throw new Error("the copy was enrolled");
  db.prepare("DELETE FROM meta WHERE key = 'enrolment'").run();
  store.saveEnrolment({ ...before, deviceId: device, deskLetter: letter });
  db.close();
}

/** The ids in the bytes of a database. */
function filed(folder: string, bytes: Uint8Array, text: string): Set<string> {
  const file = join(folder, "looked-at.db");
  writeFileSync(file, bytes);
  const ids = idsOf(file, text);
  rmSync(file);
  return ids;
}

function isAtRest(desk: WorldDesk, centre: Centre): boolean {
  const shown = desk.status();
  return shown !== undefined && shown.waiting === 0 && shown.cursor === centre.head();
}
