import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { TileSums } from "#core/store/asset-changes.ts";
import {
  beginImport,
  dropImport,
  insertAssets,
  settleImport,
  sweepImports,
  takenIds,
} from "#core/store/asset-imports.ts";
import { takeAssetNews } from "#core/store/asset-news.ts";
import { addCounts, blobOfWords, changeLeaf, codeFor, joinTiles, wordsOfBlob } from "#core/store/asset-tiles.ts";
import { rowsIn, tilesIn } from "#core/store/asset-view.ts";
import { addAssets, allPlaced, ensureTiles, putAsset, removeAsset, setAssetStatus } from "#core/store/assets.ts";
import { type Db, openDatabase } from "#core/store/database.ts";
import type { Asset } from "#shared/contract.ts";
import { leafLevel, pointOf, tileKey, tileOfKey, topLevel, unitOf } from "#shared/domain/asset/tiles.ts";
import { drawer, seed } from "../../../seed.ts";

let folder: string;
let db: Db;

function open(): Db {
  const opened = openDatabase(join(folder, "desk.db"));
  if (!opened.ok) throw new Error(opened.error.id);
  ensureTiles(opened.value.db);
  return opened.value.db;
}
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "zhishou-assets-"));
  db = open();
});
afterEach(() => {
  db.close();
  rmSync(folder, { recursive: true });
});

const kinds = ["camera", "voice_pole", "water_tank", "pond", "hydrant"];
const statuses = ["ok", "fault", "offline"] as const;

function makeAsset(id: string, random: () => number): Asset {
  const town = Math.floor(random() * 4);
  const near = random() < 0.8 ? 0.01 : 0.3;
  return {
    id,
    kind: kinds[Math.floor(random() * kinds.length)] ?? "",
    name: id,
    status: statuses[Math.floor(random() * 3)] ?? "ok",
    lng: 105.7 + town * 0.1 + (random() - 0.5) * near,
    lat: 29.1 + town * 0.1 + (random() - 0.5) * near,
    grid: "",
    sample: false,
  };
}

/** Every tile as it would be, were the table counted now. */
function freshTiles(): Map<number, Int32Array> {
  const none = new Int32Array(0);
  const fresh = new Map<number, Int32Array>();
  const changes = allPlaced(db);
  const sums = new TileSums({
    leaf: (key, come) => fresh.set(key, changeLeaf(none, come)),
    counted: (key, come) => fresh.set(key, addCounts(none, come)),
  });
  for (const key of changes.keys()) sums.take(key, changes.changesOf(key));
  sums.finish();
  return fresh;
}

/** Every tile as the map reads it: those of the table, with what shown imports still hold beside them. */
function shownTiles(): Map<number, Int32Array> {
  const shown = new Map<number, Int32Array>();
  const rows = db
    .prepare(
      `SELECT key, marks FROM asset_tile UNION ALL
       SELECT a.key, a.marks FROM asset_tile_aside a JOIN asset_import i ON i.no = a.import WHERE i.state = 'folding'`,
    )
    .all() as { key: number; marks: Buffer }[];
  for (const { key, marks } of rows) {
    const before = shown.get(key);
    shown.set(key, before ? joinTiles(key, before, wordsOfBlob(marks)) : wordsOfBlob(marks));
  }
  return shown;
}

const pictureOf = (tiles: Map<number, Int32Array>) =>
  [...tiles].sort(([a], [b]) => a - b).map(([key, words]) => `${key} ${blobOfWords(words).toString("base64")}`);

function expectExact(): void {
  const fresh = freshTiles();
  expect(pictureOf(shownTiles())).toEqual(pictureOf(fresh));
  const levels = new Map<number, number>();
  for (const [key, words] of fresh) {
    const { level } = tileOfKey(key);
    let count = level === leafLevel ? words.length / 2 : 0;
    if (level < leafLevel) for (let at = 1; at < words.length; at += 4) count += words[at] as number;
    levels.set(level, (levels.get(level) ?? 0) + count);
  }
  const total = db.prepare("SELECT count(*) FROM asset_shown").pluck().get() as number;
  for (let level = topLevel; level <= leafLevel; level++) expect(levels.get(level) ?? 0).toBe(total);
}

describe("the tiles", () => {
  test("equal a fresh count at every level after 100,000 random changes, imports and their undoing among them", () => {
    const random = drawer(seed);
    const living: string[] = [];
    const imports: string[] = [];
    let made = 0;
    const pick = () => Math.floor(random() * living.length);
    const change = () => {
      const what = random();
      if (living.length < 50 || what < 0.35) {
        const asset = makeAsset(`a${made++}`, random);
        putAsset(db, asset);
        living.push(asset.id);
      } else if (what < 0.6) setAssetStatus(db, living[pick()] as string, statuses[Math.floor(random() * 3)] ?? "ok");
      else if (what < 0.8) putAsset(db, makeAsset(living[pick()] as string, random));
      else {
        const at = pick();
        // It may have gone with its import.
        removeAsset(db, living[at] as string);
        living[at] = living.at(-1) as string;
        living.pop();
      }
    };
    for (let round = 0; round < 20; round++) {
      db.transaction(() => {
        for (let i = 0; i < 3_000; i++) change();
      })();
      const id = `import ${round}`;
      beginImport(db, { id, at: 0, about: {} });
      const rows = Array.from({ length: 2_000 }, () => makeAsset(`a${made++}`, random));
      insertAssets(db, rows.slice(0, 800), id);
      insertAssets(db, rows.slice(800), id);
      if (round % 4 === 3) while (dropImport(db, id));
      else {
        // Changes go on while its tiles are folded in.
        while (settleImport(db, id)) setAssetStatus(db, rows[round]?.id ?? "", "fault");
        living.push(...rows.map((row) => row.id));
        imports.push(id);
      }
      if (round % 5 === 4) {
        const undone = imports.splice(Math.floor(random() * imports.length), 1)[0] as string;
        while (dropImport(db, undone));
      }
      if (round % 5 === 0) expectExact();
    }
    expectExact();
  }, 240_000);

  test("find every asset of a rectangle, and none outside it", () => {
    const random = drawer(7);
    const all = Array.from({ length: 3_000 }, (_none, i) => makeAsset(`a${i}`, random));
    addAssets(db, all);
    for (let round = 0; round < 40; round++) {
      const [a, b] = [makeAsset("", random), makeAsset("", random)];
      const from = unitOf(Math.min(a.lng, b.lng), Math.max(a.lat, b.lat));
      const to = unitOf(Math.max(a.lng, b.lng), Math.min(a.lat, b.lat));
      const found = rowsIn(db, { left: from.x, top: from.y, right: to.x, bottom: to.y }).length;
      const inside = all.filter((one) => {
        const { x, y } = unitOf(one.lng, one.lat);
        return x >= from.x && x <= to.x && y >= from.y && y <= to.y;
      });
      expect(found).toBe(inside.length);
    }
  });

  test("a unit is found again from its middle, and the tile of a place from its key", () => {
    const random = drawer(9);
    for (let i = 0; i < 1_000; i++) {
      const { lng, lat } = makeAsset("", random);
      const unit = unitOf(lng, lat);
      const back = pointOf(unit.x, unit.y);
      expect(unitOf(back.lng, back.lat)).toEqual(unit);
      // A unit is 0.3 m: no pin moves further than that.
      expect(Math.abs(back.lng - lng)).toBeLessThan(2e-6);
      const level = topLevel + (i % 9);
      const key = tileKey(level, unit.x >> (27 - level), unit.y >> (27 - level));
      expect(tileOfKey(key)).toEqual({ level, x: unit.x >> (27 - level), y: unit.y >> (27 - level) });
    }
  });

  test("a failed transaction leaves neither asset nor count", () => {
    const random = drawer(3);
    putAsset(db, makeAsset("first", random));
    const before = pictureOf(shownTiles());
    const work = db.transaction(() => {
      putAsset(db, makeAsset("second", random));
      throw new Error("no");
    });
    expect(work).toThrow("no");
    expect(pictureOf(shownTiles())).toEqual(before);
    expectExact();
  });

  test("an asset written past the store is found out instead of counted wrong", () => {
    const random = drawer(4);
    putAsset(db, makeAsset("first", random));
    db.exec("UPDATE asset SET kind = 'pond', status = 'offline' WHERE kind <> 'pond' OR status <> 'offline'");
    db.exec("DELETE FROM asset_tile WHERE key IN (SELECT max(key) FROM asset_tile)");
    expect(() => removeAsset(db, "first")).toThrow("past store/assets.ts");
  });

  test("of an earlier version they are made anew when the desk opens", () => {
    const random = drawer(5);
    addAssets(
      db,
      Array.from({ length: 200 }, (_none, i) => makeAsset(`a${i}`, random)),
    );
    db.exec("DELETE FROM asset_tile; DELETE FROM meta WHERE key = 'assetTiles'");
    db.close();
    db = open();
    expectExact();
    expect(shownTiles().size).toBeGreaterThan(topLevel);
  });

  test("the notice names the leaf that changed and the asset that only turned, or says all when there are too many", () => {
    const random = drawer(6);
    takeAssetNews(db);
    const asset = { ...makeAsset("first", random), kind: "camera", status: "ok" } as const;
    putAsset(db, asset);
    const { x, y } = unitOf(asset.lng, asset.lat);
    const leaf = tileKey(leafLevel, x >> 11, y >> 11);
    expect(takeAssetNews(db)).toEqual({ tiles: [leaf], turned: [] });
    expect(takeAssetNews(db)).toEqual({ tiles: [], turned: [] });
    setAssetStatus(db, "first", asset.status);
    putAsset(db, { ...asset, name: "another name" });
    expect(takeAssetNews(db)).toEqual({ tiles: [], turned: [] });
    setAssetStatus(db, "first", "fault");
    const [row, before, after] = [1, codeFor(db, "camera", "ok"), codeFor(db, "camera", "fault")];
    expect(takeAssetNews(db)).toEqual({ tiles: [], turned: [{ row, x, y, before, after }] });
    putAsset(db, { ...asset, lng: asset.lng + 0.0001 });
    expect(takeAssetNews(db), "it moved").toMatchObject({ tiles: [leaf], turned: [] });
    addAssets(
      db,
      Array.from({ length: 2_000 }, (_none, i) => makeAsset(`a${i}`, random)),
    );
    setAssetStatus(db, "first", "offline");
    expect(takeAssetNews(db)).toEqual({ tiles: "all", turned: [] });
  });
});

describe("an import", () => {
  const rowsOf = (seed: number, count = 12_000) => {
    const random = drawer(seed);
    return Array.from({ length: count }, (_none, i) => makeAsset(`i${i}`, random));
  };
  const seen = () => db.prepare("SELECT count(*) FROM asset_shown").pluck().get();
  const counted = () => {
    let total = 0;
    const all = { left: 0, top: 0, right: 255, bottom: 255 };
    for (const { words } of tilesIn(db, topLevel, all))
      for (let at = 1; at < words.length; at += 4) total += words[at] as number;
    return total;
  };

  test("shows nothing until all of it shows, in one step", () => {
    const rows = rowsOf(1);
    beginImport(db, { id: "one", at: 0, about: { file: "cameras.xlsx" } });
    const counts = new Set<unknown>();
    for (let at = 0; at < rows.length; at += 5_000) {
      insertAssets(db, rows.slice(at, at + 5_000), "one");
      counts.add(`${seen()} ${counted()}`);
    }
    do counts.add(`${seen()} ${counted()}`);
    while (settleImport(db, "one"));
    counts.add(`${seen()} ${counted()}`);
    expect([...counts]).toEqual(["0 0", "12000 12000"]);
    expect(db.prepare("SELECT count(*) FROM asset_tile_aside").pluck().get()).toBe(0);
    expectExact();
  });

  test("that the desk did not live to finish leaves nothing behind", () => {
    const rows = rowsOf(2, 7_000);
    putAsset(db, makeAsset("before", drawer(1)));
    beginImport(db, { id: "one", at: 0, about: {} });
    insertAssets(db, rows.slice(0, 6_000), "one");
    db.close();
    db = open();
    expect(seen()).toBe(1);
    expect(takenIds(db, ["i5", "nobody"])).toEqual(["i5"]);
    while (sweepImports(db)) expect(seen()).toBe(1);
    expect(db.prepare("SELECT count(*) FROM asset").pluck().get()).toBe(1);
    expect(db.prepare("SELECT count(*) FROM asset_import").pluck().get()).toBe(0);
    expectExact();
  });

  test("whose desk ended while its tiles were folded in goes on at the next start", () => {
    beginImport(db, { id: "one", at: 0, about: {} });
    insertAssets(db, rowsOf(3, 5_000), "one");
    while (seen() === 0) settleImport(db, "one");
    db.close();
    db = open();
    expect([seen(), counted()]).toEqual([5_000, 5_000]);
    expectExact();
    while (sweepImports(db));
    expect(db.prepare("SELECT state FROM asset_import").pluck().get()).toBe("done");
    expectExact();
  });

  test("is undone whole, with what was changed on it since", () => {
    putAsset(db, makeAsset("before", drawer(1)));
    beginImport(db, { id: "one", at: 0, about: {} });
    insertAssets(db, rowsOf(4, 6_000), "one");
    while (settleImport(db, "one"));
    setAssetStatus(db, "i7", "fault");
    putAsset(db, { ...makeAsset("i8", drawer(2)), lng: 106 });
    while (dropImport(db, "one")) expectExact();
    expect(seen()).toBe(1);
    expectExact();
  });

  test("a taken id is left out: what stood there stays, and undoing the import leaves it", () => {
    const before = makeAsset("i3", drawer(1));
    putAsset(db, before);
    beginImport(db, { id: "one", at: 0, about: {} });
    insertAssets(db, [...rowsOf(5, 10), ...rowsOf(5, 1)], "one");
    while (settleImport(db, "one"));
    expect(seen()).toBe(10);
    expect(db.prepare("SELECT lng, lat FROM asset WHERE id = 'i3'").get()).toEqual({
      lng: before.lng,
      lat: before.lat,
    });
    expectExact();
    while (dropImport(db, "one"));
    expect(seen()).toBe(1);
    expectExact();
  });
});
