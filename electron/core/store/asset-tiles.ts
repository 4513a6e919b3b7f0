import {
  cellAt,
  codeOf,
  leafLevel,
  stepInCell,
  tileAt,
  tileKey,
  tileOfKey,
  tileUnits,
} from "#shared/domain/asset/tiles.ts";
import { type Db, sql } from "./database.ts";

/**
 * The pre-counted map: for every tile of levels 8 to 15 how many assets of each kind and status lie in each of its cells and
 * where their middle is, and for every tile of level 16 the assets themselves. Two or three reads draw any view, however many millions there are.
 *
 * A tile is one blob of 32-bit words. Counted tile: `[cell and code, count, sum of x steps, sum of y steps]`, in the order of the
 * first word. Leaf: `[row, place and code]`, in the order of the rows. No asset, no tile.
 */

export const cellWords = 4;
export const leafWords = 2;
/** What fits into the eight bits that a leaf has for a kind. */
export const mostKinds = 255;

/** A leaf's second word: eleven bits of x, eleven of y, ten of code. */
const placeBits = 11;
const codeBits = 10;
const withinLeaf = tileUnits(leafLevel) - 1;
const codeMask = 2 ** codeBits - 1;
export const xOf = (word: number): number => word >>> (codeBits + placeBits);
export const yOf = (word: number): number => (word >>> codeBits) & withinLeaf;
export const codeOfLeaf = (word: number): number => word & codeMask;
const statusOrder = ["ok", "fault", "offline"] as const;
export type StatusName = (typeof statusOrder)[number];
export const statusNo = (status: StatusName): number => statusOrder.indexOf(status);
export const statusName = (no: number): StatusName => statusOrder[no] ?? "ok";

/** An asset as the tiles know it. */
export interface Placed {
  readonly row: number;
  /** Units of the map. */
  readonly x: number;
  readonly y: number;
  readonly code: number;
}

export const leafKeyOf = ({ x, y }: Pick<Placed, "x" | "y">): number =>
  tileKey(leafLevel, tileAt(leafLevel, x), tileAt(leafLevel, y));
export const leafWord = ({ x, y, code }: Placed): number =>
  ((x & withinLeaf) << (codeBits + placeBits)) | ((y & withinLeaf) << codeBits) | code;

/** The assets of a leaf. */
export function* placedIn(key: number, leaf: Int32Array): Generator<Placed> {
  const tile = tileOfKey(key);
  const [left, top] = [tile.x * tileUnits(leafLevel), tile.y * tileUnits(leafLevel)];
  for (let at = 0; at < leaf.length; at += leafWords) {
    const word = leaf[at + 1] as number;
    yield { row: leaf[at] as number, x: left + xOf(word), y: top + yOf(word), code: codeOfLeaf(word) };
  }
}

export const placeOfCell = (word: number): number => word >>> 16;
export const codeOfCell = (word: number): number => word & 0xffff;

/** Numbers of the kinds; a kind that never stood on the map is given the next one. */
export function kindNo(db: Db, code: string): number {
  const known = sql(db, "SELECT no FROM asset_kind WHERE code = ?").pluck().get(code) as number | undefined;
  if (known !== undefined) return known;
  const no = (sql(db, "SELECT coalesce(max(no), -1) + 1 FROM asset_kind").pluck().get() as number) ?? 0;
  if (no > mostKinds) throw new Error(`more than ${mostKinds} kinds of asset`);
  sql(db, "INSERT INTO asset_kind (no, code) VALUES (?, ?)").run(no, code);
  return no;
}

export const kindCodes = (db: Db): string[] => {
  const codes: string[] = [];
  for (const { no, code } of sql(db, "SELECT no, code FROM asset_kind").all() as { no: number; code: string }[])
    codes[no] = code;
  return codes;
};

export const codeFor = (db: Db, kind: string, status: StatusName): number => codeOf(kindNo(db, kind), statusNo(status));

export const wordsOfBlob = (blob: Buffer): Int32Array =>
  blob.byteOffset % 4 === 0
    ? new Int32Array(blob.buffer, blob.byteOffset, blob.length / 4)
    : new Int32Array(Uint8Array.from(blob).buffer);
export const blobOfWords = (words: Int32Array): Buffer => Buffer.from(words.buffer, words.byteOffset, words.byteLength);

interface Sum {
  count: number;
  x: number;
  y: number;
}

/** What a tile gains or loses, by cell and code. */
export type Sums = Map<number, Sum>;

export function addTo(sums: Sums, level: number, x: number, y: number, code: number, sign: number): void {
  const place = ((cellAt(level, y) & 3) << 2) | (cellAt(level, x) & 3);
  const name = (place << 16) | code;
  const [stepX, stepY] = [sign * stepInCell(level, x), sign * stepInCell(level, y)];
  const sum = sums.get(name);
  if (!sum) sums.set(name, { count: sign, x: stepX, y: stepY });
  else {
    sum.count += sign;
    sum.x += stepX;
    sum.y += stepY;
  }
}

export function wordsOfSums(sums: Sums): Int32Array {
  const words = new Int32Array(sums.size * cellWords);
  [...sums.keys()]
    .sort((a, b) => a - b)
    .forEach((name, index) => {
      const sum = sums.get(name) as Sum;
      words.set([name, sum.count, sum.x, sum.y], index * cellWords);
    });
  return words;
}

/** A leaf counted by cell, as the tiles above it are kept. */
export function countsOfLeaf(key: number, leaf: Int32Array): Int32Array {
  const sums: Sums = new Map();
  for (const { x, y, code } of placedIn(key, leaf)) addTo(sums, leafLevel, x, y, code, 1);
  return wordsOfSums(sums);
}

/** Where a cell's code stands in a counted tile, or would stand. */
function placeIn(words: Int32Array, name: number): number {
  let [low, high] = [0, words.length / cellWords];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((words[middle * cellWords] as number) < name) low = middle + 1;
    else high = middle;
  }
  return low * cellWords;
}

/** Adds changes into the tile itself where no entry comes or goes: nearly every change of a status or place. False: it did not. */
export function addInPlace(words: Int32Array, changes: Int32Array): boolean {
  for (let by = 0; by < changes.length; by += cellWords) {
    const at = placeIn(words, changes[by] as number);
    if (words[at] !== changes[by] || (words[at + 1] as number) + (changes[by + 1] as number) <= 0) return false;
  }
  for (let by = 0; by < changes.length; by += cellWords) {
    const at = placeIn(words, changes[by] as number);
    for (let word = 1; word < cellWords; word++)
      words[at + word] = (words[at + word] as number) + (changes[by + word] as number);
  }
  return true;
}

/** A counted tile with changes added; both in order. Less than nothing is a bug of whoever writes assets past this store. */
export function addCounts(before: Int32Array, changes: Int32Array): Int32Array {
  const after = new Int32Array(before.length + changes.length);
  let [from, by, to] = [0, 0, 0];
  while (from < before.length || by < changes.length) {
    const old = from < before.length ? (before[from] as number) : Number.POSITIVE_INFINITY;
    const next = by < changes.length ? (changes[by] as number) : Number.POSITIVE_INFINITY;
    after[to] = Math.min(old, next);
    for (let word = 1; word < cellWords; word++)
      after[to + word] =
        (old <= next ? (before[from + word] as number) : 0) + (next <= old ? (changes[by + word] as number) : 0);
    if (old <= next) from += cellWords;
    if (next <= old) by += cellWords;
    const count = after[to + 1] as number;
    if (count < 0) throw new Error("a tile counts less than nothing: assets were written past store/assets.ts");
    if (count > 0) to += cellWords;
  }
  return after.slice(0, to);
}

/** A leaf with changes made: first what goes, then what comes. */
export function changeLeaf(before: Int32Array, changes: Int32Array): Int32Array {
  const gone = new Set<number>();
  const come: number[] = [];
  for (let at = 0; at < changes.length; at += 3) {
    if (changes[at + 2] === -1) gone.add(changes[at] as number);
    else come.push(changes[at] as number, changes[at + 1] as number);
  }
  const kept =
    gone.size === 0
      ? before
      : before.filter((_word, index) => !gone.has(before[index - (index % leafWords)] as number));
  return joinLeaves(kept, Int32Array.from(come));
}

/** Two leaves of the same place as one, in the order of the rows. */
export function joinLeaves(one: Int32Array, other: Int32Array): Int32Array {
  const joined = new Int32Array(one.length + other.length);
  joined.set(one);
  joined.set(other, one.length);
  const inOrder = (at: number) => at === 0 || (joined[at - leafWords] as number) < (joined[at] as number);
  let sorted = true;
  for (let at = 0; at < joined.length && sorted; at += leafWords) sorted = inOrder(at);
  if (sorted) return joined;
  const order = Array.from({ length: joined.length / leafWords }, (_none, index) => index * leafWords);
  order.sort((a, b) => (joined[a] as number) - (joined[b] as number));
  return Int32Array.from(order.flatMap((at) => [joined[at] as number, joined[at + 1] as number]));
}

/** Two tiles of the same place as one. */
export const joinTiles = (key: number, one: Int32Array, other: Int32Array): Int32Array =>
  tileOfKey(key).level === leafLevel ? joinLeaves(one, other) : addCounts(one, other);
