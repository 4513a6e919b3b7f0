import { randomBytes } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { type District, type DistrictOptions, placeOf, startDistrict } from "#district/district.ts";
import { openStore, type Store } from "#district/store/open.ts";
import { makeDatabase } from "./stores.ts";

const divisions = JSON.parse(
  readFileSync(new URL("../../resources/districts/500118/divisions.json", import.meta.url), "utf8"),
) as DistrictOptions["divisions"];

export interface TestDistrict {
  readonly dir: string;
  readonly url: () => string;
  readonly now: District;
  /** PEM of its CA. */
  readonly ca: () => string;
  /** Lines that the district wrote to its log. */
  readonly logged: string[];
  /** Looks into its store beside it, or puts something there. */
  inStore<T>(work: (store: Store) => Promise<T>): Promise<T>;
  /** Moves the district's clock. */
  skewMs: number;
  stop(): Promise<void>;
  start(over?: Partial<DistrictOptions>): Promise<void>;
}

export function tempDir(): string {
  const dir = mkdtempSync(join(tmpdir(), "zhishou-district-"));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

/** A real district with its real database in a folder of its own, in this process; ended with the test. */
export async function district(over: Partial<DistrictOptions> = {}): Promise<TestDistrict> {
  const dir = tempDir();
  const logged: string[] = [];
  const database = await makeDatabase();
  if (database) onTestFinished(() => database.drop());
  const place = { dataDir: dir, databaseUrl: database?.url };
  let running: District | undefined;
  const test: TestDistrict = {
    dir,
    logged,
    skewMs: 0,
    url: () => test.now.url,
    ca: () =>
      readFileSync(join(dir, "ca.pem"), "utf8").replace(/-----BEGIN PRIVATE[\s\S]*?END PRIVATE KEY-----\s*/, ""),
    get now() {
      if (!running) throw new Error("the district is stopped");
      return running;
    },
    async inStore(work) {
      const store = await openStore(placeOf(place));
      return work(store).finally(() => store.close());
    },
    async stop() {
      await running?.close();
      running = undefined;
    },
    async start(again = {}) {
      running = await startDistrict({
        ...place,
        port: 0,
        divisions,
        allowSample: true,
        restored: false,
        now: () => Date.now() + test.skewMs,
        monotonic: () => performance.now(),
        randomBytes: (length) => new Uint8Array(randomBytes(length)),
        log: (line) => logged.push(line),
        ...over,
        ...again,
      });
    },
  };
  await test.start();
  onTestFinished(() => test.stop());
  return test;
}
