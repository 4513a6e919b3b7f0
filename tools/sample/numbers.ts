export const at = <T>(list: readonly T[], index: number): T => {
  const item = list[index < 0 ? list.length + index : index];
  if (item === undefined) throw new Error(`nothing at ${index} of ${list.length}`);
  return item;
};

export class Random {
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
export const noise = (x: number, y: number, seed: number): number => {
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
