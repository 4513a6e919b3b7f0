import { afterEach, expect, test, vi } from "vitest";
import { watchNetwork } from "#core/sync/network.ts";

afterEach(() => {
  vi.useRealTimers();
});

test("a changed address and a machine that woke from sleep are told, nothing else, and nothing after the end", () => {
  vi.useFakeTimers();
  const world = { mono: 0, addresses: "10.0.0.5/24", told: 0 };
  const pass = (ms: number) => {
    world.mono += ms;
    vi.advanceTimersByTime(2_000);
  };
  const end = watchNetwork(
    () => world.mono,
    () => void world.told++,
    () => world.addresses,
  );
  pass(2_000);
  expect(world.told).toBe(0);
  world.addresses = "192.168.3.7/24";
  pass(2_000);
  expect(world.told).toBe(1);
  pass(3_600_000);
  expect(world.told).toBe(2);
  end();
  world.addresses = "";
  pass(2_000);
  expect(world.told).toBe(2);
});
