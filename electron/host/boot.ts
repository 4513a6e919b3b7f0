import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { uptime } from "node:os";
import type { CorePorts } from "#core/ports.ts";

/** How each system names one start of the PC. */
const namers: Readonly<Partial<Record<NodeJS.Platform, () => string>>> = {
  linux: () => readFileSync("/proc/sys/kernel/random/boot_id", "utf8"),
  darwin: () => ask("sysctl", ["-n", "kern.bootsessionuuid"]),
  win32: () => {
    const key = "HKLM\\SYSTEM\\CurrentControlSet\\Control\\Session Manager\\Memory Management\\PrefetchParameters";
    return /0x[0-9a-f]+/i.exec(ask("reg", ["query", key, "/v", "BootId"]))?.[0] ?? "";
  },
};

const ask = (program: string, args: readonly string[]): string =>
  execFileSync(program, args, {
    encoding: "utf8",
    timeout: 2_000,
    windowsHide: true,
    stdio: ["ignore", "pipe", "ignore"],
  });

/** What tells how time passes, ms: since the PC started, sleep included; since 1970, as it can be set; a count that may stand while the PC sleeps. */
interface Clocks {
  readonly up: () => number;
  readonly wall: () => number;
  readonly count: () => number;
}
const systemClocks: Clocks = { up: () => uptime() * 1_000, wall: Date.now, count: () => performance.now() };

/** The system is asked again after so long at the latest. */
const askedEveryMs = 10_000;
/** A PC that slept, or was set, shows at least so much between its two other clocks. */
const agreeMs = 20;

/**
 * How long the PC has been up, never less than before. Asking the system reads a file, and one action of the desk asks a score
 * of times: between two questions time is counted on, as long as the PC's clock says that as much has passed; by the lesser of the
 * two, so that a clock that stands still (as in a test) makes no time.
 */
export function countUp({ up, wall, count }: Clocks): () => number {
  let asked = { up: up(), wall: wall(), count: count() };
  let last = asked.up;
  return () => {
    const passed = count() - asked.count;
    const told = wall() - asked.wall;
    if (passed <= askedEveryMs && Math.abs(told - passed) <= agreeMs)
      last = Math.max(last, asked.up + Math.min(passed, told));
    else {
      asked = { up: up(), wall: wall(), count: count() };
      last = Math.max(last, asked.up);
    }
    return last;
  };
}

/**
 * This start of the PC and how long it has been up, sleep included. `undefined` where the system names none: each start of
 * the desk then counts as one of the PC.
 */
export function readBoot(): CorePorts["boot"] {
  try {
    const id = namers[process.platform]?.().trim();
    return id ? { id, upMs: countUp(systemClocks) } : undefined;
  } catch {
    return undefined;
  }
}
