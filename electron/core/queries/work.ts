import { mostTasks, type ParsedOf, type Task } from "#shared/contract.ts";
import { boxOf, type Geometry, holdsPoint, type Position, polygonsOf } from "#shared/lib/geo.ts";
import { ok } from "#shared/lib/result.ts";
import type { Answer, Desk } from "../desk.ts";
import { standingAsset } from "../store/asset-entities.ts";
import { type Inside, pointsInside } from "../store/asset-inside.ts";
import { geometryOf, type ShapeRow, shapesIn } from "../store/asset-shapes.ts";
import { coverFrom, coverOf } from "./cover.ts";

/** Points of an area that are counted by kind; what lies beyond is too much for single tasks anyway. */
const mostPoints = 20_000;
const titleLength = 80;

/** The tasks that a selection would make; nothing is written. */
export function planWork(desk: Desk, input: ParsedOf<"work.plan">): Answer<"work.plan"> {
  const area = input.area as Geometry | null;
  const all = area ? pointsInside(desk.db, area, undefined, mostPoints).points : [];
  const inside: Record<string, number> = {};
  for (const { kind } of all) inside[kind] = (inside[kind] ?? 0) + 1;
  const wanted = input.kinds && new Set(input.kinds);
  const picked = input.ids.flatMap((id): Inside[] => {
    const facts = standingAsset(desk.db, id)?.facts;
    return facts ? [{ id, kind: facts.kind, name: facts.name, lng: facts.lng, lat: facts.lat }] : [];
  });
  const chosen = new Map(
    [...picked, ...all.filter(({ kind }) => !wanted || wanted.has(kind))].map((one) => [one.id, one]),
  );
  const points = [...chosen.values()];
  if (input.per === "point") {
    const tasks = points.slice(0, mostTasks).map((point) => pointTask(desk, point, input.title));
    return ok({ tasks, total: points.length, inside });
  }
  // Without kinds the area itself is meant: every grid that it touches, whether something stands there or not.
  const touched = area && wanted === undefined && picked.length === 0 ? gridsIn(desk, area) : [];
  const tasks = gridTasks(desk, points, touched, input.title);
  return ok({ tasks: tasks.slice(0, mostTasks), total: tasks.length, inside });
}

const cutTo = (text: string): string => (text.length <= titleLength ? text : `${text.slice(0, titleLength - 1)}…`);
const titled = (name: string, title: string): string => cutTo(title ? `${name}\uff1a${title}` : name);

function pointTask(desk: Desk, { id, name, lng, lat }: Inside, title: string): Task {
  const cover = coverOf(desk, lng, lat);
  return {
    title: titled(name, title),
    place: { text: name, point: { lng, lat }, community: cover?.community ?? "", grid: cover?.grid ?? "" },
    worker: cover?.worker ?? "",
    phone: cover?.phone ?? "",
    assetIds: [id],
  };
}

/** One task for each grid; what lies in no grid makes one task together, so that nothing is lost. */
function gridTasks(desk: Desk, points: readonly Inside[], touched: readonly ShapeRow[], title: string): Task[] {
  const tasks = new Map<string, Task>();
  const taskOf = (
    community: string,
    grid: string,
    at: Inside | ShapeRow,
    people: { worker: string; phone: string },
  ): Task => {
    const name = `${community}${grid}` || at.name;
    const known = tasks.get(`${community}${grid}`);
    const place = { text: name, point: { lng: at.lng, lat: at.lat }, community, grid };
    const task = known ?? { title: titled(name, title), place, ...people, assetIds: [] };
    tasks.set(`${community}${grid}`, task);
    return task;
  };
  for (const grid of touched) {
    const { community, worker, phone } = coverFrom(desk.db, grid);
    taskOf(community, grid.name, grid, { worker, phone });
  }
  for (const point of points) {
    const cover = coverOf(desk, point.lng, point.lat);
    const people = { worker: cover?.worker ?? "", phone: cover?.phone ?? "" };
    taskOf(cover?.community ?? "", cover?.grid ?? "", point, people).assetIds.push(point.id);
  }
  return [...tasks.values()].sort((a, b) => a.place.text.localeCompare(b.place.text, "zh"));
}

/** Grids that an area touches: one holds a corner of the other, or its pin. */
function gridsIn(desk: Desk, area: Geometry): ShapeRow[] {
  const box = boxOf(area);
  if (!box) return [];
  const corners = cornersOf(area);
  return shapesIn(desk.db, box, ["grid"], 2000).filter((grid) => {
    const shape = geometryOf(grid);
    return (
      holdsPoint(area, grid) ||
      corners.some(([lng, lat]) => holdsPoint(shape, { lng, lat })) ||
      cornersOf(shape).some(([lng, lat]) => holdsPoint(area, { lng, lat }))
    );
  });
}

const cornersOf = (geometry: Geometry): readonly Position[] => polygonsOf(geometry).flat(2);
