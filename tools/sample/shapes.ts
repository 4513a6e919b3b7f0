import { label, linesFile, note } from "./files.ts";
import type { Road } from "./hills.ts";
import { at, Random } from "./numbers.ts";
import { Pins, shortRoad } from "./pins.ts";
import { distance, inside, type Line, lengthOf, mix, type Point, pointAlong, thin } from "./plane.ts";
import type { Street } from "./streets.ts";

interface Shape {
  kind: string;
  name: string;
  fields: Readonly<Record<string, string | number | boolean>>;
  line: Line; // metres
  area: boolean;
}

const shapeLetters: Readonly<Record<string, string>> = { high_voltage_line: "HV", fire_break: "FB", house: "HS" };
const kmOf = (line: Line): number => Math.round(lengthOf(line) / 10) / 100;

/** A power line: straight from pylon to pylon, a little off at each. Only its part inside the street. */
const powerLine = (street: Street, from: Point, to: Point, random: Random): Line => {
  const ring = street.ring.map(street.frame.toMetres);
  const spans = Math.round(distance(from, to) / 260);
  const pylons = Array.from({ length: spans + 1 }, (_, i): Point => {
    const [x, y] = mix(from, to, i / spans);
    return [x + random.between(-35, 35), y + random.between(-35, 35)];
  });
  return pylons.filter((p) => inside(p, ring));
};

/** A yard with its houses: four corners, turned, 40 to 90 m across. */
const yard = ([x, y]: Point, random: Random): Line => {
  const [half, deep, turn] = [random.between(20, 45), random.between(15, 32), random.between(0, Math.PI)];
  const [sin, cos] = [Math.sin(turn), Math.cos(turn)];
  return (
    [
      [-1, -1],
      [1, -1],
      [1, 1],
      [-1, 1],
    ] as const
  ).map(([i, j]): Point => [x + i * half * cos - j * deep * sin, y + i * half * sin + j * deep * cos]);
};

export const drawShapes = (
  street: Street,
  roads: readonly Road[],
  lines: readonly (readonly [string, number, Point, Point])[],
): string => {
  const random = new Random(street.spec.seed + 41);
  const pins = new Pins(street, random);
  const shapes: Shape[] = lines.map(([name, voltageKv, from, to]) => ({
    kind: "high_voltage_line",
    name,
    fields: { voltageKv, owner: "永川供电公司（示例）", phone: "023 0000 9559" },
    line: powerLine(street, from, to, random),
    area: false,
  }));
  // A fire break follows a ridge road, some way off it.
  for (const road of roads.filter((one) => one.fire).slice(0, 3)) {
    const line = thin(
      Array.from({ length: 24 }, (_, i): Point => {
        const { point, along } = pointAlong(road.line, 400 + i * 60);
        return [point[0] - along[1] * 90, point[1] + along[0] * 90];
      }),
      4,
    );
    shapes.push({
      kind: "fire_break",
      name: `${shortRoad(road)}隔离带`,
      fields: { lengthKm: kmOf(line), widthM: random.int(6, 12) * 2, clearedOn: `2026-10-${10 + random.int(0, 18)}` },
      line,
      area: false,
    });
  }
  const village = roads.filter((road) => !road.fire);
  for (const [i, hamlet] of pins.hamlets(village, 420, () => 1).entries()) {
    const grid = at(street.grids, i);
    const households = random.int(4, 26);
    const people = households * 2 + random.int(0, households);
    const ring = yard([hamlet.p[0] + random.between(-50, 50), hamlet.p[1] + random.between(-50, 50)], random);
    if (!ring.every((p) => inside(p, street.ring.map(street.frame.toMetres)))) continue;
    shapes.push({
      kind: "house",
      name: `${grid.communityName}${grid.name}院落`,
      fields: { households, people, frail: random.int(0, 4), head: grid.grid?.headName ?? "" },
      line: ring,
      area: true,
    });
  }
  const numbers = new Map<string, number>();
  const rows = shapes.map(({ kind, name, fields, line, area }) => {
    const number = (numbers.get(kind) ?? 0) + 1;
    numbers.set(kind, number);
    const id = `${street.spec.letters}-${shapeLetters[kind] ?? "X"}-${String(number).padStart(2, "0")}`;
    const drawn = line.map(street.frame.toLngLat);
    const geometry = area
      ? { type: "Polygon", coordinates: [[...drawn, at(drawn, 0)]] }
      : { type: "LineString", coordinates: drawn };
    return { id, kind, name, fields, geometry };
  });
  return linesFile({ label, note, street: street.spec.code }, "shapes", rows);
};
