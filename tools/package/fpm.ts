import { execFileSync } from "node:child_process";
import {
  chmodSync,
  cpSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";

/*
 * Stands in for fpm, which electron-builder would fetch from GitHub: takes the same arguments, and lets dpkg-deb build.
 * Knows only what electron-builder asks for a .deb.
 */
const { values, positionals } = parseArgs({
  args: process.argv.slice(2),
  allowPositionals: true,
  strict: true,
  options: {
    s: { type: "string", short: "s" },
    t: { type: "string", short: "t" },
    d: { type: "string", short: "d", multiple: true },
    force: { type: "boolean" },
    architecture: { type: "string" },
    name: { type: "string" },
    version: { type: "string" },
    package: { type: "string" },
    maintainer: { type: "string" },
    vendor: { type: "string" },
    url: { type: "string" },
    license: { type: "string" },
    category: { type: "string" },
    description: { type: "string" },
    "after-install": { type: "string" },
    "after-remove": { type: "string" },
    "deb-recommends": { type: "string", multiple: true },
    "deb-priority": { type: "string" },
    "deb-compression": { type: "string" },
  },
});
if (values.s !== "dir" || values.t !== "deb") throw new Error("this stand-in makes a .deb from folders only");

const tree = mkdtempSync(join(tmpdir(), "zhishou-deb-"));
try {
  chmodSync(tree, 0o755);
  for (const mapping of positionals) place(mapping);
  writeControl();
  const compression = { gz: "gzip" }[values["deb-compression"] ?? ""] ?? values["deb-compression"] ?? "xz";
  execFileSync("dpkg-deb", ["--root-owner-group", `-Z${compression}`, "--build", tree, required("package")], {
    stdio: "inherit",
  });
} finally {
  rmSync(tree, { recursive: true, force: true });
}

/** `from=/to`: a file, or with `from/` the content of a folder. */
function place(mapping: string): void {
  const at = mapping.lastIndexOf("=");
  const from = mapping.slice(0, at);
  const to = join(tree, mapping.slice(at + 1));
  mkdirSync(dirname(to), { recursive: true });
  cpSync(from, to, { recursive: true, verbatimSymlinks: true });
}

function writeControl(): void {
  const folder = join(tree, "DEBIAN");
  // Before anything of ours is added: the size of what will be installed, in KiB.
  const kibibytes = Math.ceil(sizeOf(tree) / 1024);
  mkdirSync(folder, { mode: 0o755 });
  const [synopsis = "", ...more] = required("description").split("\n");
  const fields: [string, string | undefined][] = [
    ["Package", required("name")],
    ["Version", required("version")],
    ["Architecture", required("architecture")],
    ["Maintainer", values.maintainer],
    ["Installed-Size", String(kibibytes)],
    ["Depends", values.d?.join(", ")],
    ["Recommends", values["deb-recommends"]?.join(", ")],
    ["Section", "default"],
    ["Priority", values["deb-priority"] ?? "optional"],
    ["Homepage", values.url],
    ["Description", [synopsis.trim(), ...more.map((line) => ` ${line.trim() || "."}`)].join("\n")],
  ];
  const lines = fields.flatMap(([name, value]) => (value ? [`${name}: ${value}`] : []));
  writeFileSync(join(folder, "control"), `${lines.join("\n")}\n`);
  for (const [option, name] of [
    ["after-install", "postinst"],
    ["after-remove", "postrm"],
  ] as const) {
    const script = values[option];
    if (!script) continue;
    cpSync(script, join(folder, name));
    chmodSync(join(folder, name), 0o755);
  }
}

function sizeOf(path: string): number {
  if (!lstatSync(path).isDirectory()) return lstatSync(path).size;
  return readdirSync(path).reduce((sum, name) => sum + sizeOf(join(path, name)), statSync(path).size);
}

function required(option: "package" | "name" | "version" | "architecture" | "description"): string {
  const value = values[option];
  if (value === undefined) throw new Error(`--${option} is missing`);
  return value;
}
