export function ms(work: () => unknown): number {
  const from = performance.now();
  work();
  return performance.now() - from;
}

export async function times(runs: number, work: (run: number) => unknown): Promise<number[]> {
  const taken: number[] = [];
  for (let run = 0; run < runs; run++) {
    const from = performance.now();
    await work(run);
    taken.push(performance.now() - from);
  }
  return taken;
}
