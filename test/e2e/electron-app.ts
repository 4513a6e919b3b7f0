import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { _electron, type ElectronApplication, type Page } from "@playwright/test";
import { processes } from "./processes.ts";
import { type Vehicle, vehicleFor } from "./vehicle.ts";

/** What a desk is started with. */
export interface DeskStart {
  /** Folder of its data; a new one if not given. */
  readonly profile?: string;
  readonly demo?: boolean;
  readonly street?: string;
  readonly district?: string;
  readonly args?: readonly string[];
  /** Switches of Chromium. Browser only. */
  readonly chromium?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** A packed desk to start instead of the built one. Electron only. */
  readonly packed?: string;
}

/** A desk in a real Electron window. */
export interface ElectronDesk {
  readonly app: ElectronApplication;
  readonly page: Page;
  readonly profile: string;
  /** Process id of the core. */
  corePid(): number | undefined;
  close(): Promise<void>;
}

const launchLimitMs = 40_000;
let vehicle: Vehicle | undefined;

/** The vehicle that the global set-up has made ready; undefined where no Electron can be had. */
export function testVehicle(): Vehicle | undefined {
  const binary = process.env.ZHISHOU_TEST_ELECTRON;
  if (binary) vehicle ??= vehicleFor(binary);
  return vehicle;
}

/** The arguments with which the e2e flavour is started. */
export function deskArguments(start: DeskStart & { readonly profile: string }, tree: string): string[] {
  return [
    ...(start.packed ? [] : [join(tree, "out/shell/main.e2e.mjs")]),
    // Without it the software GPU process of a headless machine dies every other run.
    "--disable-gpu",
    `--profile=${start.profile}`,
    ...(start.demo ? ["--demo"] : []),
    ...(start.street ? [`--street=${start.street}`] : []),
    ...(start.district ? [`--district=${start.district}`] : []),
    ...(start.args ?? []),
  ];
}

/** Starts a desk and waits for its window. */
export async function launchDesk(start: DeskStart = {}): Promise<ElectronDesk> {
  const ready = testVehicle();
  if (!ready) throw new Error("No Electron can be had here.");
  const profile = start.profile ?? ready.newFolder("profile");
  const app = await _electron.launch({
    executablePath: withNodeOptions(start.packed ? ready.wrap(start.packed) : ready.executable, ready, start.env),
    args: deskArguments({ ...start, profile }, ready.tree),
    chromiumSandbox: ready.sandbox,
    env: { ...ready.env, ZHISHOU_DRIVEN: "1", ...start.env },
    cwd: ready.tree,
    timeout: launchLimitMs,
  });
  const page = await app.firstWindow({ timeout: launchLimitMs });
  await page.waitForURL(/^app:/, { waitUntil: "load", timeout: launchLimitMs });
  return { app, page, profile, corePid: () => corePid(profile), close: () => app.close() };
}

/** The driver takes NODE_OPTIONS out of what it hands on: a script puts them back. */
function withNodeOptions(program: string, ready: Vehicle, env: DeskStart["env"]): string {
  if (!env?.NODE_OPTIONS) return program;
  const script = join(ready.newFolder("start"), "with-node-options");
  writeFileSync(script, `#!/bin/sh\nNODE_OPTIONS="${env.NODE_OPTIONS}" exec "${program}" "$@"\n`, { mode: 0o755 });
  return script;
}

/** The core's process, found from outside: the child of the Electron that was given this profile. Linux only. */
export function corePid(profile: string): number | undefined {
  const all = processes();
  const mains = new Set(
    all
      .filter(({ command }) => command.includes(`--profile=${profile}`) && !command.includes("--type="))
      .map(({ pid }) => pid),
  );
  return all.find(
    ({ parent, command }) =>
      mains.has(parent) && (command.includes("/core.mjs") || command.includes("node.mojom.NodeService")),
  )?.pid;
}
