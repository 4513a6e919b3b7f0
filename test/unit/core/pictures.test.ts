import { createHash } from "node:crypto";
import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { filePieceMost } from "#shared/contract.ts";
import { forget, openTestDesk, type TestDesk } from "./desk.ts";

let desk: TestDesk;
beforeAll(async () => {
  desk = await openTestDesk();
  await desk.get("session.signIn", { pin: "2580" });
}, 60_000);
afterAll(async () => {
  await desk.close();
  forget(desk.profileDir);
});

/** The head of a PNG with what follows: nothing here decodes it. */
function png(width: number, height: number, more = 40): Buffer {
  const bytes = Buffer.alloc(26 + more, 7);
  bytes.writeUInt32BE(0x89504e47, 0);
  bytes.writeUInt32BE(0x0d0a1a0a, 4);
  bytes.write("IHDR", 12, "latin1");
  bytes.writeUInt32BE(width, 16);
  bytes.writeUInt32BE(height, 20);
  return bytes;
}

async function bring(bytes: Buffer) {
  const { fileId } = await desk.get("file.begin", { fileName: "谷地.png", bytes: bytes.length });
  for (let offset = 0; offset < bytes.length; offset += filePieceMost)
    await desk.get("file.piece", {
      fileId,
      offset,
      base64: bytes.subarray(offset, offset + filePieceMost).toString("base64"),
    });
  return desk.call("overlay.bring", { fileId });
}

const corners = [
  { lng: 105.87, lat: 29.44 },
  { lng: 105.88, lat: 29.44 },
  { lng: 105.88, lat: 29.43 },
  { lng: 105.87, lat: 29.43 },
] as const;
const save = (hash: string, at: readonly unknown[] = corners) =>
  desk.call("overlay.save", {
    version: 0,
    name: "扇子湾",
    marks: [],
    picture: { hash, width: 40, height: 30, corners: at as never, opacity: 70, takenOn: "2026-11-20" },
  });

test("OV-4: a picture comes back byte for byte by its hash; away and broken are said as what they are", async () => {
  const bytes = png(40, 30, filePieceMost + 100);
  const hash = createHash("sha256").update(bytes).digest("hex");
  expect(await bring(bytes)).toEqual({ ok: true, value: { hash, width: 40, height: 30 } });
  // The same again is the same file.
  expect(await bring(bytes)).toMatchObject({ ok: true, value: { hash } });
  const first = await desk.get("overlay.picture", { hash });
  const rest = await desk.get("overlay.picture", { hash, offset: filePieceMost });
  expect(first).toMatchObject({ state: "here", type: "image/png", bytes: bytes.length });
  expect(Buffer.concat([first, rest].map(({ base64 }) => Buffer.from(base64, "base64")))).toEqual(bytes);
  expect(await desk.get("overlay.picture", { hash: "0".repeat(64) })).toMatchObject({ state: "away", base64: "" });
  writeFileSync(join(desk.profileDir, "pictures", hash), png(40, 30));
  expect(await desk.get("overlay.picture", { hash })).toMatchObject({ state: "broken", base64: "" });
});

test("OV-4: what is no picture, or beyond the bounds, is refused and nothing of it stays", async () => {
  const before = readdirSync(join(desk.profileDir, "pictures")).length;
  const bad: [Buffer, string][] = [
    [Buffer.from("<svg/>"), "overlay.picture"],
    [Buffer.alloc(3000), "overlay.picture"],
    [Buffer.from([0xff, 0xd8, 0xff, 0xc0]), "overlay.picture"],
    [png(0, 30), "overlay.picture"],
    [png(100_000, 100_000), "overlay.picture.large"],
    [png(40, 30, 16 * 2 ** 20), "overlay.picture.large"],
  ];
  for (const [bytes, id] of bad) expect(await bring(bytes), id).toMatchObject({ ok: false, error: { id } });
  expect(readdirSync(join(desk.profileDir, "pictures"))).toHaveLength(before);
  expect(readdirSync(join(desk.profileDir, "incoming"))).toHaveLength(0);
});

test("OV-3, OV-4: a battle map names its picture; corners that hold no ground are refused; the picture outlives the desk", async () => {
  const bytes = png(40, 30);
  const { value } = (await bring(bytes)) as { value: { hash: string } };
  const [a, b, c, d] = corners;
  expect(await save(value.hash, [a, c, b, d])).toMatchObject({ ok: false, error: { id: "overlay.corners" } });
  expect(await save(value.hash)).toMatchObject({ ok: true });
  const { rows } = await desk.get("overlay.list", {});
  expect(rows[0]?.overlay.picture).toMatchObject({ hash: value.hash, opacity: 70, takenOn: "2026-11-20" });
  expect(rows[0]?.pictureHere).toBe(true);
  await desk.close();
  desk = await openTestDesk({ profileDir: desk.profileDir });
  await desk.get("session.signIn", { pin: "2580" });
  expect(await desk.get("overlay.picture", { hash: value.hash })).toMatchObject({ state: "here" });
});
