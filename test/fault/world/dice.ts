import { drawer } from "../../seed.ts";

/** Everything drawn in a world comes from dice that hang on its seed and a name, so that one part does not shift another. */
export interface Dice {
  /** 0…1 */
  roll(): number;
  chance(probability: number): boolean;
  /** Whole number from `least` to `most`, both possible. */
  between(least: number, most: number): number;
  pick<T>(from: readonly T[]): T;
  bytes(length: number): Uint8Array;
}

export function openDice(seed: number, name: string): Dice {
  let mixed = seed >>> 0;
  for (const letter of name) mixed = Math.imul(mixed ^ (letter.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  const roll = drawer(mixed);
  const between = (least: number, most: number) => least + Math.floor(roll() * (most - least + 1));
  return {
    roll,
    between,
    chance: (probability) => roll() < probability,
    pick: (from) => from[between(0, from.length - 1)] as (typeof from)[number],
    bytes: (length) => Uint8Array.from({ length }, () => between(0, 255)),
  };
}
