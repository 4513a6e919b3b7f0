import { label, linesFile, note } from "./files.ts";
import type { Road } from "./hills.ts";
import { at, Random } from "./numbers.ts";
import { centroid, distance, inside, type Line, lengthOf, mix, nearestOn, type Point, pointAlong } from "./plane.ts";
import type { Area, Street } from "./streets.ts";

interface Pin {
  kind: string;
  title: string;
  p: Point;
}

const kindLetters: Readonly<Record<string, string>> = {
  voice_pole: "VP",
  water_tank: "WT",
  camera: "CAM",
  hydrant: "HY",
  pond: "PD",
  watch_tower: "TW",
  shelter: "SH",
  duty_room: "DR",
  team_post: "TP",
  geohazard_point: "GH",
  waterlogging_point: "WL",
  water_gauge: "WG",
};

/** Places that keep inside the street and a little apart from each other. */
export class Pins {
  readonly list: Pin[] = [];
  private readonly ring: Line;
  private readonly street: Street;
  private readonly random: Random;
  constructor(street: Street, random: Random) {
    this.street = street;
    this.random = random;
    this.ring = street.ring.map(street.frame.toMetres);
  }

  put(kind: string, title: string, p: Point, apartM: number): boolean {
    if (!inside(p, this.ring) || nearestOn(p, this.ring, true).distance < 15) return false;
    if (this.list.some((pin) => distance(pin.p, p) < (pin.kind === kind ? apartM : 3))) return false;
    this.list.push({ kind, title, p });
    return true;
  }

  beside(road: Road, way: number, offM: number): Point {
    const { point, along } = pointAlong(road.line, way);
    const off = offM * (this.random.next() < 0.5 ? -1 : 1);
    return [point[0] - along[1] * off, point[1] + along[0] * off];
  }

  /** Pins about evenly along the roads, by their length. */
  alongRoads(kind: string, roads: readonly Road[], count: number, off: Point, apartM: number): void {
    const total = roads.reduce((sum, road) => sum + lengthOf(road.line), 0);
    const step = total / count;
    for (let i = 0, tries = 0; i < count; ) {
      let way = ((i + this.random.between(0.15, 0.85)) * step) % total;
      const road = roads.find((one) => {
        const length = lengthOf(one.line);
        if (way <= length) return true;
        way -= length;
        return false;
      });
      if (road && this.put(kind, shortRoad(road), this.beside(road, way, this.random.between(off[0], off[1])), apartM))
        i++;
      else if (++tries > 2000) throw new Error(`no room for ${kind}`);
    }
  }

  gridAt(p: Point): Area | undefined {
    const lngLat = this.street.frame.toLngLat(p);
    return this.street.grids.find((grid) => inside(lngLat, grid.ring));
  }

  /** Pins in heaps around settlements: each grid's hamlet lies where the nearest village road passes. */
  inHeaps(
    kind: string,
    hamlets: readonly { road: Road; p: Point; weight: number }[],
    count: number,
    apartM: number,
  ): void {
    const total = hamlets.reduce((sum, hamlet) => sum + hamlet.weight, 0);
    for (let i = 0; i < count; ) {
      let left = this.random.next() * total;
      const hamlet = hamlets.find((one) => {
        left -= one.weight;
        return left <= 0;
      });
      if (!hamlet) continue;
      const wide = 45 + 26 * Math.sqrt(hamlet.weight);
      const guess: Point = [hamlet.p[0] + this.random.normal() * wide, hamlet.p[1] + this.random.normal() * wide];
      // Most houses stand at the road: pull the place towards it, to its side.
      const near = nearestOn(guess, hamlet.road.line);
      const side: Point =
        near.distance > 0
          ? [(guess[0] - near.point[0]) / near.distance, (guess[1] - near.point[1]) / near.distance]
          : [0, 1];
      const off = 6 + near.distance * this.random.between(0.12, 0.6);
      const p: Point = [near.point[0] + side[0] * off, near.point[1] + side[1] * off];
      const grid = this.gridAt(p);
      if (grid && this.put(kind, grid.communityName + grid.name, p, apartM)) i++;
    }
  }

  hamlets(
    roads: readonly Road[],
    farthestM: number,
    weigh: (grid: Area) => number,
  ): { road: Road; p: Point; weight: number }[] {
    return this.street.grids.map((grid) => {
      const middle = centroid(grid.ring.map(this.street.frame.toMetres));
      const [road, near] = roads
        .map((one) => [one, nearestOn(middle, one.line)] as const)
        .reduce((a, b) => (b[1].distance < a[1].distance ? b : a));
      const t = near.distance > farthestM ? farthestM / near.distance : 1;
      const p = mix(middle, near.point, t);
      // A hamlet off every road has a lane of its own.
      const lane: Road = { name: grid.name, fire: false, line: [[p[0] - 90, p[1] - 40], p, [p[0] + 110, p[1] + 30]] };
      return { road: t < 1 ? lane : road, p, weight: weigh(grid) * this.random.between(0.4, 1.6) };
    });
  }
}

export const shortRoad = (road: Road): string => road.name.replace("防火通道", "");

interface NamedPin {
  id: string;
  kind: string;
  name: string;
  at: Point;
  status: number;
}

/** Numbers the pins of one kind from north to south and gives 5 % each a fault or no answer. */
const named = (
  street: Street,
  pins: readonly Pin[],
  kind: string,
  word: string,
  width: number,
  random: Random,
): NamedPin[] => {
  const own = pins.filter((pin) => pin.kind === kind).sort((a, b) => b.p[1] - a.p[1]);
  const ill = Math.round(own.length * 0.05);
  const states = random.shuffled(own.map((_, i) => (i < ill ? 1 : i < 2 * ill ? 2 : 0)));
  return own.map((pin, i) => ({
    id: `${street.spec.letters}-${kindLetters[kind] ?? "X"}-${String(i + 1).padStart(width, "0")}`,
    kind,
    name: `${word} ${String(i + 1).padStart(width, "0")}·${pin.title}`,
    at: street.frame.toLngLat(pin.p),
    status: at(states, i),
  }));
};

const statuses = ["ok", "fault", "offline"];

const assetFile = (street: Street, pins: readonly NamedPin[]): string => {
  const kinds = [...new Set(pins.map((pin) => pin.kind))];
  const counts = Object.fromEntries(kinds.map((kind) => [kind, pins.filter((pin) => pin.kind === kind).length]));
  const columns = ["id", "kind", "name", "lng", "lat", "status"];
  const rows = pins.map((pin) => [pin.id, kinds.indexOf(pin.kind), pin.name, pin.at[0], pin.at[1], pin.status]);
  const format = "每行一处资源，列序见 columns；kind、status 为 kinds、statuses 的下标。";
  return linesFile({ label, note, format, street: street.spec.code, counts, columns, kinds, statuses }, "rows", rows);
};

export const drawHillPins = (street: Street, roads: readonly Road[]): Readonly<Record<string, string>> => {
  const random = new Random(street.spec.seed + 21);
  const pins = new Pins(street, random);
  const village = roads.filter((road) => !road.fire);
  const fire = roads.filter((road) => road.fire);
  const hamlets = pins.hamlets(village, 420, (grid) => (grid.communityName === "粽粑社区" ? 2.6 : 1));
  pins.alongRoads("voice_pole", village, 27, [5, 9], 60);
  pins.alongRoads("voice_pole", fire, 46, [5, 9], 60);
  pins.alongRoads("water_tank", fire, 58, [18, 55], 60);
  pins.inHeaps("camera", hamlets, 830, 5);
  pins.alongRoads("camera", village, 430, [4, 14], 5);
  pins.alongRoads("camera", fire, 397, [4, 20], 5);

  const extra = new Pins(street, random);
  const main: readonly [string, number][] = [
    ["hydrant", 6],
    ["pond", 2],
    ["shelter", 2],
    ["duty_room", 1],
    ["team_post", 5],
  ];
  const spots = hamlets.slice().sort((a, b) => b.weight - a.weight);
  for (const [kind, count] of main) {
    for (let i = 0, spot = 0; i < count; spot++) {
      const hamlet = at(spots, spot % spots.length);
      const p: Point = [hamlet.p[0] + random.between(-160, 160), hamlet.p[1] + random.between(-160, 160)];
      const grid = extra.gridAt(p);
      if (grid && extra.put(kind, grid.communityName, p, 120)) i++;
    }
  }
  extra.alongRoads("watch_tower", fire, 3, [25, 60], 200);
  extra.alongRoads("geohazard_point", [...fire.slice(3, 9), ...village.slice(2)], 4, [15, 40], 200);
  const name = (list: readonly Pin[], kind: string, word: string, width: number): NamedPin[] =>
    named(street, list, kind, word, width, random);
  return {
    "assets.json": assetFile(street, [
      ...name(pins.list, "voice_pole", "语音杆", 3),
      ...name(pins.list, "water_tank", "防火水箱", 2),
      ...name(pins.list, "camera", "摄像头", 4),
    ]),
    "assets-extra.json": assetFile(street, [
      ...name(extra.list, "pond", "蓄水池", 1),
      ...name(extra.list, "watch_tower", "瞭望塔", 1),
      ...name(extra.list, "hydrant", "消火栓", 2),
      ...name(extra.list, "shelter", "避难场所", 1),
      ...name(extra.list, "duty_room", "值班室", 1),
      ...name(extra.list, "team_post", "应急队伍驻点", 1),
      ...name(extra.list, "geohazard_point", "地灾隐患点", 1),
    ]),
  };
};

export const drawTownPins = (street: Street, roads: readonly Road[]): Readonly<Record<string, string>> => {
  const random = new Random(street.spec.seed + 21);
  const pins = new Pins(street, random);
  const hamlets = pins.hamlets(roads, 300, (grid) => (grid.communityName === "星光社区" ? 1.4 : 1));
  pins.alongRoads("hydrant", roads, 24, [4, 8], 40);
  pins.alongRoads("camera", roads, 52, [5, 12], 10);
  pins.inHeaps("camera", hamlets, 30, 10);
  pins.alongRoads("waterlogging_point", roads, 11, [0, 4], 200);
  pins.alongRoads("water_gauge", roads, 2, [0, 4], 200);
  pins.alongRoads("team_post", roads, 1, [15, 30], 30);
  const name = (kind: string, word: string, width: number): NamedPin[] =>
    named(street, pins.list, kind, word, width, random);
  return {
    "assets.json": assetFile(street, [
      ...name("camera", "摄像头", 3),
      ...name("hydrant", "消火栓", 2),
      ...name("waterlogging_point", "涝点", 2),
      ...name("water_gauge", "水位计", 1),
      ...name("team_post", "应急队伍驻点", 1),
    ]),
  };
};
