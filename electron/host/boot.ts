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

/**
 * This start of the PC and how long it has been up, sleep included. `undefined` where the system names none: each start of
 * the desk then counts as one of the PC.
 */
export function readBoot(): CorePorts["boot"] {
  try {
    const id = namers[process.platform]?.().trim();
    return id ? { id, upMs: () => uptime() * 1_000 } : undefined;
  } catch {
    return undefined;
  }
}
