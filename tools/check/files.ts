import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";

const notOurs = new Set(["node_modules", "out", "dist", ".git", ".cache", "coverage", "test-results"]);

/** Files under `folders` of a tree whose name matches, relative to the tree, in order. What is built or fetched is left out. */
export function filesOf(root: string, folders: readonly string[], name: RegExp): string[] {
  const found: string[] = [];
  const walk = (folder: string) => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) {
        if (!notOurs.has(entry.name)) walk(path);
      } else if (entry.isFile() && name.test(entry.name)) found.push(relative(root, path).split(sep).join("/"));
    }
  };
  for (const folder of folders) if (existsSync(join(root, folder))) walk(join(root, folder));
  return found.sort();
}

export const readIn = (root: string, file: string): string => readFileSync(join(root, file), "utf8");

/** Source without its comments, line for line: what a rule forbids may still be spoken of. Strings stay. */
export function withoutComments(source: string): string {
  return source.replace(
    /("(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`)|\/\*[\s\S]*?\*\/|(?<![:\\])\/\/[^\n]*/g,
    (whole, text: string | undefined) => text ?? whole.replace(/[^\n]/g, " "),
  );
}

/** Every place of `pattern` (with the g flag) in a text, with its line number. */
export function* placesOf(text: string, pattern: RegExp): Generator<{ line: number; match: RegExpMatchArray }> {
  for (const match of text.matchAll(pattern)) {
    yield { line: text.slice(0, match.index).split("\n").length, match };
  }
}
