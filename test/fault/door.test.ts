import { Agent } from "node:https";
import { join } from "node:path";
import Sqlite from "better-sqlite3";
import { expect, test } from "vitest";
import { district } from "../protocol/district.ts";
import { seed } from "../seed.ts";
import { enrolDevices, openAsker } from "./door/devices.ts";
import { storm } from "./door/storm.ts";

/** `npm run fuzz:district` sends 100,000, to a district in a process of its own. */
const count = Number(process.env.ZHISHOU_MALFORMED ?? 3_000);

test(`PR-2, PR-4, PR-14: ${count} malformed requests over raw TLS sockets: none is a fault of the district, none is taken, and it still answers`, async () => {
  const door = await district();
  const { devices, ca } = await enrolDevices(door.url(), 24, ["500118001", "500118002"]);
  const [healthy, ...attackers] = devices;
  if (!healthy) throw new Error("enrolled above");
  const file = new Sqlite(join(door.dir, "district.db"), { readonly: true });
  const bugs = () => file.prepare("SELECT detail FROM audit WHERE what = 'bug'").pluck().all();
  const told = await storm({ port: Number(new URL(door.url()).port), ca }, attackers, seed, count);
  expect(told.broken).toEqual([]);
  expect(told.sent).toBe(count);
  expect(bugs()).toEqual([]);
  expect(door.logged).toEqual([]);
  // Many were read and refused, not only cut off.
  expect(told.statuses["400"] ?? 0).toBeGreaterThan(count / 10);
  const agent = new Agent({ keepAlive: true, ca });
  const asked = await openAsker(door.url(), ca, healthy, agent)("/v1/pull", { after: 0, limit: 10, waitMs: 0 });
  agent.destroy();
  file.close();
  expect(asked.status).toBe(200);
}, 120_000);
