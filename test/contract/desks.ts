import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { createCore } from "#core/core.ts";
import type { Core, CorePorts, Outcome } from "#core/ports.ts";
import { forkNode } from "#host/child.ts";
import { sampleDistrict } from "#host/sample-district.ts";
import { realPorts } from "../real-ports.ts";

export const root = join(dirname(fileURLToPath(import.meta.url)), "../..");
const readyLimitMs = 40_000;

/** A desk behind whichever door: what the one suite speaks to. */
export interface OpenDesk {
  readonly profileDir: string;
  call(name: string, input: unknown): Promise<Outcome>;
  close(): Promise<void>;
}

export const newFolder = (name: string): string => mkdtempSync(join(tmpdir(), `zhishou-${name}-`));

/** Real clock, real random, the real resources; a test changes what it is about. */
export function portsFor(profileDir: string, more: Partial<CorePorts> = {}): CorePorts {
  return {
    profileDir,
    resourcesDir: join(root, "resources"),
    version: "0.0.0-test",
    ...realPorts,
    ...more,
  };
}

/** The core in this process, with a real sample district beside it. */
export async function openCoreDesk(): Promise<OpenDesk> {
  const profileDir = newFolder("core");
  const district = sampleDistrict({
    start: (_name, file, args) => forkNode(process.execPath, file, args),
    file: join(root, "district/main.ts"),
    dataDir: join(profileDir, "sample-district"),
    log: () => {},
  });
  const ports = portsFor(profileDir, { districtUrl: await district.url(), demoStreet: "500118004" });
  const core: Core = await createCore(ports);
  return {
    profileDir,
    call: (name, input) => core.call(name, input),
    close: async () => {
      await core.close();
      await district.close();
      rmSync(profileDir, { recursive: true, force: true });
    },
  };
}

/** The browser shell as `npm run web` starts it: its own process, its core in another, HTTP between. */
export interface WebDesk extends OpenDesk {
  readonly url: string;
  readonly token: string;
  readonly server: ChildProcess;
  complaints(): string;
}

/** Pages for tests that ask for none: the built ones have a suite of their own. */
export function plainPages(): string {
  const folder = newFolder("pages");
  mkdirSync(join(folder, "assets"));
  writeFileSync(join(folder, "index.html"), '<!doctype html><meta name="nonce" content="__CSP_NONCE__"><p>值守</p>');
  writeFileSync(join(folder, "assets/index-0a1B2c3D.js"), "export {};");
  return folder;
}

export async function openWebDesk(args: readonly string[] = ["--demo"], profile = newFolder("web")): Promise<WebDesk> {
  const pages = plainPages();
  const all = ["tools/web.ts", "--profile", profile, "--port", "0", "--pages", pages, ...args];
  const server = spawn(process.execPath, all, { cwd: root, stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  server.stderr.setEncoding("utf8").on("data", (text: string) => {
    said = `${said}${text}`.slice(-4_000);
  });
  const { url, token } = await new Promise<{ url: string; token: string }>((resolve, reject) => {
    const limit = setTimeout(() => reject(new Error(`no ready line: ${said}`)), readyLimitMs);
    server.once("exit", (code) => reject(new Error(`ended with code ${code}: ${said}`)));
    createInterface({ input: server.stdout }).once("line", (line) => {
      clearTimeout(limit);
      resolve(JSON.parse(line) as { url: string; token: string });
    });
  });
  return {
    profileDir: profile,
    url,
    token,
    server,
    complaints: () => said,
    call: async (name, input) => {
      const response = await fetch(`${url}/rpc/${name}`, {
        method: "POST",
        headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
        body: JSON.stringify(input),
      });
      return (await response.json()) as Outcome;
    },
    close: async () => {
      await stop(server);
      for (const folder of [profile, pages]) rmSync(folder, { recursive: true, force: true });
    },
  };
}

export async function stop(child: ChildProcess, signal: NodeJS.Signals = "SIGTERM"): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
  const ended = new Promise<number | null>((resolve) => child.once("exit", resolve));
  child.kill(signal);
  return ended;
}
