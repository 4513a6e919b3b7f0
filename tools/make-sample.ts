/**
 * Draws the sample streets (示例) of resources/sample: outlines, grids, roads and pins. None of it is a survey; it only
 * has to look and weigh like the real thing. Reads resources/districts only and is deterministic: the same bytes on every
 * run (test/unit/resources/make-sample.test.ts compares them with the committed files). Cases, officers, log and warnings
 * are written by hand beside these files; their places were picked from this geometry.
 *
 * Method: convex Voronoi cells (communities, then grids inside them) are drawn in local metres, their edges are cut into
 * short steps and the whole plane is then bent by one smooth noise field. Neighbours share their bent edges, so the grids
 * tile the street without gap or overlap. Roads are cheapest paths over an invented terrain, which makes them wind.
 *
 * `node tools/make-sample.ts` writes the files.
 */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

type Point = readonly [number, number];
type Line = readonly Point[];

const resources = join(dirname(fileURLToPath(import.meta.url)), "..", "resources");
const districtCode = "500118";
const label = "示例";
const note = "示例数据，由 tools/make-sample.ts 生成，非测绘成果；坐标 WGS 84，经度在前。";

// ---------------------------------------------------------------- numbers

const at = <T>(list: readonly T[], index: number): T => {
  const item = list[index < 0 ? list.length + index : index];
  if (item === undefined) throw new Error(`nothing at ${index} of ${list.length}`);
  return item;
};

class Random {
  private state: number;
  constructor(seed: number) {
    this.state = seed;
  }
  /** mulberry32, [0, 1). */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  }
  between(low: number, high: number): number {
    return low + (high - low) * this.next();
  }
  int(low: number, high: number): number {
    return Math.floor(this.between(low, high + 1));
  }
  /** About normal with deviation 1: a sum of uniforms, so that no platform's log or cos decides a digit. */
  normal(): number {
    let sum = -6;
    for (let i = 0; i < 12; i++) sum += this.next();
    return sum;
  }
  pick<T>(list: readonly T[]): T {
    return at(list, this.int(0, list.length - 1));
  }
  shuffled<T>(list: readonly T[]): T[] {
    const out = [...list];
    for (let i = out.length - 1; i > 0; i--) {
      const j = this.int(0, i);
      [out[i], out[j]] = [at(out, j), at(out, i)];
    }
    return out;
  }
}

/** Smooth value noise in [-1, 1]; one lattice step is 1. */
const noise = (x: number, y: number, seed: number): number => {
  const corner = (i: number, j: number): number => {
    let h = Math.imul(i, 374761393) ^ Math.imul(j, 668265263) ^ Math.imul(seed, 2147483647);
    h = Math.imul(h ^ (h >>> 13), 1274126177);
    h = Math.imul(h ^ (h >>> 16), 2246822519);
    return ((h ^ (h >>> 15)) >>> 0) / 2147483648 - 1;
  };
  const ease = (t: number): number => t * t * t * (t * (t * 6 - 15) + 10);
  const [i, j] = [Math.floor(x), Math.floor(y)];
  const [u, v] = [ease(x - i), ease(y - j)];
  const low = corner(i, j) * (1 - u) + corner(i + 1, j) * u;
  const high = corner(i, j + 1) * (1 - u) + corner(i + 1, j + 1) * u;
  return low * (1 - v) + high * v;
};

// ---------------------------------------------------------------- plane geometry, metres

const earthRadiusM = 6371008.8;
const metresPerDegree = (earthRadiusM * Math.PI) / 180;

interface Frame {
  toLngLat(p: Point): Point;
  toMetres(p: Point): Point;
}

/** Local metres east and north of a centre. Out: 5 decimals, about 1 m. */
const frameAt = ([lng0, lat0]: Point): Frame => {
  const perLng = metresPerDegree * Math.cos((lat0 * Math.PI) / 180);
  const cut = (n: number): number => Math.round(n * 1e5) / 1e5;
  return {
    toLngLat: ([x, y]) => [cut(lng0 + x / perLng), cut(lat0 + y / metresPerDegree)],
    toMetres: ([lng, lat]) => [(lng - lng0) * perLng, (lat - lat0) * metresPerDegree],
  };
};

const distance = (a: Point, b: Point): number => Math.sqrt((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2);

const mix = (a: Point, b: Point, t: number): Point => [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t];

const pairs = (line: Line, closed: boolean): [Point, Point][] => {
  const out: [Point, Point][] = [];
  for (let i = 0; i + 1 < line.length; i++) out.push([at(line, i), at(line, i + 1)]);
  if (closed) out.push([at(line, -1), at(line, 0)]);
  return out;
};

const centroid = (ring: Line): Point => {
  let [area, x, y] = [0, 0, 0];
  for (const [a, b] of pairs(ring, true)) {
    const cross = a[0] * b[1] - b[0] * a[1];
    area += cross;
    x += (a[0] + b[0]) * cross;
    y += (a[1] + b[1]) * cross;
  }
  return [x / (3 * area), y / (3 * area)];
};

const inside = (p: Point, ring: Line): boolean => {
  let odd = false;
  for (let i = 0; i < ring.length; i++) {
    const [a, b] = [at(ring, i - 1), at(ring, i)];
    if (a[1] > p[1] !== b[1] > p[1] && p[0] < ((b[0] - a[0]) * (p[1] - a[1])) / (b[1] - a[1]) + a[0]) odd = !odd;
  }
  return odd;
};

const nearestOn = (p: Point, line: Line, closed = false): { point: Point; distance: number; along: Point } => {
  let best = { point: at(line, 0), distance: Number.POSITIVE_INFINITY, along: [1, 0] as Point };
  for (let i = closed ? 0 : 1; i < line.length; i++) {
    const [a, b] = [at(line, i - 1), at(line, i)];
    const length = distance(a, b);
    if (length === 0) continue;
    const along: Point = [(b[0] - a[0]) / length, (b[1] - a[1]) / length];
    const t = Math.min(length, Math.max(0, (p[0] - a[0]) * along[0] + (p[1] - a[1]) * along[1]));
    const point = mix(a, b, t / length);
    const d = distance(p, point);
    if (d < best.distance) best = { point, distance: d, along };
  }
  return best;
};

const lengthOf = (line: Line): number => pairs(line, false).reduce((sum, [a, b]) => sum + distance(a, b), 0);

/** The point at a given way along the line, and the direction there. */
const pointAlong = (line: Line, way: number): { point: Point; along: Point } => {
  let left = way;
  for (const [a, b] of pairs(line, false)) {
    const length = distance(a, b);
    const along: Point = [(b[0] - a[0]) / length, (b[1] - a[1]) / length];
    if (left <= length) return { point: mix(a, b, left / length), along };
    left -= length;
  }
  return { point: at(line, -1), along: [1, 0] };
};

/** Great-circle length in kilometres of a line in degrees. */
export const greatCircleKm = (line: Line): number => {
  const rad = Math.PI / 180;
  let sum = 0;
  for (const [a, b] of pairs(line, false)) {
    const h =
      Math.sin(((b[1] - a[1]) * rad) / 2) ** 2 +
      Math.cos(a[1] * rad) * Math.cos(b[1] * rad) * Math.sin(((b[0] - a[0]) * rad) / 2) ** 2;
    sum += 2 * earthRadiusM * Math.asin(Math.sqrt(h));
  }
  return sum / 1000;
};

/** The cells of the seeds within a convex outline: each seed keeps the side of every bisector it lies on. */
const voronoi = (outline: Line, seeds: Line): Line[] =>
  seeds.map((seed) => {
    let cell = [...outline];
    for (const other of seeds) {
      if (other === seed) continue;
      const side = (p: Point): number => distance(p, other) ** 2 - distance(p, seed) ** 2;
      const kept: Point[] = [];
      for (const [a, b] of pairs(cell, true)) {
        const [sa, sb] = [side(a), side(b)];
        if (sa >= 0) kept.push(a);
        if (sa >= 0 !== sb >= 0) kept.push(mix(a, b, sa / (sa - sb)));
      }
      cell = kept;
    }
    return cell;
  });

/** Spread seeds in a convex outline: drawn by density, then moved to the middle of their cells some rounds (Lloyd). */
const spread = (outline: Line, count: number, rounds: number, random: Random, density: (p: Point) => number): Line => {
  const [xs, ys] = [outline.map((p) => p[0]), outline.map((p) => p[1])];
  let seeds: Point[] = [];
  while (seeds.length < count) {
    const p: Point = [
      random.between(Math.min(...xs), Math.max(...xs)),
      random.between(Math.min(...ys), Math.max(...ys)),
    ];
    if (inside(p, outline) && random.next() < density(p)) seeds.push(p);
  }
  for (let i = 0; i < rounds; i++) seeds = voronoi(outline, seeds).map(centroid);
  return seeds;
};

/** The outer ring of a set of rings that share edges: the directed edges without a twin, joined. */
const dissolve = (rings: readonly Line[]): Line => {
  const key = (p: Point): string => `${p[0]},${p[1]}`;
  const edges = new Map<string, [Point, Point]>();
  for (const ring of rings) for (const [a, b] of pairs(ring, true)) edges.set(`${key(a)}>${key(b)}`, [a, b]);
  const next = new Map<string, Point>();
  for (const [a, b] of edges.values()) {
    if (edges.has(`${key(b)}>${key(a)}`)) continue;
    if (next.has(key(a))) throw new Error("an outline touches itself");
    next.set(key(a), b);
  }
  const first = [...edges.values()].map(([a]) => a).find((a) => next.has(key(a)));
  if (!first) throw new Error("no outline");
  const out: Point[] = [];
  for (let p: Point = first; out.length === 0 || key(p) !== key(first); ) {
    out.push(p);
    const follow = next.get(key(p));
    if (!follow) throw new Error("an outline is open");
    p = follow;
  }
  if (out.length !== next.size) throw new Error("an outline has more than one ring");
  return out;
};

// ---------------------------------------------------------------- streets

interface StreetSpec {
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

interface Area {
  level: "community" | "grid";
  code: string;
  name: string;
  communityName: string;
  ring: Line;
  grid?: { headName: string; workerName: string; workerPhone: string };
}

interface Street {
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

const drawStreet = (spec: StreetSpec): Street => {
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

// ---------------------------------------------------------------- roads of the hills

interface Road {
  name: string;
  fire: boolean;
  line: Line; // metres
}

const cellM = 40;

/** Draws roads as cheapest paths over an invented terrain; each new road ends where it meets the roads there are. */
class Hills {
  private readonly west: number;
  private readonly south: number;
  private readonly columns: number;
  private readonly rows: number;
  private readonly open: Uint8Array;
  private readonly height: Float64Array;
  private readonly road: Int16Array;
  private readonly edge: Float64Array;
  private readonly near: Float64Array;
  private readonly seed: number;
  readonly roads: Road[] = [];

  constructor(ring: Line, tilt: number, seed: number) {
    this.seed = seed;
    const [xs, ys] = [ring.map((p) => p[0]), ring.map((p) => p[1])];
    this.west = Math.min(...xs);
    this.south = Math.min(...ys);
    this.columns = Math.ceil((Math.max(...xs) - this.west) / cellM);
    this.rows = Math.ceil((Math.max(...ys) - this.south) / cellM);
    const size = this.columns * this.rows;
    this.open = new Uint8Array(size);
    this.height = new Float64Array(size);
    this.road = new Int16Array(size).fill(-1);
    this.edge = new Float64Array(size);
    this.near = new Float64Array(size).fill(Number.POSITIVE_INFINITY);
    const [sin, cos] = [Math.sin(tilt), Math.cos(tilt)];
    for (let i = 0; i < size; i++) {
      const p = this.middle(i);
      this.edge[i] = inside(p, ring) ? nearestOn(p, ring, true).distance : 0;
      this.open[i] = (this.edge[i] ?? 0) > 90 ? 1 : 0;
      const [across, along] = [p[0] * cos - p[1] * sin, p[0] * sin + p[1] * cos];
      this.height[i] =
        210 * noise(across / 1300, along / 4200, seed) +
        95 * noise(p[0] / 620, p[1] / 620, seed + 1) +
        26 * noise(p[0] / 260, p[1] / 260, seed + 2);
    }
  }

  private middle(i: number): Point {
    return [this.west + ((i % this.columns) + 0.5) * cellM, this.south + (Math.floor(i / this.columns) + 0.5) * cellM];
  }

  cellOf(p: Point): number {
    const column = Math.min(this.columns - 1, Math.max(0, Math.floor((p[0] - this.west) / cellM)));
    const row = Math.min(this.rows - 1, Math.max(0, Math.floor((p[1] - this.south) / cellM)));
    const own = row * this.columns + column;
    if (this.open[own]) return own;
    let best = own;
    let near = Number.POSITIVE_INFINITY;
    for (let i = 0; i < this.open.length; i++) {
      const d = this.open[i] ? distance(this.middle(i), p) : Number.POSITIVE_INFINITY;
      if (d < near) [best, near] = [i, d];
    }
    return best;
  }

  /** The way from a cell to the first cell that `ends` accepts. */
  private path(from: number, ends: (cell: number) => boolean): Point[] {
    const cost = new Float64Array(this.open.length).fill(Number.POSITIVE_INFINITY);
    const before = new Int32Array(this.open.length).fill(-1);
    const heap: [number, number][] = [];
    const push = (item: [number, number]): void => {
      let i = heap.push(item) - 1;
      while (i > 0) {
        const up = (i - 1) >> 1;
        if (at(heap, up)[0] <= item[0]) break;
        heap[i] = at(heap, up);
        i = up;
      }
      heap[i] = item;
    };
    const pop = (): [number, number] | undefined => {
      const top = heap[0];
      const last = heap.pop();
      if (!top || !last || heap.length === 0) return top;
      let i = 0;
      for (;;) {
        let down = 2 * i + 1;
        if (down >= heap.length) break;
        if (down + 1 < heap.length && at(heap, down + 1)[0] < at(heap, down)[0]) down++;
        if (at(heap, down)[0] >= last[0]) break;
        heap[i] = at(heap, down);
        i = down;
      }
      heap[i] = last;
      return top;
    };
    const value = (list: Float64Array, i: number): number => list[i] ?? 0;
    cost[from] = 0;
    push([0, from]);
    for (let item = pop(); item; item = pop()) {
      const [spent, cell] = item;
      if (spent > value(cost, cell)) continue;
      if (ends(cell)) {
        const out: Point[] = [];
        for (let c = cell; c >= 0; c = before[c] ?? -1) out.push(this.middle(c));
        return out;
      }
      const [column, row] = [cell % this.columns, Math.floor(cell / this.columns)];
      for (let dx = -2; dx <= 2; dx++) {
        for (let dy = -2; dy <= 2; dy++) {
          if ((dx === 0 && dy === 0) || (dx % 2 === 0 && dy % 2 === 0)) continue;
          const [x, y] = [column + dx, row + dy];
          if (x < 0 || y < 0 || x >= this.columns || y >= this.rows) continue;
          const to = y * this.columns + x;
          if (!this.open[to]) continue;
          const step = Math.sqrt(dx * dx + dy * dy) * cellM;
          const slope = (value(this.height, to) - value(this.height, cell)) / step;
          const beside = (this.near[to] ?? 0) < 90 ? 2.5 : 1;
          const total = spent + step * beside * (1 + 85 * slope * slope);
          if (total < value(cost, to)) {
            cost[to] = total;
            before[to] = cell;
            push([total, to]);
          }
        }
      }
    }
    throw new Error("no way");
  }

  /** Corners cut twice (Chaikin), a little sway, then points that say nothing left out. */
  private smooth(path: Line, salt: number): Line {
    let line: Point[] = [...path];
    for (let round = 0; round < 2; round++) {
      const cut = pairs(line, false).flatMap(([a, b]) => [mix(a, b, 0.25), mix(a, b, 0.75)]);
      line = [at(line, 0), ...cut, at(line, -1)];
    }
    const swayed = line.map(
      (p, i): Point =>
        i === 0 || i === line.length - 1
          ? p
          : [
              p[0] + 14 * noise(p[0] / 110, p[1] / 110, this.seed + salt),
              p[1] + 14 * noise(p[0] / 110, p[1] / 110, this.seed + salt + 1),
            ],
    );
    return thin(swayed, 2.5);
  }

  /** Adds a road from a place to the first road it meets, or to `goal`; kept in order from the junction outwards. */
  add(name: string, fire: boolean, from: Point, goal?: Point): void {
    const end = goal ? this.cellOf(goal) : -1;
    const path = this.path(this.cellOf(from), (cell) => (goal ? cell === end : (this.road[cell] ?? -1) >= 0));
    const met = goal ? -1 : (this.road[this.cellOf(at(path, 0))] ?? -1);
    const line = this.smooth(path, 10);
    this.roads.push({
      name,
      fire,
      line: met < 0 ? line : [nearestOn(at(line, 1), at(this.roads, met).line).point, ...line.slice(1)],
    });
    this.mark(this.roads.length - 1);
  }

  /** Leads a road on from its outer end to the loneliest place thereabouts. */
  extend(index: number): void {
    const road = at(this.roads, index);
    const end = at(road.line, -1);
    const goal = this.cellOf(this.loneliest(end).place);
    const on = this.path(this.cellOf(end), (cell) => cell === goal).reverse();
    const more = this.smooth([end, ...on.slice(1)], 10);
    if (lengthOf(more) > 4500) throw new Error(`${road.name} goes astray`);
    road.line = thin([...road.line, ...more.slice(1)], 2.5);
    this.mark(index);
  }

  private mark(index: number): void {
    const { line } = at(this.roads, index);
    for (let way = 0; way < lengthOf(line); way += cellM / 2) {
      const cell = this.cellOf(pointAlong(line, way).point);
      if ((this.road[cell] ?? -1) < 0) this.road[cell] = index;
    }
    for (let i = 0; i < this.near.length; i++) {
      if (this.open[i]) this.near[i] = Math.min(this.near[i] ?? 0, nearestOn(this.middle(i), line).distance);
    }
  }

  /** The open place farthest from every road (near `about`); at the edge of the street it counts a little less. */
  loneliest(about?: Point): { place: Point; far: number } {
    let best: Point = about ?? [0, 0];
    let far = -1;
    for (let i = 0; i < this.open.length; i++) {
      const p = this.middle(i);
      if (!this.open[i] || (about && distance(p, about) > 1500)) continue;
      const taste = 1 + 0.25 * noise(p[0] / 500, p[1] / 500, this.seed + 5);
      const d = (this.near[i] ?? 0) * taste * ((this.edge[i] ?? 0) < 350 ? 0.8 : 1);
      if (d > far) [best, far] = [p, d];
    }
    return { place: best, far };
  }
}

/** Douglas-Peucker: leave out points that lie within `tolerance` metres of the line without them. */
const thin = (line: Line, tolerance: number): Line => {
  if (line.length < 3) return line;
  const chord: Line = [at(line, 0), at(line, -1)];
  let [far, where] = [0, 0];
  line.forEach((p, i) => {
    const d = nearestOn(p, chord).distance;
    if (d > far) [far, where] = [d, i];
  });
  if (far <= tolerance) return chord;
  return [...thin(line.slice(0, where + 1), tolerance).slice(0, -1), ...thin(line.slice(where), tolerance)];
};

const cutAt = (line: Line, way: number): Line => {
  const out: Point[] = [at(line, 0)];
  let left = way;
  for (const [a, b] of pairs(line, false)) {
    const length = distance(a, b);
    if (left <= length) return [...out, mix(a, b, left / length)];
    left -= length;
    out.push(b);
  }
  return out;
};

// ---------------------------------------------------------------- fire roads

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

const drawHillRoads = (street: Street): Road[] => {
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

const fireRoadFile = (street: Street, roads: readonly Road[]): string => {
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

// ---------------------------------------------------------------- roads of the town

const townRoadNames = [
  "昌州路 星光大道 中山路 红河路 棠城路 凤鸣路",
  "汇龙路 兴龙湖路 英井路 东站路 花果路 云谷路 玉清路",
].map((names) => names.split(" "));

/** A bent net of streets: each way's roads lie about evenly, kept where they run inside the street. */
const drawTownRoads = (street: Street): Road[] => {
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

// ---------------------------------------------------------------- pins

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
class Pins {
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

const shortRoad = (road: Road): string => road.name.replace("防火通道", "");

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

const drawHillPins = (street: Street, roads: readonly Road[]): Readonly<Record<string, string>> => {
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

const drawTownPins = (street: Street, roads: readonly Road[]): Readonly<Record<string, string>> => {
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

// ---------------------------------------------------------------- lines and areas

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

const drawShapes = (
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

// ---------------------------------------------------------------- files

/** A JSON object whose one long list has a line for each item: small, and a change shows as a line in a diff. */
const linesFile = (head: object, listName: string, list: readonly unknown[]): string => {
  const start = JSON.stringify(head, null, 1).replace(/\n}$/, "");
  return `${start},\n "${listName}": [\n${list.map((item) => JSON.stringify(item)).join(",\n")}\n]\n}\n`;
};

const feature = (properties: object, type: "Polygon" | "LineString", line: Line): object => ({
  type: "Feature",
  properties,
  geometry: { type, coordinates: type === "Polygon" ? [[...line, at(line, 0)]] : line },
});

const collection = (features: readonly object[]): string =>
  linesFile({ type: "FeatureCollection", label, note }, "features", features);

const hillStreet: StreetSpec = {
  code: "500118004",
  letters: "CS",
  seed: 118004,
  centre: [105.866, 29.428],
  half: [3200, 5200],
  tilt: 0.3,
  town: [1100, -2300],
  townSpread: 2300,
  townRounds: 1,
  bends: [
    [520, 3200],
    [170, 1150],
    [38, 360],
  ],
  edgeStepM: 110,
  gridsOf: { 粽粑社区: 8 },
};

const townStreet: StreetSpec = {
  code: "500118001",
  letters: "ZS",
  seed: 118001,
  centre: [105.923, 29.348],
  half: [2150, 2300],
  tilt: 0.2,
  town: [0, 0],
  townSpread: 1100,
  townRounds: 3,
  bends: [
    [260, 2000],
    [60, 620],
    [16, 190],
  ],
  edgeStepM: 90,
  gridsOf: { 星光社区: 24 },
};

/** Every generated file: its path under resources/ and its text. */
export const makeSample = (): ReadonlyMap<string, string> => {
  const files = new Map<string, string>();
  const write = (street: Street, roads: readonly Road[], more: Readonly<Record<string, string>>): void => {
    const folder = `sample/${street.spec.code}`;
    const areas = [...street.communities, ...street.grids].map((area) =>
      feature(
        {
          level: area.level,
          code: area.code,
          name: area.name,
          ...(area.level === "grid" ? { parent: area.code.slice(0, 12), communityName: area.communityName } : {}),
          ...area.grid,
        },
        "Polygon",
        area.ring,
      ),
    );
    const whole = { level: "street", code: street.spec.code, name: street.name, label: `${street.name}(${label})` };
    files.set(`${folder}/street.geojson`, collection([feature(whole, "Polygon", street.ring)]));
    files.set(`${folder}/areas.json`, collection(areas));
    const village = roads.filter((road) => !road.fire);
    files.set(
      `${folder}/roads.geojson`,
      collection(
        village.map((road) => feature({ name: road.name }, "LineString", road.line.map(street.frame.toLngLat))),
      ),
    );
    for (const [name, text] of Object.entries(more)) files.set(`${folder}/${name}`, text);
  };
  const hills = drawStreet(hillStreet);
  const hillRoads = drawHillRoads(hills);
  write(hills, hillRoads, {
    "fire-roads.json": fireRoadFile(hills, hillRoads),
    "shapes.json": drawShapes(hills, hillRoads, [
      ["220 千伏永茶线", 220, [-2600, -4800], [900, 5200]],
      ["110 千伏竹海线", 110, [-3000, 1200], [3000, 300]],
      ["35 千伏粽粑线", 35, [-1800, -3400], [2600, -1300]],
    ]),
    ...drawHillPins(hills, hillRoads),
  });
  const town = drawStreet(townStreet);
  const townRoads = drawTownRoads(town);
  write(town, townRoads, {
    "shapes.json": drawShapes(town, townRoads, [["110 千伏东站线", 110, [-2000, -1500], [2100, -1900]]]),
    ...drawTownPins(town, townRoads),
  });
  return files;
};

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const [path, text] of makeSample()) {
    const file = join(resources, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    console.log(`${path} ${text.length}`);
  }
}
