import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { builtinModules } from "node:module";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { build, type InlineConfig, type Plugin } from "vite";
import { answersUnchecked, sharedIsPure } from "./first-chunk.ts";

/**
 * `release` is what ships. `e2e` differs in one file only, `main.e2e.mjs`: it honours CORE_NODE, sends no Trusted Types
 * header (Playwright's evaluate needs eval) and may run as root. Core, preload, district and pages are the very files that ship.
 */
export type Flavour = "release" | "e2e";

interface Part {
  readonly name: string;
  /** Folders and files whose content decides whether the part is stale. */
  readonly sources: readonly string[];
  readonly outputs: readonly string[];
  readonly config: () => InlineConfig;
  readonly finish?: () => void;
}

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { version: string };
/** Pages are built aside and moved into place, so that a desk that starts meanwhile finds all or the old. */
const pagesPart = `out/.pages-${process.pid}`;
/** Native, or the runtime itself: found in node_modules when the desk runs. Everything else is bundled. */
const external = [/^node:/, ...builtinModules, "electron", "better-sqlite3"];

function nodePart(
  name: string,
  entry: string,
  sources: string[],
  { define = {}, plugins = [] }: { define?: Record<string, string>; plugins?: Plugin[] } = {},
): Part {
  const file = `${name}${name === "preload" ? ".cjs" : ".mjs"}`;
  return {
    name,
    sources: [...sources, "shared"],
    outputs: [`out/shell/${file}`],
    config: () => ({
      configFile: false,
      define,
      plugins,
      ssr: { noExternal: true, target: "node" },
      build: {
        ssr: join(root, entry),
        outDir: join(root, "out/shell"),
        emptyOutDir: false,
        copyPublicDir: false,
        target: "node20.18",
        minify: false,
        sourcemap: false,
        reportCompressedSize: false,
        rolldownOptions: {
          external,
          output: {
            format: name === "preload" ? "cjs" : "esm",
            entryFileNames: file,
            // Only the core leaves code for later; every other part is one file.
            ...(name === "core" ? { chunkFileNames: "core-[name].mjs" } : { codeSplitting: false }),
          },
        },
      },
    }),
  };
}

function parts(flavour: Flavour): Part[] {
  const e2e = flavour === "e2e";
  return [
    nodePart(e2e ? "main.e2e" : "main", "electron/shell/main.ts", ["electron/shell", "electron/host"], {
      define: { __E2E__: String(e2e), __VERSION__: JSON.stringify(version) },
    }),
    nodePart("preload", "electron/shell/preload.ts", ["electron/shell", "electron/host"]),
    nodePart("core", "electron/host/core-entry.ts", ["electron/host", "electron/core"], {
      plugins: [answersUnchecked(), sharedIsPure()],
    }),
    nodePart("reader", "electron/core/imports/reader-thread.ts", ["electron/core"]),
    nodePart("district", "district/main.ts", ["district"]),
    {
      name: "renderer",
      sources: ["renderer", "shared", "resources/icons", "vite.config.ts"],
      outputs: ["out/renderer/index.html"],
      config: () => ({
        configFile: join(root, "vite.config.ts"),
        root: join(root, "renderer"),
        build: { outDir: join(root, pagesPart) },
      }),
      finish: () => {
        rmSync(join(root, "out/renderer"), { recursive: true, force: true });
        renameSync(join(root, pagesPart), join(root, "out/renderer"));
      },
    },
  ];
}

/** Builds the parts whose sources changed since they were last built. Returns the names of the parts it built. */
export async function buildDesk(
  options: { flavour?: Flavour; force?: boolean; only?: string[] } = {},
): Promise<string[]> {
  process.chdir(root);
  const built: string[] = [];
  for (const part of parts(options.flavour ?? "release")) {
    if (options.only && !options.only.includes(part.name)) continue;
    const stamp = stampOf(part);
    const stampFile = join(root, "out/.stamps", part.name);
    if (!options.force && readText(stampFile) === stamp && part.outputs.every((file) => readText(file) !== undefined)) {
      continue;
    }
    const started = performance.now();
    await build({ logLevel: "warn", mode: "production", ...part.config() });
    part.finish?.();
    mkdirSync(dirname(stampFile), { recursive: true });
    writeFileSync(stampFile, stamp);
    built.push(part.name);
    console.log(`built ${part.name} in ${((performance.now() - started) / 1000).toFixed(1)} s`);
  }
  return built;
}

/** A digest of the content of everything the part is made of, and of what makes it. */
function stampOf(part: Part): string {
  const digest = createHash("sha256");
  for (const source of [
    ...part.sources,
    "package.json",
    "package-lock.json",
    "tools/build.ts",
    "tools/first-chunk.ts",
  ]) {
    for (const file of filesOf(join(root, source)).sort()) {
      digest
        .update(`${relative(root, file)}\0`)
        .update(readFileSync(file))
        .update("\0");
    }
  }
  return digest.digest("hex");
}

function filesOf(path: string): string[] {
  try {
    return readdirSync(path, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === "ENOTDIR") return [path];
    if (code === "ENOENT") return [];
    throw error;
  }
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      flavour: { type: "string", default: process.env.ZHISHOU_FLAVOUR ?? "release" },
      force: { type: "boolean", default: false },
    },
  });
  if (values.flavour !== "release" && values.flavour !== "e2e") throw new Error("--flavour is release or e2e");
  const built = await buildDesk({ flavour: values.flavour, force: values.force });
  if (built.length === 0) console.log("nothing is stale");
}
