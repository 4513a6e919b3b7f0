import { describe, expect, test } from "vitest";
import { seed } from "../seed.ts";
import { type PastSabotage, type PastTold, type pasts, playPast } from "./world/past.ts";

/**
 * What comes back from the past. `npm test` plays a share of it; `npm run test:fuzz -- --kills` all: the district restored
 * 50 times, a desk restored, cloned, and copied and enrolled anew 25 times each.
 */
const count = Number(process.env.ZHISHOU_PASTS ?? 8);
const limitMs = Math.max(120_000, count * 10_000);

/** A story that once failed, by its seed: a copy of a request came long after the restore, and its desk was called a copy. */
const kept = 20_261_155;

async function play(past: (typeof pasts)[number], times: number): Promise<PastTold[]> {
  const told: PastTold[] = [await playPast(past, kept)];
  for (let index = 0; index < times; index++) told.push(await playPast(past, seed + index));
  const sum = (of: (one: PastTold) => number) => told.reduce((total, one) => total + of(one), 0);
  console.log(
    `${past} ${times} times: ${sum((one) => one.takenBack)} numbers younger than the copy, ` +
      `${sum((one) => one.broughtBack)} ops brought back, ${sum((one) => one.gone)} that only the lost disk had`,
  );
  return told;
}
const problems = (told: readonly PastTold[]) =>
  told.flatMap(({ seed: of, breaches }) => breaches.map(({ invariant, text }) => `seed ${of}: ${invariant} ${text}`));

test(
  `PR-6: the district restored from an older backup ${count} times: nothing is lost, and every desk says that it was restored`,
  async () => {
    expect(problems(await play("district restored", count))).toEqual([]);
  },
  limitMs,
);

test(
  `PR-13, PR-20: a desk restored from an older copy ${count / 2} times: what the district had comes back, counted, and the fork is named`,
  async () => {
    expect(problems(await play("desk restored", count / 2))).toEqual([]);
  },
  limitMs,
);

test(
  `PR-13, PR-20: a desk cloned ${count / 2} times, both at work: both sides are kept, at both, counted, and the fork is named`,
  async () => {
    expect(problems(await play("desk cloned", count / 2))).toEqual([]);
  },
  limitMs,
);

test(
  `PR-7, PR-13: a copy enrolled anew ${count / 2} times, under a name of its own: what it held goes on, and nobody is called what he is not`,
  async () => {
    expect(problems(await play("copy enrolled anew", count / 2))).toEqual([]);
  },
  limitMs,
);

describe("controls that must be found out", () => {
  const found = async (past: (typeof pasts)[number], sabotage: PastSabotage) =>
    (await playPast(past, seed, sabotage)).breaches.map(({ invariant }) => invariant);

  test("PR-6: a desk that sends nothing again that was confirmed once", async () => {
    const confirmed = new Set<string>();
    const store: PastSabotage["store"] = (real) => ({
      ...real,
      settlePush(results) {
        for (const { opId } of results) confirmed.add(opId);
        real.settlePush(results);
      },
      waitingOps: (limit, after) => real.waitingOps(limit, after).filter(({ id }) => !confirmed.has(id)),
    });
    expect(await found("district restored", { store })).toContain("I3");
  });
  test("PR-13: a copy that does not take back what it lacks", async () => {
    const store: PastSabotage["store"] = (real) => ({
      ...real,
      applyPulled: (ops, upTo) =>
        real.applyPulled(
          ops.filter(({ device }) => device !== "A"),
          upTo,
        ),
    });
    expect(await found("desk restored", { store })).toContain("I2");
  });
  test("PR-13: a copy that does not say what it is, or how much came back", async () => {
    expect(await found("desk cloned", { says: (said) => ({ ...said, fork: null }) })).toContain("I7");
    const boasts: PastSabotage["says"] = (said) => ({
      ...said,
      fork: said.fork && { ...said.fork, broughtBack: said.fork.broughtBack + 1 },
    });
    expect(await found("desk restored", { says: boasts })).toContain("I7");
  });
});
