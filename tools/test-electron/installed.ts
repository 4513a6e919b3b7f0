import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const folder = dirname(createRequire(import.meta.url).resolve("electron/package.json"));

/** Path of the Electron binary that the `electron` package has downloaded, or that the environment names; undefined if none. */
export function installedElectron(): string | undefined {
  const named = process.env.ZHISHOU_ELECTRON;
  if (named) return named;
  const file = readText(join(folder, "path.txt")) ?? "electron";
  const override = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  const binary = join(override || join(folder, "dist"), file);
  return existsSync(binary) ? binary : undefined;
}

/** The script of the `electron` package that downloads its binary. */
export const electronInstaller = join(folder, "install.js");

/** Major version of the Electron at `binary`, from the file stock Electron keeps beside it; undefined if it does not say. */
export function electronMajor(binary: string): number | undefined {
  const major = Number.parseInt((readText(join(dirname(binary), "version")) ?? "").replace(/^v/, ""), 10);
  return Number.isNaN(major) ? undefined : major;
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}
