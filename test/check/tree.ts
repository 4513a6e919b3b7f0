import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll } from "vitest";
import type { Problem } from "../../tools/check/problem.ts";

export const project = join(dirname(fileURLToPath(import.meta.url)), "../..");
const made: string[] = [];
afterAll(() => {
  for (const tree of made.splice(0)) rmSync(tree, { recursive: true, force: true });
});

/** A small tree of its own with the room names of the real one, to plant violations in. Gone after the suite. */
export function plant(files: Readonly<Record<string, string>>, copied: readonly string[] = []): string {
  const tree = mkdtempSync(join(tmpdir(), "zhishou-check-"));
  made.push(tree);
  const { imports } = JSON.parse(readFileSync(join(project, "package.json"), "utf8")) as { imports: unknown };
  writeFileSync(join(tree, "package.json"), JSON.stringify({ name: "planted", type: "module", imports }));
  symlinkSync(join(project, "node_modules"), join(tree, "node_modules"), "dir");
  for (const path of copied) cpSync(join(project, path), join(tree, path), { recursive: true });
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(tree, file)), { recursive: true });
    writeFileSync(join(tree, file), text);
  }
  return tree;
}

/** `file rule` of each problem, without repeats, for a plain comparison. */
export const told = (problems: readonly Problem[]): string[] =>
  [...new Set(problems.map((problem) => `${problem.file} ${problem.rule}`))].sort();
