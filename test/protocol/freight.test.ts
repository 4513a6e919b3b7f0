import { createHash } from "node:crypto";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { makeDeskKey } from "#core/sync/enrol.ts";
import { openWire } from "#core/sync/freight/wire.ts";
import { addDevice } from "#district/auth/devices.ts";
import { portsFor } from "../contract/desks.ts";
import { district, type TestDistrict } from "./district.ts";

const streets = ["500118004", "500118001"] as const;
const content = Buffer.concat([Buffer.from("%PDF-1.7 "), Buffer.alloc(40_000, 7)]);
const sha256 = createHash("sha256").update(content).digest("hex");

/** A signed wire of a desk of a street, as the freight uses it. */
async function wireOf(centre: TestDistrict, street: string) {
  const { privateKey, publicKey } = makeDeskKey();
  const row = { id: `desk-${street}`, street, name: "席", publicKey, sample: true };
  await centre.inStore(({ db }) => addDevice(db, row, Date.now()));
  const { serverId, epoch } = centre.now;
  return openWire({
    ...portsFor("/nowhere"),
    ...{ url: centre.url(), ca: centre.ca(), serverId, epoch, deviceId: `desk-${street}`, privateKey },
    ...{ clock: { offsetMs: null }, appVersion: "test" },
  });
}

/** As if an op had named it: what the ledger does is proved where it is done. */
const name = (centre: TestDistrict, street: string, hash = sha256, bytes = content.length) =>
  centre.inStore(({ db }) =>
    db.insertInto("named_content").values({ street, sha256: hash, bytes, media: "application/pdf" }).execute(),
  );

const tus = { "tus-resumable": "1.0.0" };
const create = (wire: Awaited<ReturnType<typeof wireOf>>, hash = sha256, bytes = content.length) =>
  wire.ask({
    method: "POST",
    path: "/v1/uploads",
    headers: {
      ...tus,
      "upload-length": String(bytes),
      "upload-metadata": `sha256 ${Buffer.from(hash).toString("base64")}`,
    },
    way: "up",
  });
const patch = (wire: Awaited<ReturnType<typeof wireOf>>, path: string, offset: number, body: Buffer) =>
  wire.ask({
    method: "PATCH",
    path,
    headers: { ...tus, "upload-offset": String(offset), "content-type": "application/offset+octet-stream" },
    body,
    way: "up",
  });
const problemOf = (answer: Awaited<ReturnType<typeof create>>) =>
  answer.ok ? (answer.value.problem?.id ?? null) : answer.error.reasonId;
const pathOf = (answer: Awaited<ReturnType<typeof create>>) =>
  answer.ok ? (answer.value.header("location") ?? "") : "";

test("PR-10, PR-21, PR-22: only a named file comes, with its length, to its own street; another street finds neither upload nor file", async () => {
  const centre = await district();
  const [mine, foreign] = [await wireOf(centre, streets[0]), await wireOf(centre, streets[1])];
  expect(problemOf(await create(mine))).toBe("attachment.not_named");
  await name(centre, streets[0]);
  expect(problemOf(await create(mine, sha256, content.length - 1))).toBe("attachment.not_named");
  const path = pathOf(await create(mine));
  expect(path).toMatch(/^\/v1\/uploads\/[0-9a-f]{32}$/);
  expect(problemOf(await patch(foreign, path, 0, content.subarray(0, 100)))).toBe("attachment.expired");
  for (const bad of [
    "/v1/uploads/..%2f..%2fdistrict.db",
    "/v1/uploads/a",
    `/v1/contents/${"../".repeat(4)}x?from=0&bytes=9`,
  ])
    expect(problemOf(await mine.ask({ method: "GET", path: bad, way: "down" }))).not.toBe(null);
  expect(problemOf(await patch(mine, path, 0, content.subarray(0, 30_000)))).toBe(null);
  // The wrong place is told, and nothing is written.
  expect(problemOf(await patch(mine, path, 10, content.subarray(10, 20)))).toBe("input.invalid");
  expect(await mine.held([sha256])).toEqual({ ok: true, value: [] });
  expect(problemOf(await patch(mine, path, 30_000, content.subarray(30_000)))).toBe(null);
  expect(await mine.held([sha256])).toMatchObject({ ok: true, value: [{ sha256, bytes: content.length }] });
  expect(problemOf(await create(mine))).toBe("attachment.held");
  const read = (wire: typeof mine) =>
    wire.ask({ method: "GET", path: `/v1/contents/${sha256}?from=5&bytes=9`, way: "down" });
  const got = await read(mine);
  expect(got.ok && got.value.body).toEqual(content.subarray(5, 14));
  expect(problemOf(await read(foreign))).toBe("attachment.unknown");
  expect(await foreign.held([sha256])).toEqual({ ok: true, value: [] });
  for (const wire of [mine, foreign]) await wire.close();
});

test("PR-22: what is not what was named is thrown away and said, however it was declared", async () => {
  const centre = await district();
  const wire = await wireOf(centre, streets[0]);
  await name(centre, streets[0]);
  const path = pathOf(await create(wire));
  const other = Buffer.from(content);
  other[20_000] = 8;
  expect(problemOf(await patch(wire, path, 0, other))).toBe("attachment.not_as_named");
  expect(await wire.held([sha256])).toEqual({ ok: true, value: [] });
  expect(readdirSync(join(centre.dir, "uploads", streets[0]))).toEqual([]);
  // Right hash, but not of the kind that the op names.
  const web = Buffer.from("<html>");
  const hash = createHash("sha256").update(web).digest("hex");
  await name(centre, streets[0], hash, web.length);
  expect(problemOf(await patch(wire, pathOf(await create(wire, hash, web.length)), 0, web))).toBe(
    "attachment.not_as_named",
  );
  await wire.close();
});

test("PR-22: an upload that is not finished in time is let go and begun anew; a street has so many at a time", async () => {
  const bounds = { streetBytes: 1e9, streetDayBytes: 50_000, keepFreeBytes: 1, openUploads: 2, unfinishedHours: 1e-6 };
  const centre = await district({ attachments: bounds });
  const wire = await wireOf(centre, streets[0]);
  await name(centre, streets[0]);
  const path = pathOf(await create(wire));
  await create(wire);
  expect(problemOf(await create(wire))).toBe("link.busy");
  expect(problemOf(await patch(wire, path, 0, content))).toBe("attachment.expired");
  await wire.close();
  await centre.stop();
  await centre.start();
  expect(readdirSync(join(centre.dir, "uploads", streets[0]))).toEqual([]);
});
