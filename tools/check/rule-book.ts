import { existsSync } from "node:fs";
import { join } from "node:path";
import { filesOf, placesOf, readIn } from "./files.ts";
import type { Problem } from "./problem.ts";

const books = ["shared/domain/RULES.md", "shared/protocol/SPEC.md"];
const codeRooms = ["shared", "electron", "renderer", "district", "tools", "test"];

/** Every rule of the books is proved by a test that names it; every rule that code or a test names is in a book. */
export async function checkRuleBook(root: string): Promise<Problem[]> {
  const defined = new Map<string, { file: string; line: number }>();
  const problems: Problem[] = [];
  for (const file of books.filter((book) => existsSync(join(root, book)))) {
    for (const { line, match } of placesOf(readIn(root, file), /^\s*[-*]\s+\*\*([A-Z]{2}-\d+)\*\*/gm)) {
      const id = match[1] ?? "";
      if (defined.has(id)) problems.push({ file, line, rule: "rule-book twice", text: `${id} is defined twice` });
      defined.set(id, { file, line });
    }
  }
  if (defined.size === 0) return [{ file: books[0] ?? "", rule: "rule-book empty", text: "no rule is defined" }];
  const prefixes = [...new Set([...defined.keys()].map((id) => id.slice(0, 2)))].join("|");
  const anyId = new RegExp(`\\b(?:${prefixes})-\\d+\\b`, "g");
  const proved = new Set<string>();
  for (const file of filesOf(root, codeRooms, /\.(tsx?|mjs|sql|md)$/)) {
    if (books.includes(file) || file.startsWith("test/check/")) continue;
    const source = readIn(root, file);
    for (const { line, match } of placesOf(source, anyId)) {
      if (!defined.has(match[0])) {
        problems.push({ file, line, rule: "rule-book unknown", text: `${match[0]} is in no rule book` });
      }
    }
    if (/^test\/.*\.(test|spec)\.tsx?$/.test(file)) for (const id of citedIn(source, anyId)) proved.add(id);
  }
  for (const [id, place] of defined) {
    if (!proved.has(id)) {
      problems.push({ ...place, rule: "rule-book unproved", text: `${id} has no test that names it in its title` });
    }
  }
  return problems;
}

/** Ids inside quoted text, where titles of tests are. A comment is not a proof, and a range names only its two ends. */
function* citedIn(source: string, anyId: RegExp): Generator<string> {
  for (const [quoted] of source.matchAll(/"[^"\n]*"|'[^'\n]*'|`[^`]*`/g)) {
    for (const [id] of quoted.matchAll(anyId)) yield id;
  }
}
