import { existsSync, readFileSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { contentPath } from "#core/files/contents.ts";
import { openSqlite } from "#district/store/sqlite.ts";
import { district, type TestDistrict } from "../protocol/district.ts";
import { openDice } from "./world/dice.ts";
import { freightDesk, hashOf, photo } from "./world/freight-desk.ts";
import { openFaultProxy } from "./world/tls-proxy.ts";

const street = "500118004";
const patience = { timeout: 30_000, interval: 20 };

const addressOf = async (centre: TestDistrict, port = Number(new URL(centre.url()).port)): Promise<string> =>
  `https://127.0.0.1:${port}#${(await centre.now.makeCode(street)) ?? ""}`;
const storedAt = (centre: TestDistrict, sha256: string): string =>
  join(centre.dir, "attachments", street, sha256.slice(0, 2), sha256);

test("PR-21, PR-24, PR-25, AT-9: a file crosses a link that breaks in its middle again and again, and a restart, whole and nearly once", async () => {
  const centre = await district();
  const proxy = await openFaultProxy(Number(new URL(centre.url()).port), openDice(7, "freight"), [400_000, 1_200_000]);
  onTestFinished(() => proxy.close());
  const address = await addressOf(centre, proxy.port);
  const here = await freightDesk(address, street);
  const { event } = await here.get("event.report", { text: "河边有人落水", level: "critical" });
  const bytes = photo(8_000_000);
  const before = proxy.sent;
  const { sha256, id } = await here.attach(event.id, "现场.jpg", bytes);
  expect(sha256).toBe(hashOf(bytes));

  const moved = async () => (await here.attachments(event.id))[0]?.moved ?? 0;
  await vi.waitFor(async () => expect(await moved()).toBeGreaterThan(2_000_000), patience);
  await here.restart(address);
  await vi.waitFor(async () => {
    expect((await here.get("attachment.list", { eventId: event.id })).held).toBe(1);
  }, patience);
  expect(hashOf(readFileSync(storedAt(centre, sha256)))).toBe(sha256);
  expect(proxy.broken).toBeGreaterThan(5);
  expect((proxy.sent - before) / bytes.length).toBeLessThan(1.2);

  // Another desk of the street, over the same link: it comes by itself, because the event is critical.
  const there = await freightDesk(await addressOf(centre, proxy.port), street);
  await vi.waitFor(async () => {
    expect((await there.attachments(event.id))[0]).toMatchObject({ id, here: true, district: "held" });
  }, patience);
  expect(hashOf(readFileSync(contentPath(there.profileDir, sha256)))).toBe(sha256);
  const read = await there.get("attachment.read", { id });
  expect([read.state, read.media, read.bytes]).toEqual(["here", "image/jpeg", bytes.length]);
}, 60_000);

test("PR-24: an op that is recorded while a file moves does not wait for it", async () => {
  const centre = await district();
  const here = await freightDesk(await addressOf(centre), street);
  const { event } = await here.get("event.report", { text: "路面塌陷" });
  const { id } = await here.attach(event.id, "现场.jpg", photo(20_000_000));
  await vi.waitFor(async () => expect((await here.attachments(event.id))[0]?.moved).toBeGreaterThan(0), patience);
  const { event: second } = await here.get("event.report", { text: "又有人来电" });
  await vi.waitFor(async () => {
    expect((await here.get("event.get", { id: second.id })).sync.state).toBe("confirmed");
  }, patience);
  const moving = (await here.attachments(event.id)).find((one) => one.id === id);
  expect(moving?.district).not.toBe("held");
  await vi.waitFor(async () => expect((await here.attachments(event.id))[0]?.district).toBe("held"), patience);
});

test("PR-24: the file of the most urgent event goes first, small before large", async () => {
  const centre = await district();
  const here = await freightDesk("https://127.0.0.1:9#x", street);
  const order: string[] = [];
  for (const [text, level, size] of [
    ["路灯不亮", "normal", 50_000],
    ["老人走失", "critical", 400_000],
    ["老人走失，又一张", "critical", 90_000],
  ] as const) {
    const { event } = await here.get("event.report", { text, level });
    order.push((await here.attach(event.id, "现场.jpg", photo(size))).sha256);
  }
  await here.restart(await addressOf(centre));
  await vi.waitFor(async () => expect((await here.get("attachment.state", {})).toSend).toBe(0), patience);
  const db = openSqlite(join(centre.dir, "district.db"));
  const told = db.prepare("SELECT detail FROM audit WHERE what = 'attachment' ORDER BY no").pluck().all();
  db.close();
  const [lamp, large, small] = order;
  expect(told).toEqual([`${street} ${small}`, `${street} ${large}`, `${street} ${lamp}`]);
});

test("PR-22: a street without room says so; the file stays on the desk and goes up once there is room", async () => {
  const bounds = {
    streetBytes: 1_000_000,
    streetDayBytes: 2_000_000,
    keepFreeBytes: 1,
    openUploads: 5,
    unfinishedHours: 1,
  };
  const centre = await district({ attachments: bounds });
  const here = await freightDesk(await addressOf(centre), street);
  const { event } = await here.get("event.report", { text: "井盖缺失" });
  const { sha256 } = await here.attach(event.id, "现场.jpg", photo(1_500_000));
  await vi.waitFor(async () => {
    const [one] = await here.attachments(event.id);
    expect(one?.failed).toEqual({ errorId: "attachment.street_full", params: { most: "977 KB" } });
  }, patience);
  expect((await here.attachments(event.id))[0]).toMatchObject({ district: "queued", here: true });
  const url = centre.url();
  await centre.stop();
  await centre.start({ attachments: { ...bounds, streetBytes: 9_000_000 } });
  expect(centre.url()).toBe(url);
  await here.restart(await addressOf(centre));
  await vi.waitFor(async () => expect((await here.attachments(event.id))[0]?.district).toBe("held"), patience);
  expect(hashOf(readFileSync(storedAt(centre, sha256)))).toBe(sha256);
});

test("PR-23, PR-25: what the district has broken or lost is sent again by the desk that holds it, and never shown as whole", async () => {
  const centre = await district();
  const here = await freightDesk(await addressOf(centre), street);
  const { event } = await here.get("event.report", { text: "化工气味", level: "critical" });
  const { sha256, id } = await here.attach(event.id, "现场.jpg", photo(300_000));
  await vi.waitFor(async () => expect((await here.attachments(event.id))[0]?.district).toBe("held"), patience);
  const stored = storedAt(centre, sha256);
  writeFileSync(stored, Buffer.concat([readFileSync(stored).subarray(0, 299_000), Buffer.alloc(1_000)]));
  const there = await freightDesk(await addressOf(centre), street);
  await vi.waitFor(
    async () => expect((await there.attachments(event.id))[0]?.failed?.errorId).toBe("attachment.unknown"),
    patience,
  );
  expect((await there.get("attachment.read", { id })).state).toBe("away");
  // Restored from a backup: a new epoch, and everything is asked again.
  await centre.stop();
  await centre.start({ restored: true });
  await here.get("link.syncNow", {});
  await vi.waitFor(() => expect(existsSync(stored) && hashOf(readFileSync(stored))).toBe(sha256), patience);
  // Somebody opens it there: it is asked for at once.
  await there.get("link.syncNow", {});
  await there.get("attachment.fetch", { id });
  await vi.waitFor(async () => expect((await there.attachments(event.id))[0]?.here).toBe(true), patience);
}, 60_000);

test("AT-6: what was changed on the desk's own disk is set aside, never shown, and fetched again", async () => {
  const centre = await district();
  const here = await freightDesk(await addressOf(centre), street);
  const { event } = await here.get("event.report", { text: "高空坠物" });
  const { sha256, id } = await here.attach(event.id, "现场.jpg", photo(200_000));
  await vi.waitFor(async () => expect((await here.attachments(event.id))[0]?.district).toBe("held"), patience);
  const path = contentPath(here.profileDir, sha256);
  truncateSync(path, 100_000);
  expect((await here.get("attachment.read", { id })).state).toBe("broken");
  await vi.waitFor(async () => expect((await here.get("attachment.read", { id })).state).toBe("here"), patience);
  expect(hashOf(readFileSync(path))).toBe(sha256);
});
