import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { Arch, build, type Configuration, Platform } from "electron-builder";
import { buildDesk } from "./build.ts";
import { electronMajor } from "./test-electron/installed.ts";
import { prepareTestElectron } from "./test-electron/prepare.ts";

/*
 * npm run package:dir | package:deb   (Linux, this machine's processor; --arm64 for the other)
 *
 * Electron comes from GitHub, or from the unpacked release in ZHISHOU_ELECTRON_DIST. `--test-vehicle` packs the Electron
 * the tests drive and the e2e flavour instead, into dist/test-vehicle: proof that packing works, never a product.
 */
const root = join(dirname(fileURLToPath(import.meta.url)), "..");

export interface PackageOptions {
  readonly kind: "dir" | "deb";
  readonly testVehicle?: boolean;
  readonly arm64?: boolean;
  /** Folder for the result, if not `dist`. */
  readonly output?: string;
}

/** Packs the desk; answers the folder the package is in. */
export async function packageDesk({
  kind,
  testVehicle = false,
  arm64 = false,
  output,
}: PackageOptions): Promise<string> {
  await buildDesk({ flavour: testVehicle ? "e2e" : "release" });
  const folder = output ?? join(root, testVehicle ? "dist/test-vehicle" : "dist");
  const scratch = mkdtempSync(join(tmpdir(), "zhishou-package-"));
  try {
    // fpm would be one more download; dpkg-deb is there wherever a .deb is of use.
    if (kind === "deb" && !process.env.CUSTOM_FPM_PATH && existsSync("/usr/bin/dpkg-deb")) {
      process.env.CUSTOM_FPM_PATH = fpmStandIn(scratch);
    }
    await build({
      projectDir: root,
      targets: Platform.LINUX.createTarget(kind, arm64 ? Arch.arm64 : processorOf()),
      config: {
        extends: join(root, "electron-builder.yml"),
        directories: { output: folder },
        ...(testVehicle ? await vehicleConfig() : releaseConfig()),
      },
      publish: "never",
    });
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
  return folder;
}

function releaseConfig(): Configuration {
  const electronDist = process.env.ZHISHOU_ELECTRON_DIST;
  return electronDist ? { electronDist } : {};
}

async function vehicleConfig(): Promise<Configuration> {
  const binary = await prepareTestElectron(console.error);
  if (!binary) throw new Error("no test Electron can be had on this machine");
  const isVehicle = (electronMajor(binary) ?? 99) < 36;
  return {
    electronDist: dirname(binary),
    ...(isVehicle ? { electronVersion: "33.2.1" } : {}),
    // biome-ignore lint/suspicious/noTemplateCurlyInString: electron-builder fills it in.
    artifactName: "zhishou-TEST-VEHICLE-not-a-product_${version}_${arch}.${ext}",
    extraMetadata: { main: "out/shell/main.e2e.mjs" },
    files: ["out/shell/main.e2e.mjs", "!out/shell/main.mjs"],
    // As fast as can be: nobody keeps this package.
    deb: { compression: "gz" },
    electronFuses: { enableNodeCliInspectArguments: true },
  };
}

function processorOf(): Arch {
  return process.arch === "arm64" ? Arch.arm64 : Arch.x64;
}

function fpmStandIn(scratch: string): string {
  const script = join(scratch, "fpm");
  writeFileSync(script, `#!/bin/sh\nexec "${process.execPath}" "${join(root, "tools/package/fpm.ts")}" "$@"\n`, {
    mode: 0o755,
  });
  return script;
}

/** What a network without GitHub answers with. */
const unreachable: ReadonlySet<string> = new Set([
  "ENOTFOUND",
  "EAI_AGAIN",
  "ECONNREFUSED",
  "ECONNRESET",
  "ETIMEDOUT",
  "ENETUNREACH",
]);

if (import.meta.main) {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { "test-vehicle": { type: "boolean" }, arm64: { type: "boolean" } },
  });
  const [kind] = positionals;
  if (kind !== "dir" && kind !== "deb") throw new Error("say what to make: dir or deb");
  try {
    const folder = await packageDesk({
      kind,
      testVehicle: values["test-vehicle"] === true,
      arm64: values.arm64 === true,
    });
    console.log(`packed into ${folder}`);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (!code || !unreachable.has(code)) throw error;
    console.error(
      "Electron's release could not be downloaded from GitHub. Unpack one yourself and name its folder in ZHISHOU_ELECTRON_DIST.",
    );
    process.exitCode = 1;
  }
}
