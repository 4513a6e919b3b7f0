import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { electronMajor } from "../../tools/test-electron/installed.ts";
import { scratch } from "./scratch.ts";

export const root = join(dirname(fileURLToPath(import.meta.url)), "../..");

/** First Electron whose Node (22.14) the database can run in. */
const firstAbleElectron = 36;

/** Root may not start Chromium with its sandbox, so tests that run as root start Electron as this user. */
const ordinaryUser = "nobody";

/** How Electron is started here: the sandbox on wherever possible, as it is on a real desk. */
export interface Vehicle {
  readonly executable: string;
  readonly env: Record<string, string>;
  readonly sandbox: boolean;
  /** Folder with `out/`, `resources/` and `package.json` that the Electron can read. */
  readonly tree: string;
  /** A new folder that the desk can write: empty, or a copy of another. */
  newFolder(name: string, like?: string): string;
  /** What to start so that `program` runs the way the tests run Electron. */
  wrap(program: string): string;
}

/** Prepares the way to start `binary`; needs the e2e flavour to be built. */
export function vehicleFor(binary: string): Vehicle {
  const demoted = process.getuid?.() === 0 && spawnSync("runuser", ["-u", ordinaryUser, "--", "true"]).status === 0;
  const within = scratch();
  const tree = demoted && !canRead(join(root, "out/shell/main.e2e.mjs")) ? stage(within) : root;
  const newFolder = (name: string, like?: string) => {
    const folder = mkdtempSync(join(within, `${name}-`));
    if (like) cpSync(like, folder, { recursive: true });
    if (demoted) execFileSync("chown", ["-R", ordinaryUser, folder]);
    return folder;
  };
  chmodSync(within, 0o755);
  const home = newFolder("home");
  const env: Record<string, string> = {
    ...definedEnv(),
    HOME: home,
    XDG_RUNTIME_DIR: newFolder("run"),
    XDG_CONFIG_HOME: join(home, ".config"),
    XDG_DATA_HOME: join(home, ".local/share"),
    XDG_CACHE_HOME: join(home, ".cache"),
    DBUS_SESSION_BUS_ADDRESS: "disabled:",
    LANG: "C.UTF-8",
  };
  if ((electronMajor(binary) ?? firstAbleElectron) < firstAbleElectron) {
    env.CORE_NODE = tree === root ? process.execPath : join(tree, "node");
  }
  delete env.NODE_OPTIONS;
  // A desk keeps its compiled code itself.
  delete env.NODE_COMPILE_CACHE;
  const wrap = (program: string) => {
    if (!demoted) return program;
    const script = join(mkdtempSync(join(within, "start-")), "as-ordinary-user");
    chmodSync(dirname(script), 0o755);
    writeFileSync(script, `#!/bin/sh\nexec runuser -u ${ordinaryUser} -- "${program}" "$@"\n`, { mode: 0o755 });
    return script;
  };
  return { executable: wrap(binary), env, sandbox: demoted || process.getuid?.() !== 0, tree, newFolder, wrap };
}

function canRead(file: string): boolean {
  return spawnSync("runuser", ["-u", ordinaryUser, "--", "test", "-r", file]).status === 0;
}

/** Copies what the desk needs out of a checkout that only root can read. */
function stage(within: string): string {
  const tree = join(within, "tree");
  mkdirSync(join(tree, "node_modules"), { recursive: true });
  for (const part of ["package.json", "out", "resources", "node_modules/better-sqlite3"]) {
    if (existsSync(join(root, part)))
      cpSync(join(root, part), join(tree, part), { recursive: true, dereference: true });
  }
  cpSync(process.execPath, join(tree, "node"));
  execFileSync("chmod", ["-R", "a+rX", tree]);
  return tree;
}

function definedEnv(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
