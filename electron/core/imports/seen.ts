import { metresBetween, type Place } from "#shared/domain/asset/coordinates.ts";

/** 53 bits of a text: of two million different ones, two are taken for one in one import of five thousand. */
function hashOf(text: string): number {
  let [a, b] = [0xdeadbeef, 0x41c6ce57];
  for (let i = 0; i < text.length; i++) {
    const letter = text.charCodeAt(i);
    a = Math.imul(a ^ letter, 2654435761);
    b = Math.imul(b ^ letter, 1597334677);
  }
  a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909);
  b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909);
  return 4_294_967_296 * (2_097_151 & b) + (a >>> 0) || 1;
}

/** Numbers with what belongs to them, in three flat arrays: two million cost 100 MB, not a gigabyte. */
export class Seen {
  #keys = new Float64Array(1024);
  #values = new Float64Array(2048);
  #count = 0;

  /** Index of a key, or where it would stand, as its complement. */
  #find(key: number, keys = this.#keys): number {
    const mask = keys.length - 1;
    for (let i = (key % 2_147_483_647) & mask; ; i = (i + 1) & mask) {
      const here = keys[i];
      if (here === key) return i;
      if (here === 0) return ~i;
    }
  }

  add(key: number, x = 0, y = 0): boolean {
    const found = this.#find(key);
    if (found >= 0) return false;
    if (++this.#count * 2 > this.#keys.length) this.#grow();
    const at = ~this.#find(key);
    this.#keys[at] = key;
    this.#values[at * 2] = x;
    this.#values[at * 2 + 1] = y;
    return true;
  }

  get(key: number): Place | undefined {
    const found = this.#find(key);
    return found < 0 ? undefined : { lng: this.#values[found * 2] ?? 0, lat: this.#values[found * 2 + 1] ?? 0 };
  }

  #grow(): void {
    const keys = new Float64Array(this.#keys.length * 2);
    const values = new Float64Array(keys.length * 2);
    for (const [i, key] of this.#keys.entries()) {
      if (key === 0) continue;
      const at = ~this.#find(key, keys);
      keys[at] = key;
      values[at * 2] = this.#values[i * 2] ?? 0;
      values[at * 2 + 1] = this.#values[i * 2 + 1] ?? 0;
    }
    this.#keys = keys;
    this.#values = values;
  }
}

/** How near two things of one name must stand to be one thing, metres. */
export const nearM = 20;
/** Two cells of this side in each direction reach 20 m around any point. Degrees of latitude. */
const cellDegrees = (2 * nearM) / 111_195;

/** What has been met already: codes, and names with where they stand. */
export class Met {
  readonly #codes = new Seen();
  readonly #names = new Seen();

  /** False: the code was there before. */
  addCode(code: string): boolean {
    return this.#codes.add(hashOf(code));
  }

  /** Whether something of this name stands within 20 m; if not, it stands there now. */
  isNear(name: string, place: Place): boolean {
    const named = hashOf(name);
    const keyOf = (cellX: number, cellY: number) =>
      (named + (cellX * 2_097_143 + cellY) * 8_191) % 9_007_199_254_740_881 || 1;
    const wide = cellDegrees / Math.cos((place.lat * Math.PI) / 180);
    const [x, y] = [place.lng / wide, place.lat / cellDegrees];
    const [left, below] = [Math.round(x) - 1, Math.round(y) - 1];
    for (const cellX of [left, left + 1])
      for (const cellY of [below, below + 1]) {
        const there = this.#names.get(keyOf(cellX, cellY));
        if (there && metresBetween(there, place) <= nearM) return true;
      }
    this.#names.add(keyOf(Math.floor(x), Math.floor(y)), place.lng, place.lat);
    return false;
  }
}
