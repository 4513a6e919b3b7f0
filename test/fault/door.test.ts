import { Agent } from "node:https";
import { join } from "node:path";
import { setTimeout as tick } from "node:timers/promises";
import Sqlite from "better-sqlite3";
import { expect, test } from "vitest";
import { district } from "../protocol/district.ts";
import { seed } from "../seed.ts";
import { enrolDevices, openAsker } from "./door/devices.ts";
import { storm } from "./door/storm.ts";

/** `npm run fuzz:district` sends 100,000, to a district in a process of its own. */
const count = Number(process.env.ZHISHOU_MALFORMED ?? 20_000);
/** A desk at its work asks about so often. */
const askEveryMs = 100;

test(`PR-2, PR-4, PR-14: ${count} malformed requests over raw TLS sockets: none is a fault of the district, none is taken, and a healthy desk beside them has every answer`, async () => {
  const door = await district();
  const { devices, ca } = await enrolDevices(door.url(), 48, ["500118001", "500118002"]);
  const [healthy, ...attackers] = devices;
  if (!healthy) throw new Error("enrolled above");
  const file = new Sqlite(join(door.dir, "district.db"), { readonly: true });
  const bugs = () => file.prepare("SELECT detail FROM audit WHERE what = 'bug'").pluck().all();
  const agent = new Agent({ keepAlive: true, ca });
  const ask = openAsker(door.url(), ca, healthy, agent);
  const answers: number[] = [];
  let raging = true;
  async function beside(): Promise<void> {
    for (; raging; await tick(askEveryMs))
      answers.push((await ask("/v1/pull", { after: 0, limit: 10, waitMs: 0 })).status);
  }
  const raged = storm({ port: Number(new URL(door.url()).port), ca }, attackers, seed, count).finally(() => {
    raging = false;
  });
  const [told] = await Promise.all([raged, beside()]);
  expect(told.broken).toEqual([]);
  expect(told.sent).toBe(count);
  expect(bugs()).toEqual([]);
  expect(door.logged).toEqual([]);
  // Many were read and refused, not only cut off.
  expect(told.statuses["400"] ?? 0).toBeGreaterThan(count / 10);
  expect(new Set(answers)).toEqual(new Set([200]));
  expect(answers.length).toBeGreaterThan(10);
  agent.destroy();
  file.close();
}, 120_000);
