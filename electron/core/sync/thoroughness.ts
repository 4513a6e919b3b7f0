/** Brotli's levels that are worth a step: each takes some four times as long as the one before, and saves 3–8 %. */
const levels = [5, 9, 10, 11] as const;
const stepCosts = 4;
/** Share of the time that a piece takes on its way which its compressing may take. */
const mostShare = 0.5;

/** How hard the desk compresses: the slower the link beside this PC, the more thoroughly. */
export interface Thoroughness {
  readonly quality: number;
  /** Compressing a piece took so long; what came of it needs `wayMs` on the measured link. */
  took(compressMs: number, wayMs: number): void;
}

export function openThoroughness(): Thoroughness {
  let at = 0;
  return {
    get quality() {
      return levels[at] ?? levels[0];
    },
    took(compressMs, wayMs) {
      const most = wayMs * mostShare;
      if (compressMs > most) at = Math.max(0, at - 1);
      else if (compressMs * stepCosts < most) at = Math.min(levels.length - 1, at + 1);
    },
  };
}
