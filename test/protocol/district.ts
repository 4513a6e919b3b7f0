import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { type District, type DistrictOptions, placeOf } from "#district/district.ts";
import { openStore, type Store } from "#district/store/open.ts";
import { startDistrictAt } from "../district-at.ts";
import { makeDatabase } from "./stores.ts";

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
      const store = await openStore(placeOf({ dataDir: dir, databaseUrl: database?.url }));
      return work(store).finally(() => store.close());
    },
    async stop() {
      await running?.close();
      running = undefined;
    },
    async start(again = {}) {
      running = await startDistrictAt(dir, {
        databaseUrl: database?.url,
        now: () => Date.now() + test.skewMs,
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
