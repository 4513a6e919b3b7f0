import { metresBetween, type Place } from "#shared/domain/asset/coordinates.ts";

/** A ring of [lng, lat] pairs. */
type Ring = readonly (readonly number[])[];

export interface KnownArea {
  /** A grid with its community before it: 茶园村第七网格. */
  readonly name: string;
  readonly level: string;
  readonly rings: readonly Ring[];
}

/** What a desk knows of its ground: where things stand that nobody has moved. WGS 84. */
export interface KnownGround {
  readonly district: readonly Ring[];
  readonly street: readonly Ring[];
  readonly areas: readonly KnownArea[];
  readonly points: readonly (Place & { readonly name: string })[];
  readonly lines: readonly Ring[];
}

/** Metres of one degree of latitude; of longitude times the cosine. */
export const degreeMetres = 111_195;

export function isInside(rings: readonly Ring[], { lng, lat }: Place): boolean {
  let inside = false;
  for (const ring of rings)
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
      const [xi = 0, yi = 0] = ring[i] ?? [];
      const [xj = 0, yj = 0] = ring[j] ?? [];
      if (yi > lat !== yj > lat && lng < ((xj - xi) * (lat - yi)) / (yj - yi) + xi) inside = !inside;
    }
  return inside;
}

/** Points along a line, one each `stepM` metres at most. */
function* along(line: Ring, stepM: number): Generator<Place> {
  for (let i = 1; i < line.length; i++) {
    const [ax = 0, ay = 0] = line[i - 1] ?? [];
    const [bx = 0, by = 0] = line[i] ?? [];
    const parts = Math.max(1, Math.ceil(metresBetween({ lng: ax, lat: ay }, { lng: bx, lat: by }) / stepM));
    for (let part = 0; part < parts; part++)
      yield { lng: ax + ((bx - ax) * part) / parts, lat: ay + ((by - ay) * part) / parts };
  }
}

/** How dense known things lie around a place, by a raster: asking costs nine cells, however much is known. */
export class Density {
  readonly #cells = new Map<number, number[]>();
  readonly #step: number;
  readonly #spreadM: number;
  readonly #count: number;
  readonly #squeeze: number;

  constructor(places: Iterable<Place>, spreadM: number, lat: number) {
    this.#spreadM = spreadM;
    this.#step = (spreadM * 3) / degreeMetres;
    this.#squeeze = Math.cos((lat * Math.PI) / 180);
    let count = 0;
    for (const { lng, lat: north } of places) {
      const key = this.#key(lng * this.#squeeze, north);
      const cell = this.#cells.get(key);
      if (cell) cell.push(lng * this.#squeeze, north);
      else this.#cells.set(key, [lng * this.#squeeze, north]);
      count++;
    }
    this.#count = count;
  }

  #key(x: number, y: number, dx = 0, dy = 0): number {
    return (Math.floor(x / this.#step) + dx) * 4_000_003 + Math.floor(y / this.#step) + dy;
  }

  get empty(): boolean {
    return this.#count === 0;
  }

  /** Probability for each square metre; the whole of it is 1. */
  at({ lng, lat }: Place): number {
    if (this.#count === 0) return 0;
    const x = lng * this.#squeeze;
    let sum = 0;
    for (let dx = -1; dx <= 1; dx++)
      for (let dy = -1; dy <= 1; dy++) {
        const cell = this.#cells.get(this.#key(x, lat, dx, dy));
        if (!cell) continue;
        for (let i = 0; i < cell.length; i += 2) {
          const east = ((cell[i] ?? 0) - x) * degreeMetres;
          const north = ((cell[i + 1] ?? 0) - lat) * degreeMetres;
          sum += Math.exp(-(east * east + north * north) / (2 * this.#spreadM ** 2));
        }
      }
    return sum / (2 * Math.PI * this.#spreadM ** 2) / this.#count;
  }
}

export const densityOfLines = (lines: readonly Ring[], spreadM: number, lat: number): Density =>
  new Density(
    (function* () {
      for (const line of lines) yield* along(line, spreadM / 2);
    })(),
    spreadM,
    lat,
  );
