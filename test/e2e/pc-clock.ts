import { chmodSync, closeSync, copyFileSync, mkdtempSync, openSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** The clock of the PC on which a desk under test runs: it stands still until the test moves it. */
export interface PcClock {
  now(): number;
  /** The PC stays on: its uptime goes on by as much as its clock. */
  set(at: number): void;
  /** What the desk has to be started with. */
  readonly env: Readonly<Record<string, string>>;
  close(): void;
}

/** The PC was switched on so long before the test begins, ms. */
const upBeforeMs = 3_600_000;

export function openPcClock(at: number): PcClock {
  const folder = mkdtempSync(join(tmpdir(), "zhishou-clock-"));
  // The Electron under test may run as another user.
  chmodSync(folder, 0o755);
  const reader = join(folder, "pc-clock.cjs");
  copyFileSync(join(import.meta.dirname, "pc-clock.cjs"), reader);
  chmodSync(reader, 0o644);
  const file = join(folder, "now");
  const handle = openSync(file, "w", 0o644);
  const bytes = Buffer.alloc(8);
  let now = at;
  const set = (to: number) => {
    now = to;
    bytes.writeDoubleLE(to);
    writeSync(handle, bytes, 0, 8, 0);
  };
  set(at);
  return {
    now: () => now,
    set,
    env: {
      NODE_OPTIONS: `--require=${reader}`,
      ZHISHOU_TEST_CLOCK: file,
      ZHISHOU_TEST_BOOTED_AT: String(at - upBeforeMs),
    },
    close() {
      closeSync(handle);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
