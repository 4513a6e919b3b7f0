import { label, linesFile, note } from "./files.ts";
import { Hills, type Road } from "./hills.ts";
import { at, Random } from "./numbers.ts";
import { centroid, cutAt, inside, lengthOf, nearestOn, type Point, thin } from "./plane.ts";
import type { Street } from "./streets.ts";

const fireRoadNames =
  "箕山主脊 茶竹环线 鹰嘴岩 马鞍坪 楠竹湾 石笋坡 天门坳 扇子湾 老茶厂 云雾坪 黄葛垭 铜鼓岭 竹海北线 凉风垭 滴水岩 杉树坳 羊子岭 官山坡 金盆湖 青杠林 大屋基 猫耳石".split(
    " ",
  );
const fireRoadTotalKm = 89.54;
const fireRoadStages = [
  ["surveyed", "勘测定线"],
  ["cleared", "清障开挖"],
  ["graded", "路基平整"],
  ["paved", "路面铺设"],
  ["accepted", "验收启用"],
] as const;

export const drawHillRoads = (street: Street): Road[] => {
  const ring = street.ring.map(street.frame.toMetres);
  const { half, tilt, seed, town } = street.spec;
  const hills = new Hills(ring, tilt, seed + 7);
  const axis = (x: number, y: number): Point =>
    street.bend([
      x * half[0] * Math.cos(tilt) + y * half[1] * Math.sin(tilt),
      -x * half[0] * Math.sin(tilt) + y * half[1] * Math.cos(tilt),
    ]);
  hills.add("茶竹路", false, axis(0.75, -0.9), axis(-0.45, 0.95));
  hills.add("粽粑街", false, street.bend([town[0] + 700, town[1] + 250]));
  const middles = street.communities
    .slice(1)
    .map((c) => ({ name: c.name, p: centroid(c.ring.map(street.frame.toMetres)) }));
  for (const { name, p } of middles) if (name !== "茶竹村") hills.add(`${name.replace(/村$/, "")}路`, false, p);
  const ridges: readonly [Point, Point][] = [
    [axis(-0.55, -0.75), axis(-0.62, 0.62)],
    [axis(0.3, -0.92), axis(0.4, 0.85)],
    [axis(-0.1, -0.8), axis(0.1, 0.9)],
    [axis(0.8, -0.35), axis(0.72, 0.6)],
  ];
  ridges.forEach(([from, to], i) => {
    hills.add(`${at(fireRoadNames, i)}防火通道`, true, from, to);
  });
  for (const name of fireRoadNames.slice(ridges.length)) hills.add(`${name}防火通道`, true, hills.loneliest().place);
  const fire = hills.roads.filter((road) => road.fire);
  const naturalKm = (): number => fire.reduce((sum, road) => sum + lengthOf(road.line), 0) / 1000;
  while (naturalKm() < fireRoadTotalKm) {
    const [next] = fire
      .slice(ridges.length)
      .filter((road) => lengthOf(road.line) < 5200)
      .map((road) => ({ road, far: hills.loneliest(at(road.line, -1)).far }))
      .sort((a, b) => b.far - a.far);
    if (!next) throw new Error("no fire road left to lead on");
    hills.extend(hills.roads.indexOf(next.road));
  }
  const share = fireRoadTotalKm / naturalKm();
  const hundredths = fire.map((road) => Math.floor((lengthOf(road.line) * share) / 10));
  let missing = Math.round(fireRoadTotalKm * 100) - hundredths.reduce((a, b) => a + b, 0);
  for (let i = 0; missing > 0; i++, missing--) hundredths[i] = at(hundredths, i) + 1;
  fire.forEach((road, i) => {
    road.line = cutAt(road.line, at(hundredths, i) * 10);
  });
  return hills.roads;
};

export const fireRoadFile = (street: Street, roads: readonly Road[]): string => {
  const random = new Random(street.spec.seed + 31);
  const fire = roads.filter((road) => road.fire);
  const rows = fire.map((road, i) => {
    // How far the works are: whole stages done, then one in work. Two thirds of the roads are finished.
    const reached = i % 3 !== 2 ? fireRoadStages.length : random.int(1, 4);
    const stages = fireRoadStages.map(([code, stageLabel], stage) => ({
      code,
      label: stageLabel,
      percent: stage < reached ? 100 : stage === reached ? random.int(1, 9) * 10 : 0,
    }));
    return {
      id: `${street.spec.letters}-FR-${String(i + 1).padStart(2, "0")}`,
      name: road.name,
      lengthKm: Math.round(lengthOf(road.line) / 10) / 100,
      percent: Math.round(stages.reduce((sum, stage) => sum + stage.percent, 0) / stages.length),
      passable: at(stages, 2).percent === 100,
      stages,
      line: road.line.map(street.frame.toLngLat),
    };
  });
  const total = { count: rows.length, lengthKm: fireRoadTotalKm };
  return linesFile({ label, note, street: street.spec.code, total }, "roads", rows);
};

const townRoadNames = [
  "昌州路 星光大道 中山路 红河路 棠城路 凤鸣路",
  "汇龙路 兴龙湖路 英井路 东站路 花果路 云谷路 玉清路",
].map((names) => names.split(" "));

/** A bent net of streets: each way's roads lie about evenly, kept where they run inside the street. */
export const drawTownRoads = (street: Street): Road[] => {
  const ring = street.ring.map(street.frame.toMetres);
  const random = new Random(street.spec.seed + 11);
  const roads: Road[] = [];
  const turn = 0.35;
  townRoadNames.forEach((names, way) => {
    names.forEach((name, i) => {
      const off = (i - (names.length - 1) / 2) * (way === 0 ? 640 : 560) + random.between(-90, 90);
      const reach = 2300 - Math.abs(off) * 0.45 - random.between(0, 500);
      const line: Point[] = [];
      for (let s = -reach; s <= reach; s += 60) {
        const [x, y] = way === 0 ? [s, off] : [off, s];
        const p = street.bend([x * Math.cos(turn) - y * Math.sin(turn), x * Math.sin(turn) + y * Math.cos(turn)]);
        if (inside(p, ring) && nearestOn(p, ring, true).distance > 60) line.push(p);
      }
      roads.push({ name, fire: false, line: thin(line, 3) });
    });
  });
  return roads;
};
