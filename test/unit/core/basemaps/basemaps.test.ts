import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { addressOf } from "#core/basemaps/online.ts";
import { openTestDesk, type TestDesk } from "../desk.ts";
import { sendFile } from "../imports/bring.ts";
import { covered, makeMbtiles, makePmtiles, pngTile, tileAt } from "./make-package.ts";

let desk: TestDesk;
beforeAll(async () => {
  desk = await openTestDesk();
  await desk.get("session.signIn", { pin: "2580" });
});
afterAll(() => desk.close());

const middle = { lng: 105.87, lat: 29.42 };
const add = async (name: string, bytes: Buffer) =>
  desk.call("basemap.add", { fileId: await sendFile(desk, name, bytes), name });
const added = async (bytes: Buffer) => {
  const answer = await add("底图", bytes);
  if (!answer.ok) throw new Error(JSON.stringify(answer.error));
  return answer.value.basemap;
};
const refused = async (bytes: Buffer) => {
  const answer = await add("底图", bytes);
  return answer.ok ? "taken" : answer.error.id;
};

test("BM-1: an MBTiles package is listed with area, zooms, date, size and source, and gives its tiles", async () => {
  const bytes = makeMbtiles({ tile: (z, x) => pngTile(z, x % 256, 0) });
  const basemap = await added(bytes);
  expect(basemap).toMatchObject({
    kind: "package",
    tiles: "raster",
    minZoom: 10,
    maxZoom: 13,
    bounds: [...covered],
    date: "2026-05-01",
    attribution: "测绘院 2026",
    bytes: bytes.length,
  });
  const { x, y } = tileAt(middle.lng, middle.lat, 12);
  const tile = await desk.get("basemap.tile", { id: basemap.id, z: 12, x, y });
  expect(tile).toMatchObject({ state: "here", type: "image/png" });
  expect(Buffer.from(tile.base64, "base64")).toEqual(pngTile(12, x % 256, 0));
  expect((await desk.get("basemap.tile", { id: basemap.id, z: 12, x: 0, y: 0 })).state).toBe("none");
  await desk.get("basemap.remove", { id: basemap.id });
  expect(await desk.refusal("basemap.tile", { id: basemap.id, z: 12, x, y })).toBe("basemap.unknown");
  expect((await desk.get("basemap.list")).basemaps).toEqual([]);
});

test("BM-1: a PMTiles package, raster or vector, gives its tiles; vector tiles come unpacked", async () => {
  const { x, y } = tileAt(middle.lng, middle.lat, 11);
  const vector = await added(makePmtiles());
  expect(vector).toMatchObject({ tiles: "vector", minZoom: 10, maxZoom: 12, date: "2026-06", attribution: "© 测绘院" });
  const tile = await desk.get("basemap.tile", { id: vector.id, z: 11, x, y });
  expect(tile).toMatchObject({ state: "here", type: "vector" });
  expect(Buffer.from(tile.base64, "base64")[0]).toBe(0x1a);
  const raster = await added(makePmtiles({ tile: (_z, at) => pngTile(at % 256, 0, 0) }, 2));
  expect(Buffer.from((await desk.get("basemap.tile", { id: raster.id, z: 11, x, y })).base64, "base64")).toEqual(
    pngTile(x % 256, 0, 0),
  );
  for (const { id } of [vector, raster]) await desk.get("basemap.remove", { id });
});

test("BM-1: strange databases are refused: triggers, virtual tables, views that compute, no index, no tiles, false bounds", async () => {
  expect(await refused(Buffer.from("not a package at all"))).toBe("basemap.unknown_format");
  for (const also of [
    "CREATE TRIGGER t AFTER INSERT ON tiles BEGIN DELETE FROM metadata; END",
    "CREATE VIRTUAL TABLE words USING fts5(a)",
    "DROP TABLE tiles; CREATE VIEW tiles AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i AS zoom_level, i AS tile_column, i AS tile_row, zeroblob(9) AS tile_data FROM n",
    "DROP INDEX tile_index",
    "DELETE FROM tiles",
    "DROP TABLE metadata",
    "UPDATE metadata SET value = '105,29,104,30' WHERE name = 'bounds'",
    "UPDATE metadata SET value = '1,2,3' WHERE name = 'bounds'",
    "UPDATE tiles SET tile_data = 'text'",
    "UPDATE tiles SET tile_data = zeroblob(2000000) WHERE zoom_level = 13",
  ])
    expect(await refused(makeMbtiles({ also })), also).toBe("basemap.broken");
  expect((await desk.get("basemap.list")).basemaps).toEqual([]);
});

test("BM-1: a PMTiles head or directory that promises more than the file holds is refused", async () => {
  const good = makePmtiles();
  for (const at of [8, 16, 24, 32, 56]) {
    const bytes = Buffer.from(good);
    bytes.writeBigUInt64LE(2n ** 52n, at);
    expect(await refused(bytes), `offset ${at}`).toBe("basemap.broken");
  }
  // A directory that says it has a billion entries.
  const bytes = makePmtiles();
  bytes[97] = 1;
  bytes.set([0xff, 0xff, 0xff, 0xff, 0x07], 127);
  expect(await refused(bytes)).toBe("basemap.broken");
});

test("BM-2: a tile that is too large, of no known kind, or a bomb is broken, and the others go on", async () => {
  const { x, y } = tileAt(middle.lng, middle.lat, 12);
  const strange = [Buffer.from("<html>"), pngTile(1, 2, 3, 4096), Buffer.from([0x1a, 0xff, 0xff, 0xff, 0x7f, 1])];
  for (const odd of strange) {
    const { id } = await added(makeMbtiles({ tile: (z, tx) => (z === 12 && tx === x ? odd : pngTile(9, 9, 9)) }));
    expect((await desk.get("basemap.tile", { id, z: 12, x, y })).state).toBe("broken");
    expect((await desk.get("basemap.tile", { id, z: 13, x: x * 2, y: y * 2 })).state).toBe("here");
    await desk.get("basemap.remove", { id });
  }
});

test("BM-3 BM-4: online tiles are kept as they are seen and come back without a network; nothing kept is said", async () => {
  let asked: string[] = [];
  const server: Server = createServer((request, answer) => {
    asked.push(request.url ?? "");
    if (request.url?.includes("/13/")) answer.writeHead(404).end();
    else if (request.url?.includes("/11/")) answer.writeHead(200).end("<html>please sign in</html>");
    else answer.writeHead(200, { "content-type": "image/png" }).end(pngTile(1, 2, 3));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const template = `http://127.0.0.1:${port}/{z}/{x}/{y}.png?tk={key}`;
  expect(await desk.refusal("basemap.addOnline", { name: "网", templates: ["file:///etc/{z}/{x}/{y}"] })).toBe(
    "basemap.template",
  );
  expect(await desk.refusal("basemap.addOnline", { name: "网", templates: [template] })).toBe("basemap.key");
  const { basemap } = await desk.get("basemap.addOnline", { name: "网", templates: [template], key: "geheim&x=1" });
  const { id } = basemap;
  expect(JSON.stringify(await desk.get("basemap.list"))).not.toContain("geheim");
  expect((await desk.get("basemap.tile", { id, z: 12, x: 3, y: 4 })).state).toBe("here");
  expect(asked).toEqual(["/12/3/4.png?tk=geheim%26x%3D1"]);
  expect((await desk.get("basemap.tile", { id, z: 12, x: 3, y: 4 })).state).toBe("here");
  expect(asked).toHaveLength(1);
  expect((await desk.get("basemap.tile", { id, z: 13, x: 1, y: 1 })).state).toBe("none");
  expect((await desk.get("basemap.tile", { id, z: 11, x: 1, y: 1 })).state, "a sign-in page is no tile").toBe(
    "not_kept",
  );
  expect((await desk.get("basemap.list")).basemaps[0]).toMatchObject({ kept: 1, host: `127.0.0.1:${port}` });
  await new Promise((resolve) => server.close(resolve));
  server.closeAllConnections();
  asked = [];
  expect((await desk.get("basemap.tile", { id, z: 12, x: 3, y: 4 })).state).toBe("here");
  expect((await desk.get("basemap.tile", { id, z: 12, x: 9, y: 9 })).state).toBe("not_kept");
  await desk.get("basemap.remove", { id });
});

test("BM-4: the address of a Tianditu tile is the one of its service, in both layouts", async () => {
  const { presets } = await desk.get("basemap.list");
  const preset = presets.find(({ code }) => code === "tianditu_vec_c");
  expect(preset).toMatchObject({ layout: "degrees", needsKey: true });
  const url = addressOf(
    { templates: preset?.templates ?? [], subdomains: preset?.subdomains ?? "", key: "K" },
    { layer: 1, z: 12, x: 3257, y: 690 },
  );
  expect(url).toBe(
    "https://t3.tianditu.gov.cn/cva_c/wmts?SERVICE=WMTS&REQUEST=GetTile&VERSION=1.0.0&LAYER=cva&STYLE=default&TILEMATRIXSET=c&FORMAT=tiles&TILEMATRIX=12&TILEROW=690&TILECOL=3257&tk=K",
  );
});
