import { leafLevel, tileKey, tileOfKey, tileUnits, topLevel } from "#shared/domain/asset/tiles.ts";
import {
  addTo,
  codeOfLeaf,
  leafKeyOf,
  leafWord,
  type Placed,
  type Sums,
  wordsOfSums,
  xOf,
  yOf,
} from "./asset-tiles.ts";
import { Int32List } from "./int32-list.ts";

const none = new Int32Array(0);

/** Assets that come (`sign` 1) and go (−1), gathered by leaf on their way into the tiles. */
export class TileChanges {
  readonly #leaves = new Map<number, Int32List>();

  add(one: Placed, sign: 1 | -1): void {
    const key = leafKeyOf(one);
    const words = this.#leaves.get(key) ?? new Int32List();
    this.#leaves.set(key, words);
    words.push(one.row, leafWord(one), sign);
  }

  /** Leaves that change, in an order in which every tile of every level is walked through once. */
  keys(): number[] {
    return [...this.#leaves.keys()]
      .map((key) => ({ key, order: zOrder(key) }))
      .sort((a, b) => a.order - b.order)
      .map((one) => one.key);
  }

  changesOf(key: number): Int32Array {
    return this.#leaves.get(key)?.all() ?? none;
  }

  forget(key: number): void {
    this.#leaves.delete(key);
  }
}

/** Place of a leaf on the curve that finishes each tile of each level before it goes on to the next one. */
function zOrder(key: number): number {
  const { x, y } = tileOfKey(key);
  return zipped(x >> 9, y >> 9) * 2 ** 18 + zipped(x & 511, y & 511);
}
function zipped(x: number, y: number): number {
  let order = 0;
  for (let bit = 8; bit >= 0; bit--) order = order * 4 + ((x >> bit) & 1) + 2 * ((y >> bit) & 1);
  return order;
}

/** Takes what a tile gains or loses: changes of a leaf as `[row, word, sign]`, of a counted tile as its four words. */
export interface TileSink {
  leaf(key: number, changes: Int32Array): void;
  counted(key: number, changes: Int32Array): void;
}

/** Adds changes up, leaf by leaf in the order of `TileChanges.keys`; `finish` gives out the tiles that are still open. */
export class TileSums {
  readonly #sink: TileSink;
  readonly #open: { key: number; readonly sums: Sums }[] = [];

  constructor(sink: TileSink) {
    this.#sink = sink;
    for (let level = topLevel; level < leafLevel; level++) this.#open[level] = { key: -1, sums: new Map() };
  }

  take(leafKey: number, changes: Int32Array): void {
    const leaf = tileOfKey(leafKey);
    const [left, top] = [leaf.x * tileUnits(leafLevel), leaf.y * tileUnits(leafLevel)];
    this.#sink.leaf(leafKey, changes);
    for (let level = topLevel; level < leafLevel; level++) {
      const shift = leafLevel - level;
      const key = tileKey(level, leaf.x >> shift, leaf.y >> shift);
      const open = this.#open[level] as { key: number; readonly sums: Sums };
      if (open.key !== key) {
        this.#close(open);
        open.key = key;
      }
      for (let at = 0; at < changes.length; at += 3) {
        const word = changes[at + 1] as number;
        const sign = changes[at + 2] as number;
        addTo(open.sums, level, left + xOf(word), top + yOf(word), codeOfLeaf(word), sign);
      }
    }
  }

  finish(): void {
    for (let level = topLevel; level < leafLevel; level++)
      this.#close(this.#open[level] as { key: number; readonly sums: Sums });
  }

  #close(open: { key: number; readonly sums: Sums }): void {
    if (open.sums.size === 0) return;
    const changes = wordsOfSums(open.sums);
    open.sums.clear();
    this.#sink.counted(open.key, changes);
  }
}
