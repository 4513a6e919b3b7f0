import { afterEach, describe, expect, test, vi } from "vitest";
import { AssetField, clustersOf, keysIn } from "#renderer/features/map/asset-field.ts";
import { type Tile, tilesOf, turnedTile } from "#renderer/features/map/tile.ts";
import { TileCache } from "#renderer/features/map/tile-cache.ts";
import { shortCount } from "#renderer/text/format.ts";
import { cellAt, codeOf, leafLevel, type Turned, tileKey, tileUnits } from "#shared/domain/asset/tiles.ts";
import { drawer, seed } from "#test/seed.ts";

const bridge = vi.hoisted(() => ({
  asked: [] as { level: number; keys: number[]; singles?: unknown }[],
  answer: (_input: { level: number; keys: number[]; singles?: unknown }): Int32Array => new Int32Array(0),
  changed: (_tiles: readonly number[] | "all", _turned: readonly Turned[]) => {},
}));
vi.mock("#renderer/bridge/desk.ts", () => ({
  callDesk: async (_name: string, input: { level: number; keys: number[] }) => {
    bridge.asked.push(input);
    return { ok: true, value: { kinds: ["camera", "pond"], words: bridge.answer(input) } };
  },
  onTiles: (listener: typeof bridge.changed) => {
    bridge.changed = listener;
    return () => {};
  },
}));
vi.stubGlobal("requestIdleCallback", () => 1);
vi.stubGlobal("cancelIdleCallback", () => {});

const camera = codeOf(0, 0);
const brokenCamera = codeOf(0, 1);
const silentPond = codeOf(1, 2);
const turn = () => new Promise((resolve) => setTimeout(resolve));

describe("tiles of an answer", () => {
  test("are cut apart, with and without their assets", () => {
    const words = Int32Array.of(3, 4, 1, 1, 10, 11, camera, 1, 10, 11, camera, 77, 5, 4, 1, -1, 20, 21, camera, 900);
    const [first, second] = tilesOf(12, words);
    expect(first).toMatchObject({ key: tileKey(12, 3, 4), cells: Int32Array.of(10, 11, camera, 1) });
    expect(first?.singles).toEqual(Int32Array.of(10, 11, camera, 77));
    expect(second).toMatchObject({ key: tileKey(12, 5, 4), singles: undefined });
  });

  test("give one cluster for a cell, with the middle of what passes the filter and how much of it is not well", () => {
    const cell = tileUnits(14) / 4;
    const words = Int32Array.of(0, 0, 3, -1, 10, 10, camera, 30, 40, 40, brokenCamera, 10, cell + 5, 7, silentPond, 2);
    const [tile] = tilesOf(14, words);
    if (!tile) throw new Error("no tile");
    expect(clustersOf(tile, undefined)).toEqual([
      { x: 17.5, y: 17.5, kind: 0, status: 1, count: 40, row: 0, fault: 10, offline: 0 },
      { x: cell + 5, y: 7, kind: 1, status: 2, count: 2, row: 0, fault: 0, offline: 2 },
    ]);
    expect(clustersOf(tile, new Set([camera]))).toMatchObject([{ x: 10, count: 30, status: 0 }]);
  });

  test("turn one asset over and over and still count as a fresh count does", () => {
    const random = drawer(seed);
    const level = 14;
    const size = tileUnits(level);
    const codes = [camera, brokenCamera, codeOf(0, 2), codeOf(1, 0), silentPond];
    const pick = () => codes[Math.floor(random() * codes.length)] as number;
    const assets = Array.from({ length: 300 }, (_none, i) => ({
      row: i + 1,
      x: Math.floor(random() * size),
      y: Math.floor(random() * size),
      code: pick(),
    }));
    const fresh = (): Tile => {
      const cells = new Map<string, [number, number, number, number]>();
      for (const { x, y, code } of assets) {
        const name = `${cellAt(level, y)} ${cellAt(level, x)} ${code}`;
        const [sumX, sumY, , count] = cells.get(name) ?? [0, 0, code, 0];
        cells.set(name, [sumX + x, sumY + y, code, count + 1]);
      }
      const rows = [...cells.values()].map(([x, y, code, count]) => [x / count, y / count, code, count]);
      const singles = Int32Array.from(assets.flatMap(({ x, y, code, row }) => [x, y, code, row]));
      return { key: tileKey(level, 0, 0), cells: Int32Array.from(rows.flat()), singles };
    };
    let tile = fresh();
    for (let i = 0; i < 500; i++) {
      const one = assets[Math.floor(random() * assets.length)] as (typeof assets)[number];
      const [before, after] = [one.code, pick()];
      if (before === after) continue;
      one.code = after;
      tile = turnedTile(tile, { row: one.row, x: one.x, y: one.y, before, after });
    }
    const want = fresh();
    const byPlace = (rows: readonly { x: number; y: number }[]) =>
      [...rows].sort((a, b) => cellAt(level, a.y) - cellAt(level, b.y) || cellAt(level, a.x) - cellAt(level, b.x));
    const [turned, counted] = [byPlace(clustersOf(tile, undefined)), byPlace(clustersOf(want, undefined))];
    expect(tile.singles).toEqual(want.singles);
    expect(turned.map(({ x: _x, y: _y, ...rest }) => rest)).toEqual(counted.map(({ x: _x, y: _y, ...rest }) => rest));
    for (const [i, one] of turned.entries()) expect(Math.abs(one.x - (counted[i]?.x ?? 0))).toBeLessThan(size / 256);
  });

  test("that a view touches, and those around it", () => {
    const view = {
      left: 0,
      top: tileUnits(12) * 3,
      right: tileUnits(12) * 2 - 1,
      bottom: tileUnits(12) * 3 + 1,
      zoom: 12,
    };
    expect(keysIn(12, view, 0)).toEqual([tileKey(12, 0, 3), tileKey(12, 1, 3)]);
    expect(keysIn(12, view, 1)).toHaveLength(9);
  });
});

describe("the field of assets", () => {
  const wide = tileUnits(12);
  const view = { left: 0, top: 0, right: wide - 1, bottom: wide - 1, zoom: 12.5 };
  let fields: AssetField[] = [];
  const field = () => {
    const made = new AssetField(() => {}, new TileCache());
    fields.push(made);
    return made;
  };
  afterEach(() => {
    for (const one of fields) one.end();
    fields = [];
    bridge.asked.length = 0;
  });
  const few =
    (count: number, code = camera) =>
    () =>
      Int32Array.of(
        0,
        0,
        1,
        count,
        9,
        9,
        code,
        count,
        ...Array.from({ length: count }, (_n, i) => [9, 9, code, i + 1]).flat(),
      );

  test("asks once for a tile, and again only for what a notice names", async () => {
    const one = field();
    bridge.answer = few(3);
    one.look(view);
    await turn();
    one.look(view);
    one.look({ ...view, left: 5 });
    expect(one.marks.map((mark) => mark.row)).toEqual([1, 2, 3]);
    expect(bridge.asked).toHaveLength(1);

    bridge.changed([tileKey(leafLevel, 20, 0)], []);
    one.look(view);
    expect(bridge.asked, "another tile changed").toHaveLength(1);
    bridge.answer = few(2, brokenCamera);
    bridge.changed([tileKey(leafLevel, 15, 15)], []);
    one.look(view);
    expect(one.marks, "what was seen stays until the new has come").toHaveLength(3);
    await turn();
    one.look(view);
    expect(one.marks.map((mark) => mark.status)).toEqual([1, 1]);
  });

  test("an asset that turns shows so at once, with its counts right on every level, and its tile is asked for once it is calm", async () => {
    const one = field();
    bridge.answer = () => Int32Array.of(0, 0, 1, 2, 9, 9, camera, 2, 8, 8, camera, 1, 10, 10, camera, 2);
    one.look(view);
    await turn();
    one.look(view);
    bridge.changed([], [{ row: 2, x: 10, y: 10, before: camera, after: brokenCamera }]);
    bridge.changed([], [{ row: 1, x: 8, y: 8, before: camera, after: brokenCamera }]);
    expect(one.look(view).whole).toBe(true);
    expect(bridge.asked, "shown without a question").toHaveLength(1);
    expect(one.marks).toMatchObject([
      { row: 1, status: 1 },
      { row: 2, status: 1 },
    ]);
    await vi.waitFor(() => expect(bridge.asked).toHaveLength(2));
  });

  test("an asset that turns while its tile is on its way: the tile is asked for again", async () => {
    const one = field();
    bridge.answer = few(1);
    one.look(view);
    bridge.changed([], [{ row: 1, x: 9, y: 9, before: camera, after: brokenCamera }]);
    bridge.answer = few(1, brokenCamera);
    await turn();
    one.look(view);
    await turn();
    one.look(view);
    expect(bridge.asked).toHaveLength(2);
    expect(one.marks).toMatchObject([{ row: 1, status: 1 }]);
  });

  test("an answer that a change overtook is asked for again", async () => {
    const one = field();
    bridge.answer = few(1);
    one.look(view);
    bridge.changed("all", []);
    await turn();
    one.look(view);
    expect(bridge.asked).toHaveLength(2);
  });

  test("filters by kind and status without asking; a filter that leaves few of a crowd asks for these", async () => {
    const one = field();
    bridge.answer = ({ singles }) =>
      singles
        ? Int32Array.of(0, 0, 0, 2, 5, 5, silentPond, 8, 6, 6, silentPond, 9)
        : Int32Array.of(0, 0, 2, -1, 9, 9, camera, 90_000, 5, 5, silentPond, 2);
    one.look(view);
    await turn();
    one.look(view);
    expect(one.marks).toMatchObject([{ count: 90_002, kind: -1, row: 0 }]);
    one.filter = { kinds: ["camera"], nothing: false };
    one.look(view);
    expect(one.marks).toMatchObject([{ count: 90_000, kind: 0 }]);
    expect(bridge.asked).toHaveLength(1);
    one.filter = { statuses: ["offline"], nothing: false };
    one.look(view);
    await turn();
    one.look(view);
    expect(one.marks.map((mark) => mark.row)).toEqual([8, 9]);
    expect(bridge.asked.at(-1)?.singles).toEqual({ statuses: ["offline"] });
    one.filter = { nothing: true };
    one.look(view);
    expect(one.marks).toEqual([]);
  });
});

test("a count on the map takes four characters", () => {
  expect([7, 9_994, 9_995, 12_400, 187_000, 2_000_000].map(shortCount)).toEqual([
    "7",
    "9994",
    "1.0万",
    "1.2万",
    "19万",
    "200万",
  ]);
});
