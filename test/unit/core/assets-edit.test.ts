import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Db, openDatabase } from "#core/store/database.ts";
import { settlePush, waitingOps } from "#core/store/outbox.ts";
import { forget, openTestDesk, type TestDesk } from "./desk.ts";

let desk: TestDesk;
const here = { lng: 105.8702, lat: 29.4471 };
const view = { west: 105.869, south: 29.446, east: 105.872, north: 29.449, zoom: 19 };
const countOf = async (kind: string) => (await desk.get("asset.viewport", view)).byKind[kind] ?? 0;

async function inDatabase<T>(work: (db: Db) => T): Promise<T> {
  await desk.close();
  const opened = openDatabase(join(desk.profileDir, "desk.db"));
  if (!opened.ok) throw new Error(opened.error.id);
  const answer = work(opened.value.db);
  opened.value.db.close();
  desk = await openTestDesk({ profileDir: desk.profileDir });
  await desk.get("session.signIn", { pin: "2580" });
  return answer;
}

/** The district refuses the last op about this asset. */
const refuse = (id: string) =>
  inDatabase((db) => {
    const op = waitingOps(db, "here", 100_000).findLast((one) => (one.body as { id?: string }).id === id);
    if (!op) throw new Error("no op");
    settlePush(db, [
      { opId: op.id, outcome: "refused", error: { kind: "ask", id: "asset.changed" }, state: null } as never,
    ]);
  });

beforeAll(async () => {
  desk = await openTestDesk();
  await desk.get("session.signIn", { pin: "2580" });
});
afterAll(async () => {
  await desk.close();
  forget(desk.profileDir);
});

describe("single edits", () => {
  test("AS-1, AS-4: entered with its fields, it is on the map at once, in its grid; moved, it is counted where it stands", async () => {
    const before = await countOf("water_tank");
    const { id } = await desk.get("asset.put", {
      kind: "water_tank",
      name: "防火水箱 59",
      point: here,
      fields: { volumeM3: 12, coupling: "65" },
    });
    expect(await countOf("water_tank")).toBe(before + 1);
    const { asset } = await desk.get("asset.get", { id });
    expect(asset).toMatchObject({ ...here, status: "ok", fields: { volumeM3: 12 }, geometry: null, seenAt: null });
    expect(asset.grid).toMatch(/网格$/);
    await desk.get("asset.put", {
      id,
      kind: "water_tank",
      name: "防火水箱 59",
      point: { lng: 105.8, lat: 29.4 },
      fields: {},
    });
    expect(await countOf("water_tank")).toBe(before);
    await desk.get("asset.remove", { id });
    expect(await desk.refusal("asset.get", { id })).toBe("asset.unknown");
    const { entries } = await desk.get("log.list", { kinds: ["asset"], limit: 3 });
    expect(entries.map(({ text }) => text.zh)).toEqual([
      "注销防火水箱：防火水箱 59",
      "移动防火水箱：防火水箱 59",
      "登记防火水箱：防火水箱 59",
    ]);
  });

  test("AS-1: what the row of the kind does not allow is refused at its field and changes nothing", async () => {
    const line = {
      type: "LineString" as const,
      coordinates: [
        [105.87, 29.44],
        [105.88, 29.45],
      ] as [number, number][],
    };
    const put = async (input: Parameters<typeof desk.call<"asset.put">>[1]) => {
      const answer = await desk.call("asset.put", input);
      return answer.ok ? "taken" : `${answer.error.id} ${answer.error.field ?? ""}`;
    };
    expect(await put({ kind: "no_such", name: "x", point: here })).toBe("input.invalid kind");
    expect(await put({ kind: "water_tank", name: "x" })).toBe("input.invalid point");
    expect(await put({ kind: "water_tank", name: "x", geometry: line })).toBe("input.invalid geometry");
    expect(await put({ kind: "fire_road", name: "x", geometry: line })).toBe("asset.field fields.lengthKm");
    expect(await put({ kind: "water_tank", name: "x", point: here, fields: { volumeM3: -1 } })).toBe(
      "asset.field fields.volumeM3",
    );
    expect(await put({ id: "no-such", kind: "water_tank", name: "x", point: here })).toBe("asset.unknown ");
  });

  test("AS-4: a line with its length counts in the sum; a refused change gives back what stood, status too", async () => {
    const road = async () =>
      (await desk.get("asset.shapes", { west: 105, south: 29, east: 106, north: 30 })).totals.find(
        ({ kind }) => kind === "fire_road",
      );
    const geometry = {
      type: "LineString" as const,
      coordinates: [
        [105.87, 29.44],
        [105.88, 29.45],
      ] as [number, number][],
    };
    const { id } = await desk.get("asset.put", {
      kind: "fire_road",
      name: "新开防火通道",
      geometry,
      fields: { lengthKm: 1.5 },
    });
    expect(await road()).toMatchObject({ count: 23, sum: 91.04 });
    await refuse(id);
    expect(await road()).toMatchObject({ count: 22, sum: 89.54 });
    expect(await desk.refusal("asset.get", { id })).toBe("asset.unknown");

    const { asset: tank } = await desk.get("asset.get", { id: "CS-WT-10" });
    expect(tank.status).toBe("fault");
    await desk.get("asset.put", { id: tank.id, kind: tank.kind, name: "改名", point: here, fields: { filled: 20 } });
    expect((await desk.get("asset.get", { id: tank.id })).asset).toMatchObject({ name: "改名", status: "fault" });
    await refuse(tank.id);
    expect((await desk.get("asset.get", { id: tank.id })).asset).toEqual(tank);
  });
});

describe("from a selection to work", () => {
  const box = (west: number, south: number, east: number, north: number) => ({
    type: "Polygon" as const,
    coordinates: [
      [
        [west, south],
        [east, south],
        [east, north],
        [west, north],
        [west, south],
      ],
    ] as [number, number][][],
  });

  test("one task for each point inside the area, with place, grid and worker; nothing is written by planning", async () => {
    const area = box(105.85, 29.42, 105.9, 29.46);
    const before = (await desk.get("event.list", { view: "all" })).total;
    const plan = await desk.get("work.plan", { area, kinds: ["water_tank"], per: "point", title: "查水位" });
    expect(plan.total).toBe(plan.inside.water_tank);
    expect(plan.total).toBeGreaterThan(2);
    for (const task of plan.tasks) {
      expect(task.title).toMatch(/^防火水箱 .*：查水位$/);
      expect(task.place.point?.lng).toBeGreaterThanOrEqual(105.85);
      expect(task).toMatchObject({
        worker: expect.stringMatching(/./),
        place: { grid: expect.stringMatching(/网格$/) },
      });
    }
    expect((await desk.get("event.list", { view: "all" })).total).toBe(before);
  });

  test("one task for each grid: those of the points, or all that the area touches", async () => {
    const area = box(105.85, 29.42, 105.9, 29.46);
    const byPoints = await desk.get("work.plan", { area, kinds: ["water_tank"], per: "grid" });
    expect(new Set(byPoints.tasks.map(({ title }) => title)).size).toBe(byPoints.total);
    expect(byPoints.tasks.flatMap(({ assetIds }) => assetIds)).toHaveLength(byPoints.inside.water_tank ?? 0);
    const touched = await desk.get("work.plan", { area, kinds: [], per: "grid" });
    expect(touched.total).toBe(0);
    const all = await desk.get("work.plan", { area: box(105.8701, 29.447, 105.8703, 29.4472), per: "grid" });
    expect(all.tasks.map(({ place }) => place.grid)).toEqual([(await desk.get("map.cover", here)).cover?.grid]);
  });

  test("EV-1: made together, each through its op; one group number finds all of them; a bad one makes none", async () => {
    const { tasks } = await desk.get("work.plan", {
      ids: ["CS-WT-01", "CS-WT-02", "CS-WT-03"],
      per: "point",
      title: "查水位",
    });
    const input = {
      tasks: tasks.map(({ title, place }) => ({ title, place })),
      text: "森林火险黄色预警，逐箱核实水位",
    };
    const { group, events } = await desk.get("work.create", { ...input, level: "urgent" });
    expect(events).toHaveLength(3);
    expect(new Set(events.map(({ number }) => number)).size).toBe(3);
    for (const event of events) expect(event).toMatchObject({ state: "reported", level: "urgent", source: "patrol" });
    const found = await desk.get("event.list", { view: "all", search: group });
    expect(found.rows.map(({ id }) => id).sort()).toEqual(events.map(({ id }) => id).sort());
    const before = (await desk.get("event.list", { view: "all" })).total;
    expect(await desk.refusal("work.create", { ...input, category: "no_such" })).toBe("input.invalid");
    expect((await desk.get("event.list", { view: "all" })).total).toBe(before);
  });
});
