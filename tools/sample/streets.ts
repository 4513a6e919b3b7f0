import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { at, noise, Random } from "./numbers.ts";
import {
  dissolve,
  distance,
  type Frame,
  frameAt,
  type Line,
  mix,
  type Point,
  pairs,
  spread,
  voronoi,
} from "./plane.ts";

const districtCode = "500118";
const resources = join(dirname(fileURLToPath(import.meta.url)), "..", "..", "resources");

export interface StreetSpec {
  code: string;
  letters: string;
  seed: number;
  centre: Point;
  /** Half axes of the unbent outline and its tilt east of north, metres and radians. */
  half: Point;
  tilt: number;
  /** Where the town lies, unbent, and how fast the cells grow away from it. */
  town: Point;
  townSpread: number;
  townRounds: number;
  /** Bends of the plane: how far and over which length, metres. */
  bends: readonly (readonly [number, number])[];
  edgeStepM: number;
  /** Grids of a community that must have a certain number; others get 4 to 8. */
  gridsOf: Readonly<Record<string, number>>;
}

export interface Area {
  level: "community" | "grid";
  code: string;
  name: string;
  communityName: string;
  ring: Line;
  grid?: { headName: string; workerName: string; workerPhone: string };
}

export interface Street {
  spec: StreetSpec;
  name: string;
  frame: Frame;
  bend(p: Point): Point;
  ring: Line;
  communities: Area[];
  grids: Area[];
}

const surnames = [
  ..."王李张刘陈杨黄赵周吴徐孙朱马胡郭何林罗高郑梁谢宋唐许邓冯韩曹曾彭萧蔡潘田董袁于余叶蒋杜苏魏程吕丁任卢",
];
const givenNames =
  "文静 国平 小兰 建波 晓燕 德明 世芬 家富 秀英 光荣 红梅 学勤 永福 素珍 志远 春燕 天云 大勇 玉兰 中华 明亮 桂香 成林 丽娟 兴旺 小琴 正伟 雪梅 长江 佳怡 昌贵 思源 开明 荣华 晓东 忠义 先琼 克勤 利平 元芳".split(
    " ",
  );

const shortName = (name: string): string => name.replace(/(居民|村民)委员会$/, "");

const chineseNumber = (n: number): string => {
  const digits = ["", ..."一二三四五六七八九"];
  const tens = Math.floor(n / 10);
  return `${tens > 1 ? at(digits, tens) : ""}${tens > 0 ? "十" : ""}${at(digits, n % 10)}`;
};

export const drawStreet = (spec: StreetSpec): Street => {
  const divisions = JSON.parse(readFileSync(join(resources, "districts", districtCode, "divisions.json"), "utf8")) as {
    streets: { code: string; name: string; communities: { code: string; name: string }[] }[];
  };
  const division = divisions.streets.find((street) => street.code === spec.code);
  if (!division) throw new Error(`no street ${spec.code}`);
  const random = new Random(spec.seed);
  const frame = frameAt(spec.centre);
  const [sin, cos] = [Math.sin(spec.tilt), Math.cos(spec.tilt)];
  const outline = Array.from({ length: 28 }, (_, i): Point => {
    const angle = (i / 28) * 2 * Math.PI;
    const soft = (n: number): number => Math.sign(n) * Math.abs(n) ** 0.8;
    const [x, y] = [spec.half[0] * soft(Math.cos(angle)), spec.half[1] * soft(Math.sin(angle))];
    return [x * cos + y * sin, -x * sin + y * cos];
  });
  const bend = (p: Point): Point => {
    let [x, y] = p;
    spec.bends.forEach(([far, over], i) => {
      x += far * noise(p[0] / over + 50, p[1] / over, spec.seed + 2 * i);
      y += far * noise(p[0] / over, p[1] / over + 50, spec.seed + 2 * i + 1);
    });
    return [x, y];
  };

  const count = division.communities.length;
  const places = spread(outline, count, spec.townRounds, random, (p) => {
    const d = distance(p, spec.town) / spec.townSpread;
    return 0.04 + 1 / (1 + d * d * d * d);
  });
  const cells = voronoi(outline, places);
  // Residents' committees lie nearest to the town, villages around it.
  const order = places
    .map((_, i) => i)
    .sort((a, b) => distance(at(places, a), spec.town) - distance(at(places, b), spec.town));

  const seeds: Point[] = [];
  const owners: { community: number; number: number }[] = [];
  division.communities.forEach((community, index) => {
    const grids = spec.gridsOf[shortName(community.name)] ?? random.int(4, 8);
    const own = [...spread(at(cells, at(order, index)), grids, 6, random, () => 1)].sort(
      (a, b) => b[1] - a[1] + (a[0] - b[0]) * 0.3,
    );
    own.forEach((seed, i) => {
      seeds.push(seed);
      owners.push({ community: index, number: i + 1 });
    });
  });

  // A corner is computed once for each cell that meets in it: give all of them the same point before cutting edges.
  const corners = new Map<string, Point>();
  const settle = (p: Point): Point => {
    const [i, j] = [Math.round(p[0] * 50), Math.round(p[1] * 50)];
    for (const di of [0, -1, 1]) {
      for (const dj of [0, -1, 1]) {
        const known = corners.get(`${i + di},${j + dj}`);
        if (known) return known;
      }
    }
    const fresh: Point = [i / 50, j / 50];
    corners.set(`${i},${j}`, fresh);
    return fresh;
  };
  const trace = (cell: Line): Line => {
    const settled = cell.map(settle).filter((p, i, all) => p !== at(all, i - 1));
    return pairs(settled, true).flatMap(([a, b]) => {
      const forward = a[0] < b[0] || (a[0] === b[0] && a[1] < b[1]);
      const [from, to] = forward ? [a, b] : [b, a];
      const steps = Math.max(1, Math.round(distance(a, b) / spec.edgeStepM));
      const cut = Array.from({ length: steps + 1 }, (_, i) => frame.toLngLat(bend(mix(from, to, i / steps))));
      return (forward ? cut : cut.reverse()).slice(0, -1);
    });
  };

  const phoneBlock = spec.letters === "CS" ? 1000 : 3000;
  // Sample people come in a shuffled order of surname and given name, so that no two are alike.
  const people = random.shuffled(surnames.flatMap((surname) => givenNames.map((given) => surname + given)));
  const person = (): string => {
    const name = people.pop();
    if (!name) throw new Error("out of names");
    return name;
  };
  const grids = voronoi(outline, seeds).map((cell, i): Area => {
    const owner = at(owners, i);
    const community = at(division.communities, owner.community);
    return {
      level: "grid",
      code: `${community.code}${String(owner.number).padStart(3, "0")}`,
      name: `第${chineseNumber(owner.number)}网格`,
      communityName: shortName(community.name),
      ring: trace(cell),
      grid: { headName: person(), workerName: person(), workerPhone: `138 0000 ${phoneBlock + i + 1}` },
    };
  });
  const communities = division.communities.map(
    (community): Area => ({
      level: "community",
      code: community.code,
      name: shortName(community.name),
      communityName: shortName(community.name),
      ring: dissolve(grids.filter((grid) => grid.code.startsWith(community.code)).map((grid) => grid.ring)),
    }),
  );
  return { spec, name: division.name, frame, bend, ring: dissolve(grids.map((grid) => grid.ring)), communities, grids };
};
