import { eventSorts, eventViews, taskViews } from "#shared/contract.ts";
import { drawer, seed } from "#test/seed.ts";
import type { TestDesk } from "#test/unit/core/desk.ts";
import { figure, quantile } from "../report.ts";
import { times } from "./timing.ts";

/** Pages of every view in its orders, one after the other by their cursors. */
export async function pages(desk: TestDesk) {
  const pageMs: number[] = [];
  const slowest: { name: string; p95: number }[] = [];
  for (const view of eventViews)
    for (const sort of ["urgency", "newest", "due"] as const) {
      let cursor: string | undefined;
      const taken = await times(40, async () => {
        const page = await desk.get("event.list", { view, sort, limit: 50, ...(cursor ? { cursor } : {}) });
        cursor = page.next ?? undefined;
      });
      pageMs.push(...taken);
      slowest.push({ name: `${view} by ${sort}`, p95: figure(quantile(taken, 0.95)) });
    }
  return { pageMs, slowest: slowest.sort((a, b) => b.p95 - a.p95).slice(0, 3) };
}

/** Any place at once: an order is built the first time, then every place costs the same. */
export async function places(desk: TestDesk) {
  const draw = drawer(seed);
  const buildMs: number[] = [];
  const placeMs: number[] = [];
  for (const sort of eventSorts)
    for (const filter of [{}, { levels: ["critical" as const], sources: ["phone" as const] }]) {
      const asked = { view: "all", sort, ...filter, limit: 50 } as const;
      const from = performance.now();
      const { total } = await desk.get("event.list", { ...asked, from: 0 });
      buildMs.push(performance.now() - from);
      const anywhere = () =>
        desk.get("event.list", { ...asked, from: Math.floor(draw() * Math.max(1, total - asked.limit)) });
      placeMs.push(...(await times(20, anywhere)));
    }
  return { buildMs, placeMs };
}

/** Pages of the tasks, as they come one after the other. */
export async function taskPages(desk: TestDesk): Promise<number[]> {
  const taskMs: number[] = [];
  for (const view of taskViews) {
    let cursor: string | undefined;
    const taken = await times(30, async () => {
      const page = await desk.get("task.list", { view, limit: 50, ...(cursor ? { cursor } : {}) });
      cursor = page.next ?? undefined;
    });
    taskMs.push(...taken);
  }
  return taskMs;
}
