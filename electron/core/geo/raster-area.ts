import type { Place } from "#shared/domain/asset/coordinates.ts";
import { isInside } from "./known-places.ts";

/** Side of a cell, degrees: about 200 m. */
const step = 0.002;

/** An area that is asked millions of times: only cells that its border crosses are worked out point by point. */
export class RasterArea {
  readonly #rings: readonly (readonly (readonly number[])[])[];
  readonly #border = new Set<number>();
  readonly #known = new Map<number, boolean>();
  readonly #box = { west: Infinity, south: Infinity, east: -Infinity, north: -Infinity };

  constructor(rings: readonly (readonly (readonly number[])[])[]) {
    this.#rings = rings;
    for (const ring of rings)
      for (let i = 0; i < ring.length; i++) {
        const [ax = 0, ay = 0] = ring[i] ?? [];
        const [bx = 0, by = 0] = ring[(i + 1) % ring.length] ?? [];
        this.#box.west = Math.min(this.#box.west, ax);
        this.#box.east = Math.max(this.#box.east, ax);
        this.#box.south = Math.min(this.#box.south, ay);
        this.#box.north = Math.max(this.#box.north, ay);
        for (let x = Math.floor(Math.min(ax, bx) / step); x <= Math.floor(Math.max(ax, bx) / step); x++)
          for (let y = Math.floor(Math.min(ay, by) / step); y <= Math.floor(Math.max(ay, by) / step); y++)
            this.#border.add(x * 1_000_003 + y);
      }
  }

  get empty(): boolean {
    return this.#rings.length === 0;
  }

  holds(place: Place): boolean {
    const { west, south, east, north } = this.#box;
    if (place.lng < west || place.lng > east || place.lat < south || place.lat > north) return false;
    const key = Math.floor(place.lng / step) * 1_000_003 + Math.floor(place.lat / step);
    if (this.#border.has(key)) return isInside(this.#rings, place);
    const known = this.#known.get(key) ?? isInside(this.#rings, place);
    this.#known.set(key, known);
    return known;
  }
}
