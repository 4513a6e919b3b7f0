import { expect, onTestFinished, vi } from "vitest";
import { createSync, type Sync } from "#core/sync/sync.ts";
import type { Op } from "#shared/op/op.ts";
import { realPorts } from "../real-ports.ts";
import type { TestDistrict } from "./district.ts";
import { type MemoryStore, memoryStore } from "./memory-store.ts";
import { street as firstStreet, opMaker } from "./ops.ts";

export interface TestDesk {
  readonly sync: Sync;
  readonly store: MemoryStore;
  readonly ops: ReturnType<typeof opMaker>;
  readonly logged: string[];
  /** How far this PC's clock is off. */
  readonly clock: { skewMs: number };
  record(...ops: Op[]): void;
  /** Waits until the badge says so. */
  reaches(state: ReturnType<Sync["state"]>["state"], withinMs?: number): Promise<void>;
  /** Waits until nothing waits. */
  drained(withinMs?: number): Promise<void>;
}

/** The desk's end of the wire as it is, over a store in memory. */
export function desk(store: MemoryStore = memoryStore(), street: string = firstStreet): TestDesk {
  const logged: string[] = [];
  const clock = { skewMs: 0 };
  const made: TestDesk = {
    store,
    logged,
    clock,
    ops: opMaker({ street }),
    sync: createSync({
      ...realPorts,
      store,
      now: () => Date.now() + clock.skewMs,
      log: (line) => logged.push(line),
      appVersion: "test",
    }),
    record(...ops) {
      for (const op of ops) store.record(op);
      made.sync.opRecorded();
    },
    reaches: (state, withinMs = 20_000) =>
      vi.waitFor(() => expect(made.sync.state().state).toBe(state), { timeout: withinMs, interval: 10 }),
    drained: (withinMs = 20_000) =>
      vi.waitFor(() => expect(store.counts().waiting).toBe(0), { timeout: withinMs, interval: 10 }),
  };
  onTestFinished(() => made.sync.close());
  return made;
}

/** A desk that is enrolled at the district and online. */
export async function enrolledDesk(district: TestDistrict, street: string = firstStreet): Promise<TestDesk> {
  const made = desk(memoryStore(), street);
  const code = (await district.now.makeCode(street)) ?? "";
  const done = await made.sync.enrol({ url: district.url(), code, deskName: "一号台", street });
  expect(done).toEqual({ ok: true, value: undefined });
  await made.reaches("online");
  return made;
}
