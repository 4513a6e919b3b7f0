import { join } from "node:path";
import type { Problem } from "./problem.ts";
import { run } from "./run.ts";

const biome = join(import.meta.dirname, "../../node_modules/@biomejs/biome/bin/biome");

interface Report {
  readonly diagnostics: readonly {
    readonly category: string;
    readonly severity: string;
    readonly message: string;
    readonly location?: { readonly path?: string; readonly start?: { readonly line?: number } };
  }[];
}

/** Format, lint and order of imports as `biome.json` says; its warnings are advice. */
export async function checkLint(root: string): Promise<Problem[]> {
  const args = [biome, "check", "--reporter=json", "--max-diagnostics=none", "."];
  const ran = await run(process.execPath, args, root);
  if (ran.code === 0) return [];
  const report = readReport(ran.out);
  if (!report) return [{ file: "biome.json", rule: "lint", text: (ran.err || ran.out).trim().slice(0, 2000) }];
  return report.diagnostics
    .filter((found) => ["error", "fatal"].includes(found.severity))
    .map((found) => ({
      file: found.location?.path ?? "biome.json",
      ...(found.location?.start?.line ? { line: found.location.start.line } : {}),
      rule: found.category,
      text: found.message,
    }));
}

function readReport(output: string): Report | undefined {
  try {
    return JSON.parse(output) as Report;
  } catch {
    return undefined;
  }
}
