/** A limit for a ratio, or a plain figure: at most or at least so much. */
export type Goal = { readonly most: number } | { readonly least: number };

export interface Bench {
  readonly bench: string;
  /** What was measured, ours against the other; one entry for each goal. */
  readonly ratio: Readonly<Record<string, number>>;
  readonly goal: Readonly<Record<string, Goal>>;
  /** Everything else that was measured, for who wants to read it. */
  readonly [figure: string]: unknown;
}

/** Three figures that count: 0.123, 1.23, 12.3, 123. */
export const figure = (value: number): number => Number(value.toPrecision(3));

/** The value below which a share of the sorted values lies; `at` 0.5 is the median. */
export function quantile(values: readonly number[], at: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * at))] ?? Number.NaN;
}

export const median = (values: readonly number[]): number => quantile(values, 0.5);

/** Goals that were missed. A goal whose ratio nobody measured is missed: a bench that skips a part has not passed. */
export function missed({ ratio, goal }: Pick<Bench, "ratio" | "goal">): string[] {
  return Object.entries(goal)
    .filter(([name, limit]) => {
      const value = ratio[name] ?? Number.NaN;
      return !("most" in limit ? value <= limit.most : value >= limit.least);
    })
    .map(([name]) => name);
}

/** Prints what was missed and, as the last line, the whole as one JSON object; sets the exit code. */
export function report({ bench, ratio, goal, ...figures }: Bench): void {
  const short = missed({ ratio, goal });
  for (const [name, limit] of Object.entries(goal)) {
    const wanted = "most" in limit ? `≤ ${limit.most}` : `≥ ${limit.least}`;
    console.log(
      `${short.includes(name) ? "missed" : "met   "} ${name}: ${figure(ratio[name] ?? Number.NaN)} (${wanted})`,
    );
  }
  const rounded = Object.fromEntries(Object.entries(ratio).map(([name, value]) => [name, figure(value)]));
  const wanted = Object.fromEntries(
    Object.entries(goal).map(([name, limit]) => [name, "most" in limit ? `<=${limit.most}` : `>=${limit.least}`]),
  );
  console.log(
    JSON.stringify({ bench, ratio: rounded, goal: wanted, pass: short.length === 0, missed: short, ...figures }),
  );
  if (short.length > 0) process.exitCode = 1;
}
