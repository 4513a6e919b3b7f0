import { expect, test } from "vitest";
import { openUnderWay } from "#core/sync/under-way.ts";

/** Requests on one way, and what each one's patience was told. */
function ways() {
  const underWay = openUnderWay(() => 800);
  return (sentAt: number | null, { way = "up" as const, rests = false } = {}) => {
    const told: (number | "touched")[] = [];
    const patience = { touch: () => told.push("touched"), renew: (ms: number) => told.push(ms), end: () => {} };
    const carried = underWay.add({ way, bytes: 100, rests, patience });
    if (sentAt !== null) carried.wentOut(sentAt);
    return { told, ...carried, queued: () => underWay.queued(way) };
  };
}

test("what was overtaken gets a short wait, once, that no sign of others makes longer", () => {
  const send = ways();
  const [first, lost, third, fourth] = [send(1), send(2), send(3), send(4)];
  third.arrived();
  fourth.answered();
  first.moved();
  expect(lost.told).toEqual([800]);
  expect(third.told).toEqual(["touched"]);
  first.end();
  expect(lost.queued()).toBe(300);
});

test("what waits for its turn at the district, rests, goes the other way or has no connection yet is not overtaken", () => {
  const send = ways();
  const held = send(1);
  held.arrived();
  const others = [held, send(1, { rests: true }), send(1, { way: "down" as "up" }), send(null), send(9)];
  send(2).answered();
  for (const { told } of others) expect(told).not.toContain(800);
});
