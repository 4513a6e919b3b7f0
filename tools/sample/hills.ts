import { at, noise } from "./numbers.ts";
import { distance, inside, type Line, lengthOf, mix, nearestOn, type Point, pairs, pointAlong, thin } from "./plane.ts";

export interface Road {
  name: string;
  fire: boolean;
  line: Line; // metres
}

const cellM = 40;

/** Draws roads as cheapest paths over an invented terrain; each new road ends where it meets the roads there are. */
export class Hills {
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
