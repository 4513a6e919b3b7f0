import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { SyncStore } from "#core/sync/sync.ts";
import { type Centre, openCentre, startAt, street } from "./centre.ts";
import { openClock, type VirtualClock } from "./clock.ts";
import { openWorldDesk, type WorldDesk } from "./desk.ts";
import { openDice } from "./dice.ts";
import { openFaultyLink } from "./link.ts";
import { clear, type Weather } from "./weather.ts";
import { officers } from "./workload.ts";

export const names = ["A", "B", "C"] as const;

/** Real files, in memory where the machine has such a place: the worlds are about order, the crash suites about disks. */
export const folderOf = () => mkdtempSync(join(existsSync("/dev/shm") ? "/dev/shm" : tmpdir(), "zhishou-world-"));

export interface Start {
  readonly centre: Uint8Array;
  readonly desks: ReadonlyMap<string, Uint8Array>;
}

/** Three desks that are enrolled and know their people: played once on a good link, then copied for each world. */
export async function playStart(): Promise<Start> {
  const folder = folderOf();
  const clock = openClock();
  const dice = openDice(1, "start");
  const centre = await openCentre(join(folder, "district.db"), clock, dice);
  const desks: WorldDesk[] = [];
  for (const name of names) {
    const desk = deskIn(
      folder,
      name,
      clock,
      1,
      centre,
      () => clear,
      () => {},
    );
    const { letter } = await centre.enrol(name, `${name}台`);
    desk.boot();
    const enrolment = {
      url: "https://127.0.0.1:1",
      ca: "",
      serverId: centre.serverId,
      epoch: centre.epoch,
      districtName: "璧山区治理中心",
      deviceId: name,
      deskLetter: letter,
      street,
      streetName: "璧泉街道",
      privateKey: "",
      sample: false,
      enrolledAt: startAt,
    };
    const put = desk.db()?.prepare("INSERT INTO meta (key, value) VALUES (?, ?)");
    for (const [key, value] of Object.entries({ street, enrolment: JSON.stringify(enrolment), letter }))
      put?.run(key, value);
    desk.kill();
    desks.push(desk);
  }
  await clock.runUntil(clock.now() + 1);
  for (const desk of desks) desk.boot();
  for (const officer of officers) desks[0]?.record("officer.put", officer, "setup");
  await clock.runUntil(clock.now() + 30_000);
  const bytes = new Map(desks.map((desk) => [desk.name, desk.db()?.serialize() ?? new Uint8Array()]));
  const made = { centre: centre.backUp(), desks: bytes };
  for (const desk of desks) desk.kill();
  centre.kill();
  await clock.runUntil(clock.now() + 1);
  rmSync(folder, { recursive: true });
  return made;
}

export function deskIn(
  folder: string,
  name: string,
  clock: VirtualClock,
  seed: number,
  centre: Centre,
  weather: (name: string) => Weather,
  asked: () => void,
  extra: {
    sabotage?: (store: SyncStore) => SyncStore;
    log?: (line: string) => void;
    /** The device it is enrolled as, when that is another's: a copy. */
    device?: string;
    /** It shows the head of its log, too. */
    witnesses?: boolean;
  } = {},
): WorldDesk {
  const dice = openDice(seed, `link ${name}`);
  return openWorldDesk({
    name,
    file: join(folder, `${name}.db`),
    clock,
    dice: openDice(seed, `desk ${name}`),
    ...(extra.sabotage ? { sabotage: extra.sabotage } : {}),
    ...(extra.log ? { log: extra.log } : {}),
    openLink: (desk) =>
      openFaultyLink({
        clock,
        dice,
        centre,
        device: extra.device ?? name,
        ...(extra.witnesses ? { witnesses: true } : {}),
        weather: () => weather(name),
        now: () => startAt + clock.now() + desk.skewMs,
        asked,
      }),
  });
}
