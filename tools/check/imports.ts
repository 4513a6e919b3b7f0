import { existsSync } from "node:fs";
import { join } from "node:path";
import { filesOf, placesOf, readIn, withoutComments } from "./files.ts";
import type { Problem } from "./problem.ts";
import { run } from "./run.ts";

const project = join(import.meta.dirname, "../..");
const cruiser = join(project, "node_modules/dependency-cruiser/bin/dependency-cruiser.mjs");
const config = join(project, ".dependency-cruiser.mjs");
const rooms = ["shared", "electron", "renderer", "district", "test", "tools"];

interface Cruised {
  readonly modules: readonly {
    readonly source: string;
    readonly dependencies: readonly { readonly resolved: string; readonly dependencyTypes: readonly string[] }[];
  }[];
  readonly summary: {
    readonly totalCruised: number;
    readonly violations: readonly {
      readonly from: string;
      readonly to: string;
      readonly rule: { readonly name: string };
      readonly comment?: string;
      readonly cycle?: readonly { readonly name: string }[];
    }[];
    readonly ruleSetUsed?: { readonly forbidden?: readonly { readonly name: string; readonly comment?: string }[] };
  };
}

/** Who imports what, by dependency-cruiser and `.dependency-cruiser.mjs`; and the import forms that it cannot see. */
export async function checkImports(root: string): Promise<Problem[]> {
  const present = rooms.filter((room) => existsSync(join(root, room)));
  const ran = await run(process.execPath, [cruiser, ...present, "--config", config, "--output-type", "json"], root);
  if (!ran.out.startsWith("{")) throw new Error(`dependency-cruiser did not run: ${ran.err || ran.out}`);
  const { modules, summary } = JSON.parse(ran.out) as Cruised;
  // It reads TypeScript with what it finds beside it; without @swc/core it would read none and find nothing amiss.
  if (!modules.some(({ source }) => /\.tsx?$/.test(source)))
    throw new Error("dependency-cruiser read no TypeScript: is @swc/core there?");
  const why = new Map(summary.ruleSetUsed?.forbidden?.map((rule) => [rule.name, rule.comment]));
  return [
    ...summary.violations.map((found) => ({
      file: found.from,
      rule: `imports ${found.rule.name}`,
      text: `${found.cycle ? found.cycle.map((step) => step.name).join(" → ") : `imports ${found.to}`} (${why.get(found.rule.name) ?? ""})`,
    })),
    ...secondKnowers(modules),
    ...hiddenImports(root, present),
  ];
}

const leafletCorner = "renderer/features/map/";

/** Rule 4: leaflet's imperative side is known to the map's folder alone; its types and its style sheet are free. */
function secondKnowers(modules: Cruised["modules"]): Problem[] {
  return modules
    .filter(({ source }) => source.startsWith("renderer/") && !source.startsWith(leafletCorner))
    .filter((module) =>
      module.dependencies.some(
        (to) =>
          /node_modules\/(leaflet\/.*\.js$|@geoman-io\/)/.test(to.resolved) &&
          !to.dependencyTypes.includes("type-only"),
      ),
    )
    .map(({ source }) => ({
      file: source,
      rule: "imports one-corner-knows-leaflet",
      text: `leaflet belongs to ${leafletCorner} (4: one folder knows leaflet)`,
    }));
}

/** `import("…").Name` as a type, `require`: forms the import checker does not read. */
function hiddenImports(root: string, folders: readonly string[]): Problem[] {
  const form =
    /\btypeof\s+import\s*\(|\bimport\s*\(\s*["'`][^)]*\)\s*\.(?!then\b|catch\b|finally\b)\w+|\brequire\s*\(/g;
  const files = filesOf(root, folders, /\.tsx?$/).filter((file) => !file.startsWith("test/check/"));
  return files.flatMap((file) =>
    [...placesOf(withoutComments(readIn(root, file)), form)].map(({ line, match }) => ({
      file,
      line,
      rule: "imports plain-form",
      text: `\`${match[0]}\` hides from the import check: write an import or \`import type\` statement`,
    })),
  );
}
