import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { filesOf, readIn } from "./files.ts";
import type { Problem } from "./problem.ts";

/** Every migration that was ever shipped, with the SHA-256 of its file. Lines are added, never changed. */
const sealFile = "tools/check/migrations.json";
const numbered = /^(\d{4})-[\w-]+\.(ts|sql)$/;

/** Migrations count 0001, 0002…, each is listed, and none was edited after it was sealed. */
export async function checkMigrations(root: string): Promise<Problem[]> {
  const seals = readSeals(root);
  const files = migrationsOf(root);
  const problems: Problem[] = [];
  for (const folder of new Set([...files, ...Object.keys(seals)].map((file) => dirname(file)))) {
    const numbers = files.filter((file) => dirname(file) === folder).map((file) => Number(basename(file).slice(0, 4)));
    if (numbers.some((number, index) => number !== index + 1)) {
      problems.push({ file: folder, rule: "migrations gap", text: `numbers must be 1, 2, 3…; found ${numbers}` });
    }
    const list = `${folder}/index.ts`;
    if (!existsSync(join(root, list))) continue;
    const source = readIn(root, list);
    for (const file of files.filter((one) => dirname(one) === folder)) {
      if (!source.includes(basename(file))) {
        problems.push({ file, rule: "migrations unlisted", text: `is not in ${list}: it would never run` });
      }
    }
  }
  for (const file of files) {
    const hash = hashOf(root, file);
    if (seals[file] === undefined) {
      const text = "is new: run `node tools/check.ts --seal-migrations` and commit its line";
      problems.push({ file, rule: "migrations unsealed", text });
    } else if (seals[file] !== hash) {
      const text = "was edited after it was sealed; desks have run it: undo, and write the next migration";
      problems.push({ file, rule: "migrations edited", text });
    }
  }
  for (const file of Object.keys(seals)) {
    if (!files.includes(file)) problems.push({ file, rule: "migrations gone", text: "a sealed migration is missing" });
  }
  return problems;
}

/** Adds the migrations that have no line yet; never touches a line that is there. Returns what it added. */
export function sealMigrations(root: string): string[] {
  const seals = readSeals(root);
  const fresh = migrationsOf(root).filter((file) => seals[file] === undefined);
  for (const file of fresh) seals[file] = hashOf(root, file);
  const sorted = Object.fromEntries(Object.entries(seals).sort(([a], [b]) => a.localeCompare(b)));
  if (fresh.length > 0) writeFileSync(join(root, sealFile), `${JSON.stringify(sorted, null, 2)}\n`);
  return fresh;
}

const migrationsOf = (root: string): string[] =>
  filesOf(root, ["electron", "district"], numbered).filter((file) => basename(dirname(file)) === "migrations");

const hashOf = (root: string, file: string): string =>
  createHash("sha256").update(readIn(root, file).replaceAll("\r\n", "\n")).digest("hex");

function readSeals(root: string): Record<string, string> {
  const file = join(root, sealFile);
  return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Record<string, string>) : {};
}
